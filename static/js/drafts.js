// What was typed into <form data-draft="person"> survives a reload: kept in this browser, for that person, until the
// form was sent with success (the next page has ?logged) or the person logs out; pages.js clears it then.
// The reporter's name and telephone are personal data and are never kept; a draft older than a day is dropped.

const form = document.querySelector("[data-draft]");
const key = `citymgmt-draft-${form.dataset.draft}`;
const LEFT_OUT = /^(csrfmiddlewaretoken|request_key|reporter_.*|into|look|photos.*)$/;
const DAY_MS = 86_400_000;

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(key));
    return kept && Date.now() - kept.at < DAY_MS ? kept.values : null;
  } catch {
    return null;
  }
}

function keptFields() {
  return [...form.elements].filter((field) => field.name && !LEFT_OUT.test(field.name) && !["file", "submit", "button"].includes(field.type));
}

function keep() {
  const values = {};
  for (const field of keptFields()) values[field.name] = field.type === "checkbox" ? field.checked : field.value;
  try {
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), values }));
  } catch {
    // A browser that keeps nothing: the form works all the same.
  }
}

function restore(values) {
  let isChanged = false;
  for (const field of keptFields()) {
    if (!(field.name in values)) continue;
    const property = field.type === "checkbox" ? "checked" : "value";
    if (field[property] !== values[field.name]) isChanged = true;
    field[property] = values[field.name];
  }
  return isChanged;
}

const note = form.querySelector("[data-draft-note]");
const values = form.hasAttribute("data-draft-keep") ? null : read();
if (values && restore(values)) note.hidden = false;

for (const kind of ["input", "change"]) form.addEventListener(kind, keep);
note.querySelector("[data-draft-discard]").addEventListener("click", () => {
  localStorage.removeItem(key);
  window.location.assign(window.location.pathname);
});

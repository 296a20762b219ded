// Forms. data-submit-once: one send, the key stays. data-guard: warn before leaving unsaved work.
// data-filter-form: send when a choice changes. data-caps-lock="#hint" on a form: show the hint while Caps Lock is on.

const isChanged = new WeakSet();

document.addEventListener("submit", (event) => {
  const form = event.target;
  isChanged.delete(form);
  if (!form.matches("[data-submit-once]") || event.defaultPrevented) return;
  if (form.dataset.isSent) {
    event.preventDefault();
    return;
  }
  form.dataset.isSent = "yes";
  // After this turn, so that the pressed button's own name and value are still sent.
  setTimeout(() => lock(form, true));
});

function lock(form, locked) {
  form.querySelectorAll("button:not([type=button]), input[type=submit]").forEach((button) => {
    button.disabled = locked;
    button.classList.toggle("is-sending", locked);
  });
}

function release(form) {
  delete form.dataset.isSent;
  lock(form, false);
}

// A page taken from the browser's back cache, or an answer by htmx, may be sent again with the same key.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[data-is-sent]").forEach(release);
});
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.matches?.("form[data-submit-once]")) {
    event.target.dataset.isSent = "yes";
    lock(event.target, true);
  }
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form[data-is-sent]");
  if (form) release(form);
});

for (const kind of ["input", "change"]) {
  document.addEventListener(kind, (event) => {
    const form = event.target.form;
    if (form?.matches("[data-guard]")) isChanged.add(form);
  });
}
window.addEventListener("beforeunload", (event) => {
  if ([...document.querySelectorAll("form[data-guard]")].some((form) => isChanged.has(form))) event.preventDefault();
});

document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (!form?.matches("[data-filter-form]") || !event.target.name) return;
  if (event.target.matches("select, input[type=checkbox], input[type=radio], input[type=date]")) form.requestSubmit();
});

// Filters replace those of the address (htmx would add them); what the form does not know, as the columns, stays.
const OF_THE_OLD_LIST = ["page", "cursor", "view"];
document.addEventListener("htmx:configRequest", (event) => {
  if (!event.target.matches?.("[data-filter-form]")) return;
  const kept = new URLSearchParams(window.location.search);
  [...event.target.elements].forEach((field) => kept.delete(field.name));
  OF_THE_OLD_LIST.forEach((name) => kept.delete(name));
  event.detail.path = [window.location.pathname, kept.toString()].filter(Boolean).join("?");
});

// Empty filters stay out of the address.
document.addEventListener("formdata", (event) => {
  if (!event.target.matches("[data-filter-form]")) return;
  for (const [name, value] of [...event.formData.entries()]) {
    if (value === "") event.formData.delete(name);
  }
});

for (const kind of ["keydown", "keyup"]) {
  document.addEventListener(kind, (event) => {
    const hint = document.querySelector(event.target.form?.dataset.capsLock || "#none");
    if (hint && event.getModifierState) hint.hidden = !event.getModifierState("CapsLock");
  });
}

// A button named choose ticks the boxes here, as the server would: all, none, or those of a group (without them, if all
// of the group are ticked already).
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=choose]");
  if (!button) return;
  event.preventDefault();
  const boxes = [...button.form.querySelectorAll("input[data-kind]")];
  const meant = boxes.filter((box) => ["all", "none", ...box.dataset.kind.split(" ")].includes(button.value));
  const isTicked = button.value === "all" || (button.value !== "none" && !meant.every((box) => box.checked));
  meant.forEach((box) => (box.checked = isTicked));
  isChanged.add(button.form);
});

// A button named in_order gives this answer here to each choice that has none, as the server would.
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=in_order]");
  if (!button) return;
  event.preventDefault();
  for (const choice of button.form.querySelectorAll("input[type=radio]")) {
    if (choice.value === button.value && !button.form.elements[choice.name].value) choice.checked = true;
  }
  isChanged.add(button.form);
});

function focusErrors(root) {
  root.querySelector?.("[data-focus]")?.focus();
}
focusErrors(document);
document.addEventListener("htmx:afterSettle", (event) => focusErrors(event.target));

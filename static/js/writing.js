// What was said of each item of the agenda is saved while it is written: <section data-live="address of all texts">
// holds a <form data-live-item="12"> for each item, whose own address saves one. Of two who write into one item the
// second sees the other's text below the own one, and saves by the button. A text that nobody changes here follows what
// is saved elsewhere. Without this module each form is sent by its button.

const holder = document.querySelector("[data-live]");
const words = holder.dataset;
const PAUSE_MS = 1500;
const AGAIN_MS = 15000;
const items = new Map([...holder.querySelectorAll("[data-live-item]")].map((form) => [form.dataset.liveItem, make(form)]));

function make(form) {
  const area = form.elements.text;
  const item = { form, area, kept: area.value, refused: null, timer: 0, saving: null, isHalted: false };
  item.state = form.querySelector("[data-live-state]");
  item.conflict = form.querySelector("[data-live-conflict]");
  area.addEventListener("input", () => {
    if (!item.isHalted) tell(item, words.writing);
    plan(item, PAUSE_MS);
  });
  area.addEventListener("blur", () => plan(item, 0));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    item.isHalted = false;
    save(item);
  });
  return item;
}

const isDirty = (item) => item.area.value !== item.kept;
const isRefused = (item) => item.area.value === item.refused; // too long, say: it waits for another text

function tell(item, text, isTrouble = false) {
  item.state.textContent = text;
  item.state.classList.toggle("is-trouble", isTrouble);
}

function plan(item, delay) {
  clearTimeout(item.timer);
  if (!item.isHalted && isDirty(item) && !isRefused(item)) item.timer = setTimeout(() => save(item), delay);
}

// One request for each item at a time; what is typed meanwhile is saved by the next one. True when all is saved.
async function save(item) {
  clearTimeout(item.timer);
  if (item.saving) await item.saving;
  if (item.isHalted) {
    item.area.focus(); // two texts wait for a choice
    return false;
  }
  const sent = item.area.value;
  item.saving = send(item, sent);
  await item.saving;
  item.saving = null;
  if (item.area.value !== sent) plan(item, PAUSE_MS);
  return !isDirty(item);
}

async function send(item, sent) {
  const answer = await ask(item.form.action, { method: "POST", body: new FormData(item.form) });
  const told = answer.body;
  if (told === null) return tell(item, words[answer.trouble], true); // look() tries it again
  if (answer.status === 200) return keep(item, told, sent);
  if (answer.status === 409) return halt(item, told);
  item.refused = sent;
  return tell(item, told.detail, true);
}

// What came back as JSON; body null and the trouble when the network, the log-in or the meeting is gone.
async function ask(address, options) {
  try {
    const answer = await fetch(address, { ...options, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(AGAIN_MS) });
    const isJson = (answer.headers.get("Content-Type") ?? "").includes("json");
    const trouble = answer.status >= 500 ? "offline" : answer.status >= 400 ? "refused" : "expired";
    return { status: answer.status, body: isJson ? await answer.json() : null, trouble };
  } catch {
    return { status: 0, body: null, trouble: "offline" };
  }
}

function keep(item, told, sent) {
  const isMine = told.text === sent.trim();
  if (!isMine && item.area.value !== sent) return; // another wrote, and so do I: the next request is told so
  item.form.elements.version.value = told.version;
  item.conflict.hidden = true;
  if (!isMine) item.area.value = told.text; // mine was as I saw it: another's holds
  item.kept = isMine ? sent : item.area.value;
  if (!isDirty(item)) tell(item, told.said);
}

// Both texts stay in view; the next one that the button sends stands on top of the other's.
function halt(item, told) {
  item.isHalted = true;
  item.form.elements.version.value = told.version;
  item.conflict.querySelector(".theirs-title").textContent = told.detail;
  item.conflict.querySelector(".theirs-text").textContent = told.text;
  item.conflict.hidden = false;
  tell(item, "");
}

function follow(told) {
  const item = items.get(String(told.item));
  if (!item || item.saving || isDirty(item) || String(told.version) === item.form.elements.version.value) return;
  item.form.elements.version.value = told.version;
  item.area.value = told.text;
  item.kept = item.area.value;
  tell(item, told.said);
}

// What others wrote comes in, what could not be saved is tried again, with the token of a log-in that was renewed.
async function look() {
  if (document.hidden) return;
  const { status, body } = await ask(words.live, {});
  if (status !== 200 || body === null) return;
  document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => (field.value = body.token));
  body.items.forEach(follow);
  items.forEach((item) => plan(item, PAUSE_MS));
}
setInterval(look, AGAIN_MS);
document.addEventListener("visibilitychange", look);

// Another button of the page leaves it: first everything is saved; what cannot be saved keeps the page.
window.addEventListener(
  "submit",
  async (event) => {
    const form = event.target;
    if (form.matches("[data-live-item]") || ![...items.values()].some((item) => isDirty(item) || item.saving)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter } = event;
    const saved = await Promise.all([...items.values()].filter((item) => isDirty(item) || item.saving).map(save));
    if (saved.every(Boolean)) form.requestSubmit(submitter ?? undefined);
  },
  true,
);

window.addEventListener("beforeunload", (event) => {
  if ([...items.values()].some(isDirty)) event.preventDefault();
});

// Messages: [data-toast] in #toasts leave by themselves, except errors; a click or Escape removes them. Others may
// announce one with
//   document.dispatchEvent(new CustomEvent("portal:toast", {detail: {level: "success", text: "…"}}))
// and the server with the header HX-Trigger: {"portal:toast": {"level": "…", "text": "…"}}.
// What is only to be heard (a list was filtered, a photo was added) is said by "portal:say", {detail: "…"}.

const place = document.getElementById("toasts");
const words = document.getElementById("portal-words")?.dataset ?? {};
const STAYS = 6000;

function retire(note) {
  if (note.classList.contains("note-error")) return;
  setTimeout(() => {
    note.classList.add("is-leaving");
    setTimeout(() => note.remove(), 400);
  }, STAYS);
}

function announce(level, text) {
  const template = document.getElementById("toast-template");
  if (!place || !template || !text) return;
  const note = template.content.firstElementChild.cloneNode(true);
  note.classList.add(`note-${level}`);
  note.querySelector("span").textContent = text;
  if (level === "error") note.setAttribute("role", "alert");
  place.append(note);
  retire(note);
}

// A screen reader says what changes: so the sentence comes a moment after the place was emptied.
const heard = document.getElementById("announced");
let saying = 0;
function say(text) {
  if (!heard || !text) return;
  heard.textContent = "";
  clearTimeout(saying);
  saying = setTimeout(() => (heard.textContent = text), 150);
}
document.addEventListener("portal:say", (event) => say(event.detail));

const notes = () => [...(place?.querySelectorAll("[data-toast]") ?? [])];
notes().forEach(retire);
setTimeout(() => place?.append(...notes()), 150); // what came with the page is said only when it is put there again
place?.addEventListener("click", (event) => event.target.closest("[data-toast]")?.remove());
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented) notes().forEach((note) => note.remove());
});

// A list that its filters drew anew says how many rows it shows, or that there is none.
document.addEventListener("htmx:afterSettle", (event) => {
  if (!event.detail.requestConfig?.elt.matches("[data-filter-form]")) return;
  const none = event.target.querySelector(".empty-title")?.textContent;
  const rows = event.target.querySelectorAll("tbody > tr:not(.group-row)").length;
  say(none ?? words.shown.replace("NUMBER", rows));
});
document.addEventListener("portal:toast", (event) => announce(event.detail.level ?? "info", event.detail.text));

// What the server refuses comes as a sentence: problem+json, or plain text; never a page into a fragment.
function sentence(xhr) {
  const kind = xhr.getResponseHeader("Content-Type") ?? "";
  if (kind.includes("json")) {
    try {
      const problem = JSON.parse(xhr.responseText);
      return problem.detail ?? problem.title;
    } catch {
      return "";
    }
  }
  return kind.startsWith("text/plain") && xhr.responseText.length < 300 ? xhr.responseText : "";
}

document.addEventListener("htmx:responseError", (event) => {
  const xhr = event.detail.xhr;
  if ((xhr.getResponseHeader("HX-Trigger") ?? "").includes("portal:toast")) return;
  announce("error", sentence(xhr) || (xhr.status < 500 ? words.refused : words.failed));
});
for (const kind of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(kind, () => announce("error", words.offline));
}

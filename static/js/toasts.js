// Messages: [data-toast] in #toasts leave by themselves, except errors. Others may announce one with
//   document.dispatchEvent(new CustomEvent("portal:toast", {detail: {level: "success", text: "…"}}))
// and the server with the header HX-Trigger: {"portal:toast": {"level": "…", "text": "…"}}.

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
  place.append(note);
  retire(note);
}

place?.querySelectorAll("[data-toast]").forEach(retire);
place?.addEventListener("click", (event) => event.target.closest("[data-toast]")?.remove());
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

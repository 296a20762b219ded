// Photos in a form: chosen, dropped, pasted or taken with the camera, they are uploaded at once and shown with
// their progress. A form that is sent meanwhile waits for them. Without this module a plain file input does it.

const ready = new WeakSet();
const pending = new WeakMap(); // form → uploads under way
const POLL_MS = [300, 700, 1500, 3000, 5000, 8000];
const token = (picker) => picker.closest("form").querySelector("[name=csrfmiddlewaretoken]").value;

function start(picker) {
  if (ready.has(picker)) return;
  ready.add(picker);
  const input = picker.querySelector("input[type=file]");
  const take = (files) => [...files].forEach((file) => add(picker, file));
  input.addEventListener("change", () => {
    take(input.files);
    input.value = "";
  });
  picker.addEventListener("dragover", (event) => {
    event.preventDefault();
    picker.classList.add("is-over");
  });
  picker.addEventListener("dragleave", () => picker.classList.remove("is-over"));
  picker.addEventListener("drop", (event) => {
    event.preventDefault();
    picker.classList.remove("is-over");
    take(event.dataTransfer.files);
  });
  picker.closest("form").addEventListener("paste", (event) => {
    const images = [...event.clipboardData.files].filter((file) => file.type.startsWith("image/"));
    if (!images.length) return;
    event.preventDefault();
    take(images);
  });
  camera(picker, take);
  picker.querySelectorAll("[data-photo]").forEach((item) => dressed(picker, item, item.dataset.photo));
}

function camera(picker, take) {
  const button = picker.querySelector("[data-photo-camera]");
  if (!matchMedia("(pointer: coarse)").matches) return;
  const lens = document.createElement("input");
  lens.type = "file";
  lens.accept = "image/*";
  lens.capture = "environment";
  lens.addEventListener("change", () => take(lens.files));
  button.hidden = false;
  button.addEventListener("click", () => {
    lens.value = "";
    lens.click();
  });
}

function say(picker, sentence) {
  picker.querySelector("[data-photo-say]").textContent = sentence;
}

function add(picker, file) {
  const words = picker.dataset;
  const list = picker.querySelector("[data-photo-list]");
  if (list.children.length >= Number(words.most)) {
    say(picker, words.wordsMany);
    return;
  }
  say(picker, "");
  const item = document.createElement("li");
  item.className = "photo-draft";
  const image = document.createElement("img");
  const address = URL.createObjectURL(file);
  Object.assign(image, { alt: "", width: 96, height: 96, src: address });
  image.addEventListener("error", () => (image.hidden = true), { once: true }); // HEIC: most browsers cannot show it
  image.addEventListener("load", () => URL.revokeObjectURL(address), { once: true });
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.setAttribute("aria-label", words.wordsBusy);
  const note = document.createElement("span");
  note.className = "photo-note";
  item.append(image, bar, note);
  list.append(item);
  send(picker, item, file, bar);
}

function send(picker, item, file, bar) {
  const form = picker.closest("form");
  const request = new XMLHttpRequest();
  const body = new FormData();
  body.append("file", file, "photo");
  body.append("kind", picker.querySelector(".photo-add select").value);
  request.open("POST", picker.dataset.url);
  request.setRequestHeader("X-CSRFToken", token(picker));
  request.setRequestHeader("Idempotency-Key", crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`);
  request.upload.addEventListener("progress", (event) => (bar.value = event.loaded / event.total));
  request.addEventListener("loadend", () => {
    bar.remove();
    const answer = parsed(request.responseText);
    if (request.status === 201) kept(picker, item, answer);
    else failed(picker, item, Object.values(answer?.errors ?? {})[0]?.[0] ?? answer?.detail ?? picker.dataset.wordsFailed);
    pending.set(form, pending.get(form) - 1);
    form.dispatchEvent(new CustomEvent("photos:settled"));
  });
  pending.set(form, (pending.get(form) ?? 0) + 1);
  request.send(body);
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function failed(picker, item, sentence) {
  item.remove();
  say(picker, sentence);
}

function kept(picker, item, photo) {
  const hidden = document.createElement("input");
  Object.assign(hidden, { type: "hidden", name: picker.dataset.name, value: photo.id });
  item.append(hidden);
  dressed(picker, item, photo.id, photo.kind);
  hidden.dispatchEvent(new Event("change", { bubbles: true })); // work that must not be left unsaved
  document.dispatchEvent(new CustomEvent("portal:say", { detail: `${picker.dataset.wordsPhoto} ${photo.id}: ${picker.dataset.wordsAdded}` }));
  watch(picker, item, photo, 0);
}

// What every draft has: what it shows, and a way to remove it. Drafts drawn by the server have a tick as well.
function dressed(picker, item, id, kind) {
  const words = picker.dataset;
  const address = `${words.url}${id}/`;
  const name = `${words.wordsPhoto} ${id}`;
  const ask = (method, body) =>
    fetch(address, { method, headers: { "X-CSRFToken": token(picker), "Content-Type": "application/json" }, body: body && JSON.stringify(body) });
  if (kind) {
    const shows = picker.querySelector(".photo-add select").cloneNode(true);
    shows.removeAttribute("id");
    shows.removeAttribute("name");
    shows.value = kind;
    shows.setAttribute("aria-label", `${words.wordsShows}: ${name}`);
    shows.addEventListener("change", () => ask("PATCH", { kind: shows.value }));
    item.append(shows);
  }
  const remove = document.createElement("button");
  Object.assign(remove, { type: "button", className: "btn btn-link photo-remove", textContent: words.wordsRemove });
  remove.setAttribute("aria-label", `${words.wordsRemove}: ${name}`);
  remove.addEventListener("click", () => {
    ask("DELETE");
    item.remove();
    picker.querySelector("input[type=file]").focus();
  });
  item.append(remove);
}

async function watch(picker, item, photo, turn) {
  const note = item.querySelector(".photo-note");
  if (!item.isConnected) return;
  if (photo.state === "refused") {
    failed(picker, item, photo.told);
    return;
  }
  if (photo.state === "ready") {
    note.textContent = "";
    const image = item.querySelector("img");
    image.hidden = false;
    image.src = photo.thumbnail_url;
    offer(picker, item, photo.point);
    return;
  }
  note.textContent = picker.dataset.wordsWaiting;
  if (turn >= POLL_MS.length) return;
  await new Promise((go) => setTimeout(go, POLL_MS[turn]));
  const answer = await fetch(`${picker.dataset.url}${photo.id}/`).catch(() => null);
  if (answer?.ok) watch(picker, item, await answer.json(), turn + 1);
}

// The camera told where it was: offered once, never taken by itself.
function offer(picker, item, point) {
  const form = picker.closest("form");
  const fields = [form.elements.longitude, form.elements.latitude];
  if (!point || fields.some((field) => !field || field.value)) return;
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "btn btn-link", textContent: picker.dataset.wordsPlace });
  button.addEventListener("click", () => {
    fields.forEach((field, index) => {
      field.value = point[index].toFixed(7);
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
    button.remove();
  });
  item.append(button);
}

// A form waits for its uploads, then it is sent as if it had been pressed now.
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!pending.get(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (form.dataset.photosWait) return;
    form.dataset.photosWait = "yes";
    const { submitter } = event;
    const go = () => {
      if (pending.get(form)) return;
      form.removeEventListener("photos:settled", go);
      delete form.dataset.photosWait;
      form.requestSubmit(submitter);
    };
    form.addEventListener("photos:settled", go);
  },
  true,
);

const startAll = (root) => root.querySelectorAll?.("[data-photo-picker]").forEach(start);
startAll(document);
document.addEventListener("htmx:afterSettle", (event) => startAll(event.target));

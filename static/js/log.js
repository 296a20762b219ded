// The form that logs a case: a type-ahead over the select of filing conditions (Chinese, pinyin initials,
// codes, other names), what the chosen condition means, and key places of the chosen community only.
// Without this module the selects do the same.

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const words = document.getElementById("log-words").dataset;
const form = document.querySelector("[data-log-form]");
const select = form.elements.matter;
const catalogue = read("log-catalogue");
const byValue = new Map(catalogue.map((entry) => [entry.value, entry]));
const MOST_SHOWN = 30;

// --- what is chosen -------------------------------------------------------------------------------------
const standard = form.querySelector("[data-standard]");
const byHand = form.querySelector("[data-by-hand]");

function show() {
  const entry = byValue.get(select.value);
  standard.hidden = !entry || !(entry.limit || entry.closing || entry.help);
  for (const cell of standard.querySelectorAll("[data-show]")) {
    cell.textContent = entry?.[cell.dataset.show] ?? "";
    cell.parentElement.hidden = !cell.textContent;
  }
  const wantsLimit = Boolean(entry) && !entry.limit;
  byHand.hidden = !wantsLimit && !byHand.querySelector(".has-error");
  if (entry?.limit) byHand.querySelectorAll("input, select").forEach((field) => (field.value = ""));
}

// --- type-ahead -----------------------------------------------------------------------------------------
const box = document.createElement("div");
const input = document.createElement("input");
const list = document.createElement("ul");
box.className = "log-find";
input.id = "log-find";
input.type = "search";
input.className = `form-control${select.classList.contains("is-invalid") ? " is-invalid" : ""}`;
input.autocomplete = "off";
input.placeholder = words.search;
list.id = "log-options";
list.className = "log-options";
list.hidden = true;
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", words.search);
for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" })) input.setAttribute(name, value);
const described = select.getAttribute("aria-describedby");
if (described) input.setAttribute("aria-describedby", described);
box.append(input, list);
select.before(box);
select.classList.add("visually-hidden");
select.tabIndex = -1;
select.setAttribute("aria-hidden", "true");
form.querySelector(`label[for="${select.id}"]`).htmlFor = input.id;
select.addEventListener("focus", () => input.focus()); // from the error summary

let shown = [];
let at = -1;

// Every word must be found; a match at the start of the pinyin, a code or the name comes first.
function find(text) {
  const parts = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const hits = catalogue.filter((entry) => {
    const hay = `${entry.words} ${entry.label} ${entry.disorder}`.toLowerCase();
    return parts.every((part) => hay.includes(part));
  });
  const starts = (entry) => entry.words.split(" ").some((word) => word.startsWith(parts[0] ?? ""));
  return [...hits.filter(starts), ...hits.filter((entry) => !starts(entry))].slice(0, MOST_SHOWN);
}

function draw() {
  shown = find(input.value === byValue.get(select.value)?.label ? "" : input.value);
  at = shown.length && input.value.trim() ? 0 : -1;
  list.replaceChildren(...shown.map(option));
  if (!shown.length) {
    const none = document.createElement("li");
    none.textContent = words.none;
    list.append(none);
  }
  open(true);
  mark();
}

function option(entry, index) {
  const item = document.createElement("li");
  item.id = `log-option-${index}`;
  item.setAttribute("role", "option");
  item.append(entry.label);
  const small = document.createElement("small");
  small.textContent = [entry.disorder, entry.limit].filter(Boolean).join(" · ");
  item.append(small);
  item.addEventListener("mousedown", (event) => {
    event.preventDefault();
    choose(index);
  });
  return item;
}

function open(isOpen) {
  list.hidden = !isOpen;
  input.setAttribute("aria-expanded", String(isOpen));
  if (!isOpen) input.removeAttribute("aria-activedescendant");
}

function mark() {
  [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
  if (at < 0) return;
  input.setAttribute("aria-activedescendant", `log-option-${at}`);
  list.children[at].scrollIntoView({ block: "nearest" });
}

function choose(index) {
  const entry = shown[index];
  if (!entry) return;
  select.value = entry.value;
  input.value = entry.label;
  open(false);
  show();
  select.dispatchEvent(new Event("change", { bubbles: true }));
}

input.addEventListener("input", () => {
  select.value = "";
  show();
  draw();
});
input.addEventListener("focus", () => input.select());
input.addEventListener("click", draw);
input.addEventListener("blur", () => open(false));
input.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (list.hidden) draw();
    at = Math.max(0, Math.min(shown.length - 1, at + (event.key === "ArrowDown" ? 1 : -1)));
    mark();
  } else if (event.key === "Enter" && !list.hidden && at >= 0) {
    event.preventDefault();
    choose(at);
  } else if (event.key === "Escape" && !list.hidden) {
    event.preventDefault();
    open(false);
  }
});

// --- key places of the chosen community -----------------------------------------------------------------
const community = form.elements.community;
const place = form.elements.key_place;
const communityOf = read("log-places");

function limitPlaces() {
  for (const group of place.querySelectorAll("optgroup")) {
    const other = communityOf[group.querySelector("option").value] !== community.value;
    group.hidden = group.disabled = Boolean(community.value) && other;
  }
  if (community.value && place.value && communityOf[place.value] !== community.value) place.value = "";
}
community.addEventListener("change", limitPlaces);
place.addEventListener("change", () => {
  if (place.value && !community.value) community.value = communityOf[place.value];
  limitPlaces();
});

input.value = byValue.get(select.value)?.label ?? "";
show();
limitPlaces();
if (!form.querySelector("[data-focus]") && !select.value) input.focus();

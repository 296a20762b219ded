// A select that can be searched: <select data-find="id of a JSON list of entries"> becomes an ARIA combobox with a
// list box (W3C APG, "editable combobox with list autocomplete"), by keyboard alone if wanted. An entry has value,
// label, words (what is searched), and may have disorder, limit, note (shown small) and group (shown only while
// select.dataset.only names it, or nothing). Without this module the select does the same.
// The select keeps the value and sends "change"; a change of it from outside shows in the input.

const words = document.getElementById("log-words").dataset;
const MOST_SHOWN = 30;

const say = (text) => document.dispatchEvent(new CustomEvent("portal:say", { detail: text }));

document.querySelectorAll("select[data-find]").forEach(makeSearchable);

function makeSearchable(select) {
  const entries = JSON.parse(document.getElementById(select.dataset.find).textContent);
  const byValue = new Map(entries.map((entry) => [entry.value, entry]));
  const { box, input, list } = build(select);
  let shown = [];
  let at = -1;
  let isOwnChange = false;

  // Every word must be found; a match at the start of the pinyin, a code or the name comes first.
  function find(text) {
    const parts = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const { only } = select.dataset;
    const hits = entries.filter((entry) => {
      if (only && entry.group !== only) return false;
      const hay = `${entry.words} ${entry.label} ${entry.disorder ?? ""} ${entry.note ?? ""}`.toLowerCase();
      return parts.every((part) => hay.includes(part));
    });
    const starts = (entry) => entry.words.split(" ").some((word) => word.startsWith(parts[0] ?? ""));
    return [...hits.filter(starts), ...hits.filter((entry) => !starts(entry))].slice(0, MOST_SHOWN);
  }

  function draw() {
    shown = find(input.value === byValue.get(select.value)?.label ? "" : input.value);
    at = shown.length && input.value.trim() ? 0 : -1;
    list.replaceChildren(...shown.map((entry, index) => option(list, entry, index, choose)));
    if (!shown.length) list.append(nothing());
    open(true);
    mark();
    say(shown.length ? words.found.replace("NUMBER", shown.length) : words.none);
  }

  function open(isOpen) {
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) input.removeAttribute("aria-activedescendant");
  }

  function mark() {
    if (shown.length) [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
    if (at < 0) return;
    input.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  }

  function put(value) {
    select.value = value;
    isOwnChange = true;
    select.dispatchEvent(new Event("change", { bubbles: true }));
    isOwnChange = false;
  }

  function choose(index) {
    const entry = shown[index];
    if (!entry) return;
    input.value = entry.label;
    open(false);
    put(entry.value);
  }

  function sync() {
    if (!isOwnChange) input.value = byValue.get(select.value)?.label ?? "";
  }

  select.addEventListener("change", sync);
  input.addEventListener("input", () => {
    if (select.value) put("");
    draw();
  });
  input.addEventListener("focus", () => input.select());
  input.addEventListener("click", draw);
  input.addEventListener("blur", () => {
    open(false);
    if (!input.value.trim() || select.value) sync();
  });
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
  select.before(box);
  sync();
}

function build(select) {
  const box = document.createElement("div");
  const input = document.createElement("input");
  const list = document.createElement("ul");
  box.className = "log-find";
  input.id = `find-${select.name}`;
  input.type = "search";
  input.className = `form-control${select.classList.contains("is-invalid") ? " is-invalid" : ""}`;
  input.autocomplete = "off";
  input.placeholder = words.search;
  list.id = `options-${select.name}`;
  list.className = "log-options";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", words.search);
  const roles = { role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" };
  for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value);
  const described = select.getAttribute("aria-describedby");
  if (described) input.setAttribute("aria-describedby", described);
  if (select.classList.contains("is-invalid")) input.setAttribute("aria-invalid", "true");
  box.append(input, list);
  select.classList.add("visually-hidden");
  select.tabIndex = -1;
  select.setAttribute("aria-hidden", "true");
  select.form.querySelector(`label[for="${select.id}"]`).htmlFor = input.id;
  select.addEventListener("focus", () => input.focus()); // from the error summary
  return { box, input, list };
}

function option(list, entry, index, choose) {
  const item = document.createElement("li");
  item.id = `${list.id}-${index}`;
  item.setAttribute("role", "option");
  item.append(entry.label);
  const small = document.createElement("small");
  small.textContent = [entry.disorder, entry.limit, entry.note].filter(Boolean).join(" · ");
  item.append(small);
  item.addEventListener("mousedown", (event) => {
    event.preventDefault();
    choose(index);
  });
  return item;
}

function nothing() {
  const item = document.createElement("li");
  item.setAttribute("role", "option");
  item.setAttribute("aria-disabled", "true");
  item.textContent = words.none;
  return item;
}

// "@" in a note: <textarea data-mention="address of the colleagues" data-mention-label="…"> offers those who may see the
// case while a name is typed after an @. Arrow keys choose, Enter or Tab takes, Escape closes; without this module the
// name is typed in full. The address answers {colleagues: [{username, name, role}]}; it is asked once for each field.

const MOST_SHOWN = 8;
const TYPED = /(^|[^A-Za-z0-9._-])[@＠]([^\s@＠]{0,30})$/;
const fields = new WeakMap();

document.addEventListener("input", (event) => {
  if (event.target.matches?.("textarea[data-mention]")) look(event.target);
});

document.addEventListener("keydown", (event) => {
  const field = fields.get(event.target);
  if (!field?.shown.length || event.isComposing) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) mark(field, (field.at + step + field.shown.length) % field.shown.length);
  else if (event.key === "Enter" || event.key === "Tab") take(field, field.at);
  else if (event.key === "Escape") close(field);
  else return;
  event.preventDefault();
  event.stopPropagation();
}, true);

document.addEventListener("focusout", (event) => {
  const field = fields.get(event.target);
  if (field) close(field);
});

async function look(area) {
  const field = fields.get(area) ?? make(area);
  const people = await field.people;
  const typed = typedName(area);
  if (typed === null || document.activeElement !== area) return close(field);
  const words = typed.toLowerCase();
  const starts = (one) => [one.name, one.username].some((name) => name.toLowerCase().startsWith(words));
  const hits = people.filter((one) => `${one.name} ${one.username}`.toLowerCase().includes(words));
  field.shown = [...hits.filter(starts), ...hits.filter((one) => !starts(one))].slice(0, MOST_SHOWN);
  if (!field.shown.length) return close(field);
  field.list.replaceChildren(...field.shown.map((one, index) => option(field, one, index)));
  field.list.hidden = false;
  area.setAttribute("aria-controls", field.list.id);
  mark(field, 0);
}

function typedName(area) {
  if (area.selectionStart !== area.selectionEnd) return null;
  return TYPED.exec(area.value.slice(0, area.selectionStart))?.[2] ?? null;
}

function make(area) {
  const list = document.createElement("ul");
  list.id = `${area.id}-colleagues`;
  list.className = "mention-options";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", area.dataset.mentionLabel);
  area.setAttribute("aria-autocomplete", "list");
  area.setAttribute("aria-haspopup", "listbox");
  area.parentElement.classList.add("mention-field");
  area.after(list);
  const field = { area, list, shown: [], at: 0, people: ask(area.dataset.mention) };
  fields.set(area, field);
  return field;
}

async function ask(address) {
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    return answer.ok ? (await answer.json()).colleagues : [];
  } catch {
    return []; // typing the name in full works all the same
  }
}

function option(field, one, index) {
  const item = document.createElement("li");
  item.id = `${field.list.id}-${index}`;
  item.setAttribute("role", "option");
  const name = document.createElement("span");
  const small = document.createElement("small");
  name.textContent = one.name;
  small.textContent = one.name === one.username ? one.role : `${one.username} · ${one.role}`;
  item.append(name, small);
  item.addEventListener("mousedown", (event) => {
    event.preventDefault();
    take(field, index);
  });
  return item;
}

function mark(field, index) {
  field.at = index;
  [...field.list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === index)));
  field.area.setAttribute("aria-activedescendant", field.list.children[index].id);
  field.list.children[index].scrollIntoView({ block: "nearest" });
}

// The full name, or the log-in name where another colleague has the same.
async function take(field, index) {
  const { area } = field;
  const one = field.shown[index];
  const people = await field.people;
  const typed = typedName(area);
  close(field);
  if (typed === null) return;
  const name = people.filter((other) => other.name === one.name).length > 1 ? one.username : one.name;
  area.setRangeText(`@${name} `, area.selectionStart - typed.length - 1, area.selectionStart, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

function close(field) {
  field.shown = [];
  field.list.hidden = true;
  field.area.removeAttribute("aria-controls");
  field.area.removeAttribute("aria-activedescendant");
}

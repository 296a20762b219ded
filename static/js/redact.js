// Covering parts of a photo: rectangles drawn with the pointer, or added and moved by keyboard. They are written in
// percent into the form's plain field, which does the same without this module.

const stage = document.querySelector("[data-redact-stage]");
const form = document.querySelector("[data-redact-form]");
if (stage && form) begin();

function begin() {
  const field = form.elements.boxes;
  const step = 1; // percent
  const smallest = 1;
  form.querySelector("[data-redact-tools]").hidden = false;
  form.querySelector("[data-redact-help]").hidden = false;
  field.closest(".field").classList.add("visually-hidden");
  field.tabIndex = -1;
  stage.classList.add("is-drawing");

  const within = (value, most) => Math.min(Math.max(value, 0), most);
  const round = (value) => Math.round(value * 100) / 100;
  const boxes = () => [...stage.querySelectorAll(".redact-box")];
  const write = () => {
    field.value = boxes().map((box) => box.place.map(round).join(" ")).join("; ");
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };

  function put(box, [left, top, width, height]) {
    const wide = Math.min(Math.max(width, smallest), 100);
    const high = Math.min(Math.max(height, smallest), 100);
    box.place = [within(left, 100 - wide), within(top, 100 - high), wide, high];
    ["left", "top", "width", "height"].forEach((side, index) => (box.style[side] = `${box.place[index]}%`));
  }

  function add(place) {
    const box = document.createElement("button");
    box.type = "button";
    box.className = "redact-box";
    box.setAttribute("aria-label", `${boxes().length + 1}. ${form.dataset.wordsBox}`);
    box.addEventListener("keydown", (event) => move(event, box));
    stage.append(box);
    put(box, place);
    write();
    return box;
  }

  function move(event, box) {
    const [left, top, width, height] = box.place;
    const by = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      box.remove();
      write();
      (boxes().at(-1) ?? form.querySelector("[data-redact-add]")).focus();
    } else if (by) {
      event.preventDefault();
      put(box, event.shiftKey ? [left, top, width + by[0], height + by[1]] : [left + by[0], top + by[1], width, height]);
      write();
    }
  }

  const at = (event) => {
    const frame = stage.getBoundingClientRect();
    return [within(((event.clientX - frame.left) / frame.width) * 100, 100), within(((event.clientY - frame.top) / frame.height) * 100, 100)];
  };

  stage.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    const old = event.target.closest(".redact-box");
    const from = at(event);
    const box = old ?? add([...from, smallest, smallest]);
    const [left, top, width, height] = box.place;
    box.focus();
    stage.setPointerCapture(event.pointerId);
    const drag = (moved) => {
      const to = at(moved);
      if (old) put(box, [left + to[0] - from[0], top + to[1] - from[1], width, height]);
      else put(box, [Math.min(from[0], to[0]), Math.min(from[1], to[1]), Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1])]);
    };
    const stop = () => {
      stage.removeEventListener("pointermove", drag);
      write();
    };
    stage.addEventListener("pointermove", drag);
    stage.addEventListener("pointerup", stop, { once: true });
    stage.addEventListener("pointercancel", stop, { once: true });
  });

  form.querySelector("[data-redact-add]").addEventListener("click", () => add([40, 40, 20, 20]).focus());
  form.querySelector("[data-redact-clear]").addEventListener("click", () => {
    boxes().forEach((box) => box.remove());
    write();
  });
  for (const text of field.value.split(";")) {
    const place = text.trim().split(/[\s,]+/).map(Number);
    if (place.length === 4 && place.every(Number.isFinite)) add(place);
  }
}

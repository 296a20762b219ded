// Small things on pages. data-copy="text" (or data-copy-from="#id") copies; data-print prints;
// <details data-menu> closes on Escape and on a click elsewhere.

const words = document.getElementById("portal-words")?.dataset ?? {};

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy], [data-copy-from]");
  if (button) {
    const text = button.dataset.copy || document.querySelector(button.dataset.copyFrom)?.textContent.trim() || "";
    await copy(text);
    document.dispatchEvent(new CustomEvent("portal:toast", { detail: { level: "success", text: words.copied } }));
  }
  if (event.target.closest("[data-print]")) window.print();
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});

// The clipboard needs https; an office may run the portal on plain http inside its network.
async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "visually-hidden";
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
  return undefined;
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
});

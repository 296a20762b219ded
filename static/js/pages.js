// Small things on pages. data-copy="text" (or data-copy-from="#id") copies; data-print prints;
// <details data-menu> closes on Escape, on a click elsewhere and when the focus leaves it; drafts are dropped when they are done with;
// <details data-printed> is open on paper.

const words = document.getElementById("portal-words")?.dataset ?? {};

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy], [data-copy-from]");
  if (button) {
    const text = button.dataset.copy || document.querySelector(button.dataset.copyFrom)?.textContent.trim() || "";
    await copy(text);
    document.dispatchEvent(new CustomEvent("portal:toast", { detail: { level: "success", text: words.copied } }));
  }
  if (event.target.closest("[data-print]")) print();
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});

// Photos further down are not loaded yet: paper shows them all.
async function print() {
  const photos = [...document.querySelectorAll("main img[loading=lazy]")];
  photos.forEach((one) => (one.loading = "eager"));
  await Promise.all(photos.map((one) => one.decode().catch(() => undefined)));
  window.print();
}

addEventListener("beforeprint", () => {
  document.querySelectorAll("details[data-printed]:not([open])").forEach((one) => {
    one.open = true;
    addEventListener("afterprint", () => (one.open = false), { once: true });
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

document.addEventListener("focusout", (event) => {
  const menu = event.target.closest?.("details[data-menu][open]");
  if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
});

// Drafts of this browser (drafts.js) end when the form was sent with success, and with the log-in.
function dropDrafts() {
  try {
    Object.keys(localStorage).filter((key) => key.startsWith("citymgmt-draft-")).forEach((key) => localStorage.removeItem(key));
  } catch {
    // Nothing is kept where storage is off.
  }
}
if (new URLSearchParams(window.location.search).has("logged")) dropDrafts();
document.addEventListener("submit", (event) => {
  if (new URL(event.target.action, window.location.href).pathname === "/logout/") dropDrafts();
});

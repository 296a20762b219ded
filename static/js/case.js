// The page of a case: the form of an action opens inside it. A refusal (403, 409) is shown in its place,
// with what was typed; data-close-act closes the form again.

const place = document.getElementById("act");
let opener = null; // the button that opened the form: the focus goes back to it

document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target !== place || ![403, 409].includes(event.detail.xhr.status)) return;
  if (!event.detail.xhr.responseText.includes("refused-title")) return;
  event.detail.shouldSwap = true;
  event.detail.isError = false;
});

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.target === place && event.target.matches("a")) opener = event.target;
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target !== place) return;
  document.querySelectorAll("details.case-more[open]").forEach((menu) => {
    menu.open = false;
  });
  const wanted = place.querySelector("[data-focus]") ?? place.querySelector("textarea, select, input:not([type=hidden])");
  wanted?.focus({ preventScroll: true });
});

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-close-act]") || !document.querySelector(".case-page")) return;
  event.preventDefault();
  place.replaceChildren();
  (opener?.closest("details")?.querySelector("summary") ?? opener)?.focus();
});

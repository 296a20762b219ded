// A link or code leads here with "#number.secret": a fragment is sent to no server and stands in no log. It is put into
// the form, taken out of the address, and the form is sent.
const form = document.querySelector("[data-from-fragment]");
const [number, secret] = decodeURIComponent(window.location.hash.slice(1)).split(".");
if (number && secret) {
  form.elements.number.value = number;
  form.elements.secret.value = secret;
  window.history.replaceState(null, "", window.location.pathname);
  if (!document.querySelector(".error-summary")) form.requestSubmit();
}

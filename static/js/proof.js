// Work for the sender's machine while a form is filled in (altcha's worker, PBKDF2): found, it lets more reports pass from
// one address. Without it, or without https, the form works all the same. data-proof: the id of the challenge.
const form = document.querySelector("form[data-proof]");
const challenge = JSON.parse(document.getElementById(form.dataset.proof).textContent);
let isBegun = false;

function begin() {
  if (isBegun || !window.isSecureContext || !window.Worker) return;
  isBegun = true;
  const worker = new Worker(form.dataset.proofWorker);
  worker.addEventListener("message", ({ data }) => {
    worker.terminate();
    if (data && !data.error) form.elements.altcha.value = btoa(JSON.stringify({ challenge, solution: data }));
  });
  worker.postMessage({ type: "work", challenge, counterStart: 0, counterStep: 1, counterMode: "uint32", timeout: 90000 });
}

for (const kind of ["focusin", "input", "pointerdown"]) form.addEventListener(kind, begin, { passive: true });

// data-confirm="Close the case?" on a form, a button or a link asks first. data-confirm-danger reddens the answer.

const dialog = document.getElementById("confirm-dialog");
let proceed = null;

function ask(holder, then) {
  dialog.querySelector("#confirm-text").textContent = holder.dataset.confirm;
  const yes = dialog.querySelector("[data-confirm-yes]");
  yes.classList.toggle("btn-danger", "confirmDanger" in holder.dataset);
  yes.classList.toggle("btn-primary", !("confirmDanger" in holder.dataset));
  proceed = then;
  dialog.returnValue = "no";
  dialog.showModal();
}

if (dialog?.showModal) {
  dialog.addEventListener("close", () => {
    if (dialog.open) return; // asked anew before this came
    const then = proceed;
    proceed = null;
    if (dialog.returnValue === "yes") then?.();
  });

  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      const holder = event.submitter?.dataset.confirm ? event.submitter : form;
      if (!holder.dataset.confirm || form.dataset.confirmed) {
        delete form.dataset.confirmed;
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      ask(holder, () => {
        form.dataset.confirmed = "yes";
        form.requestSubmit(event.submitter ?? undefined);
      });
    },
    true,
  );

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-confirm]");
    if (!link) return;
    event.preventDefault();
    ask(link, () => {
      window.location.assign(link.href);
    });
  });

  // htmx asks through hx-confirm: the same dialog.
  document.addEventListener("htmx:confirm", (event) => {
    if (!event.detail.question) return;
    event.preventDefault();
    ask({ dataset: { confirm: event.detail.question } }, () => event.detail.issueRequest(true));
  });
}

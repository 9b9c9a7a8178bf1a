// Forms: one press is one request, nothing typed is lost by leaving, and focus goes to what needs it.
const wrong = document.querySelector("[aria-invalid=true]");
if (wrong) wrong.focus();
else document.querySelector(".mistakes[autofocus]")?.focus();

document.addEventListener("submit", (event) => {
  const form = event.target;
  const button = event.submitter;
  const question = button?.dataset.confirm ?? form.dataset.confirm;
  if (question && !form.dataset.confirmed) {
    event.preventDefault();
    ask(question, button?.dataset.confirmLabel, () => {
      form.dataset.confirmed = "yes";
      form.requestSubmit(button);
    });
    return;
  }
  if (form.dataset.sent) { event.preventDefault(); return; }
  if (form.method === "dialog" || event.defaultPrevented) return;
  form.dataset.sent = "yes";
  // After this turn, so that the button's own name and value still go along.
  setTimeout(() => button?.setAttribute("aria-busy", "true"));
  // A download leaves the page where it is.
  setTimeout(() => { delete form.dataset.sent; button?.removeAttribute("aria-busy"); }, 8000);
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll("button[aria-busy]")) button.removeAttribute("aria-busy");
});

// <select data-submit> and the like send their form when changed.
document.addEventListener("change", (event) => {
  if (event.target.matches?.("[data-submit]")) event.target.form?.requestSubmit();
});

// <input type=checkbox data-all="NAME"> ticks every box of that name in its form or table.
document.addEventListener("change", (event) => {
  const name = event.target.dataset?.all;
  if (!name) return;
  for (const box of document.querySelectorAll(`input[type=checkbox][name="${CSS.escape(name)}"]`)) box.checked = event.target.checked;
});

function ask(question, label, then) {
  const dialog = document.createElement("dialog");
  const text = Object.assign(document.createElement("p"), { textContent: question });
  const row = Object.assign(document.createElement("form"), { method: "dialog", className: "actions" });
  const words = document.body.dataset;
  const yes = Object.assign(document.createElement("button"), { value: "yes", className: "btn primary", textContent: label ?? words.confirm ?? "OK" });
  const no = Object.assign(document.createElement("button"), { value: "no", className: "btn", textContent: words.cancel ?? "Cancel" });
  text.id = "question";
  dialog.setAttribute("aria-labelledby", "question");
  row.append(yes, no);
  dialog.append(text, row);
  document.body.append(dialog);
  dialog.addEventListener("close", () => { if (dialog.returnValue === "yes") then(); dialog.remove(); });
  dialog.showModal();
  no.focus();
}

// Shortcuts: / or Ctrl-K to search, g and a letter for a place, ? for the list. Silent while one types, and where
// somebody has switched single keys off: software that types for people, or a shaky hand, presses them by mistake.
const list = document.getElementById("keys");
const box = document.getElementById("keys-on");
let on = localStorage.getItem("stoa-keys") !== "off";
if (box) {
  box.checked = on;
  box.addEventListener("change", () => {
    on = box.checked;
    localStorage.setItem("stoa-keys", on ? "on" : "off");
  });
}

let first = "";
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  const search = document.querySelector("main input[type=search]");
  const single = on && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (search && ((event.key === "k" && (event.ctrlKey || event.metaKey) && !typing) || (event.key === "/" && single))) {
    event.preventDefault();
    search.focus();
    search.select();
    return;
  }
  if (!single || document.querySelector("dialog:modal")) return;
  if (event.key === "?" && list) {
    event.preventDefault();
    list.togglePopover();
    return;
  }
  if (first === "g") document.querySelector(`.rail a[data-key="${CSS.escape(event.key)}"]`)?.click();
  first = event.key;
  setTimeout(() => { first = ""; }, 900);
});

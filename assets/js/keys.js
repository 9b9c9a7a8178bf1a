// Shortcuts: / or Ctrl-K to search, g t for Today, g c for Courses, ? for the list. Silent while one types.
let first = "";
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  const search = document.querySelector("input[type=search]");
  if ((event.key === "k" && (event.ctrlKey || event.metaKey) && search) || (event.key === "/" && !typing && search)) {
    event.preventDefault();
    search.focus();
    return;
  }
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (first === "g") {
    const place = { t: "/", c: "/courses", i: "/institution" }[event.key];
    if (place && document.querySelector(`.rail a[href="${place}"]`)) location.assign(place);
  }
  first = event.key;
  setTimeout(() => { first = ""; }, 900);
});

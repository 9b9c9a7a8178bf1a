// What is wider than the text (a table, code, a formula) scrolls sideways in a box of its own. Whoever uses the keyboard
// must be able to stop there: the box takes the focus, but only while there is something to scroll.
const watch = new ResizeObserver((changes) => { for (const { target } of changes) reach(target); });

export function reach(box) {
  if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  else box.removeAttribute("tabindex");
}

for (const box of document.querySelectorAll(".prose :is(pre, table, .table, [data-math=display]), .table:not([tabindex])")) watch.observe(box);

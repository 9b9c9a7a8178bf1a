// Formulas: the server leaves TeX in <span data-math="inline|display">; temml turns it into MathML, which browsers draw
// and screen readers read. What temml cannot read stays as it is, in its source.
import { reach } from "stoa/scroll";
import temml from "temml";

export function draw(root = document) {
  for (const span of root.querySelectorAll("[data-math]:not([data-drawn])")) {
    const tex = span.textContent;
    try {
      temml.render(tex, span, { displayMode: span.dataset.math === "display", throwOnError: true, trust: false });
      span.title = tex;
      if (span.dataset.math === "display") reach(span);
    } catch {
      span.textContent = tex;
    }
    span.setAttribute("data-drawn", "");
  }
}
draw();

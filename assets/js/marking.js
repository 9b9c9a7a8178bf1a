// <stoa-marking> around the ways to the person before and after: n and p go there, c to the comment, Ctrl-Enter gives the
// grade; and the sum of what was chosen in the rubric shows where no points are typed. Single keys are silent while one
// types, and where somebody has switched them off.
class Marking extends HTMLElement {
  connectedCallback() {
    this.form = document.querySelector("form[data-marks]");
    this.pressed = (event) => this.press(event);
    document.addEventListener("keydown", this.pressed);
    this.form?.addEventListener("change", () => this.sum());
    this.form?.addEventListener("input", () => this.sum());
    this.sum();
  }

  disconnectedCallback() { document.removeEventListener("keydown", this.pressed); }

  press(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.closest?.("form") === this.form) {
      event.preventDefault();
      this.form.requestSubmit(this.form.querySelector("[data-give]"));
      return;
    }
    const typing = event.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || localStorage.getItem("stoa-keys") === "off") return;
    if (event.key === "c") {
      event.preventDefault();
      this.form?.querySelector("textarea[name=comment]")?.focus();
      return;
    }
    if (["n", "p"].includes(event.key)) this.querySelector(`a[data-key=${event.key}]`)?.click();
  }

  // Ten-thousandths of a point, so that no sum is off by a rounding; none where a criterion has no points yet.
  sum() {
    const points = this.form?.querySelector("input[name=points]");
    const criteria = [...(this.form?.querySelectorAll(".criterion") ?? [])];
    if (!points || !criteria.length) return;
    const units = criteria.map((criterion) => {
      const typed = criterion.querySelector("input[data-points]:not([type])") ?? criterion.querySelector("input[data-points][type=text]");
      if (typed) return typed.value.trim() === "" ? NaN : Math.round(Number(typed.value.replace(",", ".")) * 10000);
      const chosen = criterion.querySelector("input[data-points]:checked");
      if (!chosen) return criterion.querySelector("input[type=checkbox]") ? 0 : NaN;
      return Math.round(Number(chosen.dataset.points) * 10000);
    });
    const all = units.reduce((sum, one) => sum + one, 0);
    points.placeholder = Number.isNaN(all) ? "" : String(all / 10000);
  }
}
customElements.define("stoa-marking", Marking);

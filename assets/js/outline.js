// <stoa-outline data-move-url="...">: modules and items in any order, by drag and by keyboard. Each row that moves has
// data-kind (module or item) and data-id; its grip is a button. Space takes it, the arrows move it, left and right
// change its depth, Space puts it down, Escape puts it back. Each row also has a plain "Move to..." form on the server.
class Outline extends HTMLElement {
  connectedCallback() {
    this.live = Object.assign(document.createElement("p"), { className: "visually-hidden" });
    this.live.setAttribute("aria-live", "assertive");
    this.append(this.live);
    this.addEventListener("keydown", (event) => this.key(event));
    this.addEventListener("pointerdown", (event) => this.take(event));
    for (const grip of this.querySelectorAll(".grip")) grip.setAttribute("aria-pressed", "false");
  }

  word(name, row) { return (this.getAttribute(`data-words-${name}`) ?? "").replace("{title}", row?.dataset.title ?? ""); }
  say(text) { this.live.textContent = text; }
  rows(kind) { return [...this.querySelectorAll(`[data-kind="${kind}"]`)]; }

  key(event) {
    const grip = event.target.closest(".grip");
    if (!grip) return;
    const row = grip.closest("[data-kind]");
    if (event.key === " " || event.key === "Enter") {
      event.preventDefault();
      if (this.held === row) this.put();
      else this.hold(row, grip);
      return;
    }
    if (this.held !== row) return;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const depth = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step) { event.preventDefault(); this.shift(row, step); grip.focus(); }
    if (depth && row.dataset.kind === "item") { event.preventDefault(); this.indent(row, depth * (document.dir === "rtl" ? -1 : 1)); }
    if (event.key === "Escape") { event.preventDefault(); this.back(); }
    if (event.key === "Tab") this.put();
  }

  hold(row, grip) {
    if (this.held) this.put();
    this.held = row;
    this.grip = grip;
    this.home = { parent: row.parentNode, next: row.nextElementSibling, indent: row.dataset.indent };
    row.classList.add("held");
    grip.setAttribute("aria-pressed", "true");
    this.say(this.word("held", row));
  }

  release() {
    this.held.classList.remove("held");
    this.grip.setAttribute("aria-pressed", "false");
    const row = this.held;
    this.held = null;
    return row;
  }

  back() {
    const { parent, next, indent } = this.home;
    this.setIndent(this.held, Number(indent ?? 0));
    parent.insertBefore(this.held, next);
    const grip = this.grip;
    this.say(this.word("back", this.release()));
    grip.focus();
  }

  put() {
    const row = this.release();
    this.say(this.word("put", row));
    this.send(row);
  }

  /** Past the neighbour, or into the next module. */
  shift(row, step) {
    const sibling = step < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (sibling?.dataset.kind === row.dataset.kind) {
      row.parentNode.insertBefore(row, step < 0 ? sibling : sibling.nextElementSibling);
    } else if (row.dataset.kind === "item") {
      const lists = [...this.querySelectorAll("[data-items]")];
      const other = lists[lists.indexOf(row.parentNode) + step];
      if (!other) return;
      other.insertBefore(row, step < 0 ? null : other.firstElementChild);
    }
    this.describe(row);
  }

  describe(row) {
    const rows = [...row.parentNode.children].filter((other) => other.dataset.kind === row.dataset.kind);
    this.say(`${this.word("moved", row)} ${rows.indexOf(row) + 1} / ${rows.length}. ${row.closest("[data-kind=module]")?.dataset.title ?? ""}`);
  }

  indent(row, by) {
    this.setIndent(row, Math.max(0, Math.min(3, Number(row.dataset.indent ?? 0) + by)));
    this.say(`${this.word("depth", row)} ${Number(row.dataset.indent) + 1}`);
  }

  setIndent(row, depth) {
    if (row.dataset.kind !== "item") return;
    row.classList.remove(`indent-${row.dataset.indent}`);
    row.dataset.indent = String(depth);
    if (depth) row.classList.add(`indent-${depth}`);
  }

  take(event) {
    const grip = event.target.closest(".grip");
    if (!grip || event.button) return;
    event.preventDefault();
    const row = grip.closest("[data-kind]");
    grip.focus();
    const line = Object.assign(document.createElement(row.tagName === "LI" ? "li" : "div"), { className: "drop-line" });
    let target = null;
    const start = { x: event.clientX, indent: Number(row.dataset.indent ?? 0) };
    const move = (at) => {
      const rows = this.rows(row.dataset.kind).filter((other) => other !== row && !row.contains(other));
      target = null;
      for (const list of row.dataset.kind === "item" ? this.querySelectorAll("[data-items]") : []) {
        const box = list.getBoundingClientRect();
        if (at.clientY >= box.top - 24 && at.clientY <= box.bottom + 24) target = { parent: list, before: null };
      }
      for (const other of rows) {
        const box = other.getBoundingClientRect();
        if (at.clientY < box.top || at.clientY > box.bottom) continue;
        const before = at.clientY < box.top + box.height / 2;
        target = { parent: other.parentNode, before: before ? other : other.nextElementSibling };
      }
      if (target) target.parent.insertBefore(line, target.before);
      if (row.dataset.kind === "item") this.setIndent(row, Math.max(0, Math.min(3, start.indent + Math.round((at.clientX - start.x) / 28))));
    };
    const end = (at) => {
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", end);
      removeEventListener("pointercancel", end);
      line.remove();
      row.classList.remove("held");
      const changed = target && target.before !== row;
      if (at.type === "pointerup" && (changed || Number(row.dataset.indent ?? 0) !== start.indent)) {
        if (changed) target.parent.insertBefore(row, target.before);
        this.send(row);
      } else this.setIndent(row, start.indent);
    };
    row.classList.add("held");
    addEventListener("pointermove", move);
    addEventListener("pointerup", end);
    addEventListener("pointercancel", end);
  }

  async send(row) {
    const before = row.previousElementSibling;
    const body = new URLSearchParams({
      kind: row.dataset.kind,
      id: row.dataset.id,
      after: before?.dataset.kind === row.dataset.kind ? before.dataset.id : "",
      parent: row.dataset.kind === "item" ? row.closest("[data-kind=module]").dataset.id : "",
      indent: row.dataset.indent ?? "0",
    });
    const answer = await fetch(this.dataset.moveUrl, { method: "POST", body, headers: { "HX-Request": "true" } }).catch(() => null);
    if (answer?.ok) this.say(this.word("saved", row));
    else { this.say(this.word("failed", row)); setTimeout(() => location.reload(), 1200); }
  }
}
customElements.define("stoa-outline", Outline);

// <stoa-grades>: the table of grades, edited like a sheet. Arrows move, typing edits, Enter or Tab keeps, Escape leaves; a
// click chooses a cell, another edits it, Enter on a cell opens its page. What the cell showed goes along, so that the server
// can tell that somebody else changed it. Without this a cell is a link.
class Grades extends HTMLElement {
  connectedCallback() {
    this.table = this.querySelector("table");
    this.says = this.querySelector(".grade-says");
    this.addEventListener("keydown", (event) => this.key(event));
    this.addEventListener("click", (event) => this.click(event));
    // One stop of the Tab key in the whole table; the arrows go on from there.
    const links = this.table.querySelectorAll("td a");
    links.forEach((link, at) => { link.tabIndex = at ? -1 : 0; });
    this.stop = links[0];
    this.addEventListener("focusin", (event) => {
      const link = event.target.closest("td a");
      if (!link || link === this.stop) return;
      this.stop.tabIndex = -1;
      link.tabIndex = 0;
      this.stop = link;
    });
  }

  click(event) {
    const link = event.target.closest("td a"), cell = link?.closest("td");
    // A click of the keyboard has no number: it follows the link.
    if (!link || !event.detail || event.ctrlKey || event.metaKey || event.shiftKey || !this.may(cell)) return;
    event.preventDefault();
    if (this.chosen === link) this.edit(cell);
    else link.focus();
    this.chosen = link;
  }

  may(cell) { return this.table.dataset.edit && cell.querySelector("a"); }

  key(event) {
    if (event.target.matches("input")) return this.typing(event);
    const cell = event.target.closest("td");
    if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
    const rtl = document.dir === "rtl" ? -1 : 1;
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -rtl], ArrowRight: [0, rtl] }[event.key];
    if (step) { event.preventDefault(); this.move(cell, ...step); return; }
    const types = event.key.length === 1 && /[\p{L}\p{N}.,%-]/u.test(event.key);
    const empties = event.key === "Delete" || event.key === "Backspace";
    if (!this.may(cell) || !(types || empties || event.key === "F2")) return;
    event.preventDefault();
    // The page's own single keys are not meant here.
    event.stopPropagation();
    this.edit(cell, types ? event.key : empties ? "" : undefined);
  }

  // The next cell that can be edited; totals are passed over.
  move(cell, down, across) {
    let row = cell.parentElement, at = cell.cellIndex;
    for (;;) {
      row = down < 0 ? row.previousElementSibling : down > 0 ? row.nextElementSibling : row;
      at += across;
      const next = row?.cells[at];
      if (!next || next.matches("th")) return;
      const link = next.querySelector("a");
      if (link) { link.focus(); this.chosen = link; return; }
    }
  }

  edit(cell, typed) {
    const link = cell.querySelector("a");
    const input = Object.assign(document.createElement("input"), { type: "text", autocomplete: "off", value: typed ?? cell.dataset.raw ?? "" });
    const [head, person] = [this.table.tHead.rows[0].cells[cell.cellIndex], cell.parentElement.cells[0]];
    input.setAttribute("aria-label", `${head.querySelector("a")?.textContent ?? ""}, ${person.querySelector("a")?.textContent ?? ""}`);
    link.hidden = true;
    delete cell.dataset.state;
    cell.append(input);
    input.focus();
    if (typed === undefined) input.select();
    input.addEventListener("blur", () => this.keep(cell, input));
  }

  typing(event) {
    const input = event.target, cell = input.closest("td");
    if (!["Enter", "Escape", "Tab"].includes(event.key)) return;
    event.preventDefault();
    if (event.key === "Escape") { this.close(cell, input); cell.querySelector("a").focus(); return; }
    this.keep(cell, input);
    const step = event.key === "Enter" ? [event.shiftKey ? -1 : 1, 0] : [0, event.shiftKey ? -1 : 1];
    cell.querySelector("a").focus();
    this.move(cell, ...step);
  }

  close(cell, input) {
    input.dataset.left = "yes";
    cell.querySelector("a").hidden = false;
    input.remove();
  }

  async keep(cell, input) {
    if (input.dataset.left) return;
    const link = cell.querySelector("a"), value = input.value.trim(), was = cell.dataset.raw ?? "";
    this.close(cell, input);
    if (value === was) return;
    const before = link.textContent;
    link.textContent = value || "–";
    this.says.textContent = this.getAttribute("data-words-saving");
    try {
      const headers = { accept: "application/json", "content-type": "application/x-www-form-urlencoded" };
      const answer = await fetch(link.href, { method: "POST", headers, body: new URLSearchParams({ value, was }) });
      this.show(cell, link, await answer.json(), before);
    } catch {
      link.textContent = before;
      cell.dataset.state = "wrong";
      this.says.textContent = this.getAttribute("data-words-lost");
    }
  }

  show(cell, link, told, before) {
    cell.dataset.state = told.saved ? "saved" : "wrong";
    this.says.textContent = told.says ?? told.detail ?? told.title ?? this.getAttribute("data-words-lost");
    if (told.text === undefined) { link.textContent = before; return; }
    link.textContent = told.text;
    cell.className = told.class;
    if (told.raw) cell.dataset.raw = told.raw; else delete cell.dataset.raw;
    const totals = cell.parentElement.querySelectorAll("td.total");
    told.totals.forEach((text, at) => { if (totals[at]) totals[at].textContent = text; });
  }
}
customElements.define("stoa-grades", Grades);

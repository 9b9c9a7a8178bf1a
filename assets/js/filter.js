// <stoa-filter for="ID" data-none="Nothing fits."> with an input: shows only the rows of that list or table that
// contain the words, as one types, and says how many.
class Filter extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector("input");
    const rows = [...document.querySelectorAll(`#${CSS.escape(this.getAttribute("for"))} [data-row]`)];
    const said = Object.assign(document.createElement("p"), { className: "small muted" });
    said.setAttribute("role", "status");
    this.append(said);
    const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    const texts = rows.map((row) => plain(row.textContent));
    input.addEventListener("input", () => {
      const words = plain(input.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row, at) => {
        row.hidden = !words.every((word) => texts[at].includes(word));
        shown += row.hidden ? 0 : 1;
      });
      said.textContent = words.length ? `${shown} / ${rows.length}` : "";
      if (!shown && words.length) said.textContent = this.dataset.none ?? said.textContent;
    });
  }
}
customElements.define("stoa-filter", Filter);

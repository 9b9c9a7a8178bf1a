// <stoa-filedrop> around an <input type=file>: takes files that are dropped, and names what was chosen.
class FileDrop extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector("input[type=file]");
    const over = (on) => this.classList.toggle("over", on);
    this.addEventListener("dragover", (event) => { event.preventDefault(); over(true); });
    this.addEventListener("dragleave", () => over(false));
    this.addEventListener("drop", (event) => {
      event.preventDefault();
      over(false);
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
}
customElements.define("stoa-filedrop", FileDrop);

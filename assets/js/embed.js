// <stoa-embed data-player data-play data-note [data-title]>: a button that shows something of another site in the page.
// Until it is pressed, that site learns nothing.
class Embed extends HTMLElement {
  connectedCallback() {
    if (this.querySelector("button")) return;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: this.dataset.play });
    const note = Object.assign(document.createElement("span"), { className: "small muted", textContent: this.dataset.note });
    const row = Object.assign(document.createElement("p"), { className: "row embed-ask" });
    row.append(button, note);
    this.append(row);
    button.addEventListener("click", () => {
      const frame = document.createElement("iframe");
      frame.src = this.dataset.player;
      frame.title = this.dataset.title ?? this.querySelector("a")?.textContent ?? "";
      frame.allow = "fullscreen; encrypted-media; picture-in-picture";
      frame.allowFullscreen = true;
      frame.referrerPolicy = "strict-origin-when-cross-origin";
      frame.sandbox = "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-presentation";
      row.replaceWith(frame);
      frame.focus();
    });
  }
}
customElements.define("stoa-embed", Embed);

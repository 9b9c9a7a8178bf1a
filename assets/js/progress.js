// <stoa-progress data-url="..." data-every="1500">: replaces itself with the fragment at the address until the fragment
// says that it is done (data-done). Works as a plain page with a reload where scripts do not.
class Progress extends HTMLElement {
  connectedCallback() { this.timer = setTimeout(() => this.look(), Number(this.dataset.every ?? 1500)); }
  disconnectedCallback() { clearTimeout(this.timer); }
  async look() {
    try {
      const answer = await fetch(this.dataset.url, { headers: { "HX-Request": "true" } });
      if (!answer.ok) throw new Error(answer.statusText);
      const part = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("stoa-progress");
      if (part) { this.replaceWith(part); if (part.hasAttribute("data-reload")) location.reload(); return; }
    } catch { /* The network may be away for a moment; look again. */ }
    this.timer = setTimeout(() => this.look(), 4000);
  }
}
customElements.define("stoa-progress", Progress);

// <stoa-live for="ID" data-stream="PATH" data-now="TEXT">: the stream at PATH tells how things stand, in a text. Where
// that is not the text that the page was made with, the part of the page with this id is fetched anew.
class Live extends HTMLElement {
  connectedCallback() {
    this.stream = new EventSource(this.dataset.stream);
    this.stream.addEventListener("now", (event) => {
      if (event.data !== this.dataset.now) this.renew(event.data);
    });
  }
  disconnectedCallback() { this.stream.close(); }
  async renew(now) {
    this.dataset.now = now;
    try {
      const answer = await fetch(location.href);
      if (!answer.ok) throw new Error(answer.statusText);
      const id = this.getAttribute("for");
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(id);
      // A newer look was faster where this element is gone already.
      if (fresh && this.isConnected) document.getElementById(id).replaceWith(fresh);
    } catch {
      // The network may be away for a moment: the next word of the stream makes it look again.
      this.dataset.now = "";
    }
  }
}
customElements.define("stoa-live", Live);

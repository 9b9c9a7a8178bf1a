// <stoa-editor data-preview-url data-upload-url data-save-url data-draft="KEY"> around a <textarea>: a toolbar, a live
// preview, pictures by paste or drop, and a draft that is kept as one types. Words come from data-words-* attributes.
const TOOLS = [
  ["bold", "b", (t) => wrap(t, "**")],
  ["italic", "i", (t) => wrap(t, "*")],
  ["heading", "", (t) => lines(t, (line) => (line.startsWith("#") ? `#${line}` : `## ${line}`).replace(/^#{5,} /, ""))],
  ["link", "k", (t) => insert(t, (text) => `[${text || "text"}](https://)`)],
  ["list", "", (t) => lines(t, (line) => `- ${line}`)],
  ["list-ordered", "", (t) => lines(t, (line, at) => `${at + 1}. ${line}`)],
  ["quote", "", (t) => lines(t, (line) => `> ${line}`)],
  ["code", "", (t) => insert(t, (text) => (text.includes("\n") ? `\`\`\`\n${text}\n\`\`\`` : `\`${text}\``))],
  ["table", "", (t) => insert(t, () => "\n| A | B |\n|---|---|\n|   |   |\n")],
  ["sigma", "", (t) => insert(t, (text) => `$${text || "x^2"}$`)],
  ["info", "", (t) => insert(t, (text) => `\n> [!NOTE]\n> ${text}\n`)],
  ["image", "", null],
];

// execCommand keeps the browser's own undo, which setting the value would lose.
function put(textarea, text) {
  textarea.focus();
  if (!document.execCommand("insertText", false, text)) textarea.setRangeText(text, textarea.selectionStart, textarea.selectionEnd, "end");
  textarea.dispatchEvent(new Event("input", { bubbles: true }));
}
const chosen = (t) => t.value.slice(t.selectionStart, t.selectionEnd);
const insert = (t, make) => put(t, make(chosen(t)));
function wrap(t, mark) {
  const text = chosen(t);
  put(t, `${mark}${text}${mark}`);
  // With nothing chosen, what is typed next belongs between the marks.
  if (!text) t.setSelectionRange(t.selectionEnd - mark.length, t.selectionEnd - mark.length);
}
function lines(t, change) {
  const start = t.value.lastIndexOf("\n", t.selectionStart - 1) + 1;
  const end = t.value.indexOf("\n", t.selectionEnd);
  t.setSelectionRange(start, end < 0 ? t.value.length : end);
  put(t, chosen(t).split("\n").map(change).join("\n"));
}

class Editor extends HTMLElement {
  connectedCallback() {
    this.area = this.querySelector("textarea");
    this.key = `stoa-draft:${this.dataset.draft ?? location.pathname + "#" + this.area.name}`;
    this.saved = this.area.value;
    this.build();
    this.restore();
    this.area.addEventListener("input", () => this.changed());
    this.area.addEventListener("keydown", (event) => this.pressed(event));
    for (const kind of ["paste", "drop"]) {
      this.area.addEventListener(kind, (event) => {
        const files = [...(event.clipboardData ?? event.dataTransfer).files].filter((file) => file.type.startsWith("image/"));
        if (files.length) { event.preventDefault(); files.forEach((file) => this.upload(file)); }
      });
    }
    this.area.form?.addEventListener("submit", () => localStorage.removeItem(this.key));
    addEventListener("beforeunload", (event) => { if (this.area.value !== this.saved && !this.area.form?.dataset.sent && !this.dataset.saveUrl) event.preventDefault(); });
    if (this.dataset.previewUrl && matchMedia("(min-width: 1100px)").matches) this.togglePreview();
  }

  get isHtml() { return this.dataset.html !== undefined; }

  word(name) { return this.getAttribute(`data-words-${name}`) ?? name; }

  build() {
    const bar = Object.assign(document.createElement("div"), { className: "editor-bar" });
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", this.word("toolbar"));
    const sprite = this.dataset.sprite;
    const button = (name, act) => {
      const made = Object.assign(document.createElement("button"), { type: "button", title: this.word(name) });
      made.setAttribute("aria-label", this.word(name));
      made.innerHTML = `<svg class="ico" aria-hidden="true"><use href="${sprite}#${name}"/></svg>`;
      made.addEventListener("click", act);
      bar.append(made);
      return made;
    };
    for (const [name, , act] of TOOLS) {
      // A source in HTML has no marks of Markdown.
      if (act) { if (!this.isHtml) button(name, () => act(this.area)); }
      else if (this.dataset.uploadUrl) button(name, () => this.choose());
    }
    if (this.dataset.previewUrl) {
      this.eye = button("eye", () => this.togglePreview());
      this.eye.setAttribute("aria-pressed", "false");
    }
    this.state = Object.assign(document.createElement("span"), { className: "saved" });
    this.state.setAttribute("role", "status");
    bar.append(this.state);
    this.panes = Object.assign(document.createElement("div"), { className: "editor-panes" });
    this.area.before(bar, this.panes);
    this.panes.append(this.area);
    this.preview = Object.assign(document.createElement("div"), { className: "editor-preview prose", hidden: true, tabIndex: 0 });
    this.preview.setAttribute("role", "region");
    this.preview.setAttribute("aria-label", this.word("preview"));
    this.panes.append(this.preview);
  }

  restore() {
    const kept = localStorage.getItem(this.key);
    if (kept === null || kept === this.area.value) return;
    const note = Object.assign(document.createElement("p"), { className: "editor-note", textContent: `${this.word("kept")} ` });
    const use = Object.assign(document.createElement("button"), { type: "button", className: "linklike", textContent: this.word("restore") });
    const drop = Object.assign(document.createElement("button"), { type: "button", className: "linklike", textContent: this.word("discard") });
    use.addEventListener("click", () => { this.area.value = kept; this.changed(); note.remove(); this.area.focus(); });
    drop.addEventListener("click", () => { localStorage.removeItem(this.key); note.remove(); this.area.focus(); });
    note.append(use, " ", drop);
    this.prepend(note);
  }

  changed() {
    localStorage.setItem(this.key, this.area.value);
    this.say("saving");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { this.save(); this.show(); }, 700);
  }

  say(state) {
    this.state.dataset.state = state;
    this.state.textContent = this.word(state);
  }

  async save() {
    if (!this.dataset.saveUrl) { this.say("kept-here"); return; }
    const value = this.area.value;
    try {
      const answer = await fetch(this.dataset.saveUrl, { method: "POST", body: new URLSearchParams({ [this.area.name]: value, based_on: this.dataset.basedOn ?? "" }) });
      if (!answer.ok) throw new Error(answer.statusText);
      this.saved = value;
      if (this.area.value === value) localStorage.removeItem(this.key);
      this.say("saved");
    } catch {
      // It stays on this device and goes with the next change, or when the network is back.
      this.say("offline");
      addEventListener("online", () => this.save(), { once: true });
    }
  }

  togglePreview() {
    this.preview.hidden = !this.preview.hidden;
    this.panes.classList.toggle("both", !this.preview.hidden);
    this.eye.setAttribute("aria-pressed", String(!this.preview.hidden));
    this.show();
  }

  async show() {
    if (this.preview.hidden) return;
    const answer = await fetch(this.dataset.previewUrl, { method: "POST", body: new URLSearchParams({ [this.isHtml ? "html" : "markdown"]: this.area.value }) }).catch(() => null);
    if (!answer?.ok) return;
    // The server has cleaned it, as it does for readers.
    this.preview.innerHTML = await answer.text();
    if (this.preview.querySelector("[data-math]")) (await import("stoa/math")).draw(this.preview);
  }

  choose() {
    const input = Object.assign(document.createElement("input"), { type: "file", accept: "image/*" });
    input.addEventListener("change", () => [...input.files].forEach((file) => this.upload(file)));
    input.click();
  }

  async upload(file) {
    this.say("uploading");
    const form = new FormData();
    form.append("file", file);
    const answer = await fetch(this.dataset.uploadUrl, { method: "POST", body: form, headers: { Accept: "application/json" } }).catch(() => null);
    const told = await answer?.json().catch(() => null);
    if (!answer?.ok) { this.say("upload-failed"); if (told?.detail) this.state.textContent = told.detail; return; }
    // The description is the author's to write: the cursor waits where it goes.
    const [before, after] = this.isHtml ? [`<img src="${told.url}" alt="`, `">`] : ["![", `](${told.url})`];
    put(this.area, before + after);
    const at = this.area.selectionEnd - after.length;
    this.area.setSelectionRange(at, at);
  }

  pressed(event) {
    if (!(event.ctrlKey || event.metaKey)) return;
    const tool = TOOLS.find(([, key]) => key && key === event.key.toLowerCase());
    if (tool && !this.isHtml) { event.preventDefault(); tool[2](this.area); }
    if (event.key === "s") { event.preventDefault(); this.area.form?.requestSubmit(); }
  }
}
customElements.define("stoa-editor", Editor);

// <stoa-draft data-save-url data-key> within a form, around its fields: what is typed is kept on the server as one types, and on
// this device until the server has it. Words come from data-words-* attributes. Without scripts the form has a button.
class Draft extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.state = this.querySelector(".saved");
    this.key = `stoa-draft:${this.dataset.key}`;
    this.addEventListener("input", () => this.changed());
    this.addEventListener("change", () => this.changed());
    this.form.addEventListener("submit", () => { clearTimeout(this.timer); this.isSent = true; localStorage.removeItem(this.key); });
    addEventListener("pageshow", () => { this.isSent = false; });
    addEventListener("beforeunload", (event) => { if (this.isWaiting && !this.isSent) event.preventDefault(); });
    const kept = localStorage.getItem(this.key);
    if (kept) this.restore(JSON.parse(kept));
  }

  word(name) { return this.getAttribute(`data-words-${name}`) ?? name; }

  say(state) {
    this.state.dataset.state = state === "offline" ? "error" : state;
    this.state.textContent = this.word(state);
  }

  // Everything of the form but files, which are sent when a button is pressed.
  fields() {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) if (typeof value === "string") fields.append(name, value);
    fields.set("do", "keep");
    return fields;
  }

  // What the network had not taken when the page was left, unless the server has the same by now.
  restore({ revision, fields }) {
    localStorage.removeItem(this.key);
    if (revision !== this.revision.value) return;
    this.put(fields);
    this.changed();
  }

  get revision() { return this.querySelector("[name=revision]"); }

  changed() {
    this.isWaiting = true;
    this.say("saving");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), 900);
  }

  async save() {
    // One at a time: each save tells the revision that the next is based on.
    if (this.isSaving) { this.timer = setTimeout(() => this.save(), 300); return; }
    const fields = this.fields();
    localStorage.setItem(this.key, JSON.stringify({ revision: this.revision.value, fields: this.own() }));
    this.isSaving = true;
    this.isWaiting = false;
    try {
      const answer = await fetch(this.dataset.saveUrl, { method: "POST", body: fields });
      if (answer.status === 409) { this.offer(await answer.json()); return; }
      if (!answer.ok) throw new Error(answer.statusText);
      this.revision.value = (await answer.json()).revision;
      localStorage.removeItem(this.key);
      if (!this.isWaiting) this.say("saved");
    } catch {
      this.isWaiting = true;
      this.say("offline");
      addEventListener("online", () => this.save(), { once: true });
      this.timer = setTimeout(() => this.save(), 15000);
    } finally {
      this.isSaving = false;
    }
  }

  own() {
    const own = {};
    for (const control of this.querySelectorAll("[name]")) {
      if (control.name === "revision" || control.type === "file") continue;
      if (["radio", "checkbox"].includes(control.type)) { if (control.checked) own[control.name] = control.value; else own[control.name] ??= ""; }
      else own[control.name] = control.value;
    }
    return own;
  }

  put(fields) {
    for (const control of this.querySelectorAll("[name]")) {
      const value = fields[control.name];
      if (value === undefined || control.name === "revision") continue;
      if (["radio", "checkbox"].includes(control.type)) control.checked = control.value === value;
      else control.value = value;
    }
  }

  // What the fields say, as a person reads them: of a choice its label.
  told(fields) {
    const said = [];
    for (const control of this.querySelectorAll("[name]:not([type=hidden])")) {
      const value = fields[control.name];
      if (!value) continue;
      if (!["radio", "checkbox"].includes(control.type)) said.push(value);
      else if (control.value === value) said.push(control.labels[0]?.textContent.trim() ?? value);
    }
    return said.join("\n");
  }

  // Another window was faster: both are there, and the person chooses.
  offer({ revision, fields }) {
    this.querySelector(".offer")?.remove();
    const note = Object.assign(document.createElement("div"), { className: "banner soon offer" });
    const text = Object.assign(document.createElement("pre"), { className: "newer", tabIndex: 0, textContent: this.told(fields) });
    const button = (name, act) => {
      const made = Object.assign(document.createElement("button"), { type: "button", className: "btn small", textContent: this.word(name) });
      made.addEventListener("click", () => {
        // What the other window knew, this one knows now.
        for (const hidden of this.querySelectorAll("input[type=hidden]")) hidden.value = fields[hidden.name] ?? hidden.value;
        this.revision.value = revision;
        act();
        note.remove();
      });
      return made;
    };
    const row = Object.assign(document.createElement("div"), { className: "row" });
    row.append(button("take", () => { this.put(fields); this.say("saved"); }), button("keep", () => this.changed()));
    note.append(Object.assign(document.createElement("p"), { textContent: this.word("newer") }), text, row);
    note.setAttribute("role", "alert");
    this.prepend(note);
  }
}
customElements.define("stoa-draft", Draft);

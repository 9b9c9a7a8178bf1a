// <stoa-attempt data-key data-url data-device data-newest data-left> around the form of an attempt. Each change is kept on
// this device at once, sent a moment later, and sent again until the server says that it has it: the network may go away,
// the page may be closed. The server's clock decides; the one shown here only tells. Words come from data-words-*.
const PAUSE_MS = 900;
const PAUSE_MAX_MS = 30_000;

class Attempt extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("#answers");
    this.key = `stoa-attempt:${this.dataset.key}`;
    this.newest = Number(this.dataset.newest);
    this.failures = 0;
    this.status = this.querySelector(".attempt-state");
    for (const entry of this.log()) {
      this.newest = Math.max(this.newest, entry.seq ?? 0);
      this.show(entry);
    }
    this.form?.addEventListener("input", (event) => this.changed(event.target));
    this.form?.addEventListener("submit", (event) => {
      // What cannot be sent stays here, with the page that holds it.
      if (!navigator.onLine) { event.preventDefault(); this.say("waiting"); }
    });
    // What is still kept here goes before the attempt ends.
    for (const form of this.querySelectorAll("form:not(#answers)")) {
      form.addEventListener("submit", (event) => { event.preventDefault(); this.leave(form); });
    }
    addEventListener("online", () => this.send());
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.send(); });
    if (this.log().length) this.send();
    if (this.dataset.left !== undefined) this.startClock(Number(this.dataset.left));
  }

  log() {
    try { return JSON.parse(localStorage.getItem(this.key)) ?? []; } catch { return []; }
  }

  keep(log) {
    try {
      if (log.length) localStorage.setItem(this.key, JSON.stringify(log)); else localStorage.removeItem(this.key);
    } catch { /* Without room on the device the form still sends what it shows. */ }
  }

  word(name) { return this.getAttribute(`data-words-${name}`) ?? name; }

  say(name) {
    if (this.status && this.status.dataset.is !== name) this.status.textContent = this.word(name);
    if (this.status) this.status.dataset.is = name;
  }

  // The question that a control belongs to, as the server reads it: each field with its value.
  changed(control) {
    const box = control.closest("fieldset.question");
    if (!box) return;
    const position = Number(box.id.slice(2));
    const isFlag = control.name.startsWith("flag-");
    const others = this.log().filter((one) => one.position !== position || one.device !== this.dataset.device || isFlag !== (one.flag !== undefined));
    const entry = { device: this.dataset.device, position };
    if (isFlag) {
      entry.flag = control.checked;
    } else {
      entry.seq = ++this.newest;
      entry.fields = [...new FormData(this.form)].filter(([name]) => name === `a${position}` || name.startsWith(`a${position}-`));
    }
    this.keep([...others, entry]);
    this.say(this.failures ? "waiting" : "saving");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), PAUSE_MS);
  }

  // What was kept here and not sent, put back into the page.
  show(entry) {
    const box = document.getElementById(`q-${entry.position}`);
    if (!box || !entry.fields) return;
    for (const control of box.querySelectorAll("input, select, textarea")) {
      if (control.name.startsWith("flag-")) continue;
      const values = entry.fields.filter(([name]) => name === control.name).map(([, value]) => value);
      if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
      else control.value = values[0] ?? "";
    }
  }

  // One request at a time, for one device: this page's, or one that was closed before it could send.
  async send() {
    clearTimeout(this.timer);
    const log = this.log();
    if (this.sending || this.isOver || !log.length) return;
    const { device } = log[0];
    const sent = log.filter((one) => one.device === device);
    const body = new URLSearchParams({ auto: "1", device, seen: String(this.newest) });
    for (const entry of sent) {
      if (entry.flag !== undefined) { body.append("flag", `${entry.position}:${entry.flag ? 1 : 0}`); continue; }
      body.append("entry", `${entry.position}:${entry.seq}`);
      for (const [name, value] of entry.fields) body.append(name, value);
    }
    this.sending = true;
    let answer;
    try { answer = await fetch(this.dataset.url, { method: "POST", body, headers: { accept: "application/json" }, keepalive: body.toString().length < 60_000 }); } catch { /* No network. */ }
    this.sending = false;
    if (!answer || answer.status >= 500 || answer.status === 429) return this.later();
    this.failures = 0;
    if (answer.status === 409) { this.isOver = true; return this.say("over"); }
    const is = (one) => JSON.stringify(one);
    const gone = new Set(sent.map(is));
    this.keep(this.log().filter((one) => !gone.has(is(one))));
    if (answer.ok && answer.headers.get("content-type")?.startsWith("application/json")) {
      const { newest, left } = await answer.json();
      this.newest = Math.max(this.newest, newest);
      if (left !== null) this.startClock(left);
    }
    if (this.log().length) return this.send();
    this.say(answer.ok ? "saved" : "waiting");
  }

  later() {
    this.failures += 1;
    this.say("waiting");
    const pause = Math.min(PAUSE_MAX_MS, 1000 * 2 ** (this.failures - 1)) * (0.75 + Math.random() / 2);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), pause);
  }

  startClock(seconds) {
    this.end = performance.now() + seconds * 1000;
    clearInterval(this.ticking);
    this.ticking = setInterval(() => this.tick(), 1000);
    this.tick();
  }

  tick() {
    const clock = this.querySelector(".attempt-clock");
    const left = Math.max(0, Math.round((this.end - performance.now()) / 1000));
    if (!clock) return;
    clock.textContent = `${this.word("left")} ${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    if (left === 60) this.say("minute");
    if (left > 0) return;
    clearInterval(this.ticking);
    const over = this.querySelector(".attempt-over");
    if (over) this.leave(over);
  }

  // Sends the form once nothing is left to send; as long as something is, it tries again.
  async leave(form) {
    await this.send();
    if ((this.log().length && !this.isOver) || this.sending) setTimeout(() => this.leave(form), PAUSE_MS);
    else form.submit();
  }
}
customElements.define("stoa-attempt", Attempt);

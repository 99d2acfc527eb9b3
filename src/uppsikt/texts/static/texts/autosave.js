/* Keeps what is being written as a draft on the server, and in the browser while the server cannot be reached.

   On a form (data-autosave-url), on a block with one text in a larger form, or on a single text area. With
   data-base-field the version begun from stands in the field with that id. A copy in the browser exists only until the server
   has confirmed the same text; it is put back when the page is opened again. */

const PAUSE = 1500; // after the last key
const AT_MOST = 8000; // while writing without pause
const RETRY = 12000;
const KEEPALIVE_LIMIT = 60000; // browsers refuse larger bodies from a page that is closing

const WORDS = {
  saving: "Sparar utkast…",
  saved: "Utkast sparat",
  same: "Allt är sparat",
  offline: "Ingen kontakt med servern. Texten finns kvar i webbläsaren och sparas när kontakten är tillbaka.",
  signedOut: "Du är utloggad. Texten finns kvar i webbläsaren. Logga in i en ny flik och ladda sedan om den här sidan.",
  restored: "Text som inte hann sparas har hämtats från den här webbläsaren.",
};

export class Autosave {
  constructor(element, { read, write, changes }) {
    this.element = element;
    this.form = element.closest("form");
    this.read = read;
    this.write = write;
    this.url = element.dataset.autosaveUrl;
    this.key = `uppsikt-draft ${element.dataset.writerKey ?? ""} ${this.url} ${element.name ?? ""}`;
    this.status = this.findStatus();
    this.dirty = false;
    this.stopped = false;
    this.sending = false;
    this.since = 0;
    this.restore();
    changes(() => this.changed());
    element.addEventListener("focusout", () => this.soon(200));
    // The page may save the text itself: no draft while it does, none left when it has, a draft again if it fails.
    element.addEventListener("text:saving", () => this.pause());
    element.addEventListener("text:saved", () => this.settle());
    element.addEventListener("text:unsaved", () => this.changed());
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") this.leave(); });
    window.addEventListener("pagehide", () => this.leave());
    this.form?.addEventListener("submit", (event) => this.submitted(event));
  }

  findStatus() {
    const found = this.element.querySelector("[data-draft-status]");
    if (found) return found;
    const own = document.createElement("p");
    own.className = "autosave";
    own.setAttribute("role", "status");
    this.element.after(own);
    return own;
  }

  say(state, more = "") {
    const text = `${this.element.dataset[state] ?? WORDS[state]}${more}`;
    this.status.dataset.state = state === "offline" || state === "signedOut" ? "error" : state;
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  changed() {
    if (this.stopped) return;
    this.dirty = true;
    this.since ||= Date.now();
    this.soon(Math.min(PAUSE, Math.max(0, this.since + AT_MOST - Date.now())));
  }

  pause() {
    clearTimeout(this.timer);
    this.dirty = false;
    this.since = 0;
  }

  settle() {
    if (this.dirty) return;
    this.forget();
    this.status.textContent = "";
  }

  soon(delay) {
    if (!this.dirty || this.stopped) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), delay);
  }

  body() {
    const data = this.element === this.form ? new FormData(this.form) : new FormData();
    if (this.element !== this.form) {
      data.set("content", this.read());
      data.set("content-format", this.element.querySelector("[data-writer-format]")?.value ?? "plain");
      data.set("base_number", this.base());
      data.set("csrfmiddlewaretoken", this.form?.elements.csrfmiddlewaretoken?.value ?? "");
    }
    data.set("verb", "autosave");
    return new URLSearchParams([...data].filter(([, value]) => typeof value === "string"));
  }

  async send({ leaving = false } = {}) {
    if (!this.dirty || this.stopped || (this.sending && !leaving)) return;
    clearTimeout(this.timer);
    this.sending = true;
    this.dirty = false;
    this.since = 0;
    const body = this.body();
    if (leaving) this.keep();
    if (this.status.dataset.state !== "error") this.say("saving");
    try {
      const answer = await fetch(this.url, {
        method: "POST", body, redirect: "manual", credentials: "same-origin",
        keepalive: leaving && body.toString().length < KEEPALIVE_LIMIT,
        headers: { Accept: "application/json" },
      });
      if (this.stopped) return;
      if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return this.failed("signedOut");
      if (!answer.ok) return this.failed("offline");
      const told = await answer.json();
      if (!this.dirty) this.forget();
      if (told.draft) this.say("saved", ` ${told.saved_at}`);
      else this.say("same");
    } catch {
      this.failed("offline");
    } finally {
      this.sending = false;
      this.soon(PAUSE);
    }
    return undefined;
  }

  failed(state) {
    this.dirty = true;
    this.keep();
    this.say(state);
    setTimeout(() => this.soon(0), RETRY);
  }

  leave() {
    if (this.dirty) this.send({ leaving: true });
  }

  submitted(event) {
    if (event.defaultPrevented) return;
    this.stopped = true;
    clearTimeout(this.timer);
    if (event.submitter?.value === "discard") this.forget();
    else if (this.dirty || this.sending || this.held()) this.keep({ submitted: true });
    window.addEventListener("pageshow", (shown) => { if (shown.persisted) this.stopped = false; }, { once: true });
  }

  /* --- the copy in the browser */

  base() {
    const { baseField } = this.element.dataset;
    if (baseField) return document.getElementById(baseField)?.value ?? "";
    return this.form?.elements.base_number?.value ?? this.element.dataset.baseNumber ?? "";
  }

  keep(more = {}) {
    try {
      localStorage.setItem(this.key, JSON.stringify({ text: this.read(), at: Date.now(), base: this.base(), ...more }));
    } catch { /* full or forbidden: the server's draft is what remains */ }
  }

  forget() {
    try { localStorage.removeItem(this.key); } catch { /* nothing kept, nothing to forget */ }
  }

  held() {
    try { return JSON.parse(localStorage.getItem(this.key) ?? "null"); } catch { return null; }
  }

  restore() {
    const copy = this.held();
    if (!copy) return;
    const arrived = copy.submitted && copy.base !== this.base();
    const older = copy.at <= Number(this.element.dataset.draftAt ?? 0);
    if (arrived || older || copy.text === this.read()) return this.forget();
    this.write(copy.text);
    this.say("restored");
    this.dirty = true;
    this.soon(PAUSE);
    return undefined;
  }
}

/** The handset's SMS: fetched by POST so that no number stands in a URL, marked unread until opened. */

const EVERY = 2500;
const READ = "kuning-read";

export class Inbox {
  #url;
  #csrf;
  #changed;
  #number = "";
  #read = new Set(JSON.parse(sessionStorage.getItem(READ) ?? "[]"));
  messages = [];

  constructor(url, csrf, changed) {
    this.#url = url;
    this.#csrf = csrf;
    this.#changed = changed;
    setInterval(() => document.hidden || this.fetch(), EVERY);
  }

  get unread() {
    return this.messages.filter((message) => !this.isRead(message)).length;
  }

  isRead(message) {
    return this.#read.has(message.id);
  }

  /** Only ids are remembered, and only as long as this tab lives. */
  open(message) {
    this.#read.add(message.id);
    sessionStorage.setItem(READ, JSON.stringify([...this.#read]));
    this.#changed();
  }

  /** Another SIM card is in the handset. */
  belongsTo(number) {
    this.#number = number;
    this.messages = [];
    this.#changed();
    return this.fetch();
  }

  async fetch() {
    const number = this.#number;
    if (!number) return;
    const body = new URLSearchParams({ phone: number, csrf_token: this.#csrf });
    const answer = await fetch(this.#url, { method: "POST", body }).catch(() => null);
    if (!answer?.ok) return;
    const { messages } = await answer.json();
    if (number !== this.#number || messages.length === this.messages.length) return;
    this.messages = messages;
    this.#changed();
  }
}

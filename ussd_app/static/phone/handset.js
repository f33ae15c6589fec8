/** The handset: which key does what in which view. Views: idle, calling, session, ended, inbox, message. */

import { Call, deepDial, IDLE_SECONDS, SESSION_SECONDS } from "./line.js";
import { Keypad } from "./keypad.js";

export class Handset {
  #screen;
  #inbox;
  #words;
  #line;
  #keypad = new Keypad();
  #view = "idle";
  #text = "";
  #chosen = 0;
  #call = null;
  #touched = 0;
  #number = "";

  constructor(screen, words, line) {
    this.#screen = screen;
    this.#words = words;
    this.#line = line;
    setInterval(() => this.#tick(), 1000);
  }

  attach(inbox) {
    this.#inbox = inbox;
    this.draw();
  }

  /** Another SIM card: the call in progress is over. */
  use(number) {
    this.cutOff();
    this.#number = number;
    this.#to("idle");
  }

  get #typed() {
    return this.#screen.entry.value;
  }

  set #typed(text) {
    this.#screen.entry.value = text;
  }

  press(key) {
    this.#touched = Date.now();
    if (key === "green") return this.green();
    if (key === "red") return this.red();
    if (key === "left") return this.#softLeft();
    if (key === "right") return this.#softRight();
    if (key === "up" || key === "down") return this.#move(key === "up" ? -1 : 1);
    return this.#digit(key);
  }

  /** Put text on the line, where there is one. */
  write(text) {
    this.#touched = Date.now();
    if (this.#view === "ended") this.#to("idle");
    if (this.#view !== "idle" && this.#view !== "session") return;
    this.#typed += text;
    this.#keypad.forget();
    this.draw();
  }

  #digit(key) {
    if (this.#view === "ended") this.#to("idle");
    if (this.#view !== "idle" && this.#view !== "session") return;
    if (key === "#" && this.#view === "session") this.#keypad.toggle();
    else this.#typed = this.#keypad.press(key, this.#typed, Date.now());
    this.draw();
  }

  green() {
    this.#touched = Date.now();
    if (this.#view === "idle") return this.#dial();
    if (this.#view === "session") return this.#answer();
    if (this.#view === "inbox") return this.#openMessage(this.#chosen);
    return this.#to("idle");
  }

  red() {
    this.#hangUp();
    this.#typed = "";
    this.#to("idle");
  }

  async #dial() {
    const code = this.#typed || this.#line.serviceCode;
    const first = deepDial(code, this.#line.serviceCode);
    this.#typed = "";
    if (first === null) return this.#say("ended", this.#words.other_code);
    this.#call = new Call(this.#line.webhook, this.#line.serviceCode, this.#number, first);
    await this.#hear(this.#call.dial());
  }

  async #answer() {
    const typed = this.#typed;
    this.#typed = "";
    await this.#hear(this.#call.answer(typed));
  }

  /** Waits for the service; a call that was cut meanwhile shows nothing any more. */
  async #hear(answering) {
    const call = this.#call;
    this.#say("calling", this.#words.calling);
    const screen = await answering;
    if (call !== this.#call) return;
    this.#keypad.letters = false;
    this.#touched = Date.now();
    if (!screen) return this.#over("Failed", this.#words.no_answer);
    if (screen.ends) return this.#over("Success", screen.text);
    this.#say("session", screen.text);
  }

  #over(status, text) {
    this.#call?.notice(status);
    this.#call = null;
    this.#say("ended", text);
    this.#inbox.fetch();
  }

  #hangUp() {
    this.#call?.notice("Incomplete");
    this.#call = null;
  }

  /** The network lets go of the session: battery, tunnel, lift. */
  cutOff() {
    if (this.#call) this.#over("Incomplete", this.#words.cut_off);
    this.#typed = "";
  }

  #tick() {
    const left = this.#call?.left ?? null;
    if (left === 0) this.#over("Incomplete", this.#words.time_out);
    this.#time();
    const idle = this.#view === "session" && Date.now() - this.#touched > IDLE_SECONDS * 1000;
    this.#line.idle(idle);
  }

  #time() {
    this.#screen.time(this.#call?.left ?? null, SESSION_SECONDS);
  }

  #softLeft() {
    if (this.#view === "idle" || this.#view === "ended") return this.#openInbox();
    return this.green();
  }

  #softRight() {
    const back = { inbox: "idle", message: "inbox", ended: "idle" }[this.#view];
    if (back) return this.#to(back);
    this.#typed = this.#typed.slice(0, -1);
    this.#keypad.forget();
    return this.draw();
  }

  #openInbox() {
    this.#chosen = 0;
    this.#to("inbox");
  }

  #openMessage(index) {
    const message = this.#inbox.messages[index];
    if (!message) return;
    this.#chosen = index;
    this.#inbox.open(message);
    this.#say("message", `${message.sender} ${message.at}\n\n${message.text}`);
  }

  #move(step) {
    if (this.#view !== "inbox") return this.#screen.scroll(step * 2);
    const last = this.#inbox.messages.length - 1;
    this.#chosen = Math.min(Math.max(this.#chosen + step, 0), Math.max(last, 0));
    return this.draw();
  }

  #to(view) {
    this.#say(view, "");
  }

  #say(view, text) {
    this.#view = view;
    this.#text = text;
    this.draw();
    this.#time();
    this.#screen.top();
  }

  draw() {
    const writing = this.#view === "idle" || this.#view === "session";
    this.#screen.show({
      name: this.#view,
      text: this.#text || this.#heading(),
      items: this.#view === "inbox" ? this.#lines() : [],
      entry: writing,
      mode: writing && this.#keypad.letters ? "Abc" : "123",
      unread: this.#inbox.unread,
      ...this.#softKeys(),
    });
  }

  #heading() {
    if (this.#view === "inbox") return this.#inbox.messages.length ? this.#words.inbox : this.#words.inbox_empty;
    return this.#view === "idle" ? this.#words.idle : "";
  }

  #softKeys() {
    const { inbox, erase, send, open, back } = this.#words;
    switch (this.#view) {
      case "session": return { left: send, right: erase };
      case "inbox": return { left: open, right: back };
      case "message": return { left: "", right: back };
      case "ended": return { left: inbox, right: back };
      case "calling": return { left: "", right: "" };
      default: return { left: inbox, right: erase };
    }
  }

  #lines() {
    return this.#inbox.messages.map((message, index) => ({
      label: `${message.sender} ${message.at}\n${message.text}`,
      unread: !this.#inbox.isRead(message),
      chosen: index === this.#chosen,
      open: () => this.#openMessage(index),
    }));
  }
}

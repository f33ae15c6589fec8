/** The handset's small screen: what stands on it, drawn from one plain object. */

const part = (name) => document.querySelector(`[data-screen="${name}"]`);

export class Screen {
  #text = part("text");
  #list = part("list");
  #entry = part("entry");
  #left = part("soft-left");
  #right = part("soft-right");
  #mode = part("mode");
  #unread = part("unread");
  #clock = part("clock");
  #timer = part("timer");
  #face = part("face");
  #drawn = "";

  get entry() {
    return this.#entry;
  }

  /**
   * view: {name, text, items, entry, left, right, mode, unread}. The text is replaced only when it
   * changed, so that a screen reader hears each screen once.
   */
  show(view) {
    this.#face.dataset.view = view.name;
    if (this.#drawn !== view.text) this.#text.textContent = view.text;
    this.#drawn = view.text;
    this.#fill(view.items ?? []);
    this.#offerEntry(view.entry);
    this.#left.textContent = view.left;
    this.#right.textContent = view.right;
    this.#mode.textContent = view.mode;
    this.#unread.hidden = view.unread === 0;
    this.#unread.querySelector("[data-count]").textContent = view.unread;
  }

  /** On a mobile the drawn keypad is the keyboard: its own one opens only when the line is tapped. */
  #offerEntry(offered) {
    const came = offered && this.#entry.hidden;
    this.#entry.hidden = !offered;
    if (came && document.activeElement === document.body) this.focus();
  }

  focus() {
    if (this.#entry.hidden) return;
    if (matchMedia("(pointer: fine)").matches) this.#entry.focus({ preventScroll: true });
  }

  /** {label, unread, chosen, open} each. */
  #fill(items) {
    this.#list.hidden = items.length === 0;
    this.#list.replaceChildren(...items.map((item) => this.#line(item)));
  }

  #line({ label, unread, chosen, open }) {
    const line = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.classList.toggle("unread", unread);
    button.classList.toggle("chosen", chosen);
    button.addEventListener("click", open);
    line.append(button);
    if (chosen) queueMicrotask(() => button.scrollIntoView({ block: "nearest" }));
    return line;
  }

  top() {
    this.#face.scrollTop = 0;
  }

  scroll(lines) {
    this.#face.scrollBy({ top: lines * 20 });
  }

  /** The gateway's patience: seconds left of the session, or null outside one. */
  time(left, whole) {
    this.#timer.hidden = left === null;
    this.#timer.max = whole;
    this.#timer.value = left ?? 0;
    this.#clock.textContent = left === null ? wallClock() : minutes(left);
  }
}

function minutes(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function wallClock() {
  const now = new Date();
  return `${String(now.getHours()).padStart(2, "0")}.${String(now.getMinutes()).padStart(2, "0")}`;
}

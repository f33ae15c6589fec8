/** Letters on number keys: the same key again within a moment turns to its next letter. */

const MOMENT = 900;
const LETTERS = {
  0: " 0", 1: ".,'-1", 2: "abc2", 3: "def3", 4: "ghi4", 5: "jkl5", 6: "mno6", 7: "pqrs7", 8: "tuv8", 9: "wxyz9",
};

export class Keypad {
  #key = "";
  #turn = 0;
  #at = 0;
  letters = false;

  /** Number keys write digits or letters from now on. */
  toggle() {
    this.letters = !this.letters;
    this.forget();
  }

  forget() {
    this.#key = "";
  }

  /** What the line reads after `key` was pressed, `now` in milliseconds. */
  press(key, line, now) {
    const wheel = this.letters ? LETTERS[key] : undefined;
    if (!wheel) return line + key;
    const again = key === this.#key && now - this.#at < MOMENT;
    this.#turn = again ? (this.#turn + 1) % wheel.length : 0;
    this.#key = key;
    this.#at = now;
    const kept = again ? line.slice(0, -1) : line;
    return kept + cased(wheel[this.#turn], kept);
  }
}

/** A name begins with a capital, as handsets write it. */
function cased(letter, before) {
  return before === "" || before.endsWith(" ") ? letter.toUpperCase() : letter;
}

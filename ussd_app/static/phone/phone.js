/** Puts the parts of the browser phone together; see handset.js for what each key does. */

import { Handset } from "./handset.js";
import { Inbox } from "./inbox.js";
import { e164 } from "./line.js";
import { Screen } from "./screen.js";
import { writing } from "./writing.js";

const page = document.querySelector("[data-phone]");
const { webhook, serviceCode, inboxUrl, csrf } = page.dataset;
const words = JSON.parse(page.dataset.words);
const find = (selector) => page.querySelector(selector);
const screen = new Screen();
const { entry } = screen;
const other = find("[data-other]");
const wrong = find("[data-wrong]");
const hint = find("[data-idle]");

const idle = (still) => {
  hint.textContent = still ? words.idle_hint : "";
};
const handset = new Handset(screen, words, { webhook, serviceCode, idle });
const inbox = new Inbox(inboxUrl, csrf, () => handset.draw());
handset.attach(inbox);

for (const key of page.querySelectorAll("[data-key]")) {
  key.addEventListener("click", () => handset.press(key.dataset.key));
}

const KEYBOARD = { Enter: "green", Escape: "red", ArrowUp: "up", ArrowDown: "down" };

/** What is typed anywhere on the handset goes to its line; Enter and Space still press a focused key. */
document.addEventListener("keydown", (event) => {
  const onHandset = event.target === document.body || find(".handset").contains(event.target);
  if (!onHandset || event.ctrlKey || event.altKey || event.metaKey) return;
  const onKey = event.target instanceof HTMLButtonElement;
  const key = KEYBOARD[event.key];
  const typed = event.target !== entry && event.key.length === 1 && event.key !== " ";
  if (typed) handset.write(event.key);
  else if (key && !(onKey && key === "green")) handset.press(key);
  else return;
  event.preventDefault();
  screen.focus();
});

function choose(number) {
  wrong.hidden = number !== null;
  other.setAttribute("aria-invalid", String(number === null));
  if (number === null) return;
  handset.use(number);
  inbox.belongsTo(number);
}

function chosenNumber() {
  const who = page.querySelector("[name=who]:checked");
  other.closest("[data-other-row]").hidden = who.value !== "";
  for (const person of page.querySelectorAll("[data-person]")) {
    person.hidden = person.dataset.person !== who.value;
  }
  return who.value || e164(other.value);
}

for (const who of page.querySelectorAll("[name=who]")) {
  who.addEventListener("change", () => {
    if (who.value) choose(chosenNumber());
    else chosenNumber();
  });
}
other.addEventListener("change", () => choose(chosenNumber()));

for (const nik of page.querySelectorAll("[data-nik]")) {
  nik.addEventListener("click", () => {
    handset.write(nik.dataset.nik);
    screen.focus();
  });
}
find("[data-cut]").addEventListener("click", () => handset.cutOff());
writing(find("[data-write]"), words, chosenNumber);

choose(chosenNumber());
screen.focus();

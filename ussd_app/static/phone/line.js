/**
 * The line between a handset and the service, as a USSD gateway carries it.
 *
 * Each hop posts the whole history so far, joined with "*"; nothing is escaped, so a typed "*" goes
 * through as it is. A hop that is not answered within ten seconds is lost, as at Africa's Talking.
 */

export const SESSION_SECONDS = 180;
export const IDLE_SECONDS = 30;
const ANSWER_MILLISECONDS = 10_000;
const SANDBOX_NETWORK = "99999";

/** What a dialled code brings along: "*123#" gives "", "*123*2#" gives "2", another code null. */
export function deepDial(dialled, serviceCode) {
  if (dialled === serviceCode) return "";
  const stem = `${serviceCode.slice(0, -1)}*`;
  if (!dialled.startsWith(stem) || !dialled.endsWith("#")) return null;
  return dialled.slice(stem.length, -1);
}

/** A phone number as the network sends it ("08…" becomes "+628…"), or null. */
export function e164(typed) {
  const digits = typed.replace(/[\s().-]/g, "");
  const full = digits.replace(/^0/, "+62").replace(/^62/, "+62");
  return /^\+[1-9]\d{7,14}$/.test(full) ? full : null;
}

function newSessionId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `ATUid_${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

function form(fields) {
  return { method: "POST", body: new URLSearchParams(fields) };
}

/** One call: made when the green key is pressed, over when the service or anybody else ends it. */
export class Call {
  #webhook;
  #fields;
  #parts = [];
  #hops = 0;
  #begun = Date.now();
  #last = "";

  constructor(webhook, serviceCode, phoneNumber, first) {
    this.#webhook = webhook;
    this.#fields = { sessionId: newSessionId(), phoneNumber, serviceCode, networkCode: SANDBOX_NETWORK };
    if (first) this.#parts.push(first);
  }

  /** Seconds the gateway still keeps this session. */
  get left() {
    return Math.max(0, SESSION_SECONDS - Math.floor((Date.now() - this.#begun) / 1000));
  }

  dial() {
    return this.#hop();
  }

  answer(typed) {
    this.#parts.push(typed);
    return this.#hop();
  }

  /** The screen as {text, ends}, or null when the service did not answer as a gateway expects. */
  async #hop() {
    this.#hops += 1;
    const asked = form({ ...this.#fields, text: this.#parts.join("*") });
    try {
      const answer = await fetch(this.#webhook, { ...asked, signal: AbortSignal.timeout(ANSWER_MILLISECONDS) });
      this.#last = await answer.text();
      return answer.ok ? this.#read() : null;
    } catch {
      return null;
    }
  }

  #read() {
    const [, kind, text] = /^(CON|END) ([\s\S]*)$/.exec(this.#last) ?? [];
    return kind ? { text, ends: kind === "END" } : null;
  }

  /** The gateway's notice after a session: Success, Incomplete or Failed. */
  notice(status) {
    const told = form({
      ...this.#fields,
      status,
      date: new Date().toISOString().slice(0, 19).replace("T", " "),
      cost: "0",
      durationInMillis: String(Date.now() - this.#begun),
      hopsCount: String(this.#hops),
      input: this.#parts.join("*"),
      lastAppResponse: this.#last,
    });
    return fetch(`${this.#webhook}/ended`, { ...told, keepalive: true }).catch(() => null);
  }
}

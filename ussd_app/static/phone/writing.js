/** SMS from the handset: told to the service as the gateway tells of one that came in. */

const SERVICE = "DISNAKER";

function incoming(from, text) {
  return new URLSearchParams({
    from,
    to: SERVICE,
    text,
    id: crypto.randomUUID?.() ?? `sms-${Date.now()}-${Math.random()}`,
    date: new Date().toISOString().slice(0, 19).replace("T", " "),
    linkId: "",
    networkCode: "99999",
  });
}

/** Let a form send what is written in it; `number` gives whose handset it is. */
export function writing(form, words, number) {
  const box = form.querySelector("textarea");
  const told = form.querySelector("[role=status]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const from = number();
    if (!from) return;
    const sent = { method: "POST", body: incoming(from, box.value) };
    const answer = await fetch(form.dataset.to, sent).catch(() => null);
    told.textContent = answer?.ok ? words.written : words.not_written;
    if (answer?.ok) box.value = "";
    box.focus();
  });
}

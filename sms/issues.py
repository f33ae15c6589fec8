"""What may be wrong with the words of an SMS, found before anybody gets one.

One segment, because networks here do not promise to join two; GSM-7, because one other character
makes 70 of 160; the office first and neither link nor money nor NIK, because swindlers write to
the same phones and an honest office should not read like one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from domain import gsm7, nik, words
from domain.plain_words import office_words
from sms.wording import ANSWER, DIAL, REPLY, Template, Wording

# In the four languages; "gratis", "haratis" and "free" are welcome.
_MONEY = re.compile(
    r"(?i)\b(rp|idr|bayar|mayar|mbayar|biaya|waragad|ragad|duit|dhuwit|uang|artos|arta|yatra"
    r"|transfer|rekening|pulsa|saldo|pay|fee|money|charge)\b"
)
# "tidak ada biaya" is as welcome.
_NO_COST = re.compile(
    r"(?i)\b(?:tidak ada|tanpa|bebas|no|without|teu aya|boten wonten) (?:biaya|fee)\b"
)
_LINK = re.compile(r"(?i)https?:|www\.|\b[a-z0-9-]+\.(?:com|id|net|org|co|ly|me|link|info)\b")
_NIK = re.compile(r"\{nik[a-z_]*:|[0-9]{16}")
_OFFICE_FIRST = re.compile(r"\{place:[0-9]+\}")
# The widest answer: "Tekan" and a long code of a long service code.
ANSWER_WIDTH = 24
_HELD = (("a link", _LINK), ("money", _MONEY), ("a NIK", _NIK))
_ANSWER_LAST = re.compile(rf" \{{{ANSWER}:{ANSWER_WIDTH}\}}\.?$")


@dataclass(frozen=True, slots=True)
class Issue:
    """Where a text is ("messages.yaml:9") and what is wrong with it, said for the office."""

    where: str
    what: str


def issues(wording: Wording) -> tuple[Issue, ...]:
    """Return every issue of every language, in the order of the file."""
    return tuple(_issues(wording))


def held(text: str) -> tuple[str, ...]:
    """Return what a text holds that no SMS of ours may: a link, money, a NIK."""
    told = _NO_COST.sub(" ", text)
    found = [what for what, pattern in _HELD if pattern.search(told)]
    if "a NIK" not in found and nik.hide(text) != text:
        found.append("a NIK")
    return tuple(found)


def _issues(wording: Wording) -> Iterator[Issue]:
    for template in (*wording.templates.values(), *wording.answers.values()):
        yield from _said(template.where, template.text, template)
        yield from _office_words(template.where, template.text, template, "id")
        yield from _translations(wording, template)
    yield from _leftovers(wording)


def _translations(wording: Wording, template: Template) -> Iterator[Issue]:
    for language, texts in wording.translations.items():
        found = texts.get(template.name)
        if not found or not found.text:
            yield Issue(template.where, f"{template.name} has no words in {language}")
        elif found.fuzzy or found.source != template.text:
            yield Issue(found.where, f"{template.name} was translated from an older text")
        else:
            yield from _said(found.where, found.text, template)
            yield from _same_slots(found.where, found.text, template)
            yield from _office_words(found.where, found.text, template, language)


def _office_words(where: str, text: str, template: Template, language: str) -> Iterator[Issue]:
    for word, better in office_words(text, language):
        yield Issue(where, f"{template.name}: {word!r} is an office word, say {better!r}")


def _said(where: str, text: str, template: Template) -> Iterator[Issue]:
    try:
        words.slots(text)
    except words.SlotError as error:
        yield Issue(where, f"{template.name}: {error}")
        return
    if foreign := gsm7.foreign(text):
        yield Issue(where, f"{template.name}: {''.join(sorted(foreign))} is not in GSM-7")
    if template.name in (REPLY, DIAL):
        yield from _answer_form(where, text, template)
    else:
        yield from _whole_message(where, text, template)


def _whole_message(where: str, text: str, template: Template) -> Iterator[Issue]:
    if (width := gsm7.septets(words.widest(text))) > gsm7.SMS_SEPTETS:
        yield Issue(where, f"{template.name}: {width} septets at widest, one SMS carries 160")
    if not _OFFICE_FIRST.match(text):
        yield Issue(where, f"{template.name}: does not begin with the office")
    for what in held(text):
        yield Issue(where, f"{template.name}: no SMS of ours holds {what}")
    yield from _answer(where, text, template)


def _answer_form(where: str, text: str, template: Template) -> Iterator[Issue]:
    if (width := gsm7.septets(words.widest(text))) > ANSWER_WIDTH:
        yield Issue(where, f"{template.name}: {width} septets at widest, {ANSWER_WIDTH} fit")


def _answer(where: str, text: str, template: Template) -> Iterator[Issue]:
    asks = f"{{{ANSWER}:" in text
    if asks and not _ANSWER_LAST.search(text):
        yield Issue(where, f"{template.name}: {{{ANSWER}:{ANSWER_WIDTH}}} is the last thing said")
    if asks != (template.reply is not None or template.keys is not None):
        yield Issue(where, f"{template.name}: {{{ANSWER}}} goes with reply or keys")


def _same_slots(where: str, text: str, template: Template) -> Iterator[Issue]:
    counted = _counted(text)
    if counted is not None and counted != _counted(template.text):
        yield Issue(where, f"{template.name}: its slots differ from the Indonesian ones")


def _leftovers(wording: Wording) -> Iterator[Issue]:
    known = {*wording.templates, *wording.answers}
    for texts in wording.translations.values():
        for name in _unknown(texts, known):
            yield Issue(texts[name].where, f"{name} is no message any more")


def _unknown(names: Iterable[str], known: set[str]) -> list[str]:
    return [name for name in names if name not in known]


def _counted(text: str) -> Counter[words.Slot] | None:
    try:
        return Counter(words.slots(text))
    except words.SlotError:
        return None

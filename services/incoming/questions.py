"""A question by SMS in somebody's own words: the best answer, the nearest by number, or the inbox.

What is answered at once is answered for good. Where several answers may be meant the SMS also waits
for an officer, until the number picks one: nobody's question is lost because a machine was unsure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from domain import calendar, gsm7
from domain.faq import Answered, Nearest
from services.incoming.answers import Answer, Heard
from services.info import answering
from services.info.answering import Entry
from sms.templates import room
from storage import incoming, sms_questions
from storage.sms_questions import Question

__all__ = ["ABOUT", "Told", "Unclear", "Unread", "ask", "picked", "read"]

ABOUT: Final = "answers"
"""What `sms_questions` calls the question which of some answers was meant."""

_CHOICES: Final = room("answers_near", "choices")


@dataclass(frozen=True, slots=True)
class Told:
    """One answer fits, or was picked by its number; `about` is the SMS that it had waited for."""

    entry: Entry
    about: str = ""


@dataclass(frozen=True, slots=True)
class Unclear:
    """Some answers may be meant, the nearest first."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """Somebody has to read it."""


Asked = Told | Unclear | Unread


def read(heard: Heard, text: str) -> Asked:
    """Tell what an SMS asks: a lone digit picks what was offered, else its words are matched."""
    entries = answering.every(heard.conn, heard.office)
    found = answering.find(entries, text)
    keys = (found.key,) if isinstance(found, Answered) else ()
    near = keys or (found.keys if isinstance(found, Nearest) else ())
    # What needs an office that nobody knows is left out, and never makes room for a wrong one.
    told = tuple(entries[key] for key in near if answering.may_say(entries[key], heard.office))
    if not told:
        return Unread()
    return Told(told[0]) if keys else Unclear(told)


def picked(heard: Heard, asked: Question, digit: int) -> Asked:
    """Return the answer that a digit picks of those that were offered to this number."""
    entries = answering.every(heard.conn, heard.office)
    if not 1 <= digit <= len(asked.refs):
        return Unread()
    key, _, about = asked.refs[digit - 1].rpartition(":")
    found = entries.get(key)
    told = found is not None and answering.may_say(found, heard.office)
    return Told(found, about) if found and told else Unread()


def ask(heard: Heard, asked: Asked) -> Iterator[Answer]:
    """Yield what is said to a question, and do what follows from it."""
    match asked:
        case Told(entry, about):
            _close(heard, about)
            yield _told(heard, entry)
        case Unclear(entries):
            refs = [f"{one.key}:{heard.id}" for one in entries]
            sms_questions.ask(heard.conn, heard.sender.index, ABOUT, refs, heard.now)
            yield Answer("answers_near", {"choices": _choices(heard, entries)})
        case Unread():
            yield Answer("heard", {}, once=_today(heard))


def _told(heard: Heard, entry: Entry) -> Answer:
    said = answering.say(entry, heard.office, heard.spoken)
    template = "answer_dial" if entry.said(heard.spoken).dials else "answer"
    return Answer(template, {"said": said})


def _close(heard: Heard, about: str) -> None:
    """Take the SMS that a picked answer belongs to off the desk, unless an officer has it."""
    if not about:
        return
    sms_questions.forget(heard.conn, heard.sender.index)
    before = incoming.lock(heard.conn, about)
    if before and before.state in {"new", "read"}:
        done = {"state": "answered"}
        incoming.change(heard.conn, before.id, before.version, done, heard.now)


def _choices(heard: Heard, entries: tuple[Entry, ...]) -> str:
    """Return as many titles as fit, each behind its number: "1 Biaya, 2 Alamat kantor"."""
    said = ""
    for number, entry in enumerate(entries, 1):
        one = f"{number} {answering.titled(entry, heard.spoken)}"
        longer = f"{said}, {one}" if said else one
        if gsm7.septets(longer) > _CHOICES:
            break
        said = longer
    return said


def _today(heard: Heard) -> str:
    zone = heard.office.zone if heard.office else "WIB"
    return f"heard:{heard.sender.index}:{calendar.local_day(heard.now, zone)}"

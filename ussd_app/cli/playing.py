"""Plays the menus in a terminal without any server: who plays also answers for the office.

Where the book makes a call, the outcomes are listed and one is picked; its facts are those
of an invented applicant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from domain import gsm7
from domain.words import KINDS, Kind
from menus.engine import Engine
from menus.events import Answered, Dialled, Event, Perform, Screen, Typed
from menus.session import Item, Session

Hear = Callable[[str], str]
Say = Callable[[str], None]

_BY_KIND: Mapping[Kind, str] = {
    Kind.TEXT: "Contoh",
    Kind.DAY: "2026-11-24",
    Kind.HOUR: "09:00",
    Kind.DATE: "1998-08-15",
    Kind.CODE: "482157906",
    Kind.TERMS: "ktp,diploma,photo2",
    Kind.OPEN: "1-5 08:00-15:00",
    Kind.NUMBER: "18",
}
_BY_NAME: Mapping[str, str] = {
    "name": "Siti",
    "tariff": "uji coba, Rp0",
    "district": "Jatiwangi",
    "home": "32.10.11",
    "regency": "Kab. Majalengka",
    "office": "32.10",
    "place": "Disnaker Majalengka",
    "counter": "loket 2",
    "slot": "2026-11-24 09:00",
    "sex": "F",
    "reason": "wrong_nik",
    "until": "2028-11-24",
    "report_day": "2027-05-24",
}


def play(engine: Engine, hear: Hear, say: Say, language: str) -> Session:
    """Play one session from dialling to its end; return where it ended.

    `hear` asks the player and gives what was typed, `say` shows a text.
    """
    session = Session(engine.book.version, language=language)
    event: Event = Dialled()
    while True:
        step = engine.step(session, event)
        session = step.session
        if isinstance(step.reply, Screen):
            say(_framed(step.reply))
            if step.reply.ends:
                return session
            event = Typed(hear("> "))
        else:
            event = _answer(engine, session, step.reply, hear, say)


def _framed(screen: Screen) -> str:
    cost = f"[{gsm7.septets(screen.text)} septets{', end' if screen.ends else ''}]"
    return f"\n{screen.text}\n{cost}"


def _answer(engine: Engine, at: Session, due: Perform, hear: Hear, say: Say) -> Answered:
    spec = engine.vocabulary.calls[due.call]
    outcome = _outcome(due.call, list(spec.outcomes), hear, say)
    lists = spec.items.get(outcome, {})
    return Answered(
        outcome,
        facts={name: _example(name) for name in spec.outcomes[outcome]},
        items={source: _items(names) for source, names in lists.items()},
        # What a draft restores here is the session itself, as if it had been cut off.
        restore=at,
    )


def _outcome(call: str, names: list[str], hear: Hear, say: Say) -> str:
    if len(names) == 1:
        return names[0]
    say(f"\n({call})  " + "  ".join(f"{place} {name}" for place, name in enumerate(names, 1)))
    typed = hear("outcome [1]: ").strip() or "1"
    while not (typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(names)):
        typed = hear("outcome [1]: ").strip() or "1"
    return names[int(typed) - 1]


def _items(slots: Iterable[str]) -> tuple[Item, ...]:
    line = {name: _example(name) for name in slots}
    return tuple({**line, "value": str(place)} for place in range(1, 4))


def _example(name: str) -> str:
    return _BY_NAME.get(name) or _BY_KIND[KINDS.get(name, Kind.TEXT)]

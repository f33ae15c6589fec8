"""A pretended outside world, for playing the menus without a database, an office or a clock.

It answers every call of the vocabulary with the outcome it was told, else the usual one, and with
facts of one made-up caller; what a typed NIK says by itself is read off it. It keeps the draft of a
caller who was cut off, and that he was cut off at the question that begins one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from domain import nik, regions
from menus import sample_alerts, sample_info, sample_tickets, sample_vacancies
from menus.events import Answered
from menus.leaving import flow_left, task_of
from menus.session import Item, Session
from menus.vocabulary import VOCABULARY, Vocabulary

FACTS: Final[Mapping[str, str]] = {
    "between": "09:00-11:00",
    "born": "1998-08-15",
    "cadre": "1",
    "call_day": "2026-11-24",
    "callback_office": "32.10",
    "changing": "1",
    "code": "482157901",
    "count": "12",
    "counter": "loket 2",
    "day": "2026-11-24",
    "district": "Jatiwangi",
    "from_day": "2026-11-24",
    "home": "32.10.11",
    "hour": "09:00",
    "minimum": "18",
    "missing": "diploma",
    "name": "Siti",
    "nik": "3210115508980001",
    "office": "32.10",
    "office_phone": "0233-281234",
    "open": "1-5 08:00-15:00",
    "papers": "ktp,diploma,photo2",
    "place": "Disnaker Majalengka",
    "reason": "wrong_nik",
    "regency": "Cirebon",
    "report_day": "2027-05-24",
    "request": "1",
    "sex": "F",
    "slot": "2026-11-24 09:00",
    "stuck_at": "register.nik",
    "tariff": "Rp 200",
    "task": "registering",
    "until": "2026-12-06",
    "window": "09:00-11:00",
    **sample_alerts.FACTS,
    **sample_vacancies.FACTS,
    **sample_info.FACTS,
}
"""Canonical values of everything a call may bring."""

ITEMS: Final[Mapping[str, tuple[Item, ...]]] = {
    "change.offices": ({"value": "33.74", "place": "Disnaker Semarang"},),
    "caller.people": ({"value": "1", "name": "Siti"}, {"value": "2", "name": "Budi"}),
    "home.matches": (
        {"value": "32.10.11", "district": "Jatiwangi", "regency": "Majalengka"},
        {"value": "32.10.13", "district": "Jatitujuh", "regency": "Majalengka"},
        {"value": "32.09.38", "district": "Jatibarang", "regency": "Indramayu"},
    ),
    "slots.free": tuple(
        {"value": f"2026-11-{day} {hour}", "day": f"2026-11-{day}", "hour": hour}
        for day in (24, 25, 26)
        for hour in ("09:00", "10:00", "13:00", "14:30")
    ),
    **sample_tickets.ITEMS,
    **sample_alerts.ITEMS,
    **sample_vacancies.ITEMS,
    **sample_info.ITEMS,
}

_TODAY: Final = date(2026, 11, 22)
_OF_ONE_OUTCOME: Final[Mapping[tuple[str, str], Mapping[str, str]]] = {
    ("nik.first", "part"): {"district": "Kec. Jatiwangi"},
    ("applicant.read", "sound"): {"request": ""},
    ("nik.way", "whole"): {"cadre": ""},
    ("nik.way", "parts"): {"cadre": ""},
    ("cadre.read", "sound"): {"request": ""},
    ("cadre.enter", "good"): {"request": "", "pin": ""},
    ("cadre.enter", "wrong"): {"count": "2"},
    ("callback.ask", "taken"): {"window": "13:00-15:00", "between": "13:00-15:00"},
    ("slots.offer", "free"): {name: FACTS[name] for name in ("day", "hour", "slot", "place")},
    **sample_tickets.OF_ONE_OUTCOME,
    **sample_info.OF_ONE_OUTCOME,
}


@dataclass(slots=True)
class World:
    """Answers calls. ``outcomes`` are told per call, in order, the last for good.

    ``facts`` and ``lists`` (source -> lines) stand over all that it would say by itself.
    """

    outcomes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)
    vocabulary: Vocabulary = VOCABULARY
    draft: Session | None = None
    cut: bool = False
    asked: dict[str, int] = field(default_factory=dict)

    def answer(self, call: str, known: Mapping[str, str]) -> Answered:
        """Answer a call as the vocabulary promises."""
        return self.ends(call, self._outcome(call, known), known)

    def ends(self, call: str, outcome: str, known: Mapping[str, str]) -> Answered:
        """Answer a call with this outcome, whatever was told."""
        spec = self.vocabulary.calls[call]
        if outcome in spec.commits:
            self.draft = None
        if call == "applicant.read":
            self.cut = False
        usual = {**FACTS, **known, **_OF_ONE_OUTCOME.get((call, outcome), {})}
        left = {"task": task_of(flow_left(self.draft))} if self.draft else {}
        said = {**usual, **_read_off(call, known), **left, **self.facts}
        facts = {name: said[name] for name in spec.outcomes[outcome]}
        if self.cut and call == "caller.recognise":
            facts["cut"] = "yes"
        lists = {**ITEMS, **self.lists}
        items = {source: lists[source] for source in spec.items.get(outcome, ())}
        return Answered(outcome, facts, items, self.draft)

    def keep(self, session: Session, *, opens: bool) -> None:
        """Keep the draft of a session that saved something, or that it stood where one opens."""
        if session.saved:
            self.draft = session
        self.cut |= opens

    def _outcome(self, call: str, known: Mapping[str, str]) -> str:
        told = self.outcomes.get(call)
        if not told:
            return self.usual(call, known)
        turn = self.asked[call] = self.asked.get(call, 0) + 1
        return told[min(turn, len(told)) - 1]

    def usual(self, call: str, known: Mapping[str, str]) -> str:
        """Return how a call ends when nothing was told."""
        match call:
            case "caller.recognise" if "dialled" in known:
                return "new"
            case "caller.recognise":
                return "unfinished" if self.draft else "new"
            case "draft.resume" | "draft.prove":
                return "resumed" if self.draft else "gone"
            case "nik.way":
                return "parts" if "cut" in known else "whole"
            case "nik.first":
                return "whole" if len(known["nik_first"]) > 6 else "part"
            case _:
                special = sample_vacancies.usual(call, known) or sample_alerts.usual(call, known)
                return special or next(iter(self.vocabulary.calls[call].outcomes))


def _read_off(call: str, known: Mapping[str, str]) -> Mapping[str, str]:
    """Return what the digits typed say by themselves: the birth date, the sex, a sub-district."""
    match call, known:
        case "nik.first", {"nik_first": digits}:
            found = _district(digits)
            return {"district": f"Kec. {found['district']}"} if found else {}
        case "nik.middle", {"nik_middle": digits}:
            return {"born": nik.birth_date(digits, _TODAY).isoformat()}
        case (("applicant.read" | "cadre.read"), {"nik": digits}):
            return _person(digits)
        case "home.suggest", {"nik": digits}:
            return _district(digits)
        case _:
            return sample_vacancies.read_off(call, known)


def _person(digits: str) -> Mapping[str, str]:
    match nik.read(digits, _TODAY):
        case nik.Nik(born=born, sex=sex):
            return {"born": born.isoformat(), "sex": sex.value}
        case nik.Implausible(age=age):
            return {"count": str(age)}


def _district(digits: str) -> Mapping[str, str]:
    found = regions.by_code(".".join((digits[:2], digits[2:4], digits[4:6])))
    return {"district": found.name, "home": found.code} if found else {}

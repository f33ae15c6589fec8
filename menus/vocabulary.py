"""All that the flows may name: checks, calls with their outcomes, and lists loaded at start.

The flows are one half of a promise and the handlers in ``services`` the other; this table is the
promise. A slot on a screen is known because an answer was saved under its name, or because a call
on the way brought it as a fact: which facts, is said here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from domain import nik, people, request_code, terms
from domain.faults import Fault
from menus.session import Item

Facts = frozenset[str]


@dataclass(frozen=True, slots=True)
class Passed:
    """An answer that will do: its canonical ``value`` and what follows from it."""

    value: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CheckSpec:
    """A check of typed text, the names of all its faults, and the facts it brings when passed."""

    run: Callable[[str], Passed | Fault]
    faults: frozenset[str]
    facts: Facts = frozenset()


@dataclass(frozen=True, slots=True)
class CallSpec:
    """A call: each outcome with the facts it always brings.

    ``items`` are the lists an outcome brings, with the slots of their lines; ``needs`` must be
    known before the call is made; ``commits`` names the outcomes that end what the caller was at,
    for it is written for good, now or long ago: there is no way back across them, and nothing left
    to resume; ``lasting`` names those that wrote for good what the caller is told of, and leave
    what he was at as it is; a ``pure`` call needs no database, and a ``quick`` one only reads
    there, by single statements that need no transaction; ``otherwise`` is the outcome that stands
    while the database does not answer (it brings no facts), where it is not worth an end.
    """

    outcomes: Mapping[str, Facts]
    items: Mapping[str, Mapping[str, Facts]] = field(default_factory=dict)
    needs: Facts = frozenset()
    commits: frozenset[str] = frozenset()
    pure: bool = False
    quick: bool = False
    lasting: frozenset[str] = frozenset()
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class ListSpec:
    """A list that needs no call: the slots of its lines and the lines themselves, in order."""

    slots: Facts
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words a book may use."""

    checks: Mapping[str, CheckSpec]
    calls: Mapping[str, CallSpec]
    lists: Mapping[str, ListSpec]


def _facts(names: str = "") -> Facts:
    return frozenset(names.split())


def _check(run: Callable[[str], str | Fault], faults: str) -> CheckSpec:
    def passed(text: str) -> Passed | Fault:
        value = run(text)
        return value if isinstance(value, Fault) else Passed(value)

    return CheckSpec(passed, _facts(faults))


def _list(slot: str, keys: tuple[str, ...]) -> ListSpec:
    return ListSpec(_facts(slot), tuple({"value": key, slot: key} for key in keys))


def _kept(needs: str = "") -> CallSpec:
    """Return a call that stores an answer, which cannot be taken back by going back."""
    return CallSpec({"kept": _facts()}, needs=_facts(needs), commits=frozenset({"kept"}))


CHECKS: Mapping[str, CheckSpec] = {
    "nik": _check(nik.check, "length shape date region serial"),
    "nik_first": _check(nik.first, "length shape date region serial"),
    "nik_middle": _check(nik.middle, "length shape date"),
    "nik_last": _check(nik.last, "length shape serial"),
    "call_name": _check(people.call_name, "length shape"),
    "letters": _check(people.letters, "length shape"),
    "year": _check(people.year, "shape"),
    "birth_date": _check(people.birth_date, "shape"),
    "code": _check(request_code.check, "length shape digit"),
}

_PROMISE = _facts("call_day window between office_phone")  # when we call, and from where
_OFFER = _PROMISE | _facts("callback_office stuck_at")
_WHOLE = _facts("name office place request home")  # what every status brings

CALLS: Mapping[str, CallSpec] = {
    "caller.recognise": CallSpec(
        {
            "new": _facts("tariff"),
            "unfinished": _facts("tariff"),
            "known": _facts("request tariff"),
            "several": _facts("tariff"),
        },
        items={"several": {"caller.people": _facts("name")}},
        quick=True,
    ),
    "draft.resume": CallSpec(
        {"resumed": _facts(), "ask_year": _facts(), "gone": _facts("tariff")},
    ),
    "draft.prove": CallSpec(
        {"resumed": _facts(), "wrong": _facts(), "gone": _facts("tariff")},
        needs=_facts("year"),
    ),
    "draft.discard": CallSpec({"discarded": _facts("tariff")}, commits=frozenset({"discarded"})),
    # In parts when `cut` is known: `caller.recognise` may bring it, if the call before was cut.
    "nik.way": CallSpec({"whole": _facts(), "parts": _facts()}, pure=True),
    "nik.first": CallSpec(
        {"part": _facts("district"), "whole": _facts("nik")},
        needs=_facts("nik_first"),
        pure=True,
    ),
    "nik.middle": CallSpec({"heard": _facts("born")}, needs=_facts("nik_middle"), pure=True),
    "nik.join": CallSpec(
        {"whole": _facts("nik")}, needs=_facts("nik_first nik_middle nik_last"), pure=True
    ),
    "applicant.read": CallSpec(
        {
            "sound": _facts("born sex request"),
            "young": _facts("minimum"),
            "implausible": _facts("count"),
            "already": _facts("request"),
            "foreign": _facts(),
        },
        needs=_facts("nik"),
        commits=frozenset({"already"}),
    ),
    "home.suggest": CallSpec(
        {"here": _facts("district home"), "unknown": _facts()}, needs=_facts("nik"), pure=True
    ),
    "home.search": CallSpec(
        {"found": _facts(), "none": _facts()},
        items={"found": {"home.matches": _facts("district regency")}},
        needs=_facts("letters"),
        pure=True,
    ),
    "home.office": CallSpec(
        {
            "served": _facts("office place"),
            "unserved": _facts("regency"),
            "young": _facts("minimum"),
        },
        needs=_facts("home born"),
    ),
    "slots.offer": CallSpec(
        {"free": _facts("day hour slot place"), "full": _facts("until")}, needs=_facts("office")
    ),
    "slots.list": CallSpec(
        {"free": _facts(), "full": _facts("until")},
        items={"free": {"slots.free": _facts("day hour")}},
        needs=_facts("office"),
    ),
    "card.book": CallSpec(
        {
            "booked": _facts("code day hour place papers"),
            "moved": _facts("day hour place papers"),  # the visit of another phone's request
            "taken": _facts(),
            "already": _facts("request"),
            "too_many": _facts(),
            "unserved": _facts("regency"),
            "young": _facts("minimum"),
        },
        needs=_facts("office slot name home"),
        commits=frozenset({"booked", "moved", "already"}),
    ),
    "alerts.consent": _kept("code"),
    "alerts.education": _kept("code education"),
    "alerts.sector": _kept("code sector"),
    "alerts.place": _kept("code reach"),
    "card.find": CallSpec(
        {"found": _facts("request"), "unknown": _facts(), "locked": _facts()},
        needs=_facts("code birth_date"),
    ),
    "status.tell": CallSpec(
        {
            "booked": _WHOLE | _facts("day hour counter papers"),
            "requested": _WHOLE,
            "deciding": _WHOLE,  # what an officer did can still be undone: told later
            "came": _WHOLE,
            "incomplete": _WHOLE | _facts("missing open"),
            "signing": _WHOLE,
            "ready": _WHOLE | _facts("open"),
            "issued": _WHOLE | _facts("until report_day"),
            "report_due": _WHOLE | _facts("open"),
            "no_show": _WHOLE | _facts("day"),
            "refused": _WHOLE | _facts("reason open"),
            "lapsed": _WHOLE,
        },
        needs=_facts("request"),
    ),
    "language.keep": _kept(),
    # After two mistakes: only what is possible is offered, and nothing else is said.
    "callback.stuck": CallSpec({"free": _OFFER, "none": _facts()}, otherwise="none"),
    "callback.offer": CallSpec(
        {
            "free": _OFFER,
            "promised": _PROMISE,
            "full": _facts(),
            "never": _facts("place"),
            "foreign": _facts(),
        },
    ),
    "callback.ask": CallSpec(
        {"promised": _PROMISE, "taken": _PROMISE, "full": _facts()},
        needs=_facts("callback_office call_day window stuck_at"),
        lasting=frozenset({"promised"}),
    ),
}

LISTS: Mapping[str, ListSpec] = {
    "sectors": _list("sector", terms.sectors()),
    "education": _list("education", terms.educations()),
}

VOCABULARY = Vocabulary(CHECKS, CALLS, LISTS)

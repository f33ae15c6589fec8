"""What people call for, as the answers they mean to give; a new flow adds its own task here.

An answer is an option's name, a line's number in a list, or the text that is typed. Where a task
names no answer, the caller has strayed there and goes back with 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from menus.definition import Choose, State, StateId
from menus.sample import FACTS

_NIK: Final = FACTS["nik"]
_COMPLAINT: Final = "antre 3 jam"

EVERYWHERE: Final[Mapping[str, str]] = {
    "main.unfinished": "resume",
    "callback.offer": "again",
    "callback.offer_other": "again",
    "register.nik_first": _NIK[:6],
    "register.nik_middle": _NIK[6:12],
    "register.nik_last": _NIK[12:],
    "register.nik_again": _NIK[:6],
}
"""Answers of whoever has slipped, been cut off, or was offered help that he does not want."""


@dataclass(frozen=True, slots=True)
class Task:
    """A purpose: answers by state, how calls end, and what means that it is reached.

    ``done`` names a screen, or how a call ends (``card.book booked``): what was saved is saved
    though nobody reads the screen that tells so. A ``practised`` task is for whoever types fast,
    and held to the figures of the quick reader: there is another way for all others.
    """

    name: str
    answers: Mapping[str, str]
    done: str
    outcomes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    practised: bool = False

    def answer(self, at: StateId, state: State, screen: str) -> str:
        """Return what the caller means to type on a screen of the state ``at``."""
        meant = self.answers.get(at) or EVERYWHERE.get(at)
        if meant is None:
            return "0"
        if isinstance(state, Choose):
            return _number(state, meant)
        if meant.isdigit() and "\n98. " in screen and f"\n{meant}. " not in screen:
            return "98"
        return meant


def _number(state: Choose, value: str) -> str:
    return str([option.value for option in state.options].index(value) + 1)


_BOOKED: Final = {"caller.recognise": ("known",)}
_MANAGE: Final = {"status.booked": "more", "status.more": "card"}
_MORE: Final = {"main.welcome": "more"}
_INFO: Final = {"main.welcome": "info"}
_DATA: Final = {**_MORE, "main.more": "data"}
_VISIT: Final = {"register.home_here": "yes", "visit.confirm": "yes"}

BOOKING: Final = "book a card"
REPORT: Final = "report after six months"
OWN_CARD: Final = "see my card, own phone"
FEW_KEYS: Final = frozenset({OWN_CARD, REPORT})
"""Tasks that take three keys at most: one digit and the two soft keys."""

_CARD: Final = (
    Task(
        BOOKING,
        {
            "main.welcome": "card",
            "register.nik": _NIK,
            "register.born": "yes",
            "register.name": "Siti",
            **_VISIT,
        },
        "card.book booked",
    ),
    Task(OWN_CARD, {}, "status.tell booked", _BOOKED),
    Task(
        "see my card, other phone",
        {"main.welcome": "status", "status.code": FACTS["code"], "status.born": "15081998"},
        "status.tell booked",
    ),
    Task(
        REPORT,
        {"status.report_due": "looking"},
        "card.report reported",
        {**_BOOKED, "status.tell": ("report_due",)},
    ),
    Task(
        "report work, where and what",
        {"status.report_due": "employed", "report.sector": "3", "report.where": "near"},
        "report.place kept",
        {**_BOOKED, "status.tell": ("report_due",), "card.report": ("employed",)},
    ),
    Task(
        "come on another day",
        {**_MANAGE, "change.visit": "day", "visit.pick": "2", "visit.confirm": "yes"},
        "card.book moved",
        {**_BOOKED, "card.book": ("moved",)},
    ),
    Task(
        "give the card up",
        {**_MANAGE, "change.visit": "withdraw", "change.withdraw": "yes"},
        "card.withdraw withdrawn",
        _BOOKED,
    ),
    Task(
        "ask for help at the visit",
        {**_MANAGE, "change.visit": "help", "help.start": "yes"},
        "visit.help helped",
        _BOOKED,
    ),
)
_JOBS: Final = (
    Task(
        "want a job on offer",
        {
            "main.welcome": "vacancies",
            "vacancies.near": "look",
            "vacancies.found": "look",
            "vacancies.jobs": "1",
            "vacancies.told": "want",
        },
        "vacancies.want kept",
    ),
    Task(
        "get job news by SMS",
        {
            "main.welcome": "vacancies",
            "vacancies.near": "alerts",
            "vacancies.found": "alerts",
            "alerts.invite": "yes",
            "alerts.education": "5",
            "alerts.sector": "1",
            "alerts.another": "1",
            "alerts.where": "near",
        },
        "alerts.place kept",
        {"alerts.open": ("off",), "alerts.another": ("enough",)},
    ),
)
_OFFICE: Final = (
    Task("see hours and queue", {**_INFO, "info.menu": "place"}, "info.place open"),
    Task(
        "see what to bring",
        {**_INFO, "info.menu": "services", "info.service_list": "1"},
        "info.service card",
    ),
    Task(
        "join a training",
        {
            **_INFO,
            "info.menu": "events",
            "info.event_list": "1",
            "info.training": "sign",
            "info.learner": "Siti",
        },
        "training.sign signed",
        {"info.event": ("training",)},
    ),
    Task("ask a question", {**_INFO, "info.menu": "ask", "info.ask": "biaya"}, "info.ask told"),
    Task(
        "complain in writing",
        {**_MORE, "main.more": "complaint", "complaint.how": "text", "complaint.text": _COMPLAINT},
        "tickets.file filed",
        practised=True,
    ),
    Task(
        "complain, be rung",
        {**_MORE, "main.more": "complaint", "complaint.how": "call", "callback.offer": "yes"},
        "callback.ask promised",
    ),
    Task(
        "ask to be rung",
        {**_MORE, "main.more": "call", "callback.offer": "yes"},
        "callback.ask promised",
    ),
    Task(
        "stop job news",
        {**_DATA, "data.start": "alerts"},
        "data.stop_alerts stopped",
    ),
    Task(
        "ask for my data",
        {**_DATA, "data.start": "copy", "data.copy": "yes"},
        "data.ask filed",
    ),
    Task(
        "change the language",
        {**_MORE, "main.more": "language", "language.pick": "su"},
        "language.keep kept",
    ),
    Task(
        "cadre: register somebody",
        {
            **_MORE,
            "main.more": "cadre",
            "cadre.pin": "123456",
            "cadre.pin_again": "123456",
            "cadre.nik": _NIK,
            "cadre.nik_again": _NIK,
            "cadre.born": "yes",
            "cadre.name": "Siti",
            "cadre.phone": "no",
            **_VISIT,
        },
        "card.book helped",
        {"card.book": ("helped",)},
        practised=True,
    ),
)
TASKS: Final = (*_CARD, *_JOBS, *_OFFICE)

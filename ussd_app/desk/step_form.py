"""The form of one step, ready for its template: words, what was entered, the SMS to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from flask import g
from sqlalchemy import Connection

from domain import calendar
from domain.card import HOLDER, State
from domain.card_number import Pattern
from domain.terms import REASONS
from services import slots
from services.desk import Action, Person
from storage.offices import Office
from ussd_app import current
from ussd_app.desk import forms, saying
from ussd_app.desk.forms import Attempt, Given
from ussd_app.desk.preview import TELLS, Preview, preview
from ussd_app.desk.saying import t

_WITH_PAPERS = frozenset({Action.CAME, Action.ISSUE})
_WITH_SMS_CHOSEN = frozenset({Action.INCOMPLETE, Action.REFUSE, Action.REBOOK})


@dataclass(frozen=True, slots=True)
class StepForm:
    """What the template of a step shows. `large` is the next step on the person's own page."""

    move: str
    words: str
    title: str
    lead: str
    papers: str
    button: str
    large: bool
    live: bool
    sends: bool
    values: Given
    choice: str
    preview: Preview | None
    choices: tuple[str, ...] = ()
    days: Mapping[str, tuple[tuple[str, str], ...]] | None = None
    external: bool = False
    fault: str = ""
    note: str = ""


def words_of(person: Person, action: Action) -> str:
    """Give the stem of a step's words: coming back with papers is said otherwise than coming."""
    match action:
        case Action.CAME if person.state is State.INCOMPLETE:
            return "complete"
        case Action.WITHDRAW if person.state in HOLDER:
            return "revoke"
    return action.value


def build(conn: Connection, person: Person, attempt: Attempt, *, large: bool = False) -> StepForm:
    """Build the form of a step for a person, with what the officer entered before."""
    action = attempt.action
    stem = words_of(person, action)
    return StepForm(
        move=action.value,
        words=stem,
        title=t(f"move.{stem}.do"),
        lead=_lead(person, action, stem),
        papers=saying.term_list(person.office.papers) if action in _WITH_PAPERS else "",
        button=_button(action, stem, large=large),
        large=large,
        live=action in _WITH_SMS_CHOSEN,
        sends=action in TELLS,
        values=attempt.given,
        choice=attempt.choice,
        preview=preview(conn, current.house().delivery, person, attempt),
        choices=_choices(person, action),
        days=_days(conn, person) if action is Action.REBOOK else None,
        external=external(person),
        fault=attempt.fault,
        note=attempt.note,
    )


def external(person: Person) -> bool:
    """Tell whether this office's cards are numbered elsewhere."""
    return person.office.card_source == "external"


def _button(action: Action, stem: str, *, large: bool) -> str:
    if action in _WITH_SMS_CHOSEN:
        return t("move.send")
    return t(f"move.{stem}.do") if large else t("move.yes", what=t(f"move.{stem}.do"))


def _lead(person: Person, action: Action, stem: str) -> str:
    match action:
        case Action.ISSUE if external(person):
            return t("move.issue.lead_external")
        case Action.ISSUE:
            return t("move.issue.lead_own", example=_example(person.office))
        case Action.INCOMPLETE:
            return t("move.incomplete.lead")
    missing = saying.term_list(person.missing or "")
    return t(f"move.{stem}.lead", missing=missing)


def _example(office: Office) -> str:
    """Give a number as this office makes them: the first of today."""
    today = calendar.local_day(g.now, office.zone)
    return Pattern.parse(office.card_pattern).number(office.code, today, 1)


def _choices(person: Person, action: Action) -> tuple[str, ...]:
    match action:
        case Action.INCOMPLETE:
            return forms.missing_choices(person.office.papers)
        case Action.REFUSE:
            return REASONS
    return ()


def _days(conn: Connection, person: Person) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Give the free hours by day, in the words of the page."""
    free = list(slots.free(conn, person.office, g.now))
    return {
        saying.long_day(day): tuple((slots.value(one), saying.hour(one.hour)) for one in places)
        for day, places in groupby(free, key=lambda one: one.day)
    }

"""The officers' side of a vacancy: entered, changed, published, closed.

Only a vacancy whose employer was checked is published: people travel, and pay for it, on the word
of their office. Who is told of it by SMS is asked for in the same transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import uuid4

from sqlalchemy import Connection

from domain import calendar
from domain.vacancies import State
from domain.vacancy_details import Details, Flaw, read
from services.alerts import matching
from sms.issues import held
from storage import audit, locks, offices, vacancies
from storage.vacancies import Vacancy
from storage.vault import Vault

_IN_SMS: Final = ("title", "employer", "apply_place")


@dataclass(frozen=True, slots=True)
class Clerk:
    """Who works on an office's vacancies: an officer, or (None) a command or the clock."""

    conn: Connection
    vault: Vault
    now: datetime
    office: str
    officer_id: str | None = None


class Why(StrEnum):
    """Why a vacancy is not published."""

    UNCHECKED = "unchecked"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Done:
    """It stands as was said."""

    vacancy: Vacancy


@dataclass(frozen=True, slots=True)
class Handled:
    """Somebody was first: ``vacancy`` is how it stands now."""

    vacancy: Vacancy


@dataclass(frozen=True, slots=True)
class Refused:
    """It cannot be published so."""

    why: Why


Outcome = Done | Handled | Refused | None
"""What came of a step; None for a vacancy that this office does not have."""

_Seen = Vacancy | Done | Handled | None


def judge(clerk: Clerk, entered: Mapping[str, str], own: str = "") -> Details | tuple[Flaw, ...]:
    """Read what was entered of the vacancy ``own`` (or of a new one), or tell all its flaws."""
    found = judged(entered, today(clerk))
    if not isinstance(found, Details):
        return found
    other = _holder(clerk, found.reference)
    return (Flaw("reference", "taken"),) if other and other.id != own else found


def judged(entered: Mapping[str, str], day: date) -> Details | tuple[Flaw, ...]:
    """Read what was entered on a day, or tell all that is wrong with it by itself."""
    found, wrong = read(entered, day), _held(entered)
    if isinstance(found, Details):
        return wrong or found
    return (*found, *wrong)


def enter(clerk: Clerk, details: Details) -> str:
    """Add a draft; return its id."""
    vacancy_id = str(uuid4())
    vacancies.add(clerk.conn, vacancy_id, clerk.office, details, clerk.now)
    _note(clerk, vacancy_id, "entered")
    return vacancy_id


def change(clerk: Clerk, vacancy_id: str, version: int, details: Details) -> Outcome:
    """Change what was entered; of a published one, who is to be told is asked for anew."""
    found = _seen(clerk, vacancy_id, version)
    if not isinstance(found, Vacancy):
        return found
    if found.state is State.PUBLISHED and not details.employer_checked:
        return Refused(Why.UNCHECKED)
    vacancies.change(clerk.conn, found.id, found.version, asdict(details), clerk.now)
    _note(clerk, found.id, "changed")
    if found.state is State.PUBLISHED:
        matching.published(clerk.conn, found.id, clerk.now)
    return Done(_now(clerk, found))


def publish(clerk: Clerk, vacancy_id: str, version: int) -> Outcome:
    """Let callers see it from now on, be it for the second time."""
    found = _seen(clerk, vacancy_id, version, State.PUBLISHED)
    if not isinstance(found, Vacancy):
        return found
    if not found.employer_checked:
        return Refused(Why.UNCHECKED)
    if found.closes_on < today(clerk):
        return Refused(Why.OVER)
    values = {"state": State.PUBLISHED, "published_at": clerk.now, "closed_at": None}
    vacancies.change(clerk.conn, found.id, found.version, values, clerk.now)
    matching.published(clerk.conn, found.id, clerk.now)
    _note(clerk, found.id, "published")
    return Done(_now(clerk, found))


def close(clerk: Clerk, vacancy_id: str, version: int) -> Outcome:
    """Let nobody see it any more, and take back the SMS on it that have not left."""
    found = _seen(clerk, vacancy_id, version, State.CLOSED)
    if not isinstance(found, Vacancy):
        return found
    values = {"state": State.CLOSED, "closed_at": clerk.now}
    vacancies.change(clerk.conn, found.id, found.version, values, clerk.now)
    matching.closed(clerk.conn, found.id, clerk.now)
    _note(clerk, found.id, "closed")
    return Done(_now(clerk, found))


def find(clerk: Clerk, vacancy_id: str) -> Vacancy | None:
    """Return a vacancy of the clerk's own office."""
    found = vacancies.get(clerk.conn, vacancy_id)
    return found if found and found.office == clerk.office else None


def today(clerk: Clerk) -> date:
    """Return the day it is in the clerk's office."""
    office = offices.get(clerk.conn, clerk.office)
    return calendar.local_day(clerk.now, office.zone if office else "WIB")


def _seen(clerk: Clerk, vacancy_id: str, version: int, wanted: State | None = None) -> _Seen:
    """Return a vacancy as its page showed it, locked; a second press of one button is done."""
    found = vacancies.get(clerk.conn, vacancy_id, lock=True)
    if found is None or found.office != clerk.office:
        return None
    if wanted and found.state is wanted:
        return Done(found)
    return found if found.version == version else Handled(found)


def _now(clerk: Clerk, found: Vacancy) -> Vacancy:
    return vacancies.get(clerk.conn, found.id) or found


def _holder(clerk: Clerk, reference: str | None) -> Vacancy | None:
    """Return who has a reference; nobody else takes it until the transaction ends."""
    if reference is None:
        return None
    locks.hold(clerk.conn, f"vacancies:{clerk.office}")
    return vacancies.by_reference(clerk.conn, clerk.office).get(reference)


def _held(entered: Mapping[str, str]) -> tuple[Flaw, ...]:
    """Tell what no SMS of ours may hold; a description, which no SMS tells, may name money."""
    wrong = [name for name in _IN_SMS if held(entered.get(name, ""))]
    if set(held(entered.get("description", ""))) - {"money"}:
        wrong.append("description")
    return tuple(Flaw(name, "held") for name in wrong)


def _note(clerk: Clerk, vacancy_id: str, deed: str) -> None:
    audit.add(
        clerk.conn,
        clerk.now,
        action=f"vacancy.{deed}",
        office=clerk.office,
        officer_id=clerk.officer_id,
        details={"vacancy": vacancy_id},
    )

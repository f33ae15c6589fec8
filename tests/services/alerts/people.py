"""People who want to hear of vacancies, and vacancies, as rows; and who should hear, told slowly.

The slow matcher knows nothing of the house: it goes through people one by one, in plain words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, insert

from storage import optouts
from storage.tables import alert_profiles, vacancies
from storage.vault import Vault
from tests.support import applicants
from tests.support.applicants import NOW

_SERIALS = count(1)
_HEIGHT: Final = {"none": 0, "sd": 1, "smp": 2, "sma": 3, "smk": 3, "diploma3": 4, "s1": 5, "s2": 6}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a card request; `consent` is "given", "withdrawn" or "" for never asked."""

    phone: int = 1
    home: str = "32.10.11"
    sectors: tuple[str, ...] | None = ("garment",)
    reach: str | None = "near"
    education: str | None = "smp"
    pace: str = "weekly"
    consent: str = "given"
    state: str = "booked"
    office: str = "32.10"
    language: str = "id"


@dataclass(frozen=True, slots=True)
class Job:
    """A vacancy as far as it matters who hears of it."""

    sector: str = "garment"
    education: str | None = "smp"
    place: str = "32.10"
    state: str = "published"
    closes_on: date = date(2026, 12, 31)
    title: str = "Operator jahit"


def number(phone: int) -> str:
    """The number of the so-and-so-many-th phone."""
    return f"+62812{phone:08}"


def enters(conn: Connection, vault: Vault, person: Person, now: datetime = NOW) -> str:
    """Write a person down, wishes and all; return the id of the request."""
    nik = f"321011150898{next(_SERIALS) % 10_000:04}"
    own = {name: getattr(person, name) for name in ("home", "state", "office", "language")}
    request_id = applicants.enters(
        conn, vault, nik, now, phone=number(person.phone), holds_slot=False, **own
    )
    if person.consent:
        conn.execute(insert(alert_profiles).values(_wishes(person, request_id, now)))
    return request_id


def stops(conn: Connection, vault: Vault, phone: int, now: datetime = NOW) -> None:
    """Let a number say STOP."""
    optouts.add(conn, phone_index=vault.index("phone", number(phone)), source="sms", now=now)


def offers(conn: Connection, job: Job, now: datetime = NOW, **changes: Any) -> str:
    """Write a vacancy down; return its id."""
    job, vacancy_id = replace(job, **changes), str(uuid4())
    row = {name: getattr(job, name) for name in Job.__slots__}
    rest = {
        "id": vacancy_id,
        "office": "32.10",
        "employer": "PT Contoh",
        "employer_checked": True,
        "apply_place": "Disnaker",
        "apply_open": "1-5 08:00-15:00",
        "bring": "ktp",
        "published_at": None if job.state == "draft" else now,
        "created_at": now,
        "updated_at": now,
    }
    conn.execute(insert(vacancies).values(row | rest))
    return vacancy_id


def should_hear(
    people: Iterable[Person], stopped: frozenset[int], job: Job, today: date
) -> set[int]:
    """Return the phones that are to be told of a vacancy, found person by person."""
    phones = set()
    for person in people:
        listening = person.consent == "given" and person.phone not in stopped
        if listening and _goes_on(person) and _open(job, today) and _suits(person, job):
            phones.add(person.phone)
    return phones


def _goes_on(person: Person) -> bool:
    return person.state not in {"refused", "withdrawn", "expired", "employed"}


def _open(job: Job, today: date) -> bool:
    return job.state == "published" and not job.closes_on < today


def _suits(person: Person, job: Job) -> bool:
    return _wants_the_work(person, job) and _wants_the_place(person, job) and _schooled(person, job)


def _wants_the_work(person: Person, job: Job) -> bool:
    if not person.sectors or "anything" in person.sectors or job.sector == "anything":
        return True
    if job.sector in person.sectors:
        return True
    if job.place == "abroad" and "overseas" in person.sectors:
        return True
    return job.sector == "overseas" and person.reach == "abroad"


def _wants_the_place(person: Person, job: Job) -> bool:
    if job.place == "abroad":
        return person.reach == "abroad" or "overseas" in (person.sectors or ())
    if person.reach == "abroad":
        return False
    regency = ".".join(person.home.split(".")[:2])
    if job.place == regency:
        return True
    if person.reach == "province":
        return job.place.split(".")[0] == regency.split(".")[0]
    return person.reach in {"anywhere", "other"}


def _schooled(person: Person, job: Job) -> bool:
    if job.education is None:
        return True
    return person.education is not None and _HEIGHT[person.education] >= _HEIGHT[job.education]


def _wishes(person: Person, request_id: str, now: datetime) -> dict[str, Any]:
    ended = now + timedelta(minutes=1) if person.consent == "withdrawn" else None
    return {
        "request_id": request_id,
        "office": person.office,
        "consented_at": now,
        "education": person.education,
        "sector": person.sectors[0] if person.sectors else None,
        "sectors": list(person.sectors) if person.sectors else None,
        "reach": person.reach,
        "pace": person.pace,
        "withdrawn_at": ended,
    }

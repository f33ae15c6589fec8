"""What an SMS says of vacancies, made when it leaves: what is closed by then is said no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from services.vacancies.telling import where
from storage import alert_messages
from storage.alert_messages import TEMPLATE
from storage.alert_messages import Told as Vacancy
from storage.offices import Office
from storage.outbox import Claimed

__all__ = ["Told", "facts", "several", "told", "told_before"]


@dataclass(frozen=True, slots=True)
class Told:
    """The facts of SMS about vacancies, and of how many vacancies each tells, by message id."""

    facts: Mapping[str, Mapping[str, str]]
    counts: Mapping[str, int]


def told(
    conn: Connection, claimed: Sequence[Claimed], served: Iterable[Office], now: datetime
) -> Told:
    """Say what claimed SMS tell of vacancies that are open `now`; others are left out."""
    ids = [row.id for row in claimed if row.of_vacancies]
    return _put(claimed, served, alert_messages.told(conn, ids, now) if ids else [])


def told_before(conn: Connection, sent: Sequence[Claimed], served: Iterable[Office]) -> Told:
    """Say what SMS that were sent told."""
    ids = [row.id for row in sent if row.of_vacancies]
    return _put(sent, served, alert_messages.told_before(conn, ids) if ids else [])


def facts(vacancy: Vacancy) -> dict[str, str]:
    """Return what the SMS about one vacancy says of it."""
    return {"job": vacancy.title, "where": where(vacancy.place), "sector": vacancy.sector}


def several(vacancies: Sequence[Vacancy]) -> dict[str, str]:
    """Return what an SMS about several vacancies says: how many, and the newest by their names."""
    jobs = dict.fromkeys(one.title.replace(",", " ") for one in vacancies)
    return {"count": str(len(vacancies)), "jobs": ",".join(jobs)}


def _put(rows: Sequence[Claimed], served: Iterable[Office], found: Sequence[Vacancy]) -> Told:
    places = {office.code: office.place for office in served}
    of_message: dict[str, list[Vacancy]] = {}
    for vacancy in found:
        of_message.setdefault(vacancy.message_id, []).append(vacancy)
    mine = [(row, of_message[row.id]) for row in rows if row.id in of_message]
    return Told(
        {row.id: {"place": places[row.office], **_said(row, them)} for row, them in mine},
        {row.id: len(them) for row, them in mine},
    )


def _said(row: Claimed, vacancies: Sequence[Vacancy]) -> dict[str, str]:
    return facts(vacancies[0]) if row.template == TEMPLATE else several(vacancies)

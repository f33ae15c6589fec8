"""A vacancy as its screens and SMS tell it: which facts, in their stored form."""

from __future__ import annotations

from collections.abc import Mapping

from domain import calendar, regions
from domain.vacancies import ABROAD, ANY_SCHOOL, ASK_WAGE, State
from services.context import Work
from storage import offices, vacancies
from storage.vacancies import Vacancy

_FIRST_ZONE = "WIB"  # where a day ends last: nobody is told too early that it is over


def shown(work: Work, vacancy_id: str) -> Vacancy | None:
    """Return a vacancy that callers are told of; None when it is over, or never began."""
    found = vacancies.get(work.conn, vacancy_id)
    today = calendar.local_day(work.now, _FIRST_ZONE)
    open_ = found is not None and found.state is State.PUBLISHED and found.closes_on >= today
    return found if open_ else None


def where(place: str) -> str:
    """Return the name of a regency for small screens, or the key of abroad."""
    return place if place == ABROAD else regions.regency_short(place) or place


def facts(vacancy: Vacancy) -> Mapping[str, str]:
    """Return all that a caller is told of a vacancy."""
    return {
        "job": vacancy.title,
        "employer": vacancy.employer,
        "where": where(vacancy.place),
        "wage": vacancy.wage or ASK_WAGE,
        "education": vacancy.education or ANY_SCHOOL,
        "seats": str(vacancy.seats),
        **how_to_apply(vacancy),
        "rest": vacancy.description or "",
    }


def how_to_apply(vacancy: Vacancy) -> Mapping[str, str]:
    """Return where to go, when, until when, and what to bring."""
    return {
        "apply_place": vacancy.apply_place,
        "apply_open": vacancy.apply_open,
        "last_day": vacancy.closes_on.isoformat(),
        "bring": vacancy.bring,
    }


def sms_facts(work: Work, vacancy: Vacancy) -> dict[str, str]:
    """Return all that an SMS on a vacancy may say, its office included."""
    office = offices.get(work.conn, vacancy.office)
    return {"place": office.place if office else "Disnaker", **facts(vacancy)}

"""The form of a vacancy: what is entered, and what is wrong with it, field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from domain import regions, terms
from domain.vacancies import ABROAD
from domain.vacancy_details import FIELDS, Details, Flaw, spoken_open
from services.vacancies import publishing
from services.vacancies.publishing import Clerk, Handled, Refused
from storage import offices
from storage.vacancies import Vacancy
from ussd_app import current
from ussd_app.desk import saying, vacancies
from ussd_app.desk.pages import pages
from ussd_app.desk.saying import t

_USUAL_PAPERS: Final = "ktp,ak1"
HINTS: Final = ("reference", "place", "district", "wage", "description", "apply_open", "bring")
"""The fields whose label says how they are filled in."""


@pages.get("/vacancies/new")
def new_vacancy() -> str:
    """Show an empty form, with what is usual at this office."""
    with current.house().database.begin() as conn:
        return _form(_usual(vacancies.clerk(conn)))


@pages.post("/vacancies/new")
def enter_vacancy() -> Response:
    """Take a new vacancy as a draft, or say all that is wrong."""
    entered = _entered()
    with current.house().database.begin() as conn:
        clerk = vacancies.clerk(conn)
        details = publishing.judge(clerk, entered)
        if not isinstance(details, Details):
            return make_response(_form(entered, details), 422)
        vacancy_id = publishing.enter(clerk, details)
    flash(t("vacancies.done_enter"))
    return redirect(url_for("desk.vacancy", vacancy_id=vacancy_id), 303)


@pages.get("/vacancies/<uuid:vacancy_id>/change")
def vacancy_form(vacancy_id: UUID) -> str:
    """Show a vacancy's form as it was entered."""
    with current.house().database.begin() as conn:
        found = publishing.find(vacancies.clerk(conn), str(vacancy_id)) or abort(404)
    return _form(_shown(found), vacancy=found)


@pages.post("/vacancies/<uuid:vacancy_id>/change")
def change_vacancy(vacancy_id: UUID) -> Response:
    """Change what was entered, or say all that is wrong; nothing that was typed is lost."""
    entered, own = _entered(), str(vacancy_id)
    with current.house().database.begin() as conn:
        clerk = vacancies.clerk(conn)
        found = publishing.find(clerk, own) or abort(404)
        details = publishing.judge(clerk, entered, own)
        if not isinstance(details, Details):
            return make_response(_form(entered, details, found), 422)
        version = request.form.get("version", 0, type=int)
        outcome = publishing.change(clerk, own, version, details)
        if isinstance(outcome, Handled | Refused):
            stands = publishing.find(clerk, own) or found
            return make_response(_again(entered, stands, outcome), 409)
    return vacancies.answer(vacancy_id, outcome, "vacancies.done_change")


def _entered() -> dict[str, str]:
    return {name: request.form.get(name, "") for name in FIELDS}


def _usual(clerk: Clerk) -> dict[str, str]:
    """Give what most vacancies of an office say."""
    office = offices.get(clerk.conn, clerk.office)
    if office is None:
        return {}
    return {
        "place": office.regency,
        "seats": "1",
        "apply_place": office.place,
        "apply_open": spoken_open(office.open),
        "bring": saying.term_list(_USUAL_PAPERS),
    }


def _shown(vacancy: Vacancy) -> dict[str, str]:
    """Say each field as an officer would enter it."""
    plain = {name: str(getattr(vacancy, name) or "") for name in FIELDS}
    district = regions.by_code(vacancy.district or "")
    return plain | {
        "employer_checked": "ya" if vacancy.employer_checked else "",
        "place": _regency(vacancy.place),
        "district": district.name if district else "",
        "apply_open": spoken_open(vacancy.apply_open),
        "bring": saying.term_list(vacancy.bring),
    }


def _regency(place: str) -> str:
    return saying.term(ABROAD) if place == ABROAD else regions.regency_name(place) or place


def _form(
    entered: Mapping[str, str], flaws: Sequence[Flaw] = (), vacancy: Vacancy | None = None
) -> str:
    faults = {flaw.field: t(f"vacancies.fault_{flaw.why}", limit=flaw.limit) for flaw in flaws}
    version = request.form.get("version", vacancy.version if vacancy else 0, type=int)
    return _page(entered, vacancy, version, faults)


def _again(entered: Mapping[str, str], stands: Vacancy, outcome: Handled | Refused) -> str:
    """Show what was typed once more, to be saved over how the vacancy stands now."""
    if isinstance(outcome, Refused):
        told = t(f"vacancies.refused_{outcome.why}")
    else:
        told = t("vacancies.handled_form", when=saying.ago(stands.updated_at))
    return _page(entered, stands, stands.version, {}, told)


def _page(
    entered: Mapping[str, str],
    vacancy: Vacancy | None,
    version: int,
    faults: Mapping[str, str],
    conflict: str = "",
) -> str:
    return render_template(
        "desk/vacancy_form.html",
        entered=entered,
        faults=faults,
        hints=HINTS,
        vacancy=vacancy,
        version=version,
        conflict=conflict,
        stands=_shown(vacancy) if vacancy and conflict else {},
        sectors=terms.sectors(),
        educations=terms.educations(),
    )

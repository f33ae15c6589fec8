"""The desk of the officers: sign-in, one front page, one page a person, the steps of a card.

What comes in: services, words and templates. What may not: SQL, rules of cards, the text of an SMS.
Every page works without JavaScript; htmx only spares a reload.
"""

from __future__ import annotations

from flask import Flask, g

from services.officers import Right, may
from ussd_app.desk import (
    answers,
    by_phone,
    cadres,
    callbacks,
    events,
    guard,
    home,
    interests,
    lists,
    menus,
    messages,
    officers,
    other_services,
    person,
    saying,
    sign_in,
    steps,
    tickets,
    undo,
    vacancies,
    vacancy_form,
)
from ussd_app.desk.pages import pages

__all__ = [
    "answers",
    "by_phone",
    "cadres",
    "callbacks",
    "events",
    "guard",
    "home",
    "install",
    "interests",
    "lists",
    "menus",
    "messages",
    "officers",
    "other_services",
    "person",
    "sign_in",
    "steps",
    "tickets",
    "undo",
    "vacancies",
    "vacancy_form",
]


def install(app: Flask) -> None:
    """Mount the desk and give its templates their words."""
    saying.install(app)
    app.register_blueprint(pages)
    app.context_processor(_frame)


def _frame() -> dict[str, object]:
    """Give every page what its frame says."""
    found = guard.visit().officer
    return {
        "language": saying.language(),
        "officer": found,
        "place": g.get("place", ""),
        "waiting_messages": messages.count,
        "may_manage": found is not None and may(found, Right.MANAGE_OFFICERS),
    }

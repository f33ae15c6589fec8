"""The counter of a running installation: officers at browsers, and the cases before them."""

from __future__ import annotations

from runtime.embedded.servers import connect
from services.officers import passwords
from storage.database import Database
from storage.officers import Officer
from tests.faults.people import Person
from tests.faults.stack import Stack
from tests.support.staff import DEWI, SARI, TONO, employ
from tests.support.visitor import PASSWORD, Visitor
from tests.support.wire import visitor

__all__ = ["DEWI", "SARI", "TONO", "case", "history", "opens", "sits_down"]


def opens(stack: Stack) -> None:
    """Let the officers of the stories in; once an installation."""
    database = Database(stack.settings.get("DATABASE_URL") or connect(stack.home).database_url)
    try:
        with database.begin() as conn:
            employ(conn, passwords.hashed(PASSWORD))
    finally:
        database.dispose()


def sits_down(stack: Stack, officer: Officer) -> Visitor:
    """Sign an officer in at a browser of his own."""
    return visitor(stack.url).signs_in(officer.email)


def case(stack: Stack, person: Person) -> str:
    """Book a visit by telephone; give the address of the person's page."""
    person.books(stack)
    found = stack.rows(
        "SELECT id FROM card_requests WHERE phone_last4 = %s ORDER BY created_at DESC",
        person.phone[-4:],
    )
    return f"/person/{found[0][0]}"


def history(stack: Stack, page: str) -> list[str]:
    """What the audit says was done with a case, oldest first."""
    found = stack.rows(
        "SELECT action FROM audit WHERE request_id = %s ORDER BY at, id", page.split("/")[2]
    )
    return [str(action) for (action,) in found]

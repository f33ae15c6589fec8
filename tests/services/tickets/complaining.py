"""What tests of tickets share: how a caller complains, how an officer answers, what is written."""

from __future__ import annotations

from sqlalchemy import select

from services.cards.outcomes import Desk
from services.tickets import handling
from services.tickets.handling import Outcome
from storage import tickets
from storage.officers import Officer
from storage.tables import audit
from storage.tables import tickets as table
from storage.tickets import Ticket
from tests.services.cards.town import Line, Town

WORDS = "Antre 3 jam, loket 3 tutup"
ANSWER = "Loket 3 kami buka lagi."


def complains(line: Line, words: str = WORDS) -> str:
    """Say what is wrong and hear the code."""
    assert line.hears("tickets.file", complaint=words) == "filed"
    return line.known["code"]


def rows(town: Town) -> list[Ticket]:
    """All tickets, the oldest first."""
    with town.database.begin() as conn:
        ids = conn.execute(select(table.c.id).order_by(table.c.created_at)).scalars().all()
        found = [tickets.lock(conn, str(one)) for one in ids]
    return [one for one in found if one]


def at_desk(town: Town, conn: object, officer: Officer) -> Desk:
    """An officer at work in this transaction."""
    return Desk(conn, town.vault, officer, town.now)  # type: ignore[arg-type] # a Connection


def takes(town: Town, officer: Officer, ticket: Ticket) -> Outcome:
    """Take a ticket up, on the page that showed it so."""
    with town.database.begin() as conn:
        return handling.take(at_desk(town, conn, officer), ticket.id, ticket.version)


def answers(town: Town, officer: Officer, ticket: Ticket, said: str = ANSWER) -> Outcome:
    """Answer a ticket, on the page that showed it so."""
    with town.database.begin() as conn:
        return handling.answer(at_desk(town, conn, officer), ticket.id, ticket.version, said)


def takes_back(town: Town, officer: Officer, ticket: Ticket) -> Outcome:
    """Take the answer to a ticket back."""
    with town.database.begin() as conn:
        return handling.take_back(at_desk(town, conn, officer), ticket.id, ticket.version)


def deeds(town: Town) -> list[str]:
    """What the audit says of tickets, in order."""
    with town.database.begin() as conn:
        every = conn.execute(select(audit.c.action).order_by(audit.c.id)).scalars()
        return [one for one in every if one.startswith("ticket.")]

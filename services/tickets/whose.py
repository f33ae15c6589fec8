"""Which office a ticket goes to: the one that the caller has to do with, else what he chooses."""

from __future__ import annotations

from collections.abc import Iterator

from domain.card import LIVE
from domain.tickets import TOLD_FOR
from services.callbacks import rotas
from services.context import CallContext
from storage import card_requests, tickets
from storage.offices import Office


def offices(ctx: CallContext) -> list[Office]:
    """Return the one office that the first good hint names, else all that are served."""
    return rotas.nearest(ctx.conn, ctx.offices, tuple(_hints(ctx)))


def choices(ctx: CallContext) -> list[dict[str, str]]:
    """Return the offices as lines of a list."""
    return [{"value": office.code, "place": office.place} for office in offices(ctx)]


def _hints(ctx: CallContext) -> Iterator[str]:
    yield ctx.known.get("ticket_office", "")
    yield ctx.known.get("office", "")
    yield ctx.known.get("home", "")[:5]
    for request in card_requests.of_phone(ctx.conn, ctx.caller.phone_index, LIVE):
        yield request.office
    for ticket in tickets.of_phone(ctx.conn, ctx.caller.phone_index, ctx.now - TOLD_FOR)[:1]:
        yield ticket.office

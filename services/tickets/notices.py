"""The SMS about tickets, each queued in the transaction of what it tells, and never twice."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import timedelta

from services.context import Work
from sms.message import Lane
from storage import outbox, places
from storage.offices import Office
from storage.tickets import Ticket
from storage.vault import Unsealable, Vault

_log = logging.getLogger(__name__)


def tell(
    work: Work,
    template: str,
    ticket: Ticket,
    office: Office,
    *,
    hold: timedelta = timedelta(),
    **facts: str,
) -> bool:
    """Queue an SMS to whoever filed a ticket; False when he cannot be told, or was.

    It leaves no sooner than after ``hold``.
    """
    to = phone_of(work.vault, ticket)
    return to is not None and outbox.add(
        work.conn,
        work.vault,
        office=ticket.office,
        request_id=ticket.request_id,
        lane=Lane.URGENT,
        template=template,
        language=ticket.language,
        params={**_facts(template, ticket, office), **facts},
        to=to,
        dedupe_key=key(ticket, template),
        now=work.now,
        not_before=work.now + hold,
    )


def key(ticket: Ticket, template: str) -> str:
    """Return what keeps an SMS from being queued twice."""
    return f"ticket:{ticket.id}:{ticket.version}:{template}"


def phone_of(vault: Vault, ticket: Ticket) -> str | None:
    """Return who is to be told; None when the number is another's now, or cannot be opened."""
    if not ticket.phone_index:
        return None
    try:
        return vault.open(ticket.phone_sealed, where=places.ticket_phone(ticket.id))
    except Unsealable as error:
        _log.warning("an SMS is not queued, its number cannot be opened: %s", error)
        return None


def _facts(template: str, ticket: Ticket, office: Office) -> Mapping[str, str]:
    facts = {"place": office.place, "code": ticket.code}
    return facts if template == "ticket_closed" else {**facts, "about": ticket.kind.value}

"""The inbox of the browser phone: what a number was sent, read from the messages themselves.

For the demo only. It opens phone numbers and texts, so nothing but the demo's page may call it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain import msisdn
from services.alerts import telling
from services.delivery import Delivery
from services.delivery.batch import Told
from storage import offices, outbox_counts
from storage.outbox_counts import Received

__all__ = ["InboxSms", "inbox"]


@dataclass(frozen=True, slots=True)
class InboxSms:
    """One SMS on the handset: who it comes from, its words, when it came (UTC)."""

    id: str
    sender: str
    text: str
    at: datetime


def inbox(delivery: Delivery, phone: str, limit: int = 20) -> list[InboxSms]:
    """Return the last SMS a number was sent, newest first; none for an unreadable number."""
    number = msisdn.read(phone, delivery.regions)
    if number is None:
        return []
    with delivery.database.begin() as conn:
        index = delivery.vault.index("phone", number.e164)
        received = outbox_counts.received(conn, index, limit)
        told = telling.told_before(conn, received, offices.every(conn))
    return [_shown(delivery, message, told.facts) for message in received]


def _shown(delivery: Delivery, message: Received, told: Told) -> InboxSms:
    line = delivery.gateway.line
    facts = told[message.id] if message.of_vacancies else message.params(delivery.vault)
    text = delivery.render(message.template, facts, message.language, line)
    return InboxSms(message.id, line.sender or "", text, message.sent_at)

"""Forgets a number everywhere: who holds it now need not be who asked for things with it.

The one place that knows what hangs on a number alone. A table that gets a `phone_index` is named
here, either with what ends in it or with why it stays.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from sqlalchemy import Connection

from storage import (
    callback_requests,
    drafts,
    outbox_silencing,
    phone_changes,
    service_visits,
    sign_ups,
    sms_questions,
    tickets,
    vacancy_interests,
)

__all__ = ["ENDED", "KEPT", "TOLD_OF", "forget"]

Ends = Callable[[Connection, str, datetime], int]
"""(conn, phone_index, now) -> how many wishes of the number it ended."""


def _drafts(conn: Connection, phone_index: str, now: datetime) -> int:
    drafts.clear(conn, phone_index, now)
    return 0


def _questions(conn: Connection, phone_index: str, _now: datetime) -> int:
    sms_questions.forget(conn, phone_index)
    return 0


def _messages(conn: Connection, phone_index: str, now: datetime) -> int:
    outbox_silencing.silence(conn, phone_index=phone_index, now=now)
    return 0


ENDED: Final[Mapping[str, Ends]] = MappingProxyType(
    {
        "callback_requests": lambda conn, phone, _: callback_requests.forget_phone(conn, phone),
        "drafts": _drafts,
        "messages": _messages,
        "phone_changes": phone_changes.stop_to,
        "service_visits": lambda conn, phone, _: service_visits.forget_phone(conn, phone),
        "sign_ups": lambda conn, phone, _: sign_ups.forget_phone(conn, phone),
        "sms_questions": _questions,
        "tickets": lambda conn, phone, _: tickets.forget_phone(conn, phone),
        "vacancy_interests": lambda conn, phone, _: vacancy_interests.forget_phone(conn, phone),
    }
)
"""What ends for a number, by table."""

KEPT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "alerts": "which vacancy a number heard of: none twice; who waits is asked for consent",
        "cadres": "a cadre's own number, which the desk enrolled and ends",
        "callers": "the language of whoever holds the number; he chooses it again",
        "card_requests": "the card stays its person's; `services.cards.numbers` takes the number",
        "delivery_reports": "what became of an SMS; goes after days",
        "incoming_messages": "what the number itself wrote, for an officer to read",
        "optouts": "a STOP outlives all else",
        "phone_calls": "how far a call came; without it nobody knows that a number fell silent",
    }
)
"""The other tables that know a number, and why they go on."""

TOLD_OF: Final = frozenset({"callback_requests", "messages", "sms_questions", "tickets"})
"""What its own holder still hears of when he asks for deletion: his tickets are answered."""


def forget(
    conn: Connection, phone_index: str, now: datetime, keep: Collection[str] = frozenset()
) -> int:
    """End all that hangs on a number, save in the tables to `keep`; how many wishes it had."""
    ended = (ends for table, ends in ENDED.items() if table not in keep)
    return sum(ends(conn, phone_index, now) for ends in ended)

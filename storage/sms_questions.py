"""What a number was last asked by SMS: a lone digit that comes in answers that, and nothing else.

One question a number: who is asked two things at once cannot answer "1".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.postgresql import insert

from storage import rows
from storage.tables import sms_questions

__all__ = ["GOOD_FOR", "Question", "ask", "drop_before", "forget", "standing"]

GOOD_FOR: Final = timedelta(days=7)
"""Nobody remembers for longer what a digit was to mean."""

_of = sms_questions.c


@dataclass(frozen=True, slots=True)
class Question:
    """Who hears the answer (`about`), and what the digits 1, 2, 3 ... stand for, in order."""

    about: str
    refs: tuple[str, ...]
    asked_at: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "refs", tuple(self.refs))


def ask(conn: Connection, phone_index: str, about: str, refs: Sequence[str], now: datetime) -> None:
    """Write down that a number is asked something; an earlier question is forgotten."""
    row = {"about": about, "refs": list(refs), "asked_at": now}
    asked = insert(sms_questions).values(phone_index=phone_index, **row)
    conn.execute(asked.on_conflict_do_update(index_elements=["phone_index"], set_=row))


def standing(conn: Connection, phone_index: str, now: datetime) -> Question | None:
    """Return what a number was last asked, unless that is too long ago."""
    query = select(_of.about, _of.refs, _of.asked_at)
    young = (_of.phone_index == phone_index, _of.asked_at > now - GOOD_FOR)
    return rows.one(conn, query.where(*young), Question)


def forget(conn: Connection, phone_index: str) -> None:
    """Let a digit of this number mean nothing any more."""
    conn.execute(delete(sms_questions).where(_of.phone_index == phone_index))


def drop_before(conn: Connection, before: datetime) -> int:
    """Delete questions that were asked before a moment; return how many."""
    return conn.execute(delete(sms_questions).where(_of.asked_at < before)).rowcount

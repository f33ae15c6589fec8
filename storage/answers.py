"""An office's own words for answers: what it changed of the shipped ones, what it added, what not.

A row for each answer and language; an answer without rows is said as shipped.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.postgresql import insert

from storage import rows
from storage.tables import answers

__all__ = ["Answer", "add", "change", "get", "of_office"]

_of = answers.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer in one language. `asked` are ways to ask, a line each; `hidden`: not told."""

    office: str
    key: str
    language: str
    title: str
    text: str
    asked: str
    hidden: bool
    version: int
    updated_at: datetime


def of_office(conn: Connection, office: str) -> list[Answer]:
    """Return what an office says in its own words, by key."""
    query = select(answers).where(_of.office == office)
    return rows.every(conn, query.order_by(_of.key, _of.language), Answer)


def get(conn: Connection, office: str, key: str, language: str) -> Answer | None:
    """Return the office's own words for an answer; None when it has none."""
    query = select(answers).where(_of.office == office, _of.key == key, _of.language == language)
    return rows.one(conn, query, Answer)


def add(conn: Connection, answer: Answer) -> bool:
    """Insert an answer as version 1; False when somebody was first."""
    row = insert(answers).values(asdict(replace(answer, version=1)))
    return conn.execute(row.on_conflict_do_nothing().returning(_of.key)).first() is not None


def change(conn: Connection, answer: Answer) -> bool:
    """Change an answer that still is at its version, which grows by one; False: it is not."""
    as_seen = (
        _of.office == answer.office,
        _of.key == answer.key,
        _of.language == answer.language,
        _of.version == answer.version,
    )
    changed = asdict(replace(answer, version=answer.version + 1))
    return conn.execute(update(answers).where(*as_seen).values(changed)).rowcount == 1

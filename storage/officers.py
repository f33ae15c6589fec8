"""Officers of the offices: who they are, whose they are, and the hash of their password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from storage import rows
from storage.tables import officers

_of = officers.c
_SHOWN = (_of.id, _of.office, _of.email, _of.name, _of.role, _of.language, _of.active)


@dataclass(frozen=True, slots=True)
class Officer:
    """One officer. `role` is officer, head or admin; an inactive one gets in nowhere."""

    id: str
    office: str
    email: str
    name: str
    role: str
    language: str
    active: bool


def add(conn: Connection, officer: Officer, password_hash: str, now: datetime) -> None:
    """Insert an officer; IntegrityError (`uq_officers_email`) when the e-mail is taken."""
    values = {column.name: getattr(officer, column.name) for column in _SHOWN}
    conn.execute(insert(officers).values(**values, password_hash=password_hash, created_at=now))


def get(conn: Connection, officer_id: str) -> Officer | None:
    """Return one officer, active or not."""
    return rows.one(conn, select(*_SHOWN).where(_of.id == officer_id), Officer)


def by_email(conn: Connection, email: str) -> Officer | None:
    """Return the officer with an e-mail address, folded to lower case."""
    return rows.one(conn, select(*_SHOWN).where(_of.email == email), Officer)


def of_office(conn: Connection, office: str) -> list[Officer]:
    """Return all officers of an office, by name."""
    query = select(*_SHOWN).where(_of.office == office).order_by(_of.name, _of.id)
    return rows.every(conn, query, Officer)


def password_hash(conn: Connection, officer_id: str) -> str | None:
    """Return the hash of an officer's password."""
    return conn.execute(select(_of.password_hash).where(_of.id == officer_id)).scalar()


def count(conn: Connection) -> int:
    """Count all officers: none means that nobody can sign in yet."""
    return conn.execute(select(func.count()).select_from(officers)).scalar_one()


def set_password(conn: Connection, officer_id: str, hashed: str) -> None:
    """Replace the hash of an officer's password."""
    conn.execute(update(officers).where(_of.id == officer_id).values(password_hash=hashed))


def set_active(conn: Connection, officer_id: str, *, active: bool) -> None:
    """Let an officer in, or keep him out."""
    conn.execute(update(officers).where(_of.id == officer_id).values(active=active))


def set_language(conn: Connection, officer_id: str, language: str) -> None:
    """Change the language of an officer's pages."""
    conn.execute(update(officers).where(_of.id == officer_id).values(language=language))

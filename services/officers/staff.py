"""Letting officers in and keeping them out. Passwords are generated and shown once.

`by` is the officer who does it; None stands for the command line of the machine itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import uuid4

from sqlalchemy import Connection

from services.officers import passwords
from services.officers.rights import Role, may_manage
from services.officers.signing_in import fold_email, is_email
from storage import audit, locks, officer_sessions, officers, offices
from storage.officers import Officer


@dataclass(frozen=True, slots=True)
class Added:
    """An officer and his new password, which stands nowhere else."""

    officer: Officer
    password: str


class Refusal(StrEnum):
    """Why nothing was done."""

    EMAIL = "email"
    """It is no e-mail address."""
    TAKEN = "taken"
    """Somebody has this e-mail address already."""
    NAME = "name"
    """There is no name, or not one of letters that can be shown."""
    OFFICE = "office"
    """There is no such office."""
    UNKNOWN = "unknown"
    """There is no such officer."""
    RIGHT = "right"
    """Whoever asked may not do that."""
    SELF = "self"
    """Nobody keeps himself out: the desk would be left without its last admin."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was done."""

    why: Refusal


def add(  # noqa: PLR0913 - who, where, as what, by whom
    conn: Connection,
    *,
    office: str,
    email: str,
    name: str,
    role: Role,
    by: Officer | None,
    now: datetime,
    password: str | None = None,
) -> Added | Refused:
    """Let an officer in, with a generated password unless the installer's settings give one."""
    officer = Officer(str(uuid4()), office, fold_email(email), name.strip(), role, "id", True)
    if (why := _flaw(conn, officer, by)) is not None:
        return Refused(why)
    secret = password or passwords.generate()
    officers.add(conn, officer, passwords.hashed(secret.strip()), now)
    _write_down(conn, "officer_added", officer, by, now)
    return Added(officer, secret)


def reset(conn: Connection, email: str, *, by: Officer | None, now: datetime) -> Added | Refused:
    """Give an officer a new password and end all his sessions."""
    officer = officers.by_email(conn, fold_email(email))
    if (refused := _refused(officer, by)) or officer is None:
        return refused or Refused(Refusal.UNKNOWN)
    secret = passwords.generate()
    officers.set_password(conn, officer.id, passwords.hashed(secret))
    officer_sessions.end_all(conn, officer.id)
    _write_down(conn, "password_reset", officer, by, now)
    return Added(officer, secret)


def disable(
    conn: Connection, officer_id: str, *, by: Officer | None, now: datetime
) -> Officer | Refused:
    """Keep an officer out from now on, also where he is signed in."""
    if by is not None and by.id == officer_id:
        return Refused(Refusal.SELF)
    done = _set_active(conn, officer_id, by, now, active=False)
    if isinstance(done, Officer):
        officer_sessions.end_all(conn, officer_id)
    return done


def enable(
    conn: Connection, officer_id: str, *, by: Officer | None, now: datetime
) -> Officer | Refused:
    """Let an officer in again, with the password he had."""
    return _set_active(conn, officer_id, by, now, active=True)


def first(
    conn: Connection, *, office: str, email: str, password: str | None, now: datetime
) -> Added | Refused | None:
    """Let the first admin in when there is no officer at all; None when there is one.

    Two processes that start at once make one admin.
    """
    locks.hold(conn, "first_officer")
    if officers.count(conn):
        return None
    return add(
        conn,
        office=office,
        email=email,
        name="Admin",
        role=Role.ADMIN,
        by=None,
        now=now,
        password=password,
    )


def of_office(conn: Connection, by: Officer) -> list[Officer]:
    """Return the officers of the asker's office, by name."""
    return officers.of_office(conn, by.office)


def _flaw(conn: Connection, officer: Officer, by: Officer | None) -> Refusal | None:
    if by is not None and not may_manage(by, officer.office, Role(officer.role)):
        return Refusal.RIGHT
    if not is_email(officer.email):
        return Refusal.EMAIL
    if not officer.name or not officer.name.isprintable():
        return Refusal.NAME
    if offices.get(conn, officer.office) is None:
        return Refusal.OFFICE
    locks.hold(conn, f"officer:{officer.email}")
    return Refusal.TAKEN if officers.by_email(conn, officer.email) else None


def _refused(officer: Officer | None, by: Officer | None) -> Refused | None:
    """Say why `by` may not manage an officer; another office's officers are unknown to a head."""
    if officer is None:
        return Refused(Refusal.UNKNOWN)
    if by is None or may_manage(by, officer.office, Role(officer.role)):
        return None
    return Refused(Refusal.RIGHT if by.office == officer.office else Refusal.UNKNOWN)


def _set_active(
    conn: Connection, officer_id: str, by: Officer | None, now: datetime, *, active: bool
) -> Officer | Refused:
    officer = officers.get(conn, officer_id)
    if (refused := _refused(officer, by)) or officer is None:
        return refused or Refused(Refusal.UNKNOWN)
    officers.set_active(conn, officer.id, active=active)
    _write_down(conn, "officer_enabled" if active else "officer_disabled", officer, by, now)
    return replace(officer, active=active)


def _write_down(
    conn: Connection, action: str, officer: Officer, by: Officer | None, now: datetime
) -> None:
    audit.add(
        conn,
        now,
        action=action,
        office=officer.office,
        officer_id=by.id if by else None,
        details={"officer": officer.id, "role": officer.role},
    )

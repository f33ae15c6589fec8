"""Sign-in: the same work and the same answer for an unknown e-mail and for a wrong password.

Limits count before the password is looked at, so that parallel guesses do not slip through. They
count an e-mail from one address, and one address alone; not an e-mail alone, which would let a
stranger lock an officer out. Against guesses from many addresses stand the 99 random bits.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from services.officers import passwords
from storage import attempts, audit, locks, officers
from storage.database import Database
from storage.officers import Officer
from storage.vault import Vault

_LOG: Final = logging.getLogger(__name__)
SPAN: Final = timedelta(minutes=15)
TRIES_OF_ONE: Final = 5
TRIES_OF_ADDRESS: Final = 50  # a whole office may sit behind one address
_ONE: Final = "sign_in_of_one"
_ADDRESS: Final = "sign_in_of_address"
# Printable ASCII: PostgreSQL takes no NUL, and no other script is a mailbox at an office here.
_EMAIL: Final = re.compile(r"[!-?A-~]{1,64}@[!-?A-~]{1,190}")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The pair was right."""

    officer: Officer


@dataclass(frozen=True, slots=True)
class Wrong:
    """The pair was not right, whatever was wrong with it."""


@dataclass(frozen=True, slots=True)
class TooMany:
    """Too many tries; nothing was looked at. Trying again makes sense after `wait`."""

    wait: timedelta = SPAN


@dataclass(frozen=True, slots=True)
class _Tried:
    officer: Officer | None
    known: str | None


def sign_in(  # noqa: PLR0913 - the pair, whence, when
    database: Database, vault: Vault, *, email: str, password: str, address: str, now: datetime
) -> SignedIn | Wrong | TooMany:
    """Check one pair typed at `address` (the client's IP). Holds no connection while hashing."""
    folded = fold_email(email)
    folded = folded if is_email(folded) else ""
    of_one = vault.index("sign_in", f"{folded} {address}")
    with database.begin() as conn:
        tried = _counted(conn, of_one, vault.index("address", address), folded, now)
    if tried is None:
        return TooMany()
    right = passwords.matches(tried.known, password)
    officer = tried.officer if right and tried.officer and tried.officer.active else None
    with database.begin() as conn:
        _write_down(conn, tried.officer, now, right=officer is not None)
        if officer is not None:
            attempts.clear(conn, _ONE, of_one)
            _renew(conn, officer, tried.known, password)
    return SignedIn(officer) if officer else Wrong()


def fold_email(email: str) -> str:
    """Return an e-mail address as it is kept: trimmed, in lower case."""
    return email.strip().lower()


def is_email(folded: str) -> bool:
    """Tell whether a folded text can be an e-mail address."""
    return _EMAIL.fullmatch(folded) is not None


def _counted(
    conn: Connection, of_one: str, of_address: str, email: str, now: datetime
) -> _Tried | None:
    """Count the try and fetch what it is judged by; None when there were too many."""
    limits = ((_ONE, of_one, TRIES_OF_ONE), (_ADDRESS, of_address, TRIES_OF_ADDRESS))
    for kind, key, most in sorted(limits):
        locks.hold(conn, f"{kind}:{key}")
        if attempts.count(conn, kind, key, now - SPAN) >= most:
            _LOG.warning(
                "sign_in_limited"
            )  # a log line: the audit is not to be filled by strangers
            return None
    for kind, key, _ in limits:
        attempts.add(conn, kind, key, now)
    officer = officers.by_email(conn, email)
    known = officers.password_hash(conn, officer.id) if officer else None
    return _Tried(officer, known)


def _write_down(conn: Connection, officer: Officer | None, now: datetime, *, right: bool) -> None:
    audit.add(
        conn,
        now,
        action="signed_in" if right else "sign_in_refused",
        office=officer.office if officer else None,
        officer_id=officer.id if officer else None,
    )


def _renew(conn: Connection, officer: Officer, known: str | None, password: str) -> None:
    if known is not None and passwords.is_dated(known):
        officers.set_password(conn, officer.id, passwords.hashed(password.strip()))

"""An officer at work, and what may come of a move."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from domain.card import State
from storage.officers import Officer
from storage.vault import Vault


@dataclass(frozen=True, slots=True)
class Desk:
    """An officer at work: in one transaction, at one moment (UTC)."""

    conn: Connection
    vault: Vault
    officer: Officer
    now: datetime


@dataclass(frozen=True, slots=True)
class Moved:
    """It is done; ``sms`` tells that the applicant will hear of it, when it is final.

    ``sequence`` is the running number that a card took.
    """

    state: State
    version: int
    sms: bool = False
    sequence: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class AlreadyHandled:
    """Somebody was first: ``by`` whom, ``what`` as the audit calls it (``came``), and when.

    ``by`` is ``None`` when it was the applicant himself or the service.
    """

    by: str | None
    what: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NotAllowed:
    """The request stands where there is no such move."""

    state: State


@dataclass(frozen=True, slots=True)
class Contested:
    """Another request has the same NIK: an officer must settle first whose it is."""

    rival: str


@dataclass(frozen=True, slots=True)
class Taken:
    """The hour has no room left, or is not offered."""


@dataclass(frozen=True, slots=True)
class BadNumber:
    """No card number as this office makes them: none typed, one too many, or other signs."""


@dataclass(frozen=True, slots=True)
class NumberTaken:
    """Another card has this number."""

    number: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """There is no such request in this officer's office."""


@dataclass(frozen=True, slots=True)
class Undone:
    """The move was taken back; ``sms`` tells that something waits to be sent again."""

    state: State
    version: int
    sms: bool = False


@dataclass(frozen=True, slots=True)
class TooLate:
    """The ten seconds are over, or the SMS has ``left``."""

    left: bool = False


@dataclass(frozen=True, slots=True)
class NotYours:
    """Only who made a move takes it back: ``by`` made it."""

    by: str


@dataclass(frozen=True, slots=True)
class NumberFollowed:
    """Another card has the next running number: taking this one back would leave a gap."""


Refusal = AlreadyHandled | NotAllowed | Contested | Taken | BadNumber | NumberTaken | Unknown
Outcome = Moved | Refusal
Undoing = (
    Undone | TooLate | NotYours | NumberFollowed | Contested | Taken | AlreadyHandled | Unknown
)

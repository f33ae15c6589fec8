"""The officers' side: who waits for a call, his number behind a click, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Connection

from domain.callbacks import OPEN, State
from services.callbacks import whose
from storage import audit, callback_requests, places
from storage.callback_requests import Callback
from storage.card_requests import CardRequest
from storage.officers import Officer
from storage.vault import Unsealable, Vault

_HIDDEN = "..."


class Deed(StrEnum):
    """What an officer says: I am ringing; no answer; we have spoken; nothing more to do."""

    CALL = "call"
    MISSED = "missed"
    REACHED = "reached"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Done:
    """It stands as the officer said; ``number`` only where he rings now (E.164)."""

    callback: Callback
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Handled:
    """Somebody was first: ``callback`` is how it stands now."""

    callback: Callback


@dataclass(frozen=True, slots=True)
class Waiting:
    """One who waits, with the end of his number: enough to tell two rows apart.

    ``card`` is what his phone has here by now, where he is looked at alone.
    """

    callback: Callback
    last4: str
    card: CardRequest | None = None


def waiting(conn: Connection, vault: Vault, office: str, limit: int) -> tuple[Waiting, ...]:
    """Return who waits for a call of an office, the oldest promise first."""
    found = callback_requests.waiting(conn, office, limit)
    return tuple(Waiting(one, _number(vault, one)[-4:]) for one in found)


def count(conn: Connection, office: str) -> int:
    """Count who waits for a call of an office."""
    return callback_requests.count_waiting(conn, office)


def find(conn: Connection, vault: Vault, officer: Officer, callback_id: UUID) -> Waiting | None:
    """Return one wish of the officer's own office, waiting or ended."""
    found = callback_requests.get(conn, str(callback_id), officer.office)
    if found is None:
        return None
    card = whose.card_of(conn, found.phone_index, found.office)
    return Waiting(found, _number(vault, found)[-4:], card)


@dataclass(frozen=True, slots=True)
class Desk:
    """Who acts, with what and when (UTC)."""

    conn: Connection
    vault: Vault
    officer: Officer
    now: datetime


def do(desk: Desk, callback_id: UUID, version: int, deed: Deed) -> Done | Handled | None:
    """Do what an officer says on the page that showed ``version``, and write it down.

    None for a wish of no office of his.  Whoever presses twice is told that it is done; whoever
    pressed on a stale page, how it stands.
    """
    found = callback_requests.get(desk.conn, str(callback_id), desk.officer.office)
    if found is None:
        return None
    values = {**_values(found, deed), "officer_id": desk.officer.id}
    fresh = found.state in OPEN and found.version == version
    if not fresh and not _same(found, values):
        return Handled(found)
    if fresh and not callback_requests.change(desk.conn, found.id, version, values, desk.now):
        return Handled(_now(desk, found))
    if fresh or deed is Deed.CALL:
        _note(desk, found, deed)
    number = _number(desk.vault, found) if deed is Deed.CALL else None
    return Done(_now(desk, found), number)


def _note(desk: Desk, found: Callback, deed: Deed) -> None:
    """Write it down; whoever rings sees the number, as often as he asks, and each time counts."""
    audit.add(
        desk.conn,
        desk.now,
        action=f"callback.{deed}",
        office=found.office,
        officer_id=desk.officer.id,
        request_id=found.request_id,
        details={"callback": found.id},
    )


def _now(desk: Desk, found: Callback) -> Callback:
    return callback_requests.get(desk.conn, found.id, found.office) or found


def _values(found: Callback, deed: Deed) -> Mapping[str, object]:
    match deed:
        case Deed.CALL:
            return {"state": State.CALLED}
        case Deed.MISSED:
            return {"state": State.ASKED, "tries": found.tries + 1}
        case Deed.REACHED:
            return {"state": State.REACHED}
        case Deed.CLOSE:
            return {"state": State.CLOSED}


def _same(found: Callback, values: Mapping[str, object]) -> bool:
    """Tell whether it stands as this officer himself put it: a second press of one button."""
    return found.officer_id == values["officer_id"] and found.state is values["state"]


def _number(vault: Vault, found: Callback) -> str:
    """Return the number; dots when its key is lost: the desk's work goes on."""
    try:
        return vault.open(found.phone_sealed, where=places.callback_phone(found.id))
    except Unsealable:
        return _HIDDEN

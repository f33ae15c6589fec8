"""The dialogue: the shell round the pure engine. Every turn is answered with a screen.

A hop without a call asks no database, and Redis once: it steps from what this process saved last,
and is saved only if that still stands. Else Redis is read first. Redis may vanish: then the history
is heard again, calls answering what they answered before.
"""

from __future__ import annotations

import re
import secrets
import traceback
from pathlib import Path
from typing import Final

import structlog

from domain import msisdn
from menus.events import Screen
from menus.session import Session
from services.dialogue.calls import LostRace
from services.dialogue.hop import Attempt
from services.dialogue.keeping import Standing
from services.dialogue.parts import DialogueParts
from services.dialogue.record import OtherPhone, Record
from services.dialogue.turn import Turn, news, one_more
from storage.database import ConnectionLost, DatabaseDown
from storage.seen import NOTHING
from storage.sessions import SessionsDown

__all__ = ["Dialogue", "DialogueParts", "Turn"]

_log = structlog.get_logger(__name__)

# Seconds before each try of a hop that others race for: 2.5 in all, for a winner may wait for a
# lock in PostgreSQL, and a gateway waits 10 for us.
_TRIES: Final = (0.0, 0.005, 0.01, 0.02, 0.04, 0.08, 0.15, 0.2, 0.4, 0.6, 1.0)
# What libphonenumber would write the same; to ask it costs more than the rest of a hop.
_PLAIN: Final = re.compile(r"\+62[1-9][0-9]{7,11}")
_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # no digits: a reference is no code to come with


class Dialogue:
    """Answers callers, turn by turn. One object serves all threads of a process."""

    def __init__(self, house: DialogueParts) -> None:
        self._house = house

    def hear(self, turn: Turn) -> Screen:
        """Answer a turn; when anything fails, with an apology that ends the session."""
        try:
            return self._answer(turn)
        except OtherPhone:
            return self._apologise(turn, "session belongs to another phone")
        except DatabaseDown as error:
            return self._apologise(turn, "hop failed", error=str(error))
        except Exception as error:  # noqa: BLE001 - a caller is never left with a dead line
            return self._apologise(turn, "hop failed", error=type(error).__name__, at=_way(error))

    def where(self, gateway: str, session_id: str, phone: str) -> Session | None:
        """Return where this phone's session stands; None when Redis does not know of one.

        Raises SessionsDown.
        """
        key, index = self._keys(Turn(gateway, session_id, phone, "", ""))
        stored, _ = self._house.sessions.load(key, index)
        try:
            record = Record.opened(stored, self._house.vault, index)
        except OtherPhone:
            return None
        return record.session if record else None

    def last(self, gateway: str, session_id: str, phone_index: str) -> Record | None:
        """Return what is last known of a session, of a phone by its index; None when nothing is."""
        key = self._house.vault.index("session", f"{gateway}/{session_id}")
        try:
            stored, _ = self._house.sessions.load(key, phone_index)
            return Record.opened(stored, self._house.vault, phone_index)
        except (SessionsDown, OtherPhone):
            return None

    def _answer(self, turn: Turn) -> Screen:
        for seconds in _TRIES:
            if seconds:
                self._house.pause(seconds)
            try:
                return self._attempt(turn)
            except LostRace:
                continue
        return self._last_screen(turn)

    def _attempt(self, turn: Turn) -> Screen:
        try:
            return self._once(turn)
        except ConnectionLost:
            return self._once(turn)  # a call that did come through answers as it did

    def _once(self, turn: Turn) -> Screen:
        key, phone = self._keys(turn)
        return self._from_memory(turn, key, phone) or self._from_redis(turn, key, phone)

    def _from_memory(self, turn: Turn, key: str, phone: str) -> Screen | None:
        """Take one answer more to the session as this process saved it last.

        None when that cannot be told without Redis, or when somebody else has saved it since.
        """
        seen = self._house.sessions.recall(key)
        record = Record.opened(seen, self._house.vault, phone)
        if record is None or not one_more(record.heard, turn.history):
            return None
        standing = Standing(key, phone, seen, resume=None, up=True)
        try:
            return Attempt(self._house, turn, standing).go_on(record)
        except LostRace:
            return None

    def _from_redis(self, turn: Turn, key: str, phone: str) -> Screen:
        standing = self._standing(key, phone)
        record = Record.opened(standing.session, self._house.vault, phone)
        if record is None:
            return Attempt(self._house, turn, standing).begin()
        if record.screen.ends or news(record.heard, turn.history) is None:
            return record.screen
        return Attempt(self._house, turn, standing).go_on(record)

    def _last_screen(self, turn: Turn) -> Screen:
        """Return what stands on record after a race without a winner in sight."""
        standing = self._standing(*self._keys(turn))
        record = Record.opened(standing.session, self._house.vault, standing.phone)
        if record is None:
            raise LostRace
        return record.screen

    def _standing(self, key: str, phone: str) -> Standing:
        try:
            session, resume = self._house.sessions.load(key, phone)
        except SessionsDown:
            return Standing(key, phone, NOTHING, NOTHING, up=False)
        return Standing(key, phone, session, resume, up=True)

    def _keys(self, turn: Turn) -> tuple[str, str]:
        """Return the indexes of the session and of the phone, as the tables know it."""
        index = self._house.vault.index
        key = index("session", f"{turn.gateway}/{turn.session_id}")
        return key, index("phone", self._number(turn.phone))

    def _number(self, phone: str) -> str:
        if _PLAIN.fullmatch(phone):
            return phone
        number = msisdn.read(phone, self._house.regions)
        return number.e164 if number else phone

    def _apologise(self, turn: Turn, what: str, **more: str) -> Screen:
        """Return the last screen of a call that failed; its reference stands in the log."""
        reference = "".join(secrets.choice(_LETTERS) for _ in range(6))
        _log.error(what, reference=reference, gateway=turn.gateway, **more)
        return self._house.engines.newest().apologise(reference, self._language(turn))

    def _language(self, turn: Turn) -> str:
        try:
            session = self.where(turn.gateway, turn.session_id, turn.phone)
        except SessionsDown:
            session = None
        return session.language if session else "id"


def _way(error: Exception) -> str:
    """Return where an error came from, innermost last; its message may tell of people."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    return " > ".join(f"{_place(frame.filename)}:{frame.lineno}" for frame in frames)


def _place(filename: str) -> str:
    """Name a module within its room: half a dozen are called `calls.py`."""
    return "/".join(Path(filename).parts[-2:])

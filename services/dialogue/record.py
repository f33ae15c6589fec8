"""What is kept of a session between two hops, sealed for the phone that dialled it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final, Self

import msgspec
from msgspec import Struct

from menus.events import Screen
from menus.session import Session
from storage.seen import Stored
from storage.vault import Unsealable, Vault

_Told = tuple[str, str, int, int]
_written: Final = msgspec.json.Encoder().encode
_read: Final = msgspec.json.Decoder(_Told).decode
_TAG: Final = 16  # hex digits of the phone's index: enough to tell two callers apart


class OtherPhone(Exception):  # noqa: N818 - said as a fact about the session
    """The session belongs to another phone number."""


class Record(Struct, frozen=True):
    """All that was heard of a session, the screen it was last shown, and where it stands."""

    heard: str
    screen: Screen
    session: Session
    at: datetime

    def sealed(self, vault: Vault, phone: str) -> str:
        """Return the record as it lies in Redis; `phone` is the index of the caller's number."""
        head = (self.heard, self.screen.text, int(self.screen.ends), int(self.at.timestamp() * 1e6))
        text = f"{_written(head).decode()}\n{self.session.to_json()}"
        return phone[:_TAG] + vault.seal(text, where=_where(phone))

    @classmethod
    def opened(cls, stored: Stored, vault: Vault, phone: str) -> Self | None:
        """Read what lies in Redis; None when there is nothing, or nothing that can be read.

        Raises `OtherPhone` when another number dialled it.
        """
        if stored.blob is None:
            return None
        if not stored.blob.startswith(phone[:_TAG]):
            raise OtherPhone
        try:
            text = vault.open(stored.blob[_TAG:], where=_where(phone))
            told, _, session = text.partition("\n")
            heard, words, ends, at = _read(told)
            return cls(heard, Screen(words, bool(ends)), Session.from_json(session), _moment(at))
        except (Unsealable, ValueError, TypeError):
            return None


def tag(phone: str) -> str:
    """Return what tells this phone from another wherever only that is needed."""
    return phone[:_TAG]


def _moment(microseconds: int) -> datetime:
    return datetime.fromtimestamp(microseconds / 1e6, UTC)


def _where(phone: str) -> str:
    return f"session:{phone}"

"""What happened in a hop, packed for the stream that the funnel is counted from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

import msgspec

from domain import calendar
from menus.definition import StateId, flow_of
from menus.events import Effect, Entered
from menus.session import Session
from storage.funnel import Met
from storage.vault import Vault

_WHERE: Final = "effects"
_BOOKED: Final = "visit.thanks"
_EVENTS: Final = {"+": "entered", "-": "refused", "!": "booked"}
_read: Final = msgspec.json.Decoder(tuple[int, str, str, list[str]]).decode
_ZONE: Final = "WIB"  # one day for the whole funnel, as most offices count it


def seal(
    vault: Vault, session: Session, effects: Sequence[Effect], now: datetime, poster: Sequence[str]
) -> str:
    """Return the hop's effects sealed, and what `of_poster` told; "" when there were none."""
    if not effects:
        return ""
    told = [f"{'+' if isinstance(effect, Entered) else '-'}{effect.state}" for effect in effects]
    told += poster
    office = session.known.get("office", "")
    packed = msgspec.json.encode((int(now.timestamp()), office, session.language, told))
    return vault.seal(packed.decode(), where=_WHERE)


def of_poster(number: str, effects: Sequence[Effect], *, first: bool) -> Sequence[str]:
    """Return what the poster led to in this hop: a call when it is the `first`, a visit booked."""
    if not number:
        return ()
    booked = any(isinstance(effect, Entered) and effect.state == _BOOKED for effect in effects)
    return [*([f"+poster.{number}"] if first else []), *([f"!poster.{number}"] if booked else [])]


def opened(vault: Vault, sealed: str) -> list[Met]:
    """Return what was met in one hop; raise `Unsealable` or ValueError for what is not ours."""
    at, office, language, told = _read(vault.open(sealed, where=_WHERE))
    day = calendar.local_day(datetime.fromtimestamp(at, UTC), _ZONE)
    return [Met(day, office, *_named(word), language) for word in told]


def _named(word: str) -> tuple[str, str, str]:
    """Return flow, state and event of a word like "+register.nik"."""
    flow = flow_of(StateId(word[1:]))
    return flow, word[len(flow) + 2 :], _EVENTS[word[0]]

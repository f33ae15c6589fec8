"""What stays of a hop: the session in Redis, and the draft here or there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from menus.replay import Heard
from menus.session import Session
from services.dialogue import drafts, effects
from services.dialogue.calls import Asking, Calls, LostRace
from services.dialogue.parts import DialogueParts
from services.dialogue.record import Record
from storage import drafts as rows
from storage import phone_calls
from storage.phone_calls import Reached
from storage.seen import Stored
from storage.sessions import Hop, Resume, SessionsDown
from storage.vault import Vault

if TYPE_CHECKING:
    from sqlalchemy import Connection

SESSION_SECONDS: Final = 300  # the network keeps one 180 s at most; a retry may come later
_DRAFT_SECONDS: Final = int(drafts.LIVES.total_seconds())
_HINT_SECONDS: Final = int(drafts.HINT_LIVES.total_seconds())


class Standing(Struct, frozen=True):
    """What was known when the hop began; `up` is False when Redis could not be asked.

    `key` and `phone` are the indexes of the session and of the caller's number; `resume` is what
    Redis keeps for that number, None while nobody looked.
    """

    key: str
    phone: str
    session: Stored
    resume: Stored | None
    up: bool


def keep_draft(conn: Connection, vault: Vault, asking: Asking, calls: Calls, heard: Heard) -> None:
    """Write the draft in the transaction of the calls, or clear it when a commit ended it.

    Whoever came to an END of ours was not cut off: the draft stays, but no SMS tells him of it.
    """
    if _unfinished(heard):
        number = calls.number if "born" in heard.session.known else None
        drafts.keep(conn, vault, asking.phone, heard.session, asking.now, number=number)
    elif calls.ended_draft:
        rows.clear(conn, asking.phone, asking.now)
    elif heard.session.saved:
        rows.told(conn, asking.phone, asking.now)


def note_call(conn: Connection, asking: Asking, heard: Heard) -> None:
    """Write down, in the transaction of the calls, how far this phone call has come."""
    session, turn = heard.session, asking.turn
    phone_calls.note(
        conn,
        Reached(
            gateway=turn.gateway,
            session_id=turn.session_id,
            phone_index=asking.phone,
            request_id=session.known.get("request") or None,
            language=session.language,
            state=str(session.at or ""),
            at=asking.now,
        ),
    )


def save(
    house: DialogueParts, standing: Standing, asking: Asking, calls: Calls, heard: Heard
) -> None:
    """Save the session; `LostRace` when another hop was first.

    Without Redis nothing is saved, nor after a history that came late: the longer one stands.
    """
    if asking.stale or not standing.up:
        return
    record = Record(asking.turn.history, heard.screen, heard.session, asking.now)
    told = () if asking.rebuilt else heard.effects  # what is heard again was counted before
    poster = effects.of_poster(asking.turn.poster, told, first=not asking.parts)
    resume = _resume(house, calls, heard)
    hints = resume is Resume.HINT
    hop = Hop(
        key=standing.key,
        phone=standing.phone,
        before=standing.session,
        blob=record.sealed(house.vault, standing.phone),
        effects=effects.seal(house.vault, heard.session, told, asking.now, poster),
        ttl=SESSION_SECONDS,
        keep=_HINT_SECONDS if hints else _DRAFT_SECONDS,
        marked_at=int(asking.now.timestamp() * 1000),
        resume=resume,
        hint=drafts.hint(house.vault, standing.phone, record) if hints else "",
        claim=asking.claim(house.vault),
        last=heard.screen.ends,
    )
    _saved(house, hop)


def _saved(house: DialogueParts, hop: Hop) -> None:
    try:
        first = house.sessions.save(hop)
    except SessionsDown:
        return  # the history says it all again
    if not first:
        raise LostRace


def _resume(house: DialogueParts, calls: Calls, heard: Heard) -> Resume:
    if _unfinished(heard):
        return Resume.DROP if calls.new else Resume.KEEP  # PostgreSQL has it already
    return Resume.DROP if calls.ended_draft else _hint(house, heard.session)


def _hint(house: DialogueParts, session: Session) -> Resume:
    """Say what becomes of the hint; one that this call began with stays until he has answered."""
    if house.engines.of(session.book).opens(session):
        return Resume.HINT
    waits = drafts.CUT in session.known and not session.saved
    return Resume.LEAVE if waits else Resume.FORGET


def _unfinished(heard: Heard) -> bool:
    """Say whether there is something to go on with; an END that saved nothing keeps the last."""
    return heard.session.saved and not heard.screen.ends

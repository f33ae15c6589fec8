"""One attempt at one hop: what is news is heard, calls are made, the session is saved."""

from __future__ import annotations

import logging
from typing import Final

from msgspec import structs

from menus.engine import Engine
from menus.events import Answered, Dialled, Screen
from menus.replay import Due, Heard, Hearing, History, parts_of, replay
from menus.session import Session
from services.dialogue import drafts, keeping
from services.dialogue.calls import AFRESH, Asking, Calls, Doubtful, LostRace, Results, recorded
from services.dialogue.keeping import Standing
from services.dialogue.parts import DialogueParts
from services.dialogue.record import Record
from services.dialogue.turn import Turn, parts
from storage import session_calls
from storage.database import DatabaseDown
from storage.seen import NOTHING, Stored
from storage.sessions import SessionsDown

_CLAIM_MILLISECONDS: Final = 10_000  # as long as a gateway waits for us
_log = logging.getLogger(__name__)


class Attempt:
    """Answers one turn for which there is no screen on record."""

    def __init__(self, house: DialogueParts, turn: Turn, standing: Standing) -> None:
        self._house = house
        self._turn = turn
        self._standing = standing
        self._asking = Asking(
            turn, standing.phone, house.engines.current, parts_of(turn.history), house.clock()
        )

    def go_on(self, record: Record) -> Screen:
        """Take what is news as the answer to the screen on record."""
        engine = self._house.engines.of(record.session.book)
        book, cut = engine.book.version, drafts.CUT in record.session.known
        if cut or book != self._asking.book:
            self._asking = structs.replace(self._asking, book=book, cut=cut)
        if engine.asks(record.session) and (results := self._ahead(record)):
            return self._rebuild(results)
        history = History(self._asking.parts, heard=parts(record.heard), live=True)
        return self._finish(engine, record.session, history)

    def _ahead(self, record: Record) -> Results:
        """Return the calls of a session that went on while Redis was away, else nothing.

        Only a star can tell: two answers since the record look like one that was typed with it.
        """
        heard = parts(record.heard)
        if len(self._asking.parts) == heard + 1:
            return {}
        try:
            with self._house.database.begin() as conn:
                results = recorded(conn, self._house, self._asking.turn)
        except DatabaseDown:
            return {}
        return results if any(at > heard for at, _ in results) else {}

    def begin(self) -> Screen:
        """Answer a session of which Redis knows nothing: dialled just now, deep, or lost."""
        if not self._asking.parts:
            return self._dial()
        with self._house.database.begin() as conn:
            results = recorded(conn, self._house, self._turn)
        return self._rebuild(results) if results else self._dial()

    @property
    def _newest(self) -> Engine:
        return self._house.engines.newest()

    def _dial(self) -> Screen:
        parts, phone = self._asking.parts, self._standing.phone
        cut = drafts.was_cut(self._house.vault, phone, self._left(), self._asking.now)
        self._asking = structs.replace(self._asking, deep=bool(parts), cut=cut)
        history = History(parts, deep=True)
        return self._finish(self._newest, self._newest.start(), history)

    def _rebuild(self, results: Results) -> Screen:
        """Hear the whole history again, calls answering as they did; begin afresh in doubt."""
        spent = len(self._asking.parts)
        past = {at: made for at, made in results.items() if at[0] <= spent}
        begun = max((at for at, ordinal in past if ordinal >= AFRESH), default=None)
        book = results[max(results)][1].book
        engine = self._house.engines.of(book)
        stale = len(past) < len(results)
        self._asking = structs.replace(
            self._asking, book=book, rebuilt=True, stale=stale, afresh_at=begun
        )
        ended = frozenset(at for at, _ in past if at)
        history = History(self._asking.parts, heard=begun or 0, ended_at=ended)
        try:
            return self._finish(engine, engine.start(), history, past)
        except Doubtful:
            return self._afresh(past)

    def _afresh(self, results: Results) -> Screen:
        """Dial anew in the middle of a session that cannot go on; the draft will be offered."""
        _log.warning("a session is begun afresh: what is known of it does not fit")
        spent, book = len(self._asking.parts), self._house.engines.current
        self._asking = structs.replace(self._asking, book=book, rebuilt=False, afresh_at=spent)
        history = History(self._asking.parts, heard=spent, live=True)
        return self._finish(self._newest, self._newest.start(), history, results)

    def _finish(
        self, engine: Engine, session: Session, history: History, results: Results | None = None
    ) -> Screen:
        calls = Calls(self._house, engine.vocabulary.calls, self._asking, results or {})
        heard = self._hear(replay(engine, session, history, Dialled()), calls)
        keeping.save(self._house, self._standing, self._asking, calls, heard)
        return heard.screen

    def _hear(self, hearing: Hearing, calls: Calls, answered: Answered | None = None) -> Heard:
        """Run the hearing to its end; only a call that is not at hand opens a transaction.

        `answered` is for what is due already. Where the database answers nothing, what was begun
        in it is gone, and a call that is not worth an end is answered without it.
        """
        due = _resumed(hearing, answered)
        while isinstance(due, Due) and (answered := calls.at_hand(due) or self._glance(due, calls)):
            due = _resumed(hearing, answered)
        if not isinstance(due, Due):
            calls.settle(due)
            return due
        self._reserve()
        try:
            heard = self._perform(hearing, due, calls)
        except DatabaseDown as failure:
            if calls.new:
                raise
            return self._hear(hearing, calls, calls.without_database(due, failure))
        self._house.failpoint("web.committed")
        _wake(calls)
        return heard

    def _glance(self, due: Due, calls: Calls) -> Answered | None:
        """Answer what only reads at once, unless Redis holds what is to be written down before."""
        return calls.glance(due) if self._left().blob is None else None

    def _left(self) -> Stored:
        """Return what Redis keeps for the phone, read when it is wanted.

        `LostRace` where the session went on elsewhere since it was seen.
        """
        if self._standing.resume is None:
            self._standing = structs.replace(self._standing, resume=self._read_left())
        return self._standing.resume or NOTHING

    def _read_left(self) -> Stored:
        standing = self._standing
        try:
            session, left = self._house.sessions.load(standing.key, standing.phone)
        except SessionsDown:
            return NOTHING
        if session != standing.session:
            raise LostRace
        return left

    def _perform(self, hearing: Hearing, first: Due, calls: Calls) -> Heard:
        due: Due | Heard = first
        # What has answers to keep writes its own draft below, and that is newer.
        left = NOTHING if first.session.saved else self._left()
        with self._house.database.begin() as conn:
            drafts.catch_up(conn, self._house.vault, self._standing.phone, left)
            while isinstance(due, Due):
                due = _resumed(hearing, calls.at_hand(due) or calls.perform(conn, due))
            calls.settle(due)
            keeping.keep_draft(conn, self._house.vault, self._asking, calls, due)
            keeping.note_call(conn, self._asking, due)
            if not calls.committed:
                session_calls.need_not_wait(conn)
        return due

    def _reserve(self) -> None:
        """Claim this step before a call is made; this or a longer history may claim it again."""
        standing, claim = self._standing, self._asking.claim(self._house.vault)
        if not standing.up:
            return
        try:
            ours = self._house.sessions.claim(
                standing.key, standing.session, claim, _CLAIM_MILLISECONDS
            )
        except SessionsDown:
            return
        if not ours:
            raise LostRace


def _resumed(hearing: Hearing, answered: Answered | None = None) -> Due | Heard:
    """Let the hearing go on, with the answer to what was due; return what comes next."""
    try:
        return hearing.send(answered) if answered else next(hearing)
    except StopIteration as end:
        heard: Heard = end.value
        return heard


def _wake(calls: Calls) -> None:
    """Do what waits for the commit; the clock does it again if this fails."""
    for nudge in calls.after_commit:
        try:
            nudge()
        except Exception as error:  # noqa: BLE001 - what is committed must be told, whatever fails
            _log.warning("a nudge after the commit failed: %s", type(error).__name__)

"""Calls of one hop: each made once, in one transaction with the fact that it was made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final, cast

from msgspec import Struct

from domain import msisdn
from menus.definition import Call, StateId
from menus.events import Answered
from menus.replay import Due, Heard, Stepped
from menus.vocabulary import CallSpec
from services.context import CallContext, Caller
from services.dialogue import drafts
from services.dialogue.glances import Glance
from services.dialogue.parts import DialogueParts
from services.dialogue.record import OtherPhone, tag
from services.dialogue.results import Result
from services.dialogue.turn import Turn
from storage import places, session_calls
from storage.phone_calls import Reached
from storage.quick import Asks
from storage.session_calls import Made, Place
from storage.vault import Vault

if TYPE_CHECKING:
    from sqlalchemy import Connection

MOST: Final = 8  # new calls in one hop, so that a deep dial cannot run on
AFRESH: Final = 100  # ordinals of calls made after a session was begun again in its middle

Results = Mapping[tuple[int, int], tuple[str, Result]]
"""(position, ordinal) -> name and result of a call that was made."""


class LostRace(Exception):  # noqa: N818 - said as a fact: another answer was first
    """Another callback of this session made this step."""


class Doubtful(Exception):  # noqa: N818 - the same
    """What is recorded of the session does not fit this reading of its history."""


class TooManyCalls(Exception):  # noqa: N818 - the same
    """One hop led to more calls than any caller's answer needs."""


class Asking(Struct, frozen=True):
    """Who asks, when, and with which history.

    `deep`: dialled with a long code; `cut`: the call before was cut at a question with nothing
    saved; `rebuilt`: heard again from the start; `stale`: a longer history was heard before;
    `afresh_at`: where in the history the session was begun again.
    """

    turn: Turn
    phone: str
    book: str
    parts: tuple[str, ...]
    now: datetime
    deep: bool = False
    cut: bool = False
    rebuilt: bool = False
    stale: bool = False
    afresh_at: int | None = None

    def claim(self, vault: Vault) -> str:
        """Return what this step is claimed and saved with, by whoever hears this history."""
        return f"{len(self.parts):03}{vault.index('hop', self.turn.history)}"


class Calls:
    """Answers the calls of one hop: from what is recorded, or by performing them.

    Afterwards `new` tells how many the database answered, `committed` whether one wrote
    something for good, `ended_draft` whether it ended the draft too.
    """

    def __init__(
        self,
        house: DialogueParts,
        specs: Mapping[str, CallSpec],
        asking: Asking,
        recorded: Results,
    ) -> None:
        self._house = house
        self._specs = specs
        self._asking = asking
        self._recorded = recorded
        self._asked: set[tuple[int, int]] = set()
        self.new = 0
        self.committed = False
        self.after_commit: list[Callable[[], None]] = []
        self.ended_draft = False

    @property
    def number(self) -> str | None:
        """The number that calls, where it may register and so be told something by SMS."""
        caller = _caller(self._asking, self._house.regions)
        return caller.msisdn if caller.registrable else None

    def at_hand(self, due: Due) -> Answered | None:
        """Answer without the database: a pure call, or one that is recorded; else None.

        In a history that is heard again a call of the past must be recorded; otherwise the
        reading is wrong and `Doubtful` is raised.
        """
        if self._specs[due.perform.call].pure:
            return self._house.handlers[due.perform.call](self._context(None, due))
        place = self._place(due)
        at = (place.position, place.ordinal)
        self._asked.add(at)
        if made := self._recorded.get(at):
            return self._noted(due, self._same(due, *made, Doubtful))
        past = self._asking.stale or due.heard < len(self._asking.parts)
        if self._asking.rebuilt and past:
            return self.without_database(due, Doubtful())
        return None

    def without_database(self, due: Due, failure: Exception) -> Answered:
        """Answer a call that the database never heard of, where the menus know how to go on.

        Raises `failure` for any other call.
        """
        if outcome := self._specs[due.perform.call].otherwise:
            return Answered(outcome)
        raise failure

    def perform(self, conn: Connection, due: Due) -> Answered:
        """Perform a call in the hop's transaction, or return what it brought before.

        Raises `LostRace` where another answer led to another call.
        """
        if self.new == MOST:
            raise TooManyCalls
        place = self._place(due)
        if session_calls.claim(conn, place, due.perform.call, self._asking.now):
            answered = self._house.handlers[due.perform.call](self._context(conn, due))
            session_calls.complete(conn, place, self._sealed(place, due, answered))
        else:
            answered = self._before(conn, place, due)
        self.new += 1
        return self._noted(due, answered)

    def glance(self, due: Due) -> Answered | None:
        """Answer a call that only reads, without a transaction; None where it takes one.

        Of two at once one is written down, and both answer as that one.
        """
        call, place = due.perform.call, self._place(due)
        if not self._specs[call].quick or due.session.saved:
            return None
        answered = Glance(
            self._house.database,
            place,
            call,
            lambda asks: self._house.handlers[call](self._context(None, due, asks)),
            lambda answered: self._sealed(place, due, answered),
            lambda answered: self._reached(due, answered),
        ).take()
        if answered is None:
            with self._house.database.begin() as conn:
                answered = self._before(conn, place, due)
        return self._noted(due, answered)

    def _reached(self, due: Due, answered: Answered) -> Reached:
        """Say where this answer leads; what follows in the same hop without a call goes unsaid."""
        asking = self._asking
        state = self._house.engines.of(asking.book).book.states[due.session.at or StateId("")]
        leads = state.outcomes if isinstance(state, Call) else {}
        return Reached(
            gateway=asking.turn.gateway,
            session_id=asking.turn.session_id,
            phone_index=asking.phone,
            request_id=None,  # whom it is about, a call that follows knows
            language=answered.facts.get("language", due.session.language),
            state=leads.get(answered.outcome, ""),
            at=asking.now,
        )

    def settle(self, heard: Heard) -> None:
        """Raise `Doubtful` when a history heard again did not come by all that was recorded.

        A question asked again, because its answer has two readings, may come before calls that
        only told something; what was committed must not be done over.
        """
        asking = self._asking
        if not asking.rebuilt:
            return
        missed = [
            made
            for at, made in self._recorded.items()
            if at not in self._asked and at[0] >= (asking.afresh_at or 0)
        ]
        if missed and (isinstance(heard, Stepped) or any(map(self._commits, missed))):
            raise Doubtful

    def _commits(self, made: tuple[str, Result]) -> bool:
        call, result = made
        return result.answered.outcome in self._specs[call].commits

    def _before(self, conn: Connection, place: Place, due: Due) -> Answered:
        made = session_calls.made(conn, place)
        if made is None:
            raise LostRace
        return self._same(due, made.call, opened(self._house, place, made), LostRace)

    def _same(self, due: Due, call: str, result: Result, other: type[Exception]) -> Answered:
        if result.phone != tag(self._asking.phone):
            raise OtherPhone
        if call != due.perform.call or result.inputs != self._inputs(due):
            raise other
        return result.answered

    def _noted(self, due: Due, answered: Answered) -> Answered:
        """Note when a commit ended the draft: its own, or the one just thrown away."""
        call = due.perform.call
        self.committed |= answered.outcome in self._specs[call].lasting
        if answered.outcome in self._specs[call].commits:
            self.committed = True
            self.ended_draft |= due.session.saved or call.startswith("draft.")
        return answered

    def _sealed(self, place: Place, due: Due, answered: Answered) -> str:
        asking = self._asking
        result = Result(self._inputs(due), tag(asking.phone), asking.book, answered)
        return self._house.vault.seal(result.to_json(), where=_where(place))

    def _inputs(self, due: Due) -> str:
        return self._house.vault.index("history", "*".join(self._asking.parts[: due.heard]))

    def _place(self, due: Due) -> Place:
        turn, again = self._asking.turn, due.heard == self._asking.afresh_at
        ordinal = due.ordinal + (AFRESH if again else 0)
        return Place(turn.gateway, turn.session_id, due.heard, ordinal)

    def _context(self, conn: Connection | None, due: Due, quick: Asks | None = None) -> CallContext:
        asking, house = self._asking, self._house
        return CallContext(
            conn=cast("Connection", conn),  # a pure call has none and needs none
            vault=house.vault,
            caller=_caller(asking, house.regions),
            known=_known(asking, due),
            language=due.session.language,
            now=asking.now,
            offices=house.offices,
            tariff=house.tariff,
            gateway=asking.turn.gateway,
            session_id=asking.turn.session_id,
            screen=due.session.trail[-1] if due.session.trail else None,
            after_commit=self.after_commit,
            nudge=house.nudge,
            quick=quick,
            offered=house.engines.of(asking.book).languages,
        )


def recorded(conn: Connection, house: DialogueParts, turn: Turn) -> Results:
    """Return all calls that a session has made."""
    rows = session_calls.of_session(conn, turn.gateway, turn.session_id)
    return {
        at: (made.call, opened(house, Place(turn.gateway, turn.session_id, *at), made))
        for at, made in rows.items()
    }


def opened(house: DialogueParts, place: Place, made: Made) -> Result:
    """Open what a call brought."""
    return Result.from_json(house.vault.open(made.result_sealed, where=_where(place)))


def _where(place: Place) -> str:
    return places.call_result(place.gateway, place.session_id, place.position, place.ordinal)


def _known(asking: Asking, due: Due) -> Mapping[str, str]:
    """Return what the session knows, and what only the shell can tell of how it was dialled."""
    dialled = {"dialled": "deep"} if asking.deep and not due.heard else {}
    cut = {drafts.CUT: "yes"} if asking.cut else {}
    return {**due.perform.known, **dialled, **cut}


def _caller(asking: Asking, regions: frozenset[str]) -> Caller:
    number = msisdn.read(asking.turn.phone, regions)
    return Caller(
        msisdn=number.e164 if number else None,
        phone_index=asking.phone,
        registrable=number is not None and number.registrable,
    )

"""Calls that only read, answered without a transaction: two single statements at most."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from menus.events import Answered
from storage import session_calls
from storage.database import Database
from storage.phone_calls import Reached
from storage.quick import Asks, Guess, Statement, Told
from storage.session_calls import Made, Place

Answers = Callable[[Asks], Answered]
"""A handler that has all but whom it asks."""


@dataclass(frozen=True, slots=True)
class Glance:
    """One such call: where it stands, who answers it, and how its answer is written down."""

    database: Database
    place: Place
    call: str
    answers: Answers
    sealed: Callable[[Answered], str]
    reached: Callable[[Answered], Reached]

    def take(self) -> Answered | None:
        """Answer the call and write it down; None when another one stands in its place.

        It is answered as if there were nothing to tell, as is so for most who dial, and that is
        written down in the trip that finds it true. Else it is answered from what was found.
        """
        guess = Guess()
        guessed = self.answers(guess)
        match guess.asked:
            case [(Statement() as find, values)] if find.strange:
                return self._found(find, values, guessed)
            case _:
                return self._recorded(self.answers(self.database))

    def _found(self, find: Statement, values: Sequence[str], guessed: Answered) -> Answered | None:
        made, reached = self._made(guessed), self.reached(guessed)
        found = session_calls.find_and_record(
            self.database, find, values, self.place, made, reached
        )
        return guessed if found.recorded else self._recorded(self.answers(Told(found.rows)))

    def _recorded(self, answered: Answered) -> Answered | None:
        made, reached = self._made(answered), self.reached(answered)
        first = session_calls.record(self.database, self.place, made, reached)
        return answered if first else None

    def _made(self, answered: Answered) -> Made:
        return Made(self.call, self.sealed(answered))

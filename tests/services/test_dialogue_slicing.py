"""Random answers, stars among them: what is sliced off the history is what was typed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import count

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from menus.engine import Engine
from menus.events import Answered, Dialled, Event, Perform, Screen, Typed
from menus.session import Session
from runtime.wiring import House
from services.context import CallContext
from services.dialogue import Turn
from tests.services.small_house import SITI, Handset, SmallHouse

ANSWERS = st.lists(
    st.one_of(
        st.sampled_from(
            ["1", "2", "3", "4", "9", "0", "00", "Siti", "Bu*di", "*", "**", "", "1*2"]
        ),
        st.text("12*aé ", max_size=6),
    ),
    max_size=12,
)
# Whatever of these is heard on a menu, the screen after it shows all that was booked.
SHORT = st.lists(
    st.sampled_from(["1", "2", "3", "4", "9", "0", "00", "Siti", "Bu*di", "Desa*1", ""]),
    max_size=12,
)
OUTCOMES = {
    "caller.recognise": Answered("new", {"tariff": "gratis", "language": "su"}),
    "card.number": Answered("given", {"number": "7"}),
    "card.ask": Answered("answered", {"number": "8"}),
    "card.book": Answered("booked", {"code": "482157906"}),
}
_SESSIONS = count()


def _says(call: str, _ctx: CallContext) -> Answered:
    return OUTCOMES[call]


FEW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


class Oracle:
    """The engine told each answer by itself, as a gateway without history would."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.session: Session = engine.start()
        self.screen = Screen("")
        self.hears(Dialled())

    def types(self, answer: str) -> None:
        whole = self.engine.asks(self.session)
        for part in [answer] if whole else self.parts(answer):
            self.hears(Typed(part))

    def parts(self, answer: str) -> Iterator[str]:
        """Yield what a menu hears: one part at a time, until a question takes the rest."""
        rest = answer
        while rest is not None and not self.screen.ends:
            part, star, rest = rest.partition("*")
            yield part
            if not star:
                return
            if self.engine.asks(self.session):
                yield rest
                return

    def hears(self, event: Event) -> None:
        step = self.engine.step(self.session, event)
        while isinstance(step.reply, Perform):
            step = self.engine.step(step.session, OUTCOMES[step.reply.call])
        self.session, self.screen = step.session, step.reply


@FEW
@given(answers=ANSWERS)
def test_a_growing_history_is_heard_answer_by_answer(small: SmallHouse, answers: list[str]) -> None:
    number = next(_SESSIONS)
    handlers = {name: partial(_says, name) for name in OUTCOMES}
    hear = small.dialogue(handlers=handlers).hear
    phone = Handset(small, hear, f"ATUid_{number}", f"+62812{number:08}").dials()
    oracle = Oracle(small.engine)
    assert phone.screen == oracle.screen
    for answer in answers:
        if oracle.screen.ends or (answer == "" and not phone.history):
            break  # a first empty answer leaves no trace in a history
        oracle.types(answer)
        assert phone.types(answer).screen == oracle.screen
        assert phone.sends(phone.history).screen == oracle.screen


def test_a_long_code_says_yes_to_no_offer_that_was_not_seen(house: House) -> None:
    said = house.dialogue.hear(Turn("africastalking", "ATUid_1", SITI, "*123#", "9*9*1"))
    assert ("Kami telepon" in said.text, said.ends) == (True, False)
    said = house.dialogue.hear(Turn("africastalking", "ATUid_1", SITI, "*123#", "9*9*1*1"))
    assert ("Tersimpan." in said.text, said.ends) == (True, True)


@FEW
@example(answers=["1", "Siti", "1", "2", "Budi", "1"], lost={1, 3, 5})
@example(answers=["1", "Siti", "4", "Desa*1", "1", "1"], lost={4, 5})
@given(answers=SHORT, lost=st.sets(st.integers(0, 11)))
def test_whatever_redis_forgets_nothing_is_booked_twice(
    small: SmallHouse, answers: list[str], lost: set[int]
) -> None:
    before = small.bookings()
    number = next(_SESSIONS)
    phone = Handset(small, small.dialogue().hear, f"ATUid_{number}", f"+62812{number:08}").dials()
    told = 0
    for place, answer in enumerate(answers):
        if place in lost:
            small.sessions._ask("FLUSHALL")
        phone.types(answer)
        told += "Kode" in phone.screen.text
        if phone.screen.ends:
            break
    assert small.bookings() - before <= told

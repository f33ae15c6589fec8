"""Histories are cut where the caller pressed send, or the question is asked again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from menus.catalog import Catalog
from menus.check import check_book
from menus.definition import Ask, StateId
from menus.engine import Engine
from menus.events import Answered, Refused, Typed
from menus.loader import load_book, shipped_flows
from menus.replay import (
    Ambiguous,
    Due,
    Heard,
    History,
    RunawayError,
    Stepped,
    hear_out,
    parts_of,
    replay,
)
from menus.sample import World
from menus.session import Session
from menus.vocabulary import CALLS, CHECKS, LISTS, CheckSpec, Passed, Vocabulary
from tests.support.pure_phone import NIK

STORY = f"1*{NIK}*1*Siti*1"


@dataclass
class Line:
    """A gateway's line to one engine, which remembers what was asked of the world."""

    engine: Engine
    world: World = field(default_factory=World)
    asked: list[tuple[int, int, str]] = field(default_factory=list)

    def hears(
        self, history: str, session: Session | None = None, heard: int = 0, *, live: bool = False
    ) -> Heard:
        told = History(parts_of(history), heard, live)
        return hear_out(replay(self.engine, session or self.engine.start(), told), self.answer)

    def answer(self, due: Due) -> Answered:
        self.asked.append((due.heard, due.ordinal, due.perform.call))
        return self.world.answer(due.perform.call, due.perform.known)


@pytest.fixture
def line(engine: Engine) -> Line:
    return Line(engine)


def test_a_history_is_cut_at_its_stars() -> None:
    assert parts_of("") == ()
    assert parts_of("1*2*Siti") == ("1", "2", "Siti")
    assert parts_of("1**2*") == ("1", "", "2", "")


def test_dialling_shows_the_first_screen(line: Line) -> None:
    heard = line.hears("")
    assert heard.session.at == "main.welcome"
    assert line.asked == [(0, 0, "caller.recognise")]


def test_a_lost_session_is_heard_again_from_its_history(line: Line) -> None:
    heard = line.hears(STORY)
    assert isinstance(heard, Stepped)
    assert heard.session.at == "visit.confirm"
    assert heard.session.known["name"] == "Siti"
    assert heard.heard == 5


def test_each_call_is_told_by_the_answers_before_it(line: Line) -> None:
    line.hears(STORY)
    assert line.asked == [
        (0, 0, "caller.recognise"),
        (1, 0, "nik.way"),
        (2, 0, "applicant.read"),
        (4, 0, "home.suggest"),
        (5, 0, "home.office"),
        (5, 1, "slots.offer"),
    ]


def test_hop_by_hop_and_all_at_once_come_to_the_same(line: Line) -> None:
    heard = line.hears("")
    parts = parts_of(STORY)
    for count in range(1, len(parts) + 1):
        heard = line.hears("*".join(parts[:count]), heard.session, count - 1, live=True)
    assert heard.session == Line(line.engine).hears(STORY).session


def test_in_one_hop_a_question_takes_its_stars_along(line: Line) -> None:
    asked = line.hears(f"1*{NIK}*1").session
    heard = line.hears(f"1*{NIK}*1*Si*ti", asked, 3, live=True)
    assert heard.session.at == "register.name"
    assert heard.session.fault
    assert heard.session.fault.name == "shape"
    assert heard.heard == 5


def test_in_one_hop_choices_take_one_part_each(line: Line) -> None:
    heard = line.hears("1*321", line.hears("").session, 0, live=True)
    assert heard.session.at == "register.nik_first"


def test_a_star_at_a_choice_is_refused_part_by_part(line: Line) -> None:
    heard = line.hears("7*1", line.hears("").session, 0, live=True)
    assert heard.session.at == "register.nik"


def test_what_a_star_may_have_been_part_of_is_asked_again(line: Line) -> None:
    heard = line.hears(f"1*{NIK}*1*Si*ti")
    assert isinstance(heard, Ambiguous)
    assert heard.at == "register.name"
    assert heard.screen.text.startswith("Tolong ketik lagi.\nKetik nama panggilan")
    assert "name" not in heard.session.known


def test_what_follows_is_heard_as_the_answer_to_the_question_asked_again(line: Line) -> None:
    heard = line.hears(f"1*{NIK}*1*Si*ti*Siti*1")
    assert isinstance(heard, Stepped)
    assert heard.session.at == "visit.confirm"
    assert heard.session.known["name"] == "Siti"


def test_a_choice_that_was_missed_leaves_no_doubt_of_the_answers_before(line: Line) -> None:
    heard = line.hears(f"1*{NIK}*1*Siti*1*9*2")
    assert heard.session.at == "visit.pick"


def test_a_wrong_answer_is_refused_in_its_place(line: Line) -> None:
    heard = line.hears("1*123*321011*550898*0001*1*Siti")
    assert heard.session.at == "register.home_here"
    assert isinstance(heard, Stepped)


def test_nothing_is_heard_after_the_end(line: Line) -> None:
    heard = line.hears(f"{STORY}*1*2*1*1*1")
    assert heard.screen.ends
    assert (heard.session.at, heard.heard) == ("visit.bye", 8)


def test_without_news_the_screen_is_shown_again(line: Line) -> None:
    heard = line.hears(STORY)
    again = line.hears(STORY, heard.session, 5)
    assert (again.screen, again.session, again.effects) == (heard.screen, heard.session, ())


def test_a_screen_of_an_older_book_takes_the_whole_hop(line: Line) -> None:
    older = line.hears(f"1*{NIK}*1").session.but(book="older")
    heard = line.hears(f"1*{NIK}*1*Si*ti", older, 3, live=True)
    assert heard.session.at == "register.name"
    assert heard.session.book == line.engine.book.version
    assert heard.session.fault is None


class TestAFreeText:
    """A check that lets ``*`` pass, as a complaint will."""

    @pytest.fixture
    def free(self, catalog: Catalog) -> Line:
        anything = CheckSpec(
            lambda text: Passed(text) if len(text) > 2 else CHECKS["call_name"].run("1"),
            CHECKS["call_name"].faults,
        )
        vocabulary = Vocabulary({**CHECKS, "call_name": anything}, CALLS, LISTS)
        return Line(Engine(load_book(), catalog, vocabulary))

    def hears(self, free: Line, history: str, ended_at: Collection[int] = ()) -> Heard:
        told = History(parts_of(history), ended_at=ended_at)
        return hear_out(replay(free.engine, free.engine.start(), told), free.answer)

    def test_has_two_readings_and_is_asked_again(self, free: Line) -> None:
        heard = self.hears(free, f"1*{NIK}*1*Siti*1")
        assert isinstance(heard, Ambiguous)
        assert heard.at == "register.name"

    def test_that_came_last_and_alone_has_one(self, free: Line) -> None:
        assert isinstance(self.hears(free, f"1*{NIK}*1*Siti"), Stepped)

    def test_ends_where_a_call_was_recorded(self, free: Line) -> None:
        heard = self.hears(free, f"1*{NIK}*1*Siti*1", {2, 4, 5})
        assert isinstance(heard, Stepped)
        assert heard.session.at == "visit.confirm"

    def test_may_end_before_what_was_recorded(self, free: Line) -> None:
        heard = self.hears(free, f"1*{NIK}*1*Siti*1", {2, 5})
        assert isinstance(heard, Ambiguous)


def test_calls_that_go_round_are_stopped(catalog: Catalog) -> None:
    flows = dict(shipped_flows())
    flows["visit.yaml"] = flows["visit.yaml"].replace("full: full", "full: again")
    line = Line(Engine(load_book(flows), catalog), World({"slots.offer": ("full",)}))
    with pytest.raises(RunawayError, match=r"visit\.again"):
        line.hears(f"1*{NIK}*1*Siti*1")


ANSWERS = st.sampled_from(["1", "2", "9", "0", "98", NIK, "321011", "550898", "0001", "Siti", ""])
POOL = ("1", "2", "3", "0", "00", "98", NIK, "321011", "550898", "0001", "Siti", "1998")


@given(st.data())
def test_answers_that_were_understood_are_heard_again_exactly(
    engine: Engine, data: st.DataObject
) -> None:
    hops, history = Line(engine), ""
    heard = hops.hears(history)
    for hop in range(data.draw(st.integers(0, 14))):
        sound = [said for said in POOL if _understood(engine, heard.session, said)]
        if heard.screen.ends:
            break
        history = "*".join((*parts_of(history), data.draw(st.sampled_from(sound))))
        heard = hops.hears(history, heard.session, hop, live=True)
    again = Line(engine).hears(history)
    assert (again.session, again.screen) == (heard.session, heard.screen)


def _understood(engine: Engine, session: Session, said: str) -> bool:
    effects = engine.step(session, Typed(said)).effects
    return not any(isinstance(effect, Refused) for effect in effects)


@given(st.lists(st.text("12*Si 0", max_size=6) | ANSWERS, max_size=10))
def test_no_history_raises_and_what_is_saved_was_typed(engine: Engine, parts: list[str]) -> None:
    """Cut wherever it may be, an answer saved is one that lies between two stars."""
    history = "*".join(parts)
    heard = Line(engine).hears(history)
    assert heard.heard <= len(parts_of(history))
    if name := heard.session.known.get("name"):
        assert name.lower() in [" ".join(part.lower().split()) for part in history.split("*")]


@given(st.lists(st.text("12*Si", max_size=4) | ANSWERS, min_size=1, max_size=10))
def test_hearing_a_longer_history_begins_as_the_shorter_one(
    engine: Engine, parts: list[str]
) -> None:
    """Each hop without Redis hears all again: the calls made before are asked for again, alike."""
    longer, shorter = Line(engine), Line(engine)
    history = parts_of("*".join(parts))
    shorter.hears("*".join(history[:-1]))
    longer.hears("*".join(history))
    before = [call for call in longer.asked if call[0] < len(history)]
    assert before[: len(shorter.asked)] == shorter.asked[: len(before)]


def test_the_shipped_checks_leave_no_answer_with_a_star(engine: Engine) -> None:
    for at, state in engine.book.states.items():
        if isinstance(state, Ask):
            session = engine.start().but(at=StateId(at))
            assert len(engine.readings(session, (NIK, "1", "Siti"))) <= 1
    assert check_book(engine.book, engine.catalog) == ()


@pytest.mark.timeout(30)  # seconds; one copy of the rest at each part would take minutes
def test_an_endless_history_is_read_in_good_time(line: Line) -> None:
    line.hears("1*" + "*".join("9" * 8000))

"""What the menus ask of a caller: the models, by hand, and our targets on the shipped book."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from domain.words import LANGUAGES
from menus.definition import StateId
from menus.effort.readers import NETWORK, QUICK, SLOW, SOFT_KEYS, USUAL, Limits, presses
from menus.effort.table import LEAST_IN_TWO, MOST_KEYS, Row, Setting, missed, table
from menus.effort.tasks import BOOKING, OWN_CARD, REPORT, TASKS, Task
from menus.effort.trying import Trial
from menus.effort.walking import LostError, walk
from menus.engine import Engine

PAGE = Path(__file__).parents[2] / "docs/menus.md"
BOOK = next(task for task in TASKS if task.name == BOOKING)
NIK_SCREEN = "Ketik NIK KTP\n0. Kembali"


@pytest.fixture(scope="module")
def rows(engine: Engine) -> dict[str, Row]:
    return {row.task.name: row for row in Setting(engine).rows()}


def test_a_reader_reads_every_word_and_number() -> None:
    assert SLOW.reads("Lahir 15-08-1998. Benar?\n1. Ya") == 7
    assert QUICK.reads("satu dua tiga") == pytest.approx(0.9)


def test_what_was_read_before_is_but_looked_at() -> None:
    assert SLOW.reads(NIK_SCREEN, {"0. Kembali"}) == pytest.approx(3 + 1.35)


def test_soft_keys_count_on_every_hop() -> None:
    assert presses("1") == 3
    assert presses("16") == 4
    assert presses("Siti") == 2 + 4 + 3 + 1 + 3
    assert SLOW.types("1") == pytest.approx(3.6)
    assert SLOW.types("Siti") == pytest.approx(2.4 + 12)


def test_a_walk_adds_up_what_its_screens_take(engine: Engine) -> None:
    seen = walk(engine, BOOK, SLOW)
    nik = next(hop for hop in seen.hops if hop.at == "register.nik")
    assert nik.screen == NIK_SCREEN
    assert seen.takes(nik) == pytest.approx(5 + 18 * 1.2)
    answered = [hop for hop in seen.hops if hop.answer is not None]
    assert seen.seconds == pytest.approx(sum(seen.takes(hop) + NETWORK for hop in answered))
    assert seen.hops[-1].at == "visit.thanks"


def test_a_task_that_leads_nowhere_is_told(engine: Engine) -> None:
    lost = Task("nowhere", {"main.welcome": "card"}, "card.book booked")
    with pytest.raises(LostError, match="nowhere: lost at "):
        walk(engine, lost, SLOW)


def test_the_same_seed_gives_the_same_rates(engine: Engine) -> None:
    trial = Trial(engine, SLOW, USUAL)
    assert trial.rates(BOOK, 50, 7) == trial.rates(BOOK, 50, 7)


def test_who_never_slips_on_a_patient_line_always_gets_through(engine: Engine) -> None:
    sure = replace(SLOW, hops_a_mistake=10**9)
    rates = Trial(engine, sure, Limits(session=3600, idle=600)).rates(BOOK, 20, 1)
    assert (rates.one, rates.two) == (1.0, 1.0)


def test_a_line_that_does_not_wait_lets_nobody_through(engine: Engine) -> None:
    assert Trial(engine, SLOW, Limits(idle=5)).rates(BOOK, 20, 1).two == 0


def test_two_calls_are_better_than_one(engine: Engine) -> None:
    rates = Trial(engine, SLOW, Limits(session=90)).rates(BOOK, 50, 1)
    assert rates.one < rates.two


def test_the_slow_reader_books_within_one_session(rows: dict[str, Row]) -> None:
    assert rows[BOOKING].slow.walk.seconds <= USUAL.session
    assert rows[BOOKING].slow.rates.two >= LEAST_IN_TWO


def test_every_task_is_within_our_targets(rows: dict[str, Row]) -> None:
    assert list(missed(rows.values(), USUAL)) == []


def test_status_takes_no_key_and_a_report_takes_one(rows: dict[str, Row]) -> None:
    assert rows[OWN_CARD].slow.walk.keys == 0
    assert rows[REPORT].slow.walk.keys == 1 + SOFT_KEYS <= MOST_KEYS


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_every_task_can_be_done_in_every_language(
    engine: Engine, task: Task, language: str
) -> None:
    walked = walk(engine, task, QUICK if task.practised else SLOW, language)
    assert walked.seconds <= USUAL.session
    assert walked.takes(walked.longest) <= USUAL.idle


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_screen_takes_the_slow_reader_over_half_a_minute(engine: Engine, language: str) -> None:
    assert list(Setting(engine, language=language).long_screens()) == []


def test_every_flow_has_a_task(engine: Engine) -> None:
    told = {StateId(at).partition(".")[0] for task in TASKS for at in task.answers}
    told |= {task.done.partition(".")[0] for task in TASKS}
    flows = {at.partition(".")[0] for at in engine.book.states}
    assert flows <= told


def test_a_missed_target_is_told(rows: dict[str, Row]) -> None:
    said = list(missed([rows[BOOKING], rows[REPORT]], Limits(session=100, idle=20)))
    assert said[0].startswith("book a card: 1")
    assert said[0].endswith(" s (at most 100)")
    assert "book a card: register.nik takes 26.6 s (at most 20)" in said
    assert any(line.startswith("report after six months: status.report_due") for line in said)


def test_who_cannot_type_a_complaint_is_rung(rows: dict[str, Row]) -> None:
    assert rows["complain in writing"].slow.longest > USUAL.idle
    assert rows["complain, be rung"].slow.rates.two >= LEAST_IN_TWO


def test_the_table_of_the_page_is_the_one_computed(rows: dict[str, Row]) -> None:
    lines = PAGE.read_text("utf-8").splitlines()
    begin = lines.index(table([])[0])
    computed = table(rows.values())
    assert tuple(lines[begin : begin + len(computed)]) == computed

"""A dialogue file is held against what somebody else shows."""

from __future__ import annotations

import pytest

from menus.engine import Engine
from menus.events import Screen
from menus.play import CUT_OFF, DIALS, Play
from menus.rehearsal import Rehearsal, StaleError, Step
from menus.sample import World
from menus.script import Script
from tests.support.pure_phone import NIK

CALL = Script(("# Siti.",), tuple(f"> {said}" for said in (DIALS, "1", NIK, "1", "Siti", "1")))
ELSEWHERE = {"tariff": "Rp0", "place": "Disnaker Kota Banjar", "day": "2027-03-09"}


def met(engine: Engine, script: Script, world: World) -> list[Step]:
    """The steps that somebody with another world does not meet."""
    rehearsal, play = Rehearsal(engine, script), Play(engine, world)
    missed = []
    for step in rehearsal.steps:
        play.enter(step.said)
        if not rehearsal.is_met(step, play.screen):
            missed.append(step)
    return missed


def test_another_office_and_another_day_are_no_difference(engine: Engine) -> None:
    assert met(engine, CALL.played(engine), World(facts=ELSEWHERE)) == []


def test_another_birth_date_is_one(engine: Engine) -> None:
    (step,) = met(engine, CALL.played(engine), World(facts={"born": "1998-08-16"}))
    assert step.said == NIK
    assert CALL.played(engine).lines[step.line - 2] == f"> {NIK}"


def test_another_way_is_one(engine: Engine) -> None:
    (first, *_) = met(engine, CALL.played(engine), World({"applicant.read": ("already",)}))
    assert first.said == NIK


def test_an_end_where_the_call_goes_on_is_one(engine: Engine) -> None:
    rehearsal = Rehearsal(engine, CALL.played(engine))
    step = rehearsal.steps[0]
    assert step.screen
    assert rehearsal.is_met(step, step.screen)
    assert not rehearsal.is_met(step, Screen(step.screen.text, ends=True))


def test_a_file_that_the_menus_do_not_play_is_refused_by_its_line(engine: Engine) -> None:
    lines = CALL.played(engine).lines
    with pytest.raises(StaleError, match="line 3 "):
        Rehearsal(engine, Script(("# Siti.",), (lines[0], "< Halo.", *lines[2:])))
    with pytest.raises(StaleError, match="more or fewer"):
        Rehearsal(engine, Script(("# Siti.",), (*lines, "< Halo.")))


def test_a_call_that_is_cut_off_is_held_against_the_next(engine: Engine) -> None:
    lines = (*CALL.lines, f"> {CUT_OFF}", f"> {DIALS}", "> 1")
    assert met(engine, Script((), lines).played(engine), World(facts=ELSEWHERE)) == []


@pytest.mark.parametrize("language", ["su", "jv", "en"])
def test_the_keys_to_a_language_lead_to_it(engine: Engine, language: str) -> None:
    script = Script((f"# bahasa: {language}",), CALL.lines).played(engine)
    play = Play(engine, World())
    play.dial()
    for key in Rehearsal(engine, script).before:
        play.type(key)
    assert play.language == language
    assert Rehearsal(engine, CALL.played(engine)).before == ()

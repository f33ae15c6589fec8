"""A screen gone back to says what it said, and means whom it meant."""

from __future__ import annotations

from menus.definition import StateId
from menus.engine import Engine
from menus.events import Answered
from tests.support.pure_phone import NIK, PurePhone

OTHER = "3210115508980002"


def test_a_missed_day_gone_back_to_is_the_one_it_spoke_of(phone: PurePhone) -> None:
    phone.hears(caller_recognise="known", status_tell="no_show").dials().is_at("status.no_show")
    phone.types("2", NIK).is_at("register.born").knows_of({"request": ""})
    phone.types("0").is_at("register.nik").types("0").is_at("status.no_show")
    phone.knows_of({"request": "1"}).types("1").is_at("visit.confirm").knows_of({"request": "1"})


def test_a_status_gone_back_to_tells_the_name_it_told(phone: PurePhone) -> None:
    phone.hears(caller_recognise="known").dials().sees("Siti: datang")
    phone.types("1", NIK, "1", "Budi").knows_of({"name": "Budi"})
    phone.types("0", "0", "0", "0").is_at("status.booked").sees("Siti: datang")


def test_a_nik_typed_again_and_gone_back_from_is_the_first_one_again(phone: PurePhone) -> None:
    phone.dials().types("1", NIK).knows(nik=OTHER, born="1999-01-02", sex="M")
    phone.types("2", OTHER).sees("02-01-1999, laki-laki").knows_of({"nik": OTHER})
    # The screen that asks "right?" was reached twice: what lay between is behind it no more.
    phone.types("0").is_at("register.nik").knows_of({"nik": NIK, "born": "1998-08-15"})
    phone.types("0").is_at("main.welcome")
    assert phone.session.undo == {}


def test_who_goes_on_again_is_believed_anew(phone: PurePhone) -> None:
    phone.hears(caller_recognise="known", status_tell="no_show").dials().types("2", NIK)
    phone.types("0", "0", "2", OTHER).is_at("register.born")
    phone.knows_of({"nik": OTHER, "request": ""}).types("0", "0").knows_of({"request": "1"})


def test_a_choice_kept_under_a_name_is_undone_too(phone: PurePhone) -> None:
    phone.dials().types("1", NIK, "1", "Siti", "1").is_at("visit.confirm")
    offered = phone.session.known["slot"]
    phone.types("2", "3").is_at("visit.confirm")
    assert phone.session.known["slot"] != offered
    phone.types("0").is_at("register.home_here").knows_of({"slot": offered})


def test_a_draft_brings_along_what_its_screens_knew(engine: Engine) -> None:
    trail = tuple(map(StateId, ("register.nik", "register.gone", "register.born")))
    undo = {at: {"born": year, "sex": "F"} for at, year in zip(trail, ("1", "2", "3"), strict=True)}
    draft = engine.start().but(at=StateId("register.name"), trail=trail, undo=undo, saved=True)
    draft = draft.but(known={"nik": NIK, "born": "1998-08-15", "sex": "M"})
    resuming = engine.start().but(at=StateId("main.resume"))
    step = engine.step(resuming, Answered("resumed", restore=draft))
    assert step.session.trail == ("register.nik", "register.born")
    # Going back past the screen that is no more, what lay before it is known again.
    first, _, last = trail
    assert step.session.undo[first] == {"born": "1", "sex": "F"}
    assert step.session.undo[last] == {"born": "3", "sex": "F"}

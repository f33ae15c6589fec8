"""After two mistakes on one screen a call is offered; whoever wants none is where he was."""

from __future__ import annotations

from pathlib import Path

import pytest

from menus.definition import StateId
from menus.engine import Engine
from menus.events import Answered, Entered, Perform, Refused, Screen, Typed
from menus.replay import Due, History, Stepped, hear_out, parts_of, replay
from menus.sample import World
from tests.support.broken_book import BookCopy, told
from tests.support.pure_phone import NIK, PurePhone

OFFER = "Kami telepon Sel 24 Nov pagi dari 0233-281234. Mau?"


def test_one_mistake_is_told_and_the_second_offers_a_call(phone: PurePhone) -> None:
    phone.dials().types("1", NIK, "1").is_at("register.name")
    phone.types("R2").sees("Ketik nama dengan huruf saja.").is_at("register.name")
    phone.types("D2").sees_just(OFFER, "1. Ya", "2. Coba lagi", "0. Kembali")
    phone.types("1").sees("Tersimpan. Kami telepon Sel 24 Nov pagi, jam 9-11, dari 0233-281234.")
    phone.hung_up()


@pytest.mark.parametrize("key", ["2", "0"])
def test_who_tries_again_is_on_his_screen_without_blame(phone: PurePhone, key: str) -> None:
    phone.dials().types("1", NIK, "1", "R2", "D2").is_at("callback.offer")
    phone.types(key).sees_just("Ketik nama panggilan", "0. Kembali")
    phone.types("Siti").is_at("register.home_here").knows_of({"name": "Siti"})
    assert phone.session.trail == (
        "main.welcome", "register.nik", "register.born", "register.name",
    )  # fmt: skip


def test_two_more_mistakes_offer_it_again(phone: PurePhone) -> None:
    phone.dials().types("1", NIK, "1", "R2", "D2", "2", "R2").is_at("register.name")
    phone.types("D2").is_at("callback.offer")


def test_mistakes_on_different_screens_are_not_added_up(phone: PurePhone) -> None:
    phone.dials().types("9", "1", NIK, "7", "1", "R2").is_at("register.name")


def test_the_nik_is_first_asked_in_parts_and_then_a_call_is_offered(phone: PurePhone) -> None:
    phone.dials().types("1", "321").is_at("register.nik_first").sees("NIK 16 angka. Tadi 3.")
    phone.types("321").is_at("register.nik_first").sees("6 angka saja. Tadi 3.")
    phone.types("321").is_at("callback.offer").types("2").is_at("register.nik_first")


def test_a_choice_and_a_list_offer_it_too(phone: PurePhone) -> None:
    phone.dials().types("1", NIK, "9", "9").is_at("callback.offer").types("2")
    phone.is_at("register.born").types("1", "Siti", "1", "2").is_at("visit.pick")
    phone.types("99", "99").is_at("callback.offer").types("2").is_at("visit.pick")


def test_without_a_call_to_offer_the_question_stands_as_if_there_were_none(
    phone: PurePhone,
) -> None:
    phone.hears(callback_stuck="none").dials().types("1", NIK, "1", "R2", "D2")
    phone.sees_just("Ketik nama dengan huruf saja.", "Ketik nama panggilan", "0. Kembali")
    phone.types("Siti").is_at("register.home_here")


def test_a_list_stays_on_its_page_when_there_is_none_to_offer(phone: PurePhone) -> None:
    phone.hears(callback_stuck="none").dials().types("1", NIK, "1", "Siti", "1", "2", "98")
    page = phone.screen
    phone.types("99", "99").sees("Pilih 1-")
    assert phone.screen.partition("\n")[2].splitlines()[:2] == page.splitlines()[:2]


def test_who_mistypes_at_the_offer_is_offered_nothing_else(phone: PurePhone) -> None:
    phone.dials().types("1", NIK, "1", "R2", "D2", "9", "9", "9").is_at("callback.offer")
    phone.sees("Pilih 1-2.").types("2").is_at("register.name")


def test_a_time_that_has_gone_meanwhile_is_replaced_by_another(phone: PurePhone) -> None:
    phone.hears(callback_ask="taken,promised").dials().types("5", "2", "1")
    phone.sees("Waktu tadi baru penuh. Kami telepon Sel 24 Nov siang dari 0233-281234. Mau?")
    phone.types("1").sees("Tersimpan. Kami telepon Sel 24 Nov siang, jam 13-15").hung_up()


def test_from_the_other_time_one_goes_back_to_the_question_and_not_to_the_old_offer(
    phone: PurePhone,
) -> None:
    phone.hears(callback_ask="taken").dials().types("1", NIK, "1", "R2", "D2", "1")
    phone.is_at("callback.offer_other").types("2").is_at("register.name")


@pytest.mark.parametrize("first", ["new", "unfinished", "known"])
def test_a_call_can_be_asked_for_from_every_first_screen(phone: PurePhone, first: str) -> None:
    keys = {"new": "52", "unfinished": "3", "known": "242"}[first]
    phone.hears(caller_recognise=first).dials().types(*keys).sees(OFFER)


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("promised", "Tersimpan. Kami telepon Sel 24 Nov pagi, jam 9-11, dari 0233-281234."),
        ("full", "Belum ada waktu kosong untuk menelepon."),
        ("never", "Kantor ini belum bisa menelepon. Datang ke Disnaker Majalengka."),
        ("foreign", "Kami hanya bisa menelepon nomor Indonesia."),
    ],
)
def test_who_asks_in_the_menu_is_always_answered(phone: PurePhone, outcome: str, said: str) -> None:
    phone.hears(callback_offer=outcome).dials().types("5", "2").sees(said).hung_up()


def test_the_offer_speaks_of_its_own_day_and_the_visit_keeps_its_own(phone: PurePhone) -> None:
    phone.knows(call_day="2026-11-27", day="2026-11-24").dials().types("1", NIK, "1", "Siti", "1")
    phone.types("9", "9").sees("Jum 27 Nov pagi").types("2").sees("datang Sel 24 Nov jam 9")


def test_who_is_cut_off_at_the_offer_goes_on_at_his_question(phone: PurePhone) -> None:
    phone.dials().types("1", NIK, "1", "Siti", "1", "9", "9").is_at("callback.offer").cut_off()
    phone.dials_again().types("1").is_at("visit.confirm").sees("Siti, datang")


def test_what_was_typed_with_the_mistakes_says_no_yes_to_an_unseen_offer(engine: Engine) -> None:
    world = World()

    def answer(due: Due) -> Answered:
        return world.answer(due.perform.call, due.perform.known)

    dialled = hear_out(replay(engine, engine.start(), History(())), answer)
    live = History(parts_of("7*7*1"), 0, live=True)
    heard = hear_out(replay(engine, dialled.session, live), answer)
    assert (heard.session.at, heard.heard) == ("callback.offer", 3)
    after = History(parts_of("7*7*1*2"), 3, live=True)
    assert hear_out(replay(engine, heard.session, after), answer).session.at == "main.welcome"


@pytest.mark.parametrize(
    ("typed", "at"), [("7*7*1", "main.welcome"), (f"1*{NIK}*1*R2*D2*1", "register.name")]
)
def test_nor_does_a_long_code_that_was_dialled(engine: Engine, typed: str, at: str) -> None:
    world = World()

    def answer(due: Due) -> Answered:
        return world.answer(due.perform.call, due.perform.known)

    parts = parts_of(typed)
    heard = hear_out(replay(engine, engine.start(), History(parts, deep=True)), answer)
    assert (heard.session.at, heard.heard) == ("callback.offer", len(parts))
    again = History((*parts, "2"), len(parts), live=True)
    assert hear_out(replay(engine, heard.session, again), answer).session.at == at


def test_a_history_heard_again_comes_by_the_same_offer(engine: Engine) -> None:
    world = World()
    typed = ("1", NIK, "1", "R2", "D2", "2", "Siti", "1", "9", "9", "1")

    def answer(due: Due) -> Answered:
        return world.answer(due.perform.call, due.perform.known)

    session = hear_out(replay(engine, engine.start(), History(())), answer).session
    for count in range(1, len(typed) + 1):
        history = History(typed[:count], count - 1, live=True)
        session = hear_out(replay(engine, session, history), answer).session
    again = hear_out(replay(engine, engine.start(), History(typed)), answer)
    assert isinstance(again, Stepped)
    assert again.session == session
    assert session.at == "callback.promised"


def test_a_refusal_is_counted_and_the_help_is_seen_in_the_funnel(engine: Engine) -> None:
    session = World()
    begun = hear_out(
        replay(engine, engine.start(), History(("7",))),
        lambda due: session.answer(due.perform.call, due.perform.known),
    )
    step = engine.step(begun.session, Typed("8"))
    assert step.effects == (
        Refused(StateId("main.welcome"), "pick"), Entered(StateId("callback.stuck")),
    )  # fmt: skip
    assert isinstance(step.reply, Perform)
    back = engine.step(step.session, Answered("none"))
    assert isinstance(back.reply, Screen)
    assert back.session.misses == 0


# What the linter says of it.


@pytest.fixture
def copy(tmp_path: Path) -> BookCopy:
    return BookCopy.under(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("callback.stuck", "callback.sutck", "the stuck are led to callback.sutck, which does not"),
        ("callback.stuck", "callback.full", "callback.full, which ends the call unasked"),
        ("callback.stuck", "register.nik", "callback.stuck cannot be reached"),
    ],
)
def test_where_the_stuck_are_led_is_checked(copy: BookCopy, old: str, new: str, said: str) -> None:
    where = copy.breaks("main", "stuck:", old, new)
    found = copy.report().issues
    assert any(said in issue.what for issue in found), found
    if "reached" not in said:
        assert told(found) == [(where, False)]


def test_a_screens_own_way_after_more_misses_never_comes(copy: BookCopy) -> None:
    where = copy.breaks("register.nik", "missed:", "times: 1", "times: 3")
    (issue,) = copy.report().issues
    assert (issue.where, issue.what) == (where, "register.nik: after 2 misses the caller is gone")


def test_back_is_no_way_for_an_answer_nor_where_no_screen_was(copy: BookCopy) -> None:
    first = copy.breaks("register.nik", "next:", "read", "(back)")
    (issue,) = copy.report().issues
    assert (issue.where, issue.what) == (
        first, "register.nik: only a call or a choice may lead to (back)",
    )  # fmt: skip
    copy.breaks("register.nik", "next:", "(back)", "read")
    second = copy.breaks("main.start", "new:", "welcome", "(back)")
    (issue,) = copy.report().issues
    assert (issue.where, issue.what) == (second, "main.start: there is no screen to go back to")


def test_help_that_nobody_begins_with_is_refused_by_the_loader(copy: BookCopy) -> None:
    flow = copy.flow("status")
    stuck = "flow: status\nstuck: { times: 2, go: code }"
    flow.write_text(flow.read_text("utf-8").replace("flow: status", stuck), "utf-8")
    (issue,) = copy.report().issues
    assert "'stuck' stands beside 'start'" in issue.what

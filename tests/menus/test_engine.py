"""The rules of the engine: keys, trail, misses, drafts, promises."""

from __future__ import annotations

import pytest

from menus.catalog import Catalog
from menus.definition import StateId
from menus.engine import Engine
from menus.events import Answered, Dialled, Entered, Perform, Refused, Screen, Step, Typed
from menus.loader import load_book, shipped_flows
from menus.promises import BrokenPromiseError
from menus.reading import BadBookError
from menus.session import Session
from tests.support.pure_phone import NIK, PurePhone

TARIFF = {"tariff": "Rp200"}


def at(engine: Engine, state: str, **known: str) -> Session:
    return engine.start().but(at=StateId(state), known=known)


def shown(step: Step) -> str:
    assert isinstance(step.reply, Screen)
    return step.reply.text


def test_dialling_asks_first_who_calls(engine: Engine) -> None:
    step = engine.step(engine.start(), Dialled({"network": "510-10"}))
    assert step.reply == Perform("caller.recognise", {"network": "510-10"})
    assert step.effects == (Entered(StateId("main.start")),)


def test_stepping_twice_from_one_session_gives_the_same(engine: Engine) -> None:
    session = at(engine, "main.welcome", **TARIFF)
    assert engine.step(session, Typed("1")) == engine.step(session, Typed("1"))
    assert session == at(engine, "main.welcome", **TARIFF)


@pytest.mark.parametrize("key", ["", "6", "-1", "1.5", "satu", "٣", "1" * 5000, "98", " ", "*"])
def test_a_key_that_is_no_option_is_refused(engine: Engine, key: str) -> None:
    step = engine.step(at(engine, "main.welcome", **TARIFF), Typed(key))
    assert step.effects == (Refused(StateId("main.welcome"), "pick"),)
    assert shown(step).startswith("Pilih 1-5.\nDisnaker.")


@pytest.mark.parametrize("key", ["1", " 1", "1 ", "01"])
def test_an_option_is_chosen_by_its_number(engine: Engine, key: str) -> None:
    step = engine.step(at(engine, "main.welcome", **TARIFF), Typed(key))
    assert step.session.at == "register.start"


def test_back_leads_to_the_screen_before_and_not_to_the_call_between(phone: PurePhone) -> None:
    phone.dials().types("1", NIK).is_at("register.born").types("0").is_at("register.nik")
    phone.types("0").is_at("main.welcome").sees_no("0. Kembali")


def test_back_with_nothing_behind_shows_the_screen_again_without_blame(phone: PurePhone) -> None:
    phone.dials().types("7").sees("Pilih 1-5.").types("0").is_at("main.welcome").sees_no("Pilih")


def test_going_round_does_not_lengthen_the_way_back(phone: PurePhone) -> None:
    phone.dials().types("1", NIK, "1", "Siti", "1")
    for _ in range(5):
        phone.is_at("visit.confirm").types("2").is_at("visit.pick").types("1")
    assert len(phone.session.trail) == 5
    phone.types("0").is_at("register.home_here")


def test_the_main_key_begins_anew_and_forgets_what_was_shown(phone: PurePhone) -> None:
    phone.dials().types("1", NIK, "00").is_at("main.welcome")
    assert phone.session.known == {"tariff": "Rp 200"}
    assert not phone.session.saved


def test_the_start_knows_nothing_of_the_person_shown_before_it(phone: PurePhone) -> None:
    phone.hears(caller_recognise="known,new").dials().types("2", "4", "4", "1").is_at(
        "main.welcome"
    )
    assert phone.session.known.keys() == {"tariff"}


def test_nothing_leads_back_across_what_was_written(phone: PurePhone) -> None:
    phone.dials().types("1", NIK, "1", "Siti", "1", "1").is_at("visit.thanks")
    assert phone.session.trail == ()
    assert not phone.session.saved
    phone.types("0").is_at("visit.thanks")


def test_an_outcome_that_wrote_nothing_can_be_gone_back_across(phone: PurePhone) -> None:
    phone.hears(card_book="taken").dials().types("1", NIK, "1", "Siti", "1", "1")
    phone.is_at("visit.confirm_again").types("0").is_at("visit.confirm")


def test_back_on_a_later_page_leads_to_the_page_before(phone: PurePhone) -> None:
    phone.dials().types("1", NIK, "1", "Siti", "1", "2", "98").sees("0. Kembali")
    phone.types("0").sees("1. Sel").is_at("visit.pick").types("0").is_at("visit.confirm")


def test_only_numbers_already_seen_are_taken_from_a_list(phone: PurePhone) -> None:
    phone.dials().types("1", NIK, "1", "Siti", "1", "2").sees("3. ").types("4").is_at("visit.pick")
    phone.sees("Pilih 1-3.").types("98", "1").is_at("visit.confirm")


def test_a_list_of_one_does_not_say_from_one_to_one(engine: Engine) -> None:
    lone = at(engine, "status.people").but(
        lists={"caller.people": ({"value": "7", "name": "Siti"},)}
    )
    step = engine.step(lone, Typed("2"))
    assert shown(step) == "Tolong ketik lagi.\nKartu siapa?\n1. Siti"


def test_misses_are_counted_on_one_screen_only(phone: PurePhone) -> None:
    phone.dials().types("1", "12").is_at("register.nik_first").types("0").is_at("register.nik")
    assert phone.session.misses == 0
    phone.types("12").is_at("register.nik_first")


def test_an_error_line_is_told_again_in_another_language(engine: Engine) -> None:
    session = engine.step(at(engine, "register.nik"), Typed("123")).session
    assert "NIK 16 angka. Tadi 3." in engine.redraw(session).text
    english = engine.redraw(session.but(language="en")).text
    assert english.splitlines()[0] != engine.redraw(session).text.splitlines()[0]
    assert "3" in english.splitlines()[0]


def test_a_number_that_has_a_language_is_greeted_in_it(engine: Engine) -> None:
    session = engine.step(engine.start(), Dialled()).session
    step = engine.step(session, Answered("new", {**TARIFF, "language": "jv"}))
    assert step.session.language == "jv"
    assert "language" not in step.session.known


def test_a_language_nobody_speaks_is_not_learned(engine: Engine) -> None:
    session = engine.step(engine.start(), Dialled()).session
    step = engine.step(session, Answered("new", {**TARIFF, "language": "fr"}))
    assert step.session.language == "id"


def test_a_call_not_answered_is_asked_for_again(engine: Engine) -> None:
    waiting = engine.step(engine.start(), Dialled()).session
    step = engine.step(waiting, Typed("1"))
    assert step.reply == Perform("caller.recognise", {})


def test_typing_after_the_end_begins_anew(engine: Engine) -> None:
    step = engine.step(at(engine, "status.locked"), Typed("1"))
    assert step.session.at == "main.start"


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (Answered("lost"), "no such outcome"),
        (Answered("new"), "caller.recognise new lacks tariff"),
        (Answered("several", TARIFF), "caller.recognise several lacks caller.people"),
    ],
)
def test_a_call_must_keep_its_promise(engine: Engine, answer: Answered, told: str) -> None:
    waiting = engine.step(engine.start(), Dialled()).session
    with pytest.raises(BrokenPromiseError, match=told):
        engine.step(waiting, answer)


def test_nothing_restored_is_a_broken_promise(engine: Engine) -> None:
    with pytest.raises(BrokenPromiseError, match="restores no session"):
        engine.step(at(engine, "main.resume"), Answered("resumed"))


def test_an_answer_that_nobody_asked_for_is_refused(engine: Engine) -> None:
    with pytest.raises(BrokenPromiseError, match="awaits no answer"):
        engine.step(at(engine, "register.nik"), Answered("new", TARIFF))


def test_at_a_call_there_is_nothing_to_redraw(engine: Engine) -> None:
    with pytest.raises(ValueError, match="shows nothing"):
        engine.redraw(at(engine, "main.start"))


@pytest.mark.parametrize("state", ["register.nik", "register.nik_first"])
def test_a_draft_opens_at_a_question_of_its_flow_while_nothing_is_saved(
    engine: Engine, state: str
) -> None:
    asked = at(engine, state)
    assert engine.opens(asked)
    assert not engine.opens(asked.but(saved=True))


@pytest.mark.parametrize("state", ["main.welcome", "status.code", "register.born", "gone.state"])
def test_no_draft_opens_elsewhere(engine: Engine, state: str) -> None:
    assert not engine.opens(at(engine, state))
    assert not engine.opens(engine.start())


def test_the_apology_ends_the_call_and_tells_a_reference(engine: Engine) -> None:
    sorry = engine.apologise("K7Q2", "id")
    assert sorry.ends
    assert "K7Q2" in sorry.text


class TestADraft:
    """What is restored stands in a book that may have changed."""

    def restored(self, engine: Engine, draft: Session) -> Step:
        return engine.step(at(engine, "main.resume"), Answered("resumed", restore=draft))

    def test_is_gone_on_with_where_it_was(self, engine: Engine) -> None:
        trail = (StateId("register.nik"), StateId("register.vanished"), StateId("visit.confirm"))
        draft = at(engine, "register.name", nik=NIK).but(trail=trail, saved=True)
        step = self.restored(engine, draft)
        assert step.session.at == "register.name"
        assert step.session.trail == ("register.nik",)
        assert step.session.saved

    def test_of_a_vanished_screen_restarts_its_flow_with_its_answers(self, engine: Engine) -> None:
        step = self.restored(engine, at(engine, "register.village", name="Siti"))
        assert step.session.at == "register.start"
        assert step.session.known["name"] == "Siti"

    def test_that_lacks_what_its_screen_shows_restarts_its_flow(self, engine: Engine) -> None:
        assert self.restored(engine, at(engine, "register.born")).session.at == "register.start"

    def test_whose_flow_cannot_begin_with_what_it_knows_begins_at_the_start(
        self, engine: Engine
    ) -> None:
        assert self.restored(engine, at(engine, "visit.confirm")).session.at == "main.start"
        assert self.restored(engine, at(engine, "gone.state")).session.at == "main.start"
        assert self.restored(engine, engine.start()).session.at == "main.start"

    def test_of_another_flow_begins_it_when_enough_is_known(self, engine: Engine) -> None:
        step = self.restored(engine, at(engine, "visit.confirm", office="32.10"))
        assert isinstance(step.reply, Perform)
        assert step.reply.call == "slots.offer"

    def test_at_an_end_is_not_ended_again(self, engine: Engine) -> None:
        step = self.restored(engine, at(engine, "register.foreign"))
        assert step.session.at == "register.start"

    def test_knows_better_than_the_session_that_restores_it(self, engine: Engine) -> None:
        draft = at(engine, "register.name", name="Siti")
        session = at(engine, "main.resume", name="Budi")
        step = engine.step(session, Answered("resumed", restore=draft))
        assert step.session.known["name"] == "Siti"


def test_a_session_of_an_older_book_sees_its_screen_again(engine: Engine) -> None:
    older = at(engine, "register.born", born="1998-08-15", sex="F").but(book="older")
    step = engine.step(older, Typed("1"))
    assert step.session.at == "register.born"
    assert step.session.book == engine.book.version
    assert shown(step).startswith("Lahir 15-08-1998")


def test_a_jump_leads_on_without_a_screen(catalog: Catalog) -> None:
    flows = dict(shipped_flows())
    flows["main.yaml"] += "  door:\n    go: register.nik\n"
    flows["main.yaml"] = flows["main.yaml"].replace("go: register.start }", "go: door }", 1)
    engine = Engine(load_book(flows), catalog)
    step = engine.step(at(engine, "main.welcome", **TARIFF), Typed("1"))
    assert step.session.at == "register.nik"


def test_pages_are_read_one_after_the_other(catalog: Catalog) -> None:
    flows = dict(shipped_flows())
    flows["main.yaml"] += "  law:\n    show: [Satu., Dua.]\n    next: welcome\n"
    engine = Engine(load_book(flows), catalog)
    session = at(engine, "main.law", **TARIFF).but(trail=(StateId("main.welcome"),))
    assert engine.redraw(session).text == "Satu.\n98. Lagi\n0. Kembali"
    wrong = engine.step(session, Typed("1"))
    assert shown(wrong) == "Tolong ketik lagi.\nSatu.\n98. Lagi\n0. Kembali"
    second = engine.step(wrong.session, Typed("98"))
    assert shown(second) == "Dua.\n1. Lanjut\n0. Kembali"
    assert shown(engine.step(second.session, Typed("0"))) == "Satu.\n98. Lagi\n0. Kembali"
    assert engine.step(second.session, Typed("1")).session.at == "main.welcome"


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("register.yaml", "check: nik\n", "check: nik_of_old\n", "there is no nik_of_old"),
        ("visit.yaml", "call: card.book", "call: card.order", "there is no card.order"),
        ("visit.yaml", "taken: again", "full: again", "card.book full, card.book taken"),
        ("visit.yaml", "taken: again", "taken: soon", "there is no visit.soon"),
    ],
)
def test_a_book_whose_words_are_lost_is_refused(
    catalog: Catalog, file: str, old: str, new: str, told: str
) -> None:
    flows = dict(shipped_flows())
    assert old in flows[file]
    flows[file] = flows[file].replace(old, new, 1)
    with pytest.raises(BadBookError, match=told):
        Engine(load_book(flows), catalog)

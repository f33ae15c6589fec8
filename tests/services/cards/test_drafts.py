"""Going on after a cut: nobody is named, and after half an hour the birth year is asked."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from menus.catalog import load_catalog
from menus.definition import StateId
from menus.engine import Engine
from menus.events import Answered, Perform
from menus.loader import load_book
from menus.session import Session
from services import housekeeping
from services.dialogue import drafts as dialogue_drafts
from storage import drafts
from storage.vault import Vault
from tests.services.cards.town import BUDI, SITI, Town, number

AT_NAME = StateId("register.name")


def cut_off(town: Town, **known: str) -> Session:
    """Siti was cut off with this much answered."""
    session = Session(book="b1", at=AT_NAME, known=known, saved=True)
    index = town.vault.index("phone", number(1))
    with town.database.begin() as conn:
        dialogue_drafts.keep(conn, town.vault, index, session, town.now)
    return session


def test_an_unfinished_call_is_offered_without_a_name(town: Town) -> None:
    cut_off(town, nik=SITI)
    answered = town.dials().call("caller.recognise")
    assert answered.outcome == "unfinished"
    assert answered.facts == {"tariff": "Rp 550 sekali", "task": "registering"}
    assert town.dials(2).hears("caller.recognise") == "new"


def test_a_deep_dial_skips_the_offer(town: Town) -> None:
    cut_off(town, nik=SITI)
    assert town.dials().hears("caller.recognise", dialled="deep") == "new"


def test_within_half_an_hour_one_goes_on_at_once(town: Town) -> None:
    session = cut_off(town, nik=SITI)
    town.after(minutes=30)
    answered = town.dials().call("draft.resume")
    assert answered.outcome == "resumed"
    assert answered.restore == session


def test_later_the_birth_year_is_asked(town: Town) -> None:
    session = cut_off(town, nik=SITI)
    town.after(minutes=31)
    siti = town.dials()
    assert siti.hears("draft.resume") == "ask_year"
    assert siti.hears("draft.prove", year="1989") == "wrong"
    proved = siti.call("draft.prove", year="1998")
    assert proved.outcome == "resumed"
    assert proved.restore == session


def test_three_wrong_years_end_the_draft(town: Town) -> None:
    cut_off(town, nik=SITI)
    town.after(hours=1)
    siti = town.dials()
    years = ("1989", "1999", "2000", "1998")
    outcomes = [siti.hears("draft.prove", year=year) for year in years]
    assert outcomes == ["wrong", "wrong", "gone", "gone"]
    assert town.dials().hears("caller.recognise") == "new"


def test_misses_are_counted_over_sessions_and_forgotten_with_the_draft(town: Town) -> None:
    cut_off(town, nik=SITI)
    town.after(hours=1)
    for _ in range(2):
        assert town.dials().hears("draft.prove", year="1989") == "wrong"
    assert town.dials().hears("draft.prove", year="1998") == "resumed"
    assert town.dials().hears("draft.prove", year="1989") == "wrong"
    town.dials().hears("draft.discard")
    town.after(minutes=1)
    cut_off(town, nik=SITI)
    assert [town.dials().hears("draft.prove", year="1989") for _ in range(2)] == ["wrong"] * 2


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        ({"nik_first": "321011"}, False),  # nobody is in it yet
        ({"nik_first": "321011", "nik_middle": "550898"}, True),
        ({"nik": SITI, "name": "Siti"}, True),
        ({"born": "1998-08-15"}, True),
    ],
)
def test_the_year_is_asked_as_soon_as_a_draft_speaks_of_somebody(
    town: Town, known: dict[str, str], *, asked: bool
) -> None:
    cut_off(town, **known)
    town.after(hours=1)
    siti = town.dials()
    assert siti.hears("draft.resume") == ("ask_year" if asked else "resumed")
    if asked:
        assert siti.hears("draft.prove", year="1998") == "resumed"


def test_the_year_of_a_request_that_chooses_another_day_is_known(town: Town) -> None:
    request = town.dials().registers().facts["request"]
    town.after(minutes=1)
    cut_off(town, request=request, name="Siti")
    town.after(hours=1)
    siti = town.dials()
    assert siti.hears("draft.resume") == "ask_year"
    assert siti.hears("draft.prove", year="1998") == "resumed"


def test_a_draft_lives_seven_days(town: Town) -> None:
    cut_off(town, nik=SITI)
    town.after(days=7)
    assert town.dials().hears("caller.recognise") == "unfinished"
    town.after(seconds=1)
    assert town.dials().hears("caller.recognise") == "new"
    for call in ("draft.resume", "draft.prove"):
        assert town.dials().call(call, year="1998").facts == {"tariff": "Rp 550 sekali"}


def test_misses_count_for_as_long_as_the_draft_lives(town: Town) -> None:
    cut_off(town, nik=SITI)
    for days, outcome in ((1, "wrong"), (3, "wrong"), (2, "gone")):
        town.after(days=days)
        housekeeping.sweep(town.database, town.now)
        assert town.dials().hears("draft.prove", year="1989") == outcome


def test_misses_at_an_earlier_draft_are_nothing_to_this_one(town: Town) -> None:
    cut_off(town, nik=SITI)
    town.after(hours=1)
    assert [town.dials().hears("draft.prove", year="1989") for _ in range(2)] == ["wrong"] * 2
    town.after(minutes=1)
    cut_off(town, nik=BUDI)  # dialled deep, and cut off again
    town.after(hours=1)
    assert [town.dials().hears("draft.prove", year="1989") for _ in range(2)] == ["wrong"] * 2


def test_of_three_who_guess_at_once_the_third_ends_the_draft(town: Town) -> None:
    cut_off(town, nik=SITI)
    town.after(hours=1)
    lines = [town.dials() for _ in range(6)]
    with ThreadPoolExecutor(6) as at_once:
        outcomes = list(at_once.map(lambda one: one.hears("draft.prove", year="1989"), lines))
    assert sorted(outcomes) == ["gone"] * 4 + ["wrong"] * 2


def test_a_middle_typed_again_before_the_cut_proves_as_well(town: Town) -> None:
    cut_off(town, nik="3210115508890001", nik_first="321011", nik_middle="550898")
    town.after(hours=1)
    assert town.dials().hears("draft.prove", year="1997") == "wrong"
    assert town.dials().hears("draft.prove", year="1998") == "resumed"


def test_a_draft_sealed_with_a_key_that_is_gone_is_gone_too(town: Town) -> None:
    cut_off(town, nik=SITI)
    town.after(hours=1)
    town.vault = Vault({"t2": b"3" * 32}, "t2", b"2" * 32)
    for call in ("draft.resume", "draft.prove"):
        assert town.dials().hears(call, year="1998") == "gone"
    assert town.dials().hears("caller.recognise") == "new"


def offered(town: Town, at: str) -> Session:
    """Siti was offered the soonest hour, saw the list, and was cut off."""
    siti = town.dials().chooses()
    lines = siti.call("slots.list").items or {}
    lists = {name: tuple(items) for name, items in lines.items()}
    session = Session(book="b1", at=StateId(at), known=siti.known, lists=lists, saved=True)
    index = town.vault.index("phone", number(1))
    with town.database.begin() as conn:
        dialogue_drafts.keep(conn, town.vault, index, session, town.now)
    return session


def resumed(town: Town) -> Session:
    town.after(minutes=5)
    restored = town.dials().call("draft.resume").restore
    assert restored
    return restored


def test_an_hour_that_is_still_free_is_offered_again(town: Town) -> None:
    session = offered(town, "visit.confirm")
    restored = resumed(town)
    assert restored.known == session.known
    assert restored.lists == {}


@pytest.mark.parametrize("change", ["full", "closed", "over"])
def test_an_hour_that_is_gone_is_not_offered_again(town: Town, change: str) -> None:
    session = offered(town, "visit.confirm")
    match change:
        case "full":
            town.office(daily_quota=6, hour_quota=1)
            town.dials(2).registers(BUDI, "Budi")
        case "closed":
            town.office(open="2-5 08:00-15:00")
        case "over":
            town.after(days=1)
            assert town.dials().hears("draft.resume") == "ask_year"
    restored = town.dials().call("draft.prove", year="1998").restore
    assert restored
    assert session.known.keys() - restored.known.keys() == {"slot", "day", "hour"}
    engine = Engine(load_book(), load_catalog())
    there = engine.start().but(at=StateId("main.resume"))
    step = engine.step(there, Answered("resumed", restore=restored.but(book="b1")))
    assert isinstance(step.reply, Perform)
    assert step.reply.call == "slots.offer"


def test_beginning_anew_forgets_the_draft_also_one_that_is_written_late(town: Town) -> None:
    session = cut_off(town, nik=SITI)
    town.after(minutes=1)
    assert town.dials().hears("draft.discard") == "discarded"
    index = town.vault.index("phone", number(1))
    sealed = dialogue_drafts.seal(town.vault, index, session)
    with town.database.begin() as conn:
        late = town.now.replace(minute=0)
        drafts.keep(
            conn, phone_index=index, sealed=sealed, flow="register", book="b1", saved_at=late
        )
    assert town.dials().hears("draft.resume") == "gone"

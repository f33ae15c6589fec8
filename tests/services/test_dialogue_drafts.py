"""Cut off and dialling again: the offer stands whoever forgot what, and ends with the booking."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import redis
from sqlalchemy import select

from menus.events import Answered
from services.books import Engines
from services.context import CallContext
from services.dialogue import Dialogue
from services.dialogue import drafts as dialogue_drafts
from storage import drafts
from storage.tables import drafts as rows
from tests.services import small_book
from tests.services.small_house import BUDI, HANDLERS, SITI, Handset, SmallHouse, recognise

OFFER = "Lajengkeun daftar?"


@pytest.fixture
def phone(small: SmallHouse) -> Handset:
    """A phone whose caller was cut off after the name, before any call was made of it."""
    phone = Handset(small, small.dialogue().hear).dials()
    return phone.types("1", "Siti").sees("7 Siti")


def again(phone: Handset, session_id: str = "ATUid_2", dialogue: Dialogue | None = None) -> Handset:
    hear = dialogue.hear if dialogue else phone.hear
    return Handset(phone.house, hear, session_id, phone.phone).dials()


def flush(small: SmallHouse, now: datetime | None = None) -> int:
    """Do the clock's work."""
    return dialogue_drafts.flush(small.database, small.vault, small.sessions, now or small.now)


def test_who_was_cut_off_goes_on_before_the_clock_ran(phone: Handset, small: SmallHouse) -> None:
    second = again(phone).sees(OFFER)
    assert "Siti" not in second.screen.text
    second.types("1").sees("7 Siti. Benar?").types("1").sees("Kode 482 157 906")
    assert small.bookings() == 1


def test_who_was_cut_off_goes_on_after_the_clock_ran_and_redis_forgot(
    phone: Handset, small: SmallHouse, valkey_url: str
) -> None:
    assert flush(small) == 1
    assert flush(small) == 0
    with redis.Redis.from_url(valkey_url) as server:
        server.flushall()
    again(phone).sees(OFFER).types("1").sees("7 Siti. Benar?")


def test_a_call_writes_the_draft_in_its_own_transaction(phone: Handset, valkey_url: str) -> None:
    phone.types("3").sees("8 Siti")
    with redis.Redis.from_url(valkey_url) as server:
        server.flushall()
    again(phone).sees(OFFER).types("1").sees("8 Siti")


def test_the_draft_is_sealed(phone: Handset, small: SmallHouse) -> None:
    phone.types("3")
    with small.database.begin() as conn:
        row = conn.execute(select(rows)).one()
    assert "Siti" not in row.sealed
    assert (row.state_flow, row.saved_at) == ("card", small.now)
    session = dialogue_drafts.open_draft(small.vault, row.phone_index, row.sealed)
    assert session.known["name"] == "Siti"


def test_starting_again_throws_the_draft_away(phone: Handset, small: SmallHouse) -> None:
    again(phone).types("2").sees("Halo")
    again(phone, "ATUid_3").sees("Halo")
    assert flush(small) == 0


def test_a_booking_ends_the_draft(phone: Handset, small: SmallHouse) -> None:
    phone.types("1").sees("Kode")
    again(phone).sees("Halo")
    assert flush(small) == 0


def test_a_write_behind_that_comes_late_does_not_bring_a_booked_draft_back(
    phone: Handset, small: SmallHouse
) -> None:
    late = small.sessions.marked(10)
    phone.types("1").sees("Kode")
    dialogue_drafts._write_behind(small.database, small.vault, late, small.now)
    again(phone).sees("Halo")


def test_a_second_registration_is_kept_after_the_first(phone: Handset) -> None:
    phone.types("1").sees("Kode").types("2", "Budi").sees("7 Budi")
    again(phone).sees(OFFER).types("1").sees("7 Budi")


def test_a_long_code_makes_no_offer_and_keeps_the_draft(phone: Handset, small: SmallHouse) -> None:
    deep = Handset(small, phone.hear, "ATUid_2").dials("1").sees("Siapa nama?")
    deep.types("00").sees(OFFER)
    again(phone, "ATUid_3").sees(OFFER)


def test_the_way_to_the_first_screen_offers_to_go_on(phone: Handset) -> None:
    phone.types("00").sees(OFFER).types("1").sees("7 Siti")


def test_nobody_else_is_offered_it(phone: Handset, small: SmallHouse) -> None:
    Handset(small, phone.hear, "ATUid_2", BUDI).dials().sees("Halo")


def test_a_draft_is_resumed_in_the_language_of_the_new_call(
    phone: Handset, small: SmallHouse
) -> None:
    def in_javanese(ctx: CallContext) -> Answered:
        told = recognise(ctx)
        return Answered(told.outcome, {**told.facts, "language": "jv"})

    phone.sees("0. Balik")
    handlers = {**HANDLERS, "caller.recognise": in_javanese}
    second = again(phone, dialogue=small.dialogue(handlers=handlers))
    second.types("1").sees("7 Siti", "0. Wangsul")


def test_after_a_deploy_a_session_goes_on_in_its_book_and_a_draft_in_the_new_one(
    phone: Handset, small: SmallHouse
) -> None:
    old = small.engine
    new = small_book.engine(card=small_book.CARD.replace("sure", "check_it"))
    versions = {old.book.version: old, new.book.version: new}
    deployed = small.dialogue(engines=Engines(new.book.version, versions))
    phone.hear = deployed.hear
    phone.types("2").sees("Siapa nama?").types("Siti").sees("7 Siti")
    # the state where the draft stands is no more: its flow begins again, answers kept
    again(phone, dialogue=deployed).sees(OFFER).types("1").sees("Siapa nama?")


def test_after_a_deploy_a_lost_session_is_heard_again_in_its_own_book(
    phone: Handset, small: SmallHouse, valkey_url: str
) -> None:
    old = small.engine
    new = small_book.engine(card=small_book.CARD.replace("Siapa nama?", "Nama panggilan?"))
    versions = {old.book.version: old, new.book.version: new}
    phone.hear = small.dialogue(engines=Engines(new.book.version, versions)).hear
    phone.types("3").sees("8 Siti")
    with redis.Redis.from_url(valkey_url) as server:
        server.flushall()
    phone.types("2").sees("Siapa nama?")


def test_after_two_deploys_a_session_is_brought_to_a_screen_of_the_new_book(
    phone: Handset, small: SmallHouse
) -> None:
    new = small_book.engine(card=small_book.CARD.replace("Siapa nama?", "Nama panggilan?"))
    phone.hear = small.dialogue(engines=Engines(new.book.version, {new.book.version: new})).hear
    phone.types("1").sees("7 Siti. Benar?")
    assert small.bookings() == 0, "what was typed answered a screen that is no more"


def test_drafts_live_seven_days(phone: Handset, small: SmallHouse, valkey_url: str) -> None:
    flush(small)
    with redis.Redis.from_url(valkey_url) as server:
        server.flushall()
    small.now += timedelta(days=6, hours=23)
    again(phone).sees(OFFER)
    small.now += timedelta(hours=2)
    again(phone, "ATUid_3").sees("Halo")
    with small.database.begin() as conn:
        assert dialogue_drafts.sweep(conn, small.now) > 0
        assert drafts.find(conn, small.vault.index("phone", SITI), small.now) is None


def test_what_waits_too_long_is_not_written_any_more(phone: Handset, small: SmallHouse) -> None:
    assert flush(small, small.now + timedelta(days=8)) == 1
    again(phone).sees("Halo")


def test_a_crowd_that_was_cut_off_is_written_behind_in_one_go(
    phone: Handset, small: SmallHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        other = Handset(small, phone.hear, f"ATUid_{number + 3}", f"+6281200000{number + 100}")
        other.dials().types("1", "Siti")
    monkeypatch.setattr(dialogue_drafts, "_AT_ONCE", 2)
    assert flush(small) == 5
    assert flush(small) == 0


def test_rubbish_in_place_of_a_draft_holds_up_neither_its_caller_nor_the_others(
    phone: Handset, small: SmallHouse, valkey_url: str
) -> None:
    with redis.Redis.from_url(valkey_url) as server:
        server.set(f"kuning:resume:{small.vault.index('phone', BUDI)}", "000001rubbish")
        server.zadd("kuning:dirty", {small.vault.index("phone", BUDI): 1})
    Handset(small, phone.hear, "ATUid_3", BUDI).dials().sees("Halo")
    assert flush(small) == 2
    again(phone).sees(OFFER)

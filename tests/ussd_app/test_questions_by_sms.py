"""A question texted in somebody's own words is answered at any hour, or waits for an officer."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from runtime.wiring import House
from storage import answers, callers
from storage.answers import Answer
from storage.tables import incoming_messages, messages
from tests.support import applicants
from tests.support.installation import Clock
from tests.support.phone import SITI, Phone


@pytest.fixture
def siti(house: House, clock: Clock, phone: Phone) -> Phone:
    """Siti, who has a card request in Majalengka."""
    with house.database.begin() as conn:
        applicants.enters(conn, house.vault, now=clock(), phone=SITI)
    return phone


def kept(house: House) -> list[tuple[str, str]]:
    rows = select(incoming_messages).order_by(incoming_messages.c.created_at)
    with house.database.begin() as conn:
        return [(row.kind, row.state) for row in conn.execute(rows)]


def speaks(house: House, clock: Clock, language: str) -> None:
    with house.database.begin() as conn:
        callers.seen(conn, house.vault.index("phone", SITI), "sealed", language, clock())


def says_itself(house: House, clock: Clock, **changes: object) -> None:
    said = {
        "office": "32.10", "key": "cost", "language": "id", "title": "Biaya", "asked": "",
        "text": "Gratis di Majalengka.", "hidden": False, "version": 1, "updated_at": clock(),
        **changes,
    }  # fmt: skip
    with house.database.begin() as conn:
        assert answers.add(conn, Answer(**said))  # type: ignore[arg-type]  # by name


def test_a_question_is_answered_at_once_by_night_and_no_officer_has_to_read_it(
    house: House, siti: Phone
) -> None:
    siti.after(hours=15).texts("brp biaya bikin kartu kuning pak?")
    siti.got_sms("Disnaker Majalengka: Kartu kuning gratis, tanpa biaya apa pun.")
    assert kept(house) == [("free", "answered")]


def test_an_answer_tells_the_facts_of_the_askers_own_office(siti: Phone) -> None:
    siti.texts("kantor buka jam brp").got_sms("Kantor buka Sen-Jum 8-15.")
    siti.texts("sarat nyieun kartu koneng naon wae").got_sms("Bawa KTP, ijazah, 2 foto.")


def test_an_answer_speaks_the_language_of_the_number(
    house: House, siti: Phone, clock: Clock
) -> None:
    speaks(house, clock, "su")
    siti.texts("mayar teu ngadamel kartu koneng teh")
    siti.got_sms("Kartu koneng haratis, teu aya biaya naon-naon")


def test_what_can_be_done_by_phone_ends_with_what_to_dial(siti: Phone) -> None:
    siti.texts("cara perpanjang kartu kuning").got_sms("pilih hari datang", "Tekan *123#.")


def test_a_stranger_hears_what_holds_everywhere_but_not_the_hours_of_a_guessed_office(
    house: House, phone: Phone
) -> None:
    phone.texts("berapa biaya kartu kuning").got_sms("Disnaker: Kartu kuning gratis")
    phone.texts("kantor buka jam berapa").got_sms("Petugas membalas pada jam kerja.")
    assert kept(house) == [("free", "answered"), ("free", "new")]


def test_of_several_answers_that_may_be_meant_a_number_picks_one(house: House, siti: Phone) -> None:
    siti.texts("syarat ktp baru").got_sms("maksudnya 1 Belum punya KTP, 2 Berkas")
    assert kept(house) == [("free", "new")]
    siti.texts("2").got_sms("Bawa KTP, ijazah, 2 foto.")
    assert kept(house) == [("free", "answered"), ("free", "answered")]


def test_a_number_that_was_not_offered_waits_for_an_officer(house: House, siti: Phone) -> None:
    siti.texts("1").texts("syarat ktp baru").texts("9")
    assert kept(house) == [("free", "new")] * 3


def test_an_offer_is_over_once_it_was_taken_up(house: House, siti: Phone) -> None:
    siti.texts("syarat ktp baru").texts("1").texts("1")
    assert kept(house) == [("free", "answered"), ("free", "answered"), ("free", "new")]


def test_what_is_not_our_affair_waits_for_an_officer(house: House, siti: Phone) -> None:
    siti.texts("bansos kapan cair bu").got_sms("Petugas membalas pada jam kerja.")
    assert kept(house) == [("free", "new")]


def test_an_office_says_it_in_its_own_words(house: House, siti: Phone, clock: Clock) -> None:
    says_itself(house, clock)
    siti.texts("berapa biaya").got_sms("Disnaker Majalengka: Gratis di Majalengka.")


def test_an_office_that_speaks_indonesian_only_is_heard_in_the_shipped_words_of_others(
    house: House, siti: Phone, clock: Clock
) -> None:
    says_itself(house, clock, key="parking", text="Parkir di belakang.", asked="parkir sepeda")
    speaks(house, clock, "jv")
    siti.texts("parkir sepeda nang endi").got_sms("Parkir di belakang.")


def test_what_an_office_hides_is_told_to_nobody(house: House, siti: Phone, clock: Clock) -> None:
    says_itself(house, clock, key="deputy", hidden=True)
    siti.texts("boleh diwakilkan ga")
    assert not any("Majalengka: Gratis" in text for text in siti.inbox())


def test_an_answer_is_one_segment_in_every_language(
    house: House, siti: Phone, clock: Clock
) -> None:
    for language in ("id", "su", "jv", "en"):
        speaks(house, clock, language)
        siti.after(minutes=20).texts("kartu kuning apa bisa diwakilkan?").inbox()
    assert len(set(siti.inbox())) == 4
    with house.database.begin() as conn:
        rows = conn.execute(select(messages.c.template, messages.c.segments)).all()
    assert rows == [("answer", 1)] * 4


def test_nothing_of_what_was_asked_is_kept_in_the_open(house: House, siti: Phone) -> None:
    siti.texts("syarat ktp baru")
    with house.database.begin() as conn:
        told = str(conn.exec_driver_sql("select * from sms_questions").all())
    assert "syarat" not in told
    assert SITI not in told

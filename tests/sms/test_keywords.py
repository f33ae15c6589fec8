"""A keyword is understood however it is typed, and only when it is the whole message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms.keywords import Keyword, is_stop, judges, read


@pytest.mark.parametrize(
    "text",
    [
        "STOP",
        "stop",
        " Berhenti. ",
        "UNREG",
        "eureun!",
        "*stop#",
        "UNREG KUNING",
        "Stop sms",
        "BERHENTI LANGGANAN",
        "stop info lowongan",
    ],
)
def test_stop_is_understood_however_it_is_typed(text: str) -> None:
    assert is_stop(text)


@pytest.mark.parametrize(
    "text", ["\uff33\uff34\uff2f\uff30", "\u200bstop\u200b", "stop\u00a0", '"STOP"', "- stop -"]
)
def test_stop_is_understood_whatever_a_phone_makes_of_it(text: str) -> None:
    assert is_stop(text)


@pytest.mark.parametrize(
    "text",
    ["", "jangan stop", "stop dulu ya", "berhenti kerja", "YA", "5TOP", "STOP 5", "BATAL"],
)
def test_anything_more_is_no_refusal(text: str) -> None:
    assert not is_stop(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("STATUS", Keyword.STATUS),
        ("status kartu saya?", Keyword.STATUS),
        ("STATUS#482157901", Keyword.STATUS),
        ("Status.482 157 901", Keyword.STATUS),
        ("kartu kuning", Keyword.STATUS),
        ("CEK STATUS", Keyword.STATUS),
        ("info status", Keyword.STATUS),
        ("STATUS AK/1", Keyword.STATUS),
        ("mulai status", Keyword.FREE),
        ("wartos", Keyword.STATUS),
        ("BUKAN SAYA", Keyword.NOT_ME),
        ("bukan saya!", Keyword.NOT_ME),
        ("Sanes abdi", Keyword.NOT_ME),
        ("not me", Keyword.NOT_ME),
        ("salah nomor", Keyword.NOT_ME),
        ("bukan saya yang daftar", Keyword.FREE),
        ("bukan", Keyword.FREE),
        ("bantuan", Keyword.HELP),
        ("INFO!!", Keyword.HELP),
        ("pitulung", Keyword.HELP),
        ("daftar", Keyword.HELP),
        ("", Keyword.HELP),
        (" ?? ", Keyword.HELP),
        ("mulai", Keyword.START),
        ("START", Keyword.START),
        ("status kapan jadi ya bu", Keyword.FREE),
        ("STATUS 3210115508980001", Keyword.FREE),
        ("info lowongan jahit", Keyword.FREE),
        ("tolong pak, kartu saya hilang", Keyword.FREE),
        ("Kantor buka hari Sabtu?", Keyword.FREE),
        ("ꦱꦠꦤ", Keyword.FREE),
        ("🙏", Keyword.HELP),
        ("STOP " * 2000, Keyword.FREE),
        ("." * 10_000, Keyword.FREE),
    ],
    ids=lambda told: str(told)[:30],
)
def test_what_an_sms_asks_for(text: str, meant: Keyword) -> None:
    assert read(text) is meant


@given(st.text(max_size=200))
def test_any_text_at_all_means_something(text: str) -> None:
    assert read(text) in Keyword


@pytest.mark.parametrize("text", ["1", " 1. ", "Puas", "PUAS!!", "sugema", "Marem"])
def test_one_word_alone_says_that_an_answer_of_ours_helped(text: str) -> None:
    assert judges(text) is True


@pytest.mark.parametrize("text", ["2", "belum", "Dereng", "BLM."])
def test_one_word_alone_says_that_it_did_not(text: str) -> None:
    assert judges(text) is False


@pytest.mark.parametrize("text", ["12", "1 2", "puas sekali", "3", ""])
def test_more_than_one_word_judges_nothing(text: str) -> None:
    assert judges(text) is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("DAFTAR 123456 3210115508980001 Siti", Keyword.REGISTER),
        ("daftar#1234#3210115508980001#Siti", Keyword.REGISTER),
        ("Daftar 2 orang pakai satu HP apa boleh?", Keyword.FREE),
        ("DAFTAR", Keyword.HELP),
    ],
)
def test_only_a_pin_after_the_word_registers_somebody(text: str, meant: Keyword) -> None:
    assert read(text) is meant

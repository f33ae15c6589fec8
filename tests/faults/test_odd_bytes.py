"""F23: whatever the bytes, a callback is cleaned or refused in plain words, and nothing breaks."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.faults.judging import Judge
from tests.faults.line import Answer, calls, form, posts, written
from tests.faults.people import Person
from tests.faults.stack import Stack

_PHONE = "+6281211230000"
_FIELDS = {"sessionId": "ATUid_odd", "phoneNumber": _PHONE, "serviceCode": "*123#", "text": "1*2"}
_BYTES = {
    "a raw byte": b"\xff",
    "an escaped byte": b"%ff",
    "a cut character": b"%c3",
    "an overlong slash": b"%c0%af",
    "a surrogate": b"%ed%a0%80",
    "a NUL": b"%00",
    "a raw NUL": b"\0",
}
_WIDE = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}  # as a Japanese keyboard types
_REFUSED_PHONES = {
    "a newline at the end": b"%2B6281211230000%0A",
    "a newline in the middle": b"%2B62812%0A11230000",
    "Arabic digits": "+٦٢٨١٢١١٢٣٠٠٠٠".encode(),
    "wide digits": f"+{'6281211230000'.translate(_WIDE)}".encode(),
    "a hidden space": "+6281211230000\u200b".encode(),
    "letters": b"%2B62812ABCDEFG",
    "nothing": b"",
}
# What callers' keyboards and the phones' converters make of sixteen digits.
_REFUSED_NIKS = {
    "Arabic digits": "٣٢١٠١١١٥٠٨٩٨٠٠٠١",
    "wide digits": "3210111508980001".translate(_WIDE),
    "superscripts": "321011150898000¹",
    "a newline": "3210111508980001\n",
    "a hidden space": "321011\u200b1508980001",
    "written from the right": "\u202e3210111508980001",
}
# The same name as typed, and as it has to stand in the tables.
_NAMES = {
    "composed": ("Andr\u00e9", "André"),
    "decomposed": ("Andre\u0301", "André"),
    "folded": ("Šiti", "Siti"),
    "spaced": ("  Siti   Nur ", "Siti Nur"),
    "with a hidden space": ("Si\u200bti", "Siti"),
}
_REFUSED_NAMES = ("\u202eitiS", "Siti\r\nX-Evil: 1", "٣٤٥", "Siti\t\x07", "\u0301")
_HOW_MANY = 6_000


def test_bytes_that_are_no_text_are_refused_in_every_field(town: Stack) -> None:
    for field in _FIELDS:
        for odd, piece in _BYTES.items():
            kept = {name: value for name, value in _FIELDS.items() if name != field}
            said = posts(town.address, written(kept) + b"&" + field.encode() + b"=1" + piece)
            assert said.is_refusal, (field, odd, said)
            assert said.status == 400


@pytest.mark.parametrize("odd", _REFUSED_PHONES)
def test_a_number_that_is_none_is_refused(town: Stack, odd: str) -> None:
    kept = {name: value for name, value in _FIELDS.items() if name != "phoneNumber"}
    said = posts(town.address, written(kept) + b"&phoneNumber=" + _REFUSED_PHONES[odd])
    assert said.is_refusal, said


@pytest.mark.parametrize(("number", "odd"), [*enumerate(_REFUSED_NIKS, 2310)])
def test_digits_of_other_scripts_are_no_nik(town: Stack, number: int, odd: str) -> None:
    person = Person(number)
    said = calls(town, person.session, person.phone, ("1", _REFUSED_NIKS[odd]))
    assert said.startswith("CON "), said
    assert "NIK" in said, said
    assert "Lahir" not in said, said


@pytest.mark.parametrize(("number", "how"), [*enumerate(_NAMES, 2300)])
def test_a_name_is_stored_in_one_spelling(town: Stack, number: int, how: str) -> None:
    person = Person(number)
    typed, stored = _NAMES[how]
    calls(town, person.session, person.phone, ("1", person.nik, "1", typed, "1", "1"))
    assert town.rows(
        "SELECT call_name FROM card_requests WHERE phone_last4 = %s", person.phone[-4:]
    ) == [(stored,)]


@pytest.mark.parametrize(("number", "name"), [*enumerate(_REFUSED_NAMES, 2320)], ids=ascii)
def test_signs_that_nobody_sees_are_no_name(town: Stack, number: int, name: str) -> None:
    person = Person(number)
    said = calls(town, person.session, person.phone, ("1", person.nik, "1", name))
    assert "nama" in said, said
    assert "Tinggal" not in said, said


def test_no_bytes_at_all_break_a_callback(town: Stack, scale: Callable[[int], int]) -> None:
    _break_nothing(town.address, scale(_HOW_MANY), st.binary(max_size=400), _is_sound)


def test_no_text_in_any_field_breaks_a_callback(town: Stack, scale: Callable[[int], int]) -> None:
    words = st.text(max_size=60)
    anything = st.builds(
        lambda session, phone, text: written(
            {
                "sessionId": f"ATUid_{session.encode('utf-8', 'replace').hex()[:40]}",
                "phoneNumber": phone,
                "serviceCode": text[::-1],
                "text": f"1*{text}",
            }
        ),
        words.filter(_is_text),
        st.one_of(st.just(_PHONE), words.filter(_is_text)),
        words.filter(_is_text),
    )
    _break_nothing(town.address, scale(_HOW_MANY), anything, _is_sound)


@pytest.mark.parametrize("kind", ["delivery", "incoming", "optout"])
def test_no_bytes_break_the_callbacks_of_sms(
    town: Stack, scale: Callable[[int], int], kind: str
) -> None:
    words = st.text(max_size=40).filter(_is_text)
    fields = ("id", "status", "phoneNumber", "from", "to", "text", "date", "linkId", "senderId")
    anything = st.one_of(
        st.binary(max_size=300),
        st.fixed_dictionaries(dict.fromkeys(fields, words)).map(written),
        st.fixed_dictionaries(dict.fromkeys(fields, words) | {"phoneNumber": st.just(_PHONE)}).map(
            written
        ),
    )
    _break_nothing(
        town.sms_address(kind),
        scale(_HOW_MANY // 3),
        anything,
        lambda said: said.status in (200, 400),
    )


def test_no_bytes_break_the_notice_of_an_end_or_a_page(
    town: Stack, scale: Callable[[int], int]
) -> None:
    for url in (f"{town.address}/ended", f"{town.url}/language"):
        _break_nothing(
            url, scale(_HOW_MANY // 3), st.binary(max_size=300), lambda said: said.status < 500
        )


def test_after_all_that_a_caller_is_served(town: Stack) -> None:
    assert posts(town.address, form("ATUid_after_odd", _PHONE, "")).is_screen


def test_afterwards_every_invariant_holds(town: Stack, judge: Judge) -> None:
    judge("F23 odd bytes", town, lifted=time.monotonic())


def _break_nothing(
    url: str,
    how_many: int,
    bodies: st.SearchStrategy[bytes],
    is_sound: Callable[[Answer], bool],
) -> None:
    """Post generated bodies, the same ones at every run; each answer has to be sound."""

    @settings(
        max_examples=how_many,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(bodies)
    def sound(body: bytes) -> None:
        said = posts(url, body)
        assert is_sound(said), said

    sound()


def _is_sound(said: Answer) -> bool:
    return said.is_screen or said.is_refusal


def _is_text(text: str) -> bool:
    """Lone surrogates cannot be written down; the table above has their bytes."""
    return not any("\ud800" <= char <= "\udfff" for char in text)

"""Request codes are read aloud and copied by hand: slips are found."""

from __future__ import annotations

import random
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import request_code
from domain.faults import Fault

CODES = st.integers().map(lambda seed: request_code.make(random.Random(seed).randrange))


@given(CODES)
def test_a_code_is_nine_digits_that_check(code: str) -> None:
    assert len(code) == 9
    assert not code.startswith("0")
    assert request_code.check(code) == code
    assert request_code.check(request_code.spoken(code)) == code


@given(CODES, st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_found(code: str, place: int, shift: int) -> None:
    wrong = str((int(code[place]) + shift) % 10)
    assert request_code.check(code[:place] + wrong + code[place + 1 :]) == Fault("digit")


@given(CODES, st.integers(0, 7))
def test_two_neighbours_swapped_are_found(code: str, place: int) -> None:
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert swapped == code or request_code.check(swapped) == Fault("digit")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", Fault("length")),
        ("123", Fault("length", 3)),
        ("1234567890", Fault("length", 10)),
        ("48215790a", Fault("shape")),
        ("٤٨٢١٥٧٩٠٦", Fault("shape")),
    ],
)
def test_what_is_no_code_is_refused(text: str, fault: Fault) -> None:
    assert request_code.check(text) == fault


def test_codes_are_said_in_threes() -> None:
    assert request_code.spoken("482157906") == "482 157 906"
    assert len({request_code.make(secrets.randbelow) for _ in range(1000)}) > 990


@given(st.text())
def test_any_text_is_judged_without_an_error(text: str) -> None:
    assert isinstance(request_code.check(text), str | Fault)

"""Card numbers after an office's pattern."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.card_number import DEFAULT, NumbersUsedUpError, Pattern, PatternError, is_number

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        (DEFAULT, "3210221126000123"),
        ("{kab:4}{ddmmyyyy}{seq:6}", "321022112026000123"),
        ("AK1/{yyyy}/{ddmmyy}-{seq:4}", "AK1/2026/221126-0123"),
        ("{ddmmyy}.{yy}.{seq:3}", "221126.26.123"),
        ("{kab:2}{ddmmyy}{seq:4}", "322211260123"),
    ],
)
def test_a_number_follows_its_pattern(pattern: str, number: str) -> None:
    assert Pattern.parse(pattern).number("32.10", DAY, 123) == number


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "{kab:4}{ddmmyy}",  # every card of a day would be alike
        "{kab:4}{seq:6}",  # and so would the first of each day
        "{yyyy}{seq:6}",
        "{kab}{ddmmyy}{seq:6}",
        "{seq:0}{ddmmyy}",
        "{seq:6}{ddmmyy}{nik:16}",
        "{seq:6}{ddmmyy}}",
        "{0.__class__}{ddmmyy}{seq:6}",
        "{ddmmyy}{seq:6}" + "x" * 40,
    ],
)
def test_a_pattern_that_cannot_number_cards_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        Pattern.parse(pattern)


def test_a_full_day_is_said_rather_than_numbered_wrong() -> None:
    pattern = Pattern.parse("{ddmmyy}{seq:2}")
    assert pattern.number("32.10", DAY, 99) == "22112699"
    with pytest.raises(NumbersUsedUpError):
        pattern.number("32.10", DAY, 100)


@given(
    st.dates(date(2020, 1, 1), date(2080, 1, 1)),
    st.dates(date(2020, 1, 1), date(2080, 1, 1)),
    st.integers(1, 999_999),
    st.integers(1, 999_999),
)
def test_two_cards_never_share_a_number(day: date, other: date, seq: int, other_seq: int) -> None:
    pattern = Pattern.parse(DEFAULT)
    same = (day, seq) == (other, other_seq)
    numbers = pattern.number("32.10", day, seq), pattern.number("32.10", other, other_seq)
    assert (numbers[0] == numbers[1]) == same


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("AK1-2025-00001", True),
        ("7", True),
        ("", False),
        ("-1", False),
        ("12\x0034", False),
        ("<b>1</b>", False),
        ("1" * 33, False),
        ("١٢٣", False),
    ],
)
def test_a_typed_number_is_letters_digits_and_what_joins_them(text: str, *, sound: bool) -> None:
    assert is_number(text) is sound

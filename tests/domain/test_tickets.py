"""Complaints and their clock: what counts as one, how long the office has."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import gsm7, request_code, tickets
from domain.faults import Fault

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Antre 3 jam", "Antre 3 jam"),
        ("  loket   tutup \n terus ", "loket tutup terus"),
        ("Petugas “kasar”*2x", 'Petugas "kasar"*2x'),
    ],
)
def test_a_complaint_is_kept_as_it_was_meant(typed: str, kept: str) -> None:
    assert tickets.words(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", "1", "98", "00", "aduan", "12345678", "........", "1234 abc"]
)
def test_a_key_pressed_by_mistake_is_no_complaint(typed: str) -> None:
    assert tickets.words(typed) == Fault("length")


@given(st.text(max_size=182))
def test_what_is_kept_can_be_said_on_every_phone(typed: str) -> None:
    kept = tickets.words(typed)
    if isinstance(kept, str):
        assert not gsm7.foreign(kept)
        assert tickets.words(kept) == kept


@pytest.mark.parametrize(
    ("hours", "left"), [(0, 72), (0.5, 72), (1, 71), (71.5, 1), (72, 0), (72.5, 0), (74, -2)]
)
def test_hours_are_counted_down_and_then_on(hours: float, left: int) -> None:
    due = NOON + tickets.CLOCK
    assert tickets.hours_left(due, NOON + timedelta(hours=hours)) == left


def test_an_answer_is_judged_for_a_week() -> None:
    assert tickets.may_be_rated(NOON, NOON + timedelta(days=6, hours=23))
    assert not tickets.may_be_rated(NOON, NOON + timedelta(days=7))
    assert not tickets.may_be_rated(None, NOON)


@given(st.integers(0, 89_999))
def test_a_tickets_code_is_sound_and_never_a_requests(drawn: int) -> None:
    code = request_code.make(lambda _: drawn % 90_000, request_code.OF_A_TICKET)
    assert request_code.check(code, request_code.OF_A_TICKET) == code
    assert request_code.check(code) == Fault("length", 6)
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    assert request_code.check(wrong, request_code.OF_A_TICKET) == Fault("digit")

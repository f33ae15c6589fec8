"""A message only moves forward."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms.message import FINAL, MOVES, RETURNS, Status, forward

ANY = st.sampled_from(Status)


@given(ANY, ANY)
def test_nothing_leaves_a_final_state(old: Status, new: Status) -> None:
    assert not (old in FINAL and forward(old, new))


@given(st.lists(ANY, max_size=30))
def test_whatever_is_reported_in_whatever_order_a_message_never_comes_back(
    reported: list[Status],
) -> None:
    at, been = Status.SENDING, {Status.SENDING}
    for new in reported:
        if forward(at, new):
            assert new not in been
            at = new
            been.add(new)
    assert at not in {Status.QUEUED, Status.CLAIMED}


def test_staying_is_no_move() -> None:
    assert not [status for status in Status if forward(status, status)]


def test_only_what_certainly_did_not_leave_may_return() -> None:
    assert {Status.CLAIMED, Status.SENDING} == RETURNS
    assert not [old for old, onward in MOVES.items() if Status.QUEUED in onward]


@pytest.mark.parametrize("new", [Status.DELIVERED, Status.UNDELIVERED, Status.SENT])
def test_a_report_can_still_tell_what_became_of_an_unknown_message(new: Status) -> None:
    assert forward(Status.UNKNOWN, new)


def test_what_has_left_can_no_longer_be_cancelled() -> None:
    cancellable = {old for old, onward in MOVES.items() if Status.CANCELLED in onward}
    assert cancellable == {Status.QUEUED, Status.CLAIMED}

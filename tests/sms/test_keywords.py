"""STOP is understood when it is the whole message, and only then."""

from __future__ import annotations

import pytest

from sms.keywords import is_stop


@pytest.mark.parametrize("text", ["STOP", "stop", " Berhenti. ", "UNREG", "eureun!", "*stop#"])
def test_it_is_understood_however_it_is_typed(text: str) -> None:
    assert is_stop(text)


@pytest.mark.parametrize(
    "text", ["", "jangan stop", "stop dulu ya", "berhenti kerja", "YA", "5TOP"]
)
def test_anything_more_is_no_refusal(text: str) -> None:
    assert not is_stop(text)

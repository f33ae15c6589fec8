"""F22: whatever size is sent, it is refused at once and costs no memory."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

import pytest

from tests.faults.judging import Judge
from tests.faults.line import Answer, form, megabytes, posts
from tests.faults.stack import Stack

_SOON = 0.1  # seconds
_FLAT = 12  # megabytes: what the allocator may keep after a hundred of them
_PHONE = "+6281211110000"

_MEGABYTE = b"a" * 1_000_000
_GIANTS = {
    "a megabyte of nothing": _MEGABYTE,
    "a megabyte in one answer": form("ATUid_giant", _PHONE, "1" * 1_000_000),
    "a hundred thousand fields": b"&".join(b"f%d=1" % number for number in range(100_000)),
    "sixteen kilobytes of fields": b"a=1&" * 4_000,
    "ten kilobytes of text": form("ATUid_giant", _PHONE, "x" * 10_000),
    "five hundred answers": form("ATUid_giant", _PHONE, "*".join(["1"] * 500)),
    "five hundred stars": form("ATUid_giant", _PHONE, "*" * 500),
    "a session id without end": form("A" * 10_000, _PHONE, ""),
    "a phone number without end": form("ATUid_giant", "+62" + "8" * 10_000, ""),
}


@pytest.mark.parametrize("name", _GIANTS)
def test_a_giant_is_refused_at_once(town: Stack, name: str) -> None:
    said = [posts(town.address, _GIANTS[name]) for _ in range(5)]

    assert all(one.is_refusal for one in said), said[0]
    assert median(one.seconds for one in said) < _SOON, [one.seconds for one in said]


def test_a_giant_without_a_length_is_refused_too(town: Stack) -> None:
    chunks = b"".join(b"1000\r\n" + b"a" * 4096 + b"\r\n" for _ in range(250)) + b"0\r\n\r\n"

    said = posts(town.address, chunks, {"Transfer-Encoding": "chunked"})

    assert said.is_refusal, said


@pytest.mark.parametrize("kind", ["delivery", "incoming", "optout"])
def test_the_other_callbacks_refuse_giants_too(town: Stack, kind: str) -> None:
    said = posts(town.sms_address(kind), _MEGABYTE)

    assert said.status == 413, said


@pytest.mark.parametrize("path", ["/sign-in", "/search"])
def test_the_desk_refuses_giants_too(town: Stack, path: str) -> None:
    said = posts(town.url + path, b"text=" + _MEGABYTE)

    assert said.status in (303, 400, 413), said  # 303: to sign in first, nothing was read


def test_memory_stays_flat_under_giants_and_callers_are_served(
    town: Stack, tells: Callable[[str], None], scale: Callable[[int], int]
) -> None:
    rounds = 10 * scale(300)
    giants = list(_GIANTS.values())
    for giant in giants:
        posts(town.address, giant)
    before = megabytes(town)

    heard = [_one_round(town, giants[number % len(giants)], number) for number in range(rounds)]

    after = megabytes(town)
    tells(f"F22: {rounds} giants, {before:.1f} MB before, {after:.1f} MB after")
    assert all(one.is_screen for one in heard)
    assert after - before < _FLAT, (before, after)


def test_afterwards_every_invariant_holds(town: Stack, judge: Judge) -> None:
    judge("F22 giant input", town, lifted=time.monotonic())


def _one_round(town: Stack, giant: bytes, number: int) -> Answer:
    assert posts(town.address, giant).is_refusal
    return posts(town.address, form(f"ATUid_small{number}", _PHONE, ""))

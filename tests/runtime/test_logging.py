"""Logs: one line an event, and no number of a person in any of them."""

from __future__ import annotations

import io
import json
import logging
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from runtime.logging import configure
from runtime.masking import mask, mask_value
from tests.support.logs import logged

NIK = "3210115508980001"
_GAPS = st.sampled_from(["", " ", ".", "-"])
_PHONES = st.builds(
    lambda start, digits: start + digits,
    st.sampled_from(["+628", "628", "08", "+62 8", "0062 8", "+2547"]),
    st.text("0123456789", min_size=8, max_size=10),
)
_WORDS = st.text(st.characters(exclude_categories=["Nd", "Cs"]), max_size=20)


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What is logged; the hooks of the process are put back afterwards."""
    with logged() as stream:
        yield stream


def events(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


@given(
    before=_WORDS, after=_WORDS, gap=_GAPS, digits=st.text("0123456789", min_size=16, max_size=20)
)
def test_sixteen_digits_never_stay(before: str, after: str, gap: str, digits: str) -> None:
    masked = mask(before + gap.join(digits) + after)
    assert not re.search(r"\d(?:[ .-]?\d){15}", masked)
    assert masked.startswith(before)


@given(before=_WORDS, after=_WORDS, phone=_PHONES)
def test_a_phone_number_never_stays(before: str, after: str, phone: str) -> None:
    masked = mask(f"{before} {phone} {after}")
    assert phone not in masked
    assert not re.search(r"\d{6}", masked)


@given(st.integers(10**15, 10**17))
def test_a_number_is_masked_as_a_value_too(number: int) -> None:
    assert json.dumps(mask_value({"deep": [number, (number,)]})).count("[16 digits]") == 2


@given(st.integers(-(10**9), 10**9) | st.booleans() | st.none() | st.floats(allow_nan=False))
def test_plain_values_stay_as_they_are(value: object) -> None:
    assert mask_value(value) == value


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-22T03:00:00.123456Z",
        "f47ac10b-58cc-4372-a567-0e02b2c3d479",
        "482157906",
        "*123*3#",
        "32.10.11",
        "127.0.0.1:8000",
    ],
)
def test_what_is_no_persons_number_stays(text: str) -> None:
    assert mask(text) == text


def test_an_event_is_one_line_of_json(lines: io.StringIO) -> None:
    structlog.get_logger("here").info("hop answered", gateway="simulator", phone="+6281200000001")
    (event,) = events(lines)
    assert event["event"] == "hop answered"
    assert event["phone"] == "[phone]"
    assert event["level"] == "info"
    assert event["logger"] == "here"


def test_the_standard_librarys_loggers_are_masked_as_well(lines: io.StringIO) -> None:
    logging.getLogger("elsewhere").warning("refused %s for %d", "081200000001", int(NIK))
    (event,) = events(lines)
    assert event["event"] == "refused [phone] for [16 digits]"


def test_a_traceback_is_masked(lines: io.StringIO) -> None:
    def fail() -> None:
        raise ValueError(f"no such NIK: {NIK}") from LookupError("+62 812-0000-0001")

    try:
        fail()
    except ValueError:
        structlog.get_logger().exception("failed")
    text = lines.getvalue()
    assert "Traceback" in text
    assert NIK not in text
    assert "0000-0001" not in text


def test_an_exception_that_nobody_caught_is_masked(lines: io.StringIO) -> None:
    error = ValueError(NIK)
    sys.excepthook(ValueError, error, None)
    assert events(lines)[0]["event"] == "uncaught"
    assert NIK not in lines.getvalue()


def test_an_exception_of_a_thread_is_masked(lines: io.StringIO) -> None:
    def fail() -> None:
        raise ValueError(NIK)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert events(lines)[0]["event"] == "uncaught"
    assert NIK not in lines.getvalue()


def test_an_event_that_cannot_be_written_gives_nothing_away(
    lines: io.StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    record = logging.LogRecord("odd", logging.WARNING, "", 1, "%d of %s", ("many", NIK), None)
    ours = [each for each in logging.getLogger().handlers if "runtime" in type(each).__module__]
    ours[0].handle(record)
    assert events(lines) == [{"event": "unwritable event", "logger": "odd"}]
    assert NIK not in "".join(capfd.readouterr())


@pytest.mark.usefixtures("lines")  # which puts the log's hooks back
def test_a_full_disk_stops_the_log_and_nothing_else() -> None:
    full = Path("/dev/full").open("w", encoding="utf-8", buffering=1)  # noqa: SIM115 - closing it fails
    configure(stream=full)
    structlog.get_logger().warning("nobody hears this")
    with suppress(OSError):
        full.close()


def test_debug_is_silent_unless_asked_for(lines: io.StringIO) -> None:
    structlog.get_logger().debug("too much")
    assert lines.getvalue() == ""

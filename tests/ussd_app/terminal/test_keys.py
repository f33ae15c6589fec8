"""Lines come as they are typed, however the system cuts them up."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import BinaryIO

import pytest

from ussd_app.terminal.keys import Keys


@pytest.fixture
def ends() -> Iterator[tuple[BinaryIO, BinaryIO]]:
    """A pipe: what is read, what is written."""
    read, write = os.pipe()
    with os.fdopen(read, "rb", 0) as reader, os.fdopen(write, "wb", 0) as writer:
        yield reader, writer


def test_lines_that_come_at_once_are_read_one_by_one(ends: tuple[BinaryIO, BinaryIO]) -> None:
    reader, writer = ends
    writer.write("1\r\nSi*ti é\n\nlast".encode())
    writer.close()
    keys = Keys(reader.fileno())
    assert [keys.line() for _ in range(4)] == ["1", "Si*ti é", "", "last"]
    with pytest.raises(EOFError):
        keys.line()


def test_a_line_that_is_not_finished_is_waited_for(ends: tuple[BinaryIO, BinaryIO]) -> None:
    reader, writer = ends
    keys = Keys(reader.fileno())
    assert keys.line(0) is None
    writer.write(b"Si")
    assert keys.line(0) is None
    writer.write(b"ti\n")
    assert keys.line(5) == "Siti"


def test_bytes_that_are_no_text_end_nothing(ends: tuple[BinaryIO, BinaryIO]) -> None:
    reader, writer = ends
    writer.write(b"\xff1\n")
    assert Keys(reader.fileno()).line() == "\N{REPLACEMENT CHARACTER}1"


def test_arrows_and_other_signs_that_no_handset_has_are_left_out(
    ends: tuple[BinaryIO, BinaryIO],
) -> None:
    reader, writer = ends
    writer.write("\x1b[A1\x1b[1;5D\x1bOB2\t\N{LINE SEPARATOR}\x7f Siti\n".encode())
    assert Keys(reader.fileno()).line() == "12 Siti"

"""A disk that is full for some processes: no file of theirs grows any more.

The limit on the size of files that every Unix has (RLIMIT_FSIZE) is lowered while they run, and
raised again: no mount, no rights, no restart. A write then fails as it does on a full disk.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import psycopg
from psycopg import sql

from tests.faults.stack import Stack

__all__ = ["SEGMENT", "full", "full_table"]

SEGMENT: Final = 16 * 1024 * 1024
"""Bytes of a file of PostgreSQL's write-ahead log: below that it could not even say no."""

_PAGE: Final = 8000
_BEFORE: Final = 2000  # pages to begin with: a little less than a segment


@contextmanager
def full(stack: Stack, name: str, size: int) -> Iterator[None]:
    """Let no file of this process and its children grow beyond `size` bytes."""
    _limit(stack, name, str(size))
    try:
        yield
    finally:
        _limit(stack, name, "unlimited")


@contextmanager
def full_table(stack: Stack, table: str, filler: str, wide: str) -> Iterator[None]:
    """Let PostgreSQL have no room left in one table.

    `filler` inserts so many rows (`%(rows)s`) with so many bytes (`%(bytes)s`) in the column
    `wide`, and such that `gateway = 'filler'`; they are gone afterwards.
    """
    with psycopg.connect(stack.database_url, autocommit=True) as admin:
        admin.execute(_plain(table, wide))
        admin.execute(filler.encode(), {"rows": _BEFORE, "bytes": _PAGE})
        try:
            with full(stack, "postgres", SEGMENT):
                _fills(admin, filler)
                yield
        finally:
            words = sql.SQL("DELETE FROM {} WHERE gateway = 'filler'")
            admin.execute(words.format(sql.Identifier(table)))


def _plain(table: str, wide: str) -> sql.Composed:
    """Let a wide value stand in the table itself: one row a page."""
    words = sql.SQL("ALTER TABLE {} ALTER COLUMN {} SET STORAGE PLAIN")
    return words.format(sql.Identifier(table), sql.Identifier(wide))


def _fills(admin: psycopg.Connection, filler: str) -> None:
    """Insert until nothing fits, wide rows and then narrow ones."""
    for width in (_PAGE, 50):
        for _ in range(_BEFORE):
            try:
                admin.execute(filler.encode(), {"rows": 1, "bytes": width})
            except psycopg.Error:
                break
        else:
            raise AssertionError("the disk is not full")


def _limit(stack: Stack, name: str, size: str) -> None:
    for _ in range(2):  # a child that is born meanwhile is seen the second time
        for number in stack.family(name):
            _limit_one(number, size)


def _limit_one(number: int, size: str) -> None:
    """Lower or raise the limit of a process, as its owner: that needs no right at all."""
    try:
        owner = Path(f"/proc/{number}").stat().st_uid
    except FileNotFoundError:
        return
    subprocess.run(
        ["prlimit", "--pid", str(number), f"--fsize={size}:"],
        user=None if owner == os.geteuid() else owner,
        capture_output=True,
        check=False,  # it may have ended
    )

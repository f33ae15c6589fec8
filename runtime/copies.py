"""Copies of all data: out with pg_dump, back with psql, of our own PostgreSQL.

A copy is SQL in gzip: its check sum finds a file that was cut short or damaged, which
pg_dump's own archives do not (pg_restore 18 reads one without its last kilobytes and says
nothing). It holds personal data sealed as it lies in the database; the keys are not in it.
The password goes to the tools by their environment, never by their arguments, which all
users of a machine can read.
"""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from sqlalchemy import make_url

from runtime.embedded import binaries
from storage.migrate import upgrade

# libpq's names for what a URL may carry (its documentation, 32.15 Environment Variables).
_QUERY = {
    "host": "PGHOST",
    "port": "PGPORT",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "channel_binding": "PGCHANNELBINDING",
}
_CLEAN = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "PGOPTIONS": "-c client_min_messages=error"}
_DUMP = ["pg_dump", "--format=plain", "--no-owner", "--no-privileges"]
_PSQL = ["psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
_LAST = b"PostgreSQL database dump complete"
_TAIL = 200
_BEGIN = b"DROP SCHEMA public CASCADE; CREATE SCHEMA public;\n"
# What was waiting when the copy was made may have been sent since.
_END = b"""
INSERT INTO public.sending_pauses (why, since) VALUES ('restored from a copy', now())
ON CONFLICT DO NOTHING;
"""


class CopyError(Exception):
    """A tool of PostgreSQL failed; the message is its own, without any row."""


def dump(url: str, file: Path) -> None:
    """Write all data of `url` to a new `file` (0600, complete or not there at all).

    Raises FileExistsError rather than replace an older copy, CopyError when it fails.
    """
    if file.exists():
        raise FileExistsError(f"{file} exists: name a new file")
    draft = file.with_name(f"{file.name}.part")
    try:
        with _private(draft) as output:
            _pack(url, output)
            os.fsync(output.fileno())
        draft.rename(file)
    finally:
        draft.unlink(missing_ok=True)


def load(url: str, file: Path) -> None:
    """Replace all data of `url` by that of `file`, with sending paused, in this release's shape.

    Data and pause come in one transaction: a copy that cannot be read whole changes nothing,
    and no worker ever sees old messages that look unsent. Raises CopyError.
    """
    script = file.with_name(f"{file.name}.sql")
    try:
        with _private(script) as text:
            text.write(_BEGIN)
            _unpack(file, text)
            text.write(_END)
            text.seek(0)
            with _running(_PSQL, url, text) as said:
                said.read()
    finally:
        script.unlink(missing_ok=True)
    upgrade(url)


def _pack(url: str, output: IO[bytes]) -> None:
    with gzip.open(output, "wb") as packed, _running(_DUMP, url, subprocess.DEVNULL) as plain:
        shutil.copyfileobj(plain, packed)


def _unpack(file: Path, text: IO[bytes]) -> None:
    try:
        with gzip.open(file, "rb") as packed:
            shutil.copyfileobj(packed, text)
    except (OSError, EOFError, zlib.error):
        raise CopyError(f"{file} is damaged, or no copy of Kuning's") from None
    text.seek(-min(_TAIL, text.tell()), os.SEEK_END)
    if _LAST not in text.read():
        raise CopyError(f"{file} is no copy of Kuning's")


def _private(path: Path) -> IO[bytes]:
    """Make a new file that only its owner reads."""
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    return os.fdopen(handle, "w+b")


@contextmanager
def _running(command: list[str], url: str, stdin: int | IO[bytes]) -> Iterator[IO[bytes]]:
    """Run a tool and give its output to read; CopyError at the end when it failed."""
    with tempfile.TemporaryFile() as errors:
        with (
            subprocess.Popen(  # noqa: S603 - a program of the wheel
                [str(binaries.postgres(command[0])), *command[1:]],
                env=_environment(url),
                stdin=stdin,
                stdout=subprocess.PIPE,
                stderr=errors,
            ) as process
        ):
            assert process.stdout is not None  # noqa: S101 - it is a pipe
            yield process.stdout
        if process.returncode:
            errors.seek(0)
            raise CopyError(_reason(command[0], errors.read().decode(errors="replace")))


def _reason(tool: str, words: str) -> str:
    """Give the first error; DETAIL and CONTEXT lines may repeat rows, so they stay away."""
    lines = [line for line in words.splitlines() if "error" in line.lower() or "FATAL" in line]
    return f"{tool} failed: {lines[0] if lines else 'without a word'}"


def _environment(url: str) -> Mapping[str, str]:
    parts = make_url(url)
    told = {
        "PGHOST": parts.host,
        "PGPORT": str(parts.port) if parts.port else None,
        "PGUSER": parts.username,
        "PGPASSWORD": parts.password,
        "PGDATABASE": parts.database,
    }
    told |= {_QUERY[name]: str(value) for name, value in parts.query.items() if name in _QUERY}
    return _CLEAN | {name: value for name, value in told.items() if value}

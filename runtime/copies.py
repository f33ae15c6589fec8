"""Copies of all data: out with pg_dump, back with pg_restore and psql, of our own PostgreSQL.

A copy holds personal data sealed as it lies in the database; the keys are not in it. The
password goes to the tools by their environment, never by their arguments, which all users
of a machine can read.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
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
_PLAIN = ("--no-owner", "--no-privileges")
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
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(handle, "wb") as output:
            _run(["pg_dump", "--format=custom", *_PLAIN], url, stdout=output)
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
    handle = os.open(script, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(handle, "r+b") as text:
            text.write(_BEGIN)
            text.flush()
            _run(["pg_restore", *_PLAIN, "--file=-", str(file)], None, stdout=text)
            text.seek(0, os.SEEK_END)
            text.write(_END)
            text.seek(0)
            psql = ["psql", "--no-psqlrc", "--quiet", "--single-transaction"]
            _run([*psql, "--set=ON_ERROR_STOP=1"], url, stdin=text)
    finally:
        script.unlink()
    upgrade(url)


def _run(
    command: list[str],
    url: str | None,
    *,
    stdin: int | IO[bytes] = subprocess.DEVNULL,
    stdout: int | IO[bytes] = subprocess.DEVNULL,
) -> None:
    tool = binaries.postgres(command[0])
    done = subprocess.run(  # noqa: S603 - a program of the wheel
        [str(tool), *command[1:]],
        env=_environment(url),
        stdin=stdin,
        stdout=stdout,
        stderr=subprocess.PIPE,
        check=False,
    )
    if done.returncode:
        raise CopyError(_reason(command[0], done.stderr.decode(errors="replace")))


def _reason(tool: str, words: str) -> str:
    """Give the first error; DETAIL and CONTEXT lines may repeat rows, so they stay away."""
    lines = [line for line in words.splitlines() if "error" in line.lower() or "FATAL" in line]
    return f"{tool} failed: {lines[0] if lines else 'without a word'}"


def _environment(url: str | None) -> Mapping[str, str]:
    plain = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "PGOPTIONS": "-c client_min_messages=error"}
    if url is None:
        return plain
    parts = make_url(url)
    told = {
        "PGHOST": parts.host,
        "PGPORT": str(parts.port) if parts.port else None,
        "PGUSER": parts.username,
        "PGPASSWORD": parts.password,
        "PGDATABASE": parts.database,
    }
    told |= {_QUERY[name]: str(value) for name, value in parts.query.items() if name in _QUERY}
    return plain | {name: value for name, value in told.items() if value}

"""What every command does first: settings, logs, the way to the servers."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from runtime import logging, reaching
from runtime.embedded.errors import EmbeddedError
from runtime.embedded.servers import Addresses
from runtime.settings import Mistakes, Settings, from_env
from runtime.settings import line_limits as read_line_limits

if TYPE_CHECKING:
    from storage.database import Database

WRONG_SETTINGS = 2


def settings() -> Settings:
    """Read the settings and set up logging; every mistake is told, then exit 2."""
    try:
        found = from_env(os.environ)
    except Mistakes as mistakes:
        for line in mistakes.lines:
            click.echo(line, err=True)
        click.echo("Nothing was started. docs/settings.md tells of every setting.", err=True)
        sys.exit(WRONG_SETTINGS)
    logging.configure(found.log_level)
    return found


def line_limits() -> tuple[int, int]:
    """Read how long calls may last and wait; a mistake is told, then exit 2."""
    try:
        return read_line_limits(os.environ)
    except Mistakes as mistakes:
        click.echo(str(mistakes), err=True)
        sys.exit(WRONG_SETTINGS)


def refuse_taken(file: Path) -> None:
    """Say at once that a recording could not be written, not when the call is over."""
    if file.exists():
        raise click.UsageError(f"{file} exists already")
    if not os.access(file.absolute().parent, os.W_OK):
        raise click.UsageError(f"{file.absolute().parent} cannot be written to")


def own_place(found: Settings) -> str:
    """Give host and port under which this machine reaches its own web server."""
    # Listening everywhere is listening here too.
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(found.bind, found.bind)  # noqa: S104 - compared, not bound
    return f"[{host}]:{found.port}" if ":" in host else f"{host}:{found.port}"


@contextmanager
def servers(found: Settings) -> Iterator[Addresses]:
    """Reach PostgreSQL and Redis, running our own where nobody else does."""
    with told(), reaching.serve(found) as addresses:
        yield addresses


@contextmanager
def told() -> Iterator[None]:
    """Turn what keeps the servers from standing into one line and exit 1."""
    try:
        yield
    except EmbeddedError as error:
        raise click.ClickException(str(error)) from error


@contextmanager
def on_disk() -> Iterator[None]:
    """Turn a file that cannot be read or written into one line and exit 1."""
    try:
        yield
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from error


@contextmanager
def database(found: Settings) -> Iterator[Database]:
    """Reach the database alone."""
    from storage.database import Database, DatabaseDown, OlderTables  # noqa: PLC0415 - heavy

    with servers(found) as addresses:
        opened = Database(addresses.database_url)
        try:
            yield opened
        except OlderTables as error:  # PostgreSQL does answer; what to do is in its words
            raise click.ClickException(str(error)) from error
        except DatabaseDown as error:
            raise click.ClickException("PostgreSQL does not answer: see DATABASE_URL") from error
        finally:
            opened.dispose()

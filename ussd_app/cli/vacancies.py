"""`kuning vacancies`: take over a file of vacancies."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ussd_app.cli import opening

if TYPE_CHECKING:
    from datetime import datetime

    from runtime.settings import Settings
    from services.vacancies.importing import Report
    from services.vacancies.publishing import Clerk
    from services.vacancies.sheets import Mistake

MISTAKES: Final = 2
MOST_BYTES: Final = 8 * 1024 * 1024

_WHY: Final[Mapping[str, str]] = {
    "needed": "has to be filled in",
    "wide": "at most {limit} characters fit on a screen",
    "unknown": "not one of the words for it, see docs/operations.md",
    "number": "a number from 1 to {limit}",
    "day": "a day, as in 31-12-2026",
    "over": "that day is over",
    "far": "more than a year ahead",
    "open": "days and hours, as in Sen-Jum 08.00-15.00",
    "held": "no screen or SMS of ours holds a link, a NIK or money matters",
    "unchecked": "this vacancy is published: close it at the desk first",
    "again": "this number stands further up",
    "missing": "this column is missing",
    "unknown_column": "there is no such column",
    "twice": "this column is there twice",
    "quotes": 'a quotation mark (") is left open',
    "many": "at most {limit} lines in a file",
}
"""What each mistake is called."""


@click.group()
def command() -> None:
    """Look after the vacancies of the offices."""


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--office", help="code of the office: 32.10  [where there is only one: that]")
@click.option("--publish", is_flag=True, help="publish those whose employer was checked")
@click.option("--dry-run", is_flag=True, help="only tell what would come of it")
def import_(file: Path, office: str | None, *, publish: bool, dry_run: bool) -> None:
    """Take the vacancies of FILE (CSV): all of them, or none when a line is wrong."""
    settings = opening.settings()
    from runtime.wiring import now  # noqa: PLC0415 - heavy
    from services.vacancies import importing  # noqa: PLC0415 - heavy

    whole, code = _read(file), _office(settings, office)
    with _clerk(settings, code, now()) as clerk:
        report = importing.load(clerk, whole, publish=publish, dry=dry_run)
    _tell(report)
    if dry_run:
        click.echo("Nothing was taken: this was a dry run.")


def _read(file: Path) -> bytes:
    if file.stat().st_size > MOST_BYTES:
        raise click.UsageError(f"{file} is larger than {MOST_BYTES // 1024 // 1024} MB")
    return file.read_bytes()


def _office(settings: Settings, asked: str | None) -> str:
    if asked is None and len(settings.offices) > 1:
        raise click.UsageError("there are several offices: name one, as in --office 32.10")
    return asked or settings.offices[0]


@contextmanager
def _clerk(settings: Settings, code: str, now: datetime) -> Iterator[Clerk]:
    """Open a transaction for an office; tell what is wrong, all of it, and leave all as it was."""
    from services.vacancies.importing import MistakesError  # noqa: PLC0415 - heavy
    from services.vacancies.publishing import Clerk  # noqa: PLC0415 - heavy
    from storage import offices  # noqa: PLC0415 - heavy
    from storage.vault import Vault  # noqa: PLC0415 - heavy

    vault = Vault(settings.data_keys, settings.data_key, settings.index_key)
    try:
        with opening.database(settings) as database, database.begin() as conn:
            if offices.get(conn, code) is None:
                raise click.ClickException("no office has that code: see kuning offices list")
            yield Clerk(conn, vault, now, code)
    except MistakesError as error:
        click.echo("\n".join((*map(_said, error.mistakes), "Nothing was taken.")), err=True)
        sys.exit(MISTAKES)


def _said(mistake: Mistake) -> str:
    where = f"line {mistake.line}: " + (f"{mistake.column}: " if mistake.column else "")
    return where + _WHY.get(mistake.why, mistake.why).format(limit=mistake.limit)


def _tell(report: Report) -> None:
    click.echo(f"New: {report.new}. Changed: {report.changed}. As before: {report.same}.")
    if report.over:
        click.echo(f"Past their last day, left as they are: {report.over}.")
    click.echo(f"Published: {report.published}.")

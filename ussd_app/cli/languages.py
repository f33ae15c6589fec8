"""`kuning languages`: what a native speaker reads, and what comes back."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from menus.catalog import TRANSLATED
from runtime.languages import reviewed
from ussd_app.cli import opening
from ussd_app.review import sheet
from ussd_app.review.rows import rows
from ussd_app.review.taking import Places, Taken, take

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group()
def command() -> None:
    """Look after the languages; production offers only those that somebody has read."""


@command.command()
@click.argument("language", type=click.Choice(TRANSLATED))
@click.option("--out", type=_FILE, help="where to write the sheet; LANGUAGE.csv when left out")
@click.option("--read", "back", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--reviewer", default="", help="with --read: who has read it all, and when")
def review(language: str, out: Path | None, back: Path | None, reviewer: str) -> None:
    """Write a sheet of every text beside the Indonesian, or read one back.

    The reader fills the column "ubah menjadi" where other words are better. Read back, they are
    checked as `kuning menus check` does; when all are good they and the name are written, and the
    language may be offered. Exit 1 when something is wrong; then nothing is written.
    """
    if back is None:
        _write(language, out or Path(f"{language}.csv"))
    else:
        _take(language, back, reviewer)


@command.command("list")
def listed() -> None:
    """Tell which languages production may offer."""
    for language in ("id", *TRANSLATED):
        known = "offered" if language in reviewed() else "nobody has read it yet"
        click.echo(f"{language}: {known}")


def _write(language: str, out: Path) -> None:
    found = rows(language)
    with opening.on_disk():
        out.write_text(sheet.written(found), "utf-8", newline="")
    click.echo(f"{len(found)} texts are in {out}; --read takes it back")


def _take(language: str, back: Path, reviewer: str) -> None:
    lines = _read(back)
    with opening.on_disk():
        taken = take(language, lines, reviewer, Places.of(language))
        if isinstance(taken, Taken):
            taken.write()
    if not isinstance(taken, Taken):
        click.echo("\n".join(taken))
        sys.exit(1)
    click.echo(f"{taken.changes} texts changed, {language} was read by {reviewer}")


def _read(back: Path) -> tuple[sheet.Line, ...]:
    try:
        with opening.on_disk():
            return sheet.read(back.read_text("utf-8"))
    except (sheet.SheetError, UnicodeDecodeError) as error:
        raise click.ClickException(f"{back}: {error}") from error

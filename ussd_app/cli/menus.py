"""`kuning menus`: check what callers read, draw it, play it. Needs neither server nor settings."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

import click

from domain.gsm7 import septets
from domain.words import LANGUAGES
from menus import chart as drawing
from menus.catalog import load_catalog
from menus.check import report
from menus.engine import Engine
from menus.loader import load_book
from menus.play import DIALS, ENDED, Play
from menus.script import Script
from sms import templates


@click.group()
def command() -> None:
    """Look after the menus and the words of the SMS."""


@command.command()
def check() -> None:
    """Check every screen and every SMS in every language; exit 1 when one is wrong."""
    told = report()
    messages = [f"{issue.where}: {issue.what}" for issue in templates.lint()]
    for line in (*map(str, told.issues), *messages):
        click.echo(line)
    if messages or not told.clean:
        sys.exit(1)
    if told.widest is not None:
        wide = told.widest
        click.echo(
            f"{told.states} states, {told.screens} screens in {len(LANGUAGES)} languages,"
            f" the widest has {wide.septets} septets ({wide.state}, {wide.language})"
        )


@command.command()
def chart() -> None:
    """Print the menus as a Mermaid flowchart."""
    click.echo(drawing.mermaid(load_book()), nl=False)


@command.command()
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True)
@click.option(
    "--world", default="", help="how calls end: 'card.book=taken,booked slots.offer=full'"
)
@click.option("--save", type=click.Path(dir_okay=False, path_type=Path), help="dialogue file")
def play(language: str, world: str, save: Path | None) -> None:
    """Play the menus in this terminal, with a made-up caller and office.

    Type what a caller types; (putus) cuts the call off, (telepon) dials again.
    """
    header = (f"# bahasa: {language}", *([f"# dunia: {world}"] if world else []))
    handset = Play(Engine(load_book(), load_catalog()), Script(header, ()).world(), language)
    handset.enter(DIALS)
    with suppress(EOFError, KeyboardInterrupt):
        while True:
            _show(handset)
            handset.enter(input())
    if save is not None:
        save.write_text(str(Script(header, tuple(handset.transcript))), "utf-8")
        click.echo(f"\nWritten: {save}")


def _show(handset: Play) -> None:
    screen = handset.screen
    click.echo(
        f"\n{screen.text}\n[{septets(screen.text)}{', ' + ENDED if screen.ends else ''}] ", nl=False
    )

"""`kuning menus`: check what callers read, draw it, play it. Needs neither server nor settings."""

from __future__ import annotations

import sys

import click

from domain.words import LANGUAGES
from menus import chart as drawing
from menus.catalog import load_catalog
from menus.check import report
from menus.engine import Engine
from menus.loader import load_book
from sms import templates
from ussd_app.cli.playing import play as play_book


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
def play(language: str) -> None:
    """Play the menus in this terminal; you also say how each call to the office ends."""
    engine = Engine(load_book(), load_catalog())
    try:
        play_book(engine, _ask, click.echo, language)
    except (EOFError, KeyboardInterrupt):
        click.echo()


def _ask(prompt: str) -> str:
    click.echo(prompt, nl=False)
    return input()

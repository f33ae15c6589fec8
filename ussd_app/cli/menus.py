"""`kuning menus`: check what callers read, draw it, play it. Needs neither server nor settings."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from domain.words import LANGUAGES
from menus import chart as drawing
from menus import picture
from menus.catalog import load_catalog
from menus.check import report
from menus.effort.readers import Limits
from menus.effort.table import CALLERS, SEED, Setting, missed, table
from menus.engine import Engine
from menus.loader import load_book
from menus.play import Play
from menus.recorder import Recorder
from menus.script import Script
from sms import templates
from ussd_app.cli import opening

CODE = "*123#"


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
        middle = ", ".join(f"{language} {size}" for language, size in told.median.items())
        click.echo(f"the median screen at its widest has {middle} septets")


@command.command()
@click.option(
    "--svg",
    type=click.Path(dir_okay=False, path_type=Path),
    help="draw it into this file, every flow with its real screens",
)
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True)
def chart(svg: Path | None, language: str) -> None:
    """Print the menus as a Mermaid flowchart, or draw them with their screens."""
    book = load_book()
    if svg is None:
        click.echo(drawing.mermaid(book), nl=False)
        return
    screens = picture.screens(Engine(book, load_catalog()), language)
    plans = [picture.planned(book, flow, screens) for flow in picture.flows(book)]
    with opening.on_disk():
        svg.write_text(picture.draw_all(plans, "Kuning"), "utf-8")
    click.echo(f"{svg}: {len(plans)} flows, {len(screens)} screens")


@command.command()
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True)
@click.option("--callers", type=click.IntRange(1), default=CALLERS, show_default=True)
@click.option("--seed", type=int, default=SEED, show_default=True)
def effort(language: str, callers: int, seed: int) -> None:
    """Tell what each task asks of a quick reader and of a slow one; exit 1 off our targets.

    The limits of the line are KUNING_SESSION_SECONDS and KUNING_IDLE_SECONDS.
    """
    limits = Limits(*opening.line_limits())
    setting = Setting(Engine(load_book(), load_catalog()), limits, language, callers, seed)
    rows = setting.rows()
    for line in table(rows):
        click.echo(line)
    if off := (*missed(rows, limits), *setting.long_screens()):
        click.echo("\n".join(("", *off)))
        sys.exit(1)


@command.command()
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True)
@click.option(
    "--world", default="", help="how calls end: 'card.book=taken,booked slots.offer=full'"
)
@click.option("--facts", default="", help="what calls bring: 'name=Budi day=2026-11-24'")
@click.option(
    "--record",
    "--save",
    type=click.Path(dir_okay=False, path_type=Path),
    help="write the call to this new dialogue file",
)
@click.option("--about", default="Rekaman.", help="first line of that file: what the call is about")
def play(language: str, world: str, facts: str, record: Path | None, about: str) -> None:
    """Play the menus in this terminal, with a made-up caller and office; /help lists what it can.

    Lines may come from a script: kuning menus play < answers. Exit 1 when one could not be done.
    """
    from ussd_app.terminal.conversing import Tape, call  # noqa: PLC0415 - `check` needs no terminal
    from ussd_app.terminal.line import PretendedLine  # noqa: PLC0415 - as above

    if record:
        opening.refuse_taken(record)
    try:
        pretended = Script((f"# dunia: {world}", f"# tahu: {facts}"), ()).world()
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    engine = Engine(load_book(), load_catalog())
    line = PretendedLine(Play(engine, pretended, language))
    sys.exit(0 if call(line, CODE, None, Tape(Recorder(engine), record, about)) else 1)

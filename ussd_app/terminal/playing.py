"""Play dialogue files against whoever answers, and tell the first difference."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from menus.engine import Engine
from menus.events import Screen
from menus.play import CUT_OFF, ENDED, dialled
from menus.rehearsal import Rehearsal, Step
from menus.script import Script
from ussd_app.terminal.line import Line, NoAnswerError


def play(engine: Engine, file: Path, line: Line) -> bool:
    """Play one file; say whether all was as written. Raises ValueError for a file that is none."""
    rehearsal = Rehearsal(engine, Script.parse(file.read_text("utf-8")))
    calling = False
    try:
        _speak(line, rehearsal.before)
        for step in rehearsal.steps:
            shown = _done(line, step.said, calling=calling)
            calling = shown is not None and not shown.ends
            if shown and not rehearsal.is_met(step, shown):
                _tell(file, step, shown)
                return False
            if shown and shown.ends:
                line.over("Success")
    except NoAnswerError as error:
        click.echo(f"{file}: no answer: {error}.", err=True)
        return False
    finally:
        if calling:
            line.over("Incomplete")
    click.echo(f"{file}: {len(rehearsal.steps)} steps, all as written")
    return True


def _speak(line: Line, keys: tuple[str, ...]) -> None:
    """Choose a language in a call of its own; the number keeps it."""
    if keys:
        line.dial("")
        for key in keys:
            line.answer(key)
        line.over("Incomplete")


def _done(line: Line, said: str, *, calling: bool) -> Screen | None:
    """Do what one line of a file says; give the screen that follows."""
    first = dialled(said)
    if calling and (first is not None or said == CUT_OFF):
        line.over("Incomplete")
    if first is not None:
        return line.dial(first)
    return None if said == CUT_OFF else line.answer(said)


def _tell(file: Path, step: Step, shown: Screen) -> None:
    click.echo(f"{file}:{step.line}: after {step.said!r} the file has")
    _indented(step.screen, click.echo)
    click.echo("but here it is")
    _indented(shown, click.echo)


def _indented(screen: Screen | None, echo: Callable[[str], None]) -> None:
    if screen is not None:
        for line in (*screen.text.split("\n"), *([ENDED] if screen.ends else [])):
            echo(f"  {line}")

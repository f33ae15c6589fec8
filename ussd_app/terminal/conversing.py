"""A person or a script at a handset, from the first dialling to the last line that is typed."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

from menus.recorder import Recorder
from runtime.supervisor import stop_on_signals
from ussd_app.terminal.handset import Handset, Received
from ussd_app.terminal.keys import Keys
from ussd_app.terminal.line import Line
from ussd_app.terminal.paper import Paper, is_peopled
from ussd_app.terminal.paper import paper as here

LOOKS_EVERY: Final = 2.5  # seconds between looks at the inbox, as the browser phone's


@dataclass(frozen=True, slots=True)
class Tape:
    """What hears a call; with `file`, the new dialogue file it goes to, and its first line."""

    recorder: Recorder
    file: Path | None
    about: str


def call(line: Line, code: str, inbox: Received | None, tape: Tape) -> bool:
    """Have a person or a script call over a line; say whether all went as it should.

    What was heard is written at the end, however it ends.
    """
    stop_on_signals()
    paper, peopled = here(os.environ), is_peopled()
    handset = Handset(line, paper, tape.recorder, inbox, code)
    converse(handset, Keys(sys.stdin.fileno()), paper, peopled=peopled)
    kept = tape.file is None or keep(tape.recorder, tape.file, tape.about)
    return kept and handset.reached and (peopled or not handset.trouble)


def converse(handset: Handset, keys: Keys, paper: Paper, *, peopled: bool) -> None:
    """Dial, then do line after line until the end of input or Ctrl-C; a script ends at trouble."""
    try:
        handset.begin()
        while not handset.trouble or (peopled and handset.reached):
            paper.prompt(calling=handset.calling)
            handset.enter(_next(handset, keys, paper) if peopled else keys.line() or "")
    except (EOFError, KeyboardInterrupt):
        if peopled:
            click.echo()
    finally:
        handset.leave()


def keep(recorder: Recorder, file: Path, about: str) -> bool:
    """Write what was heard as a dialogue file; say whether it holds the whole of it."""
    if recorder.empty:
        click.echo("Nothing was recorded: no call was answered.", err=True)
        return False
    recording = recorder.recording(about)
    file.touch(mode=0o600, exist_ok=False)
    file.write_text(str(recording.script), "utf-8")
    click.echo(
        f"Written: {file}. It holds what was typed: keep only made-up people in it.", err=True
    )
    if lost := recording.lost:
        shown = lost.screen.text if lost.screen else ""
        click.echo(f"It ends before {lost.said!r}: the menus at hand do not explain:", err=True)
        click.echo("\n".join(f"  {line}" for line in shown.split("\n")), err=True)
    return lost is None


def _next(handset: Handset, keys: Keys, paper: Paper) -> str:
    """Wait for a line; meanwhile show the SMS that come."""
    while (line := keys.line(LOOKS_EVERY)) is None:
        if handset.look():
            paper.prompt(calling=handset.calling)
    return line

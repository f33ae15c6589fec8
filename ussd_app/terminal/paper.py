"""What is shown: a small handset in a terminal, or the lines of a dialogue file for a script.

Nothing is drawn over: each screen follows the one before, as on paper, so that it can be read on
any terminal, scrolled back, and copied.
"""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Mapping
from typing import Final, Protocol

import click

from domain.gsm7 import SAFE_SEPTETS, septets
from menus.events import Screen
from menus.play import ENDED
from ussd_app.terminal.inbox import Sms

_WIDEST: Final = 34  # characters of a basic phone's screen, and some more
_QUIET: Final = "bright_black"
_ROUND: Final = ("╭", "╮", "╰", "╯", "─", "│")
_SQUARE: Final = ("+", "+", "+", "+", "-", "|")


class Paper(Protocol):
    """Where a call is shown."""

    def did(self, said: str) -> None:
        """Note what the caller did."""

    def screen(self, screen: Screen, left: int | None) -> None:
        """Show a screen, and how many seconds the gateway keeps the session."""

    def sms(self, sms: Sms) -> None:
        """Show an SMS."""

    def note(self, words: str) -> None:
        """Say something that no telephone would."""

    def prompt(self, *, calling: bool) -> None:
        """Ask for the next line."""


class Lines:
    """For scripts and files: a call as a dialogue file has it, and notes beside it."""

    def did(self, said: str) -> None:
        """Note what the caller did."""
        click.echo(f"> {said}")

    def screen(self, screen: Screen, left: int | None) -> None:  # noqa: ARG002 - lines have no clock
        """Show a screen."""
        for line in (*screen.text.split("\n"), *([ENDED] if screen.ends else [])):
            click.echo(f"< {line}")

    def sms(self, sms: Sms) -> None:
        """Show an SMS, as a remark: no dialogue file has any."""
        click.echo(f"# SMS {sms.sender} {sms.at}: {sms.text}")

    def note(self, words: str) -> None:
        """Say it beside the call."""
        click.echo(words, err=True)

    def prompt(self, *, calling: bool) -> None:
        """Ask for nothing: a script knows."""


class Handheld:
    """For people: each screen in a frame, with the room that is left on it."""

    def __init__(self, *, plain: bool, width: int, colours: bool = False) -> None:
        self._frame = _SQUARE if plain else _ROUND
        self._colours = colours and not plain
        self._width = max(20, min(width - 4, _WIDEST))

    def did(self, said: str) -> None:
        """Show nothing: it stands where it was typed."""

    def screen(self, screen: Screen, left: int | None) -> None:
        """Show a screen."""
        self._framed(screen.text.split("\n"), "yellow")
        room = SAFE_SEPTETS - septets(screen.text)
        told = f"{room} septets left" if room >= 0 else f"{-room} septets over {SAFE_SEPTETS}"
        more = ["the service has ended the call"] if screen.ends else _clock(left)
        self.note(" · ".join((told, *more)) if self._frame is _ROUND else ", ".join((told, *more)))

    def sms(self, sms: Sms) -> None:
        """Show an SMS."""
        self._framed([f"SMS {sms.sender} {sms.at}", "", *sms.text.split("\n")], "cyan")

    def note(self, words: str) -> None:
        """Say it in a quiet colour."""
        self._echo("\n".join(f"  {line}" for line in words.split("\n")), _QUIET)

    def prompt(self, *, calling: bool) -> None:
        """Ask for an answer, or for what to dial."""
        self._echo("> " if calling else "(no call) > ", nl=False)

    def _framed(self, lines: list[str], colour: str) -> None:
        top_left, top_right, low_left, low_right, across, down = self._frame
        bar = across * (self._width + 2)
        self._echo(f"\n{top_left}{bar}{top_right}", colour)
        edge = click.style(down, fg=colour) if self._colours else down
        for part in (part for line in lines for part in _wrapped(line, self._width)):
            click.echo(f"{edge} {part:<{self._width}} {edge}")
        self._echo(f"{low_left}{bar}{low_right}", colour)

    def _echo(self, words: str, colour: str | None = None, *, nl: bool = True) -> None:
        click.echo(click.style(words, fg=colour) if self._colours else words, nl=nl)


def paper(environ: Mapping[str, str]) -> Paper:
    """Give paper that suits where we read and write; plain signs where others may not be seen."""
    if not is_peopled():
        return Lines()
    seen = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    plain = environ.get("TERM", "dumb") == "dumb" or not seen
    width = shutil.get_terminal_size().columns
    return Handheld(plain=plain, width=width, colours="NO_COLOR" not in environ)


def is_peopled() -> bool:
    """Say whether a person sits at both ends: a terminal to type at and to read from."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _clock(left: int | None) -> list[str]:
    return [] if left is None else [f"{left} s"]


def _wrapped(line: str, width: int) -> list[str]:
    return textwrap.wrap(line, width, break_long_words=True) or [""]

"""The handset: what each line that is typed does, in a call and without one."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, Protocol

from menus.events import Screen
from menus.play import CUT_OFF, dialled, dials
from menus.recorder import Recorder
from ussd_app.terminal.inbox import Sms
from ussd_app.terminal.line import Line, NoAnswerError
from ussd_app.terminal.paper import Paper

HELP: Final = """\
Type what a caller types, then Enter. Without a call, Enter dials.
/dial [*123*2#]  dial anew, or a long code    /cut   the network loses the call
/repeat          the gateway asks once more   /sms   the SMS of this number; /sms 20 waits for one
/people          made-up people to call for   /help  this
Ctrl-D hangs up and leaves. A text that begins with / is typed with two: //x"""


_PAUSE: Final = 1.0  # seconds between looks: the inbox takes 120 a minute
_LONGEST_LOOK: Final = 300


class Received(Protocol):
    """The SMS of a handset's number."""

    @property
    def open(self) -> bool:
        """Whether they are shown here."""

    def every(self) -> list[Sms]:
        """Give all, oldest first."""

    def new(self) -> list[Sms]:
        """Give those that came since the last look."""


class Handset:
    """One telephone with one number.

    `reached` tells whether the service ever answered, `trouble` whether a line could not be done.
    """

    def __init__(
        self, line: Line, paper: Paper, recorder: Recorder, inbox: Received | None, code: str
    ) -> None:
        self._line = line
        self._paper = paper
        self._recorder = recorder
        self._inbox = inbox
        self._code = code
        self._shown: Screen | None = None
        self.calling = False
        self.reached = False
        self.trouble = False

    def begin(self) -> None:
        """Be switched on: dial. What SMS there are already is no news."""
        if self._inbox:
            self._inbox.new()
        self.dial()

    def enter(self, typed: str) -> None:
        """Do what one line says: a command, a line of a dialogue file, a code, an answer."""
        first = dialled(typed)
        if first is not None:
            self.dial(first)
        elif typed in (CUT_OFF, "/cut", "/hangup"):
            self.leave()
        elif typed.startswith("/") and not typed.startswith("//"):
            self._command(*typed[1:].split(" ", 1))
        else:
            self._types(typed.removeprefix("/") if typed.startswith("//") else typed)

    def dial(self, first: str = "") -> None:
        """Dial, leaving any call."""
        self.leave()
        self._paper.did(dials(first))
        if screen := self._heard(lambda: self._line.dial(first)):
            self._recorder.dialled(first, screen)
            self._show(screen)

    def leave(self, status: str = "Incomplete") -> None:
        """Be cut off, or hang up: for the service it is the same."""
        if self.calling:
            self.calling = False
            self._line.over(status)
            self._recorder.cut_off()
            self._paper.did(CUT_OFF)

    def look(self, seconds: float = 0) -> bool:
        """Show the SMS that came since the last look; wait so long for one. Say if any came."""
        until = time.monotonic() + seconds
        while not (news := self._inbox.new() if self._inbox else []):
            if time.monotonic() >= until:
                return False
            time.sleep(_PAUSE)
        for sms in news:
            self._paper.sms(sms)
        return True

    def _command(self, name: str, more: str = "") -> None:
        match name:
            case "dial" | "redial":
                self._dials(more)
            case "repeat":
                self._repeat()
            case "sms" if more.isdecimal() and self._shows_sms():
                self._look(int(more))
            case "sms" if self._shows_sms():
                self._show_inbox()
            case "sms":
                self._paper.note("SMS are shown by the demo only: look at the phone itself.")
            case "people":
                self._paper.note(_people())
            case "help" | "?":
                self._paper.note(HELP)
            case _:
                self._misses(f"There is no /{name}: /help tells what there is.")

    def _types(self, text: str) -> None:
        if not self.calling and (not text or text.startswith("*")):
            self._dials(text)
        elif not self.calling:
            self._misses(f"There is no call: Enter dials {self._code}.")
        elif not text:
            self._paper.note("Type an answer, or /cut to hang up.")
        elif self._line.left == 0:
            self._paper.note("The gateway keeps a session for three minutes: the call is lost.")
            self.leave()
            self.trouble = True
        else:
            self._answers(text)

    def _answers(self, text: str) -> None:
        self._paper.did(text)
        if screen := self._heard(lambda: self._line.answer(text)):
            self._recorder.typed(text, screen)
            self._show(screen)

    def _dials(self, code: str) -> None:
        """Dial the service code, or a long code that begins with it."""
        stem = f"{self._code[:-1]}*"
        if code in ("", self._code):
            self.dial()
        elif code.startswith(stem) and code.endswith("#"):
            self.dial(code[len(stem) : -1])
        else:
            self._misses(f"Another service answers there; this one is {self._code}.")

    def _repeat(self) -> None:
        """Let the gateway ask once more: what comes must be the very screen that stands there."""
        if not self.calling:
            self._misses("There is no call to ask anew in.")
        elif screen := self._heard(self._line.repeat):
            if screen == self._shown:
                self._paper.note("Asked once more: the same screen.")
            else:
                self._misses("Asked once more, and the screen is ANOTHER:")
                self._show(screen)

    def _shows_sms(self) -> bool:
        return self._inbox is not None and self._inbox.open

    def _look(self, seconds: int) -> None:
        if not self.look(min(seconds, _LONGEST_LOOK)):
            self._misses(f"No SMS came within {seconds} seconds.")

    def _show_inbox(self) -> None:
        found = self._inbox.every() if self._inbox else []
        for sms in found:
            self._paper.sms(sms)
        if not found:
            self._paper.note("No SMS yet.")

    def _show(self, screen: Screen) -> None:
        self.calling, self.reached, self._shown = not screen.ends, True, screen
        self._paper.screen(screen, self._line.left)
        if screen.ends:
            self._line.over("Success")

    def _heard(self, ask: Callable[[], Screen]) -> Screen | None:
        try:
            return ask()
        except NoAnswerError as error:
            self._paper.note(f"No answer: {error}.")
            self.trouble = True
            self.leave("Failed")
            return None

    def _misses(self, words: str) -> None:
        self._paper.note(words)
        self.trouble = True


def _people() -> str:
    from ussd_app.invented import INVENTED  # noqa: PLC0415 - knows of regions, and is seldom asked

    return "\n".join(f"{one.name:<6}{one.phone_words}   NIK {one.nik}" for one in INVENTED)

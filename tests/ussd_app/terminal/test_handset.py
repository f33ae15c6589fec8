"""What each line that is typed does, on a handset with a pretended office."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from menus.catalog import load_catalog
from menus.engine import Engine
from menus.events import Screen
from menus.loader import load_book
from menus.play import Play
from menus.recorder import Recorder
from menus.sample import World
from ussd_app.terminal.handset import Handset
from ussd_app.terminal.inbox import Sms
from ussd_app.terminal.line import NoAnswerError, PretendedLine
from ussd_app.terminal.paper import Handheld, Lines

ENGINE = Engine(load_book(), load_catalog())
NEWS = Sms("1", "KUNING", "22-11 10.00", "Siti: kartu siap.")


@dataclass
class OddLine(PretendedLine):
    """A line whose gateway hears another screen, or none, or has waited too long."""

    play: Play
    left: int | None = 180
    again: Screen | None = None
    silent: bool = False
    notices: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(self.play)

    def answer(self, text: str) -> Screen:
        if self.silent:
            raise NoAnswerError("nobody answers there")
        return super().answer(text)

    def repeat(self) -> Screen:
        return self.again or super().repeat()

    def over(self, status: str) -> None:
        self.notices.append(status)
        super().over(status)


@dataclass
class Mailbox:
    """An inbox with one SMS, which is new until it was looked at."""

    open: bool = True
    fresh: list[Sms] = field(default_factory=list)

    def every(self) -> list[Sms]:
        return [NEWS]

    def new(self) -> list[Sms]:
        news, self.fresh = self.fresh, []
        return news


@pytest.fixture
def line() -> OddLine:
    return OddLine(Play(ENGINE, World()))


def handset(line: OddLine, inbox: Mailbox | None = None) -> Handset:
    one = Handset(line, Lines(), Recorder(ENGINE), inbox, "*123#")
    one.begin()
    return one


def test_a_long_code_is_dialled_and_a_strangers_is_not(
    line: OddLine, capsys: pytest.CaptureFixture[str]
) -> None:
    phone = handset(line)
    phone.enter("/dial *123*2#")
    assert "> (telepon 2)\n< Ketik kode 9 angka" in capsys.readouterr().out
    phone.enter("/cut")
    phone.enter("*888#")
    assert "this one is *123#" in capsys.readouterr().err
    assert not phone.calling


def test_text_that_begins_with_a_stroke_is_typed_with_two(
    line: OddLine, capsys: pytest.CaptureFixture[str]
) -> None:
    handset(line).enter("//cut")
    assert "> /cut\n< Pilih 1-" in capsys.readouterr().out


def test_an_empty_line_answers_nothing(line: OddLine) -> None:
    phone = handset(line)
    phone.enter("")
    assert phone.calling
    assert not phone.trouble
    assert line.play.transcript.count("> ") == 0


def test_another_screen_at_a_repetition_is_trouble(
    line: OddLine, capsys: pytest.CaptureFixture[str]
) -> None:
    phone = handset(line)
    line.again = Screen("Halo")
    phone.enter("/repeat")
    assert "ANOTHER" in capsys.readouterr().err
    assert phone.trouble


def test_a_call_that_is_not_answered_is_over(
    line: OddLine, capsys: pytest.CaptureFixture[str]
) -> None:
    phone = handset(line)
    line.silent = True
    phone.enter("1")
    assert "nobody answers there" in capsys.readouterr().err
    assert not phone.calling
    assert line.notices == ["Failed"]


def test_a_call_of_more_than_three_minutes_is_lost(
    line: OddLine, capsys: pytest.CaptureFixture[str]
) -> None:
    phone = handset(line)
    line.left = 0
    phone.enter("1")
    assert "three minutes" in capsys.readouterr().err
    assert line.notices == ["Incomplete"]


def test_every_end_is_told_once(line: OddLine) -> None:
    phone = handset(line)
    for typed in ("1", "3210115508980001", "1", "Siti", "1", "1", "2", "1"):
        phone.enter(typed)
    assert not phone.calling
    phone.leave()
    assert line.notices == ["Success"]


def test_sms_that_come_are_shown_and_old_ones_are_not(
    line: OddLine, capsys: pytest.CaptureFixture[str]
) -> None:
    inbox = Mailbox(fresh=[NEWS])
    phone = handset(line, inbox)
    assert "SMS" not in capsys.readouterr().out
    inbox.fresh = [NEWS]
    phone.enter("/sms 5")
    assert "# SMS KUNING 22-11 10.00: Siti: kartu siap." in capsys.readouterr().out
    phone.enter("/sms 0")
    assert "No SMS came" in capsys.readouterr().err
    phone.enter("/sms")
    assert "kartu siap" in capsys.readouterr().out


@pytest.mark.parametrize("inbox", [None, Mailbox(open=False)])
def test_without_the_demo_no_sms_is_shown(
    line: OddLine, inbox: Mailbox | None, capsys: pytest.CaptureFixture[str]
) -> None:
    handset(line, inbox).enter("/sms")
    told = capsys.readouterr()
    assert "demo only" in told.err
    assert "kartu siap" not in told.out


def test_a_narrow_terminal_gets_a_narrow_handset(capsys: pytest.CaptureFixture[str]) -> None:
    Handheld(plain=True, width=24).screen(Screen("Tersimpan. Kode 482 157 901.\n1. Ya"), 7)
    shown = capsys.readouterr().out.splitlines()
    framed = [line for line in shown if line.startswith(("+", "|"))]
    assert len({len(line) for line in framed}) == 1
    assert max(map(len, framed)) <= 24
    assert shown[-1] == f"  {160 - 34} septets left, 7 s"

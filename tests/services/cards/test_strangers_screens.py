"""The shipped menus, call by call: a stranger with a held NIK sees what anybody else sees."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from domain.words import LANGUAGES
from services import books
from services.calls import HANDLERS
from services.dialogue import Dialogue, DialogueParts, Turn
from storage.sessions import RedisSessions
from tests.services.cards.town import SITI, Town, number

FREE_NIK = "3210115508980002"
_CODE = re.compile(r"\d{3} \d{3} \d{3}")
TO_THE_END = ("Ani", "1", "1", "1", "3", "1", "1", "1")


@pytest.fixture
def dialogue(town: Town, valkey_url: str) -> Iterator[Dialogue]:
    """The town's dialogue, with the shipped book."""
    sessions = RedisSessions(valkey_url)
    yield Dialogue(
        DialogueParts(
            engines=books.engines(town.database, town.now),
            handlers=HANDLERS,
            database=town.database,
            vault=town.vault,
            sessions=sessions,
            offices=frozenset({"32.10", "33.74"}),
            tariff="Rp 550 sekali",
            regions=frozenset({"ID"}),
            clock=lambda: town.now,
        )
    )
    sessions.close()


def screens(dialogue: Dialogue, last: int, *answers: str) -> list[str]:
    """Every screen of a call and of the one after it, the code blotted out."""
    heard = []
    for session, typed in ((f"s{last}", answers), (f"again{last}", ())):
        for count in range(len(typed) + 1):
            turn = Turn("africastalking", session, number(last), "*123#", "*".join(typed[:count]))
            heard.append(dialogue.hear(turn).text)
    return [_CODE.sub("### ### ###", text) for text in heard]


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_the_first_screen_to_the_next_call_nothing_differs(
    town: Town, dialogue: Dialogue, language: str
) -> None:
    town.dials(1).registers(SITI)
    for last in (2, 3):
        town.dials(last, language).hears("language.keep")
    stranger = screens(dialogue, 2, "1", SITI, "1", *TO_THE_END)
    honest = screens(dialogue, 3, "1", FREE_NIK, "1", *TO_THE_END)
    assert stranger == honest
    assert "Ani" in stranger[-1]
    assert len(set(stranger)) == len(stranger)
    assert town.told(2) == town.told(3) == ["booked"]


def test_the_applicants_own_number_is_shown_its_day_instead(town: Town, dialogue: Dialogue) -> None:
    town.dials(1).registers(SITI)
    first, *_ = screens(dialogue, 1)
    assert first.startswith("Siti: datang Sen 23 Nov jam 8, loket 2.")


def test_a_foreign_number_browses_and_is_told_that_it_cannot_register(
    dialogue: Dialogue,
) -> None:
    def hears(history: str) -> str:
        return dialogue.hear(Turn("africastalking", "f1", "+254711000001", "*1#", history)).text

    assert "1. Buat kartu kuning" in hears("")
    hears("1")
    assert hears(f"1*{SITI}").startswith("Hanya nomor HP Indonesia")

"""F25: names that a phone's alphabet lacks; what an SMS is said to cost is what it costs."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest

from domain import gsm7
from tests.faults.counter import SARI, case, sits_down
from tests.faults.judging import Judge
from tests.faults.line import calls
from tests.faults.people import Person
from tests.faults.stack import Stack
from tests.support.processes import until
from tests.support.visitor import Visitor

_FOLDED = {"Nyoman Šuti": "Nyoman Suti", "Bùi Thị": "Bùi Thi", "Zoë": "Zoe", "José ": "José"}
_REFUSED = ("Siti 😀", "👩‍🌾", "シティ", "ᮞᮤᮒᮤ", "ꦱꦶꦠꦶ", "ستي", "Siti❤️")
_TOLD_OF = "SELECT segments, status FROM messages m WHERE request_id = %s AND template = %s"


@pytest.mark.parametrize(("number", "typed"), [*enumerate(_FOLDED, 2550)])
def test_marks_that_phones_lack_are_taken_off(town: Stack, number: int, typed: str) -> None:
    person = Person(number)
    said = calls(town, person.session, person.phone, ("1", person.nik, "1", typed, "1"))
    assert f"CON {_FOLDED[typed]}, datang " in said, said
    said = _confirms(town, person, typed)

    assert said.startswith("CON Tersimpan."), said
    sms = until(lambda: [line for line in town.accepted() if line["to"] == person.phone])
    assert len(sms) == 1
    assert _FOLDED[typed] in sms[0]["text"]
    assert not gsm7.foreign(sms[0]["text"])
    assert len(gsm7.segments(sms[0]["text"]).parts) == 1


def _confirms(town: Stack, person: Person, typed: str) -> str:
    """Say yes to the day, in a call in which this name was typed."""
    return town.hop(person.session, person.phone, f"1*{person.nik}*1*{typed}*1*1")


@pytest.mark.parametrize(("number", "typed"), [*enumerate(_REFUSED, 2560)], ids=ascii)
def test_a_name_without_letters_of_ours_is_asked_again(
    town: Stack, number: int, typed: str
) -> None:
    person = Person(number)
    said = calls(town, person.session, person.phone, ("1", person.nik, "1", typed))
    assert said.startswith("CON Ketik nama dengan huruf saja."), said


def test_an_officer_sees_what_the_sms_will_cost(
    open_town: Stack, tells: Callable[[str], None]
) -> None:
    """Also where the KTP's own spelling stands on the desk: the SMS keeps to the call name."""
    page = case(open_town, Person(2570))
    sari = sits_down(open_town, SARI).opens(page)
    sari.sends("/came", full_name="Ñi Šiti Žara", ktp="seen").sees("Žara")
    sari.opens(f"{page}/incomplete").sends("/incomplete", missing=["diploma", "photo2"])
    shown = _shown_segments(sari)
    sari.sends("/incomplete", missing=["diploma", "photo2"])

    request = page.split("/")[2]
    open_town.rows(
        "UPDATE messages SET not_before = created_at WHERE request_id = %s RETURNING 1", request
    )
    Person(2571).books(open_town)  # whose bell wakes the worker
    sent = until(lambda: _sent(open_town, request), 30)

    tells(f"F25: {shown} segments shown, {sent} sent")
    assert sent == shown == 1


def test_afterwards_every_invariant_holds(town: Stack, judge: Judge) -> None:
    judge("F25 emoji names", town, lifted=time.monotonic())


def _shown_segments(sari: Visitor) -> int:
    found = re.search(r"(\d+) SMS,", sari.page.text)
    assert found, sari.page.text
    return int(found[1])


def _sent(town: Stack, request: str) -> int:
    """Segments of the SMS about missing papers, once it was delivered."""
    found = town.rows(_TOLD_OF, request, "incomplete")
    return found[0][0] if found and found[0][1] == "delivered" else 0

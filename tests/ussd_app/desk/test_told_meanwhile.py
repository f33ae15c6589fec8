"""What a caller is told in the ten seconds in which an officer's step can be taken back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from domain.card import State
from runtime.wiring import House
from tests.support.installation import Clock, served
from tests.support.office import Register
from tests.support.phone import SITI, Phone
from tests.support.visitor import Visitor

WAITING = "petugas sedang mencatat"


@pytest.fixture
def siti(monday: House, clock: Clock) -> Iterator[Phone]:
    """Siti's telephone, on the working day."""
    with served(monday) as url:
        yield Phone(monday, clock, url)


@pytest.mark.parametrize(
    ("state", "step"), [(State.BOOKED, "withdraw"), (State.ISSUED, "employed")]
)
def test_whose_request_was_just_ended_is_no_stranger_yet(
    siti: Phone, sari: Visitor, enters: Register, state: State, step: str
) -> None:
    days = {} if state is State.BOOKED else {"day": None, "hour": None}
    who = enters("Siti", phone=SITI, state=state, holds_slot=False, **days)
    sari.opens(f"/person/{who}/{step}").sends(f"/{step}")
    siti.dials().sees(WAITING, "Siti").cut_off()
    siti.texts("STATUS").got_sms(WAITING)
    sari.sends("/undo").sees("Diurungkan")
    siti.dials().does_not_see("sedang mencatat").sees("Siti")


def test_after_the_ten_seconds_it_is_as_for_anybody(
    siti: Phone, sari: Visitor, enters: Register
) -> None:
    who = enters("Siti", phone=SITI)
    sari.opens(f"/person/{who}/withdraw").sends("/withdraw")
    siti.after(seconds=15).dials().does_not_see("Siti", "mencatat").cut_off()
    siti.texts("STATUS").got_sms("Tekan *123#")


def test_who_had_to_give_way_hears_that_it_is_being_decided(
    siti: Phone, sari: Visitor, enters: Register
) -> None:
    nik = "3210115508980001"
    first = enters("Siti", nik=nik, phone=SITI, holds_slot=False)
    second = enters("Neni", nik=nik, state=State.REQUESTED, holds_slot=False, contested_with=first)
    sari.opens(f"/person/{first}").sends(f"{second}/keep").sees("Pemilik NIK sudah jelas")
    siti.dials().sees(WAITING).cut_off()
    siti.texts("STATUS").got_sms("Siti", WAITING)

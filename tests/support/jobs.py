"""A vacancy as most tests need it, hung out by an office, and callers who want it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final
from uuid import uuid4

from domain.vacancy_details import Details
from runtime.wiring import House
from services.vacancies import publishing
from services.vacancies.publishing import Clerk
from storage import places, vacancy_interests
from storage.vacancy_interests import NewWish
from tests.support.installation import Clock

MAJALENGKA: Final = "32.10"
SEWING: Final = Details(
    reference=None,
    title="Operator jahit",
    employer="PT Contoh Garmen",
    employer_checked=True,
    sector="garment",
    education="smp",
    place=MAJALENGKA,
    district="32.10.11",
    seats=25,
    wage="2,4 juta",
    description="Menjahit kemeja.",
    apply_place="Disnaker Majalengka",
    apply_open="1-5 08:00-15:00",
    bring="ktp,ak1",
    closes_on=date(2026, 12, 31),
)


def hangs(house: House, clock: Clock, **changes: Any) -> str:
    """Publish a vacancy of Majalengka; give its id."""
    with house.database.begin() as conn:
        clerk = Clerk(conn, house.vault, clock(), MAJALENGKA)
        vacancy_id = publishing.enter(clerk, replace(SEWING, **changes))
        publishing.publish(clerk, vacancy_id, 1)
    return vacancy_id


def wants(house: House, clock: Clock, vacancy_id: str, number: int) -> str:
    """Write down that the phone +62812<number> wants a vacancy; give the wish's id."""
    wish_id, phone = str(uuid4()), f"+62812{number:08d}"
    wish = NewWish(
        id=wish_id,
        vacancy_id=vacancy_id,
        office=MAJALENGKA,
        request_id=None,
        phone_sealed=house.vault.seal(phone, where=places.interest_phone(wish_id)),
        phone_index=house.vault.index("phone", phone),
        phone_last4=phone[-4:],
        language="id",
        gateway="simulator",
    )
    with house.database.begin() as conn:
        assert vacancy_interests.add(conn, wish, clock())
    return wish_id

"""The people of the demo: somebody to report, and a cadre, from the first start on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from runtime.wiring import House
from services import demo_people
from services.cards import timed
from services.demo_people import Demo
from storage import officers
from tests.support import office
from tests.support.installation import Clock
from tests.support.phone import Phone


@pytest.mark.parametrize("days", [0, 98])
def test_there_is_somebody_to_report_and_somebody_who_registers_others(
    house: House, clock: Clock, url: str, days: int
) -> None:
    clock.time += timedelta(days=days)
    office.opens(house, clock)
    with house.database.begin() as conn:
        tono = officers.by_email(conn, "tono@example.go.id")
        assert tono
        demo_people.settle(Demo(conn, house.vault, tono, clock()))
    timed.run(house.database, house.vault, clock())
    Phone(house, clock, url, demo_people.HOLDER).dials().is_at("status.report_due").sees("Wati")
    ujang = Phone(house, clock, url, demo_people.CADRE)
    ujang.dials("*123*5*5#").types(demo_people.PIN).is_at("cadre.nik")

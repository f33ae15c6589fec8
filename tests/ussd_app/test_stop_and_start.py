"""STOP and MULAI in the order in which they were sent, however they come."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from runtime.wiring import House
from storage.tables import alert_profiles, optouts
from tests.support.installation import Clock
from tests.support.outage import locked_out
from tests.support.phone import Phone
from workers.duties import duties


@pytest.fixture
def siti(phone: Phone) -> Phone:
    """Siti's telephone; she has registered and wants to hear of vacancies."""
    phone.dials().types("1").types("3210115508980001").types("1").types("Siti").types("1")
    phone.types("1").sees("Mau kabar lowongan").types("1").types("1").types("1")
    phone.sees("1. Sudah cukup").types("1").types("1").types("1")
    return phone.hung_up()


def refused(house: House) -> bool:
    """Whether the number has opted out, and its consent with it."""
    with house.database.begin() as conn:
        out = len(conn.execute(select(optouts)).all())
        ended = list(conn.scalars(select(alert_profiles.c.withdrawn_at)))
    assert bool(out) == all(ended)
    return bool(out)


def catches_up(house: House) -> None:
    (spool,) = [duty for duty in duties(house, lambda: False) if duty.name == "sms.spool"]
    spool.run(house.clock())


@pytest.mark.parametrize("date", [{}, {"date": ""}], ids=("dated", "undated"))
def test_a_mulai_that_waited_for_postgresql_does_not_end_a_newer_stop(
    house: House, siti: Phone, postgres_url: str, date: dict[str, str]
) -> None:
    with locked_out(postgres_url):
        siti.texts("MULAI", **date)
    siti.texts("STOP", **date)
    siti.after(seconds=5)
    catches_up(house)
    assert refused(house)
    siti.got_sms("SMS lowongan kami hentikan")


def test_a_mulai_that_comes_hours_late_does_not_end_a_newer_stop(
    house: House, siti: Phone, clock: Clock
) -> None:
    sent = f"{clock():%Y-%m-%d %H:%M:%S}"
    siti.after(hours=1).texts("STOP").after(hours=1).texts("MULAI", date=sent)
    assert refused(house)
    siti.texts("MULAI").got_sms("SMS lowongan kami kirim lagi")
    assert not refused(house)


def test_the_newer_of_two_stops_counts(house: House, siti: Phone, clock: Clock) -> None:
    siti.texts("STOP").after(hours=1)
    between = f"{clock():%Y-%m-%d %H:%M:%S}"
    siti.after(hours=1).texts("STOP").texts("MULAI", date=between)
    assert refused(house)


def test_a_gateway_whose_clock_is_behind_is_understood(
    house: House, siti: Phone, clock: Clock
) -> None:
    for text in ("STOP", "MULAI"):
        siti.after(seconds=20).texts(
            text, date=f"{clock() - timedelta(minutes=2):%Y-%m-%d %H:%M:%S}"
        )
    assert not refused(house)

"""The day before a visit for another service: one reminder, in the daytime, while it stands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from services import demo, demo_info
from services.info import reminding
from storage import holidays
from storage.database import Database, Limits
from storage.tables import messages, service_types
from storage.vault import Vault
from tests.services.cards.town import MAJALENGKA, SUNDAY, Line, Town


@pytest.fixture
def town(postgres_url: str, vault: Vault) -> Iterator[Town]:
    """Majalengka on a Sunday at ten; its other service is open on Mondays."""
    database = Database(postgres_url, Limits(connections=24))
    with database.begin() as conn:
        demo.plant(conn)
        demo_info.hang(conn, SUNDAY)
    yield Town(database, vault, served=frozenset({MAJALENGKA}))
    database.dispose()


def books(town: Town, last: int = 1) -> Line:
    """Book the soonest hour: tomorrow's first."""
    line, offered = town.dials(last), service_types.c.office == MAJALENGKA
    with town.database.begin() as conn:
        service = conn.execute(select(service_types.c.id).where(offered)).scalar_one()
    assert (
        line.hears("service.offer", info_office=MAJALENGKA, service_id=str(service), guest="Siti")
        == "free"
    )
    assert line.hears("service.book") == "booked"
    return line


def ticks(town: Town) -> int:
    """One round of the clock."""
    return reminding.remind(town.database, town.vault, town.now)


def status_of(town: Town, template: str) -> str:
    with town.database.begin() as conn:
        query = select(messages.c.status).where(messages.c.template == template)
        return str(conn.execute(query).scalar_one())


def test_an_hour_after_the_booking_once(town: Town) -> None:
    books(town)
    assert ticks(town) == 0
    town.after(hours=1)
    assert [ticks(town) for _ in range(3)] == [1, 0, 0]
    assert town.told(1) == ["visit_booked", "visit_reminder"]
    (_, booked), (_, reminded) = town.sms(1)
    assert reminded == booked
    assert reminded["day"] == "2026-11-23"


@pytest.mark.parametrize("hours", [8, 14, 24, 48])
def test_not_in_the_evening_and_not_on_the_day_itself(town: Town, hours: int) -> None:
    books(town)
    town.after(hours=hours)
    assert ticks(town) == 0


def test_not_when_the_office_is_closed_after_all(town: Town) -> None:
    books(town)
    town.after(hours=1)
    with town.database.begin() as conn:
        assert holidays.add(conn, MAJALENGKA, SUNDAY.date().replace(day=23), "Libur")
    assert ticks(town) == 0


def test_who_calls_it_off_is_not_reminded_and_one_that_waits_is_taken_back(town: Town) -> None:
    first, second = books(town), books(town, 2)
    town.after(hours=1)
    assert first.hears("service.offer") == "mine"
    assert first.hears("service.cancel") == "cancelled"
    assert ticks(town) == 1
    assert status_of(town, "visit_reminder") == "queued"
    assert second.hears("service.offer") == "mine"
    assert second.hears("service.cancel") == "cancelled"
    assert status_of(town, "visit_reminder") == "cancelled"
    assert ticks(town) == 0

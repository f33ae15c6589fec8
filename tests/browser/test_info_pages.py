"""The pages of answers, events and services for everybody: axe, Tab, and a narrow screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from runtime.wiring import House
from services import demo_info
from storage import service_visits, sign_ups
from storage.service_visits import Visit
from storage.sign_ups import SignUp
from storage.tables import events, service_types
from tests.browser.conftest import Opens
from tests.browser.test_accessibility import MOST_COLUMNS, MOST_FOCUSABLE, judged, reachable
from tests.support.installation import Clock

SignsIn = Callable[..., Page]
MANY = 17


def signed(number: int, event: str, now: datetime) -> SignUp:
    return SignUp(
        id=str(UUID(int=number)),
        office="32.10",
        event_id=event,
        name=f"Orang {chr(65 + number)}",
        name_folded=f"orang {number}",
        phone_sealed="sealed",
        phone_index=f"{number}",
        phone_last4=f"{number:04d}",
        language="id",
        created_at=now,
        updated_at=now,
    )


def booked(number: int, service: str, now: datetime) -> Visit:
    return Visit(
        id=str(UUID(int=number)),
        office="32.10",
        service_id=service,
        name=f"Orang {chr(65 + number)}",
        phone_sealed="sealed",
        phone_index=f"{number}",
        phone_last4=f"{number:04d}",
        language="id",
        day=now.date(),
        hour="08:00",
        created_at=now,
        updated_at=now,
    )


@pytest.fixture
def told(monday: House, clock: Clock) -> dict[str, str]:
    """A full training and many visits; the addresses of all pages about them."""
    now = clock()
    with monday.database.begin() as conn:
        demo_info.hang(conn, now)
        here = events.c.office == "32.10"
        event = conn.scalars(select(events.c.id).where(here, events.c.kind == "training")).one()
        service = conn.scalars(
            select(service_types.c.id).where(service_types.c.office == "32.10")
        ).one()
        for number in range(MANY):
            sign_ups.add(conn, signed(number, event, now))
            service_visits.add(conn, booked(number, service, now))
    return {
        "answers": "/answers",
        "answer": "/answers/cost/su",
        "new answer": "/answers/new/id",
        "events": "/events",
        "event": f"/events/{event}",
        "new event": "/events/new",
        "services": "/services",
        "service": f"/services/{service}",
        "visits": "/visits",
    }


@pytest.mark.parametrize("width", [1280, 320])
def test_every_page_of_what_an_office_tells(
    opens: Opens, desk: str, signs_in: SignsIn, told: dict[str, str], width: int
) -> None:
    page = signs_in(opens(desk, width, 800))
    for name, path in told.items():
        page.goto(path)
        judged(page, name)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        assert reachable(page) <= MOST_FOCUSABLE, name
        for table in page.get_by_role("table").all():
            assert table.get_by_role("columnheader").count() <= MOST_COLUMNS, name

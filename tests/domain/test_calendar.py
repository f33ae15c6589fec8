"""One moment, three clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from domain import calendar


@pytest.mark.parametrize(
    ("utc", "zone", "day"),
    [
        (datetime(2026, 11, 22, 16, 59, tzinfo=UTC), "WIB", date(2026, 11, 22)),
        (datetime(2026, 11, 22, 17, 0, tzinfo=UTC), "WIB", date(2026, 11, 23)),
        (datetime(2026, 11, 22, 16, 0, tzinfo=UTC), "WITA", date(2026, 11, 23)),
        (datetime(2026, 11, 22, 15, 0, tzinfo=UTC), "WIT", date(2026, 11, 23)),
        (datetime(2026, 12, 31, 17, 0, tzinfo=UTC), "WIB", date(2027, 1, 1)),
    ],
)
def test_the_day_changes_with_the_zone(utc: datetime, zone: str, day: date) -> None:
    assert calendar.local_day(utc, zone) == day


def test_a_day_begins_at_local_midnight() -> None:
    begins = calendar.day_begins(date(2026, 11, 23), "WIB")
    assert begins == datetime(2026, 11, 22, 17, 0, tzinfo=UTC)


def test_days_are_said_in_each_language() -> None:
    sunday = date(2026, 11, 22)
    said = [calendar.weekday(sunday, language) for language in ("id", "su", "jv", "en")]
    assert said == ["Minggu", "Minggu", "Ahad", "Sunday"]
    assert calendar.brief_day(sunday, "su") == "Min 22 Nop"

"""The bench of alerts runs from end to end, small; how fast it was is not asked here."""

from __future__ import annotations

from bench import alerts
from storage.database import Database

PEOPLE = 50


def test_everybody_is_matched_claimed_closed_and_told_weekly(postgres_url: str) -> None:
    database = Database(postgres_url)
    try:
        figures = {one.what: one.people for one in alerts.measure(database, database, PEOPLE)}
    finally:
        database.dispose()
    assert figures == {
        "match, all at once": PEOPLE,
        "claim a thousand of them": PEOPLE,
        "sweep with all of them waiting": PEOPLE,
        "close the vacancy": PEOPLE,
        "match, all for the weekly SMS": PEOPLE,
        "queue the weekly SMS": PEOPLE,
    }

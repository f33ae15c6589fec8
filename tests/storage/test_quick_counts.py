"""What is counted again and again is reached by an index, whatever else the table holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, event, text

from domain import matching
from services.desk import by_phone
from storage import alert_digests, queue
from storage.database import Database

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
OFFICE = "32.10"


@pytest.fixture
def database(postgres_url: str) -> Iterator[Database]:
    database = Database(postgres_url)
    yield database
    database.dispose()


def due(conn: Connection) -> int:
    return alert_digests.due(conn, OFFICE, matching.digest_mornings(NOW, "WIB"), NOW)


def stale(conn: Connection) -> int:
    return alert_digests.free_the_expired(conn, OFFICE)


def queued(conn: Connection) -> queue.Queue:
    return queue.of_day(conn, OFFICE, date(2026, 11, 22), NOW)


def by_callers(conn: Connection) -> int:
    return by_phone.count(conn, OFFICE)


@pytest.mark.parametrize(
    ("ask", "indexes"),
    [
        (due, ["ix_alerts_due"]),
        (stale, ["ix_messages_stale_digests"]),
        (queued, ["ix_card_requests_office_state_day", "ix_card_requests_office_came_at"]),
        (by_callers, ["ix_audit_without_officer"]),
    ],
)
def test_it_is_reached_by_its_index(
    database: Database, ask: Callable[[Connection], object], indexes: list[str]
) -> None:
    asked: list[tuple[str, Any]] = []

    def note(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    with database.begin() as conn:
        conn.execute(text("set local enable_seqscan = off"))
        event.listen(conn, "before_cursor_execute", note)
        ask(conn)
        event.remove(conn, "before_cursor_execute", note)
        ((statement, parameters),) = asked
        plan = conn.exec_driver_sql(f"explain {statement}", parameters).scalars().all()
    assert all(any(index in line for line in plan) for index in indexes), "\n".join(plan)

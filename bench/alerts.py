"""`python -m bench.alerts`: a vacancy, and a hundred thousand people who want to hear of it.

The worst case: everybody lives near, wants this work, and wants to hear at once. Measured are the
matching, a claim of the bulk lane with all of it waiting, the sweep, a close, and the weekly SMS.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import uuid4

from sqlalchemy import text

from bench.machine import machine
from runtime.embedded.servers import serve
from services import demo
from services.alerts import digests, matching
from services.delivery.policy import Policy
from services.delivery.sweep import sweep
from sms.message import Lane
from storage import outbox
from storage.database import Database, Limits
from storage.migrate import upgrade
from storage.outbox import Hold
from storage.vault import Vault

PEOPLE: Final = 100_000
NOW: Final = datetime(2026, 11, 23, 3, tzinfo=UTC)  # a Monday, ten in the morning
_VAULT: Final = Vault({"b1": b"1" * 32}, "b1", b"2" * 32)

_REQUESTS: Final = """
insert into card_requests (id, office, code, state, nik_sealed, nik_index, born, sex, call_name,
    call_name_folded, phone_sealed, phone_index, phone_last4, home, language, gateway, created_at,
    updated_at)
select gen_random_uuid(), '32.10', number::text, 'issued', '', md5('nik' || number), '1998-08-15',
    'F', 'Siti', 'siti', 'sealed', md5('phone' || number), '0001', '32.10.11', 'id', 'bench',
    :now, :now
from generate_series(1, :people) number
"""
_WISHES: Final = """
insert into alert_profiles
    (request_id, office, consented_at, education, sector, sectors, reach, pace)
select id, office, :now, 'sma', 'garment', array['garment', 'driver'], 'near', :pace
from card_requests
"""
_VACANCY: Final = """
insert into vacancies (id, office, title, employer, employer_checked, sector, education, place,
    apply_place, apply_open, bring, closes_on, state, published_at, created_at, updated_at)
values (:id, '32.10', 'Operator jahit', 'PT Contoh', true, 'garment', 'smp', '32.10', 'Disnaker',
    '1-5 08:00-15:00', 'ktp', '2026-12-31', 'published', :now, :now, :now)
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """What was done, how many people it was about, and how long it took (seconds)."""

    what: str
    people: int
    seconds: float

    @property
    def line(self) -> str:
        """The figure in words."""
        return f"  {self.what:34} {self.people:8,} people  {self.seconds:7.2f} s"


def measure(database: Database, patient: Database, people: int) -> Iterator[Figure]:
    """Yield the figures, one after another, in an empty database with its tables.

    `patient` may take its time: it only prepares.
    """
    with patient.begin() as conn:
        demo.plant(conn)
        conn.execute(text(_REQUESTS), {"people": people, "now": NOW})
    _paced(patient, "now")
    vacancy_id = _publishes(database)
    yield _timed("match, all at once", lambda: matching.run(database, NOW))
    yield _timed("claim a thousand of them", lambda: _claims(database))
    yield _timed("sweep with all of them waiting", lambda: _sweeps(database, people))
    yield _timed("close the vacancy", lambda: _closes(database, vacancy_id))
    _paced(patient, "weekly")
    _publishes(database)
    yield _timed("match, all for the weekly SMS", lambda: _weekly_matched(database))
    yield _timed("queue the weekly SMS", lambda: _weeks(database))


def main() -> int:
    """Measure on servers of its own, as `kuning up` runs them, and print."""
    words = argparse.ArgumentParser(prog="bench.alerts", description=__doc__)
    words.add_argument("--people", type=int, default=PEOPLE)
    asked = words.parse_args()
    print("\n".join(f"{name}: {told}" for name, told in machine().items()))
    with (
        tempfile.TemporaryDirectory(prefix="kuning-bench-") as home,
        serve(Path(home)) as addresses,
    ):
        upgrade(addresses.database_url)
        database = Database(addresses.database_url)
        patient = Database(addresses.database_url, Limits(statement=600.0))
        for figure in measure(database, patient, asked.people):
            print(figure.line, flush=True)
        patient.dispose()
        database.dispose()
    return 0


def _timed(what: str, work: Callable[[], int]) -> Figure:
    began = time.perf_counter()
    people = work()
    return Figure(what, people, time.perf_counter() - began)


def _paced(database: Database, pace: str) -> None:
    with database.begin() as conn:
        conn.execute(text("delete from alert_profiles"))
        conn.execute(text(_WISHES), {"now": NOW, "pace": pace})
        conn.execute(text("analyze"))


def _publishes(database: Database) -> str:
    vacancy_id = str(uuid4())
    with database.begin() as conn:
        conn.execute(text(_VACANCY), {"id": vacancy_id, "now": NOW})
        matching.published(conn, vacancy_id, NOW)
    return vacancy_id


def _claims(database: Database) -> int:
    hold = Hold(str(uuid4()), NOW, NOW + timedelta(seconds=30))
    with database.begin() as conn:
        claimed = len(outbox.claim(conn, hold, Lane.BULK, ["32.10"], 1000))
        outbox.release(conn, hold, [], NOW)
    return claimed


def _sweeps(database: Database, people: int) -> int:
    sweep(database, _VAULT, Policy(), NOW + timedelta(minutes=1))
    return people


def _closes(database: Database, vacancy_id: str) -> int:
    with database.begin() as conn:
        conn.execute(
            text("update vacancies set state = 'closed' where id = :id"), {"id": vacancy_id}
        )
        return matching.closed(conn, vacancy_id, NOW)


def _weekly_matched(database: Database) -> int:
    matching.run(database, NOW)
    with database.begin() as conn:
        found = conn.execute(text("select count(*) from alerts where message_id is null"))
        return int(found.scalar_one())


def _weeks(database: Database) -> int:
    return sum(digests.run(database, NOW + timedelta(days=day)) for day in range(1, 8))


if __name__ == "__main__":
    sys.exit(main())

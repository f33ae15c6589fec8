"""A worker dies in mid-matching, or four work at once: nobody is lost, nobody told twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from services.alerts import matching
from storage import vacancies
from storage.database import Database, DatabaseDown
from tests.services.alerts.listeners import Listeners
from tests.services.alerts.people import Person

PEOPLE = 30
_HANG_UP = """
select pg_terminate_backend(pid) from pg_stat_activity
where pid <> pg_backend_pid() and datname = current_database()
"""


def dies_at(step: int) -> Callable[[str], None]:
    """End whoever comes by for the so-and-so-many-th time."""
    seen = 0

    def reach(_place: str) -> None:
        nonlocal seen
        seen += 1
        if seen == step:
            raise KeyboardInterrupt

    return reach


@pytest.fixture
def crowd(town: Listeners) -> Listeners:
    """Thirty people who want to hear at once."""
    town.enter(*(Person(phone=phone, pace="now") for phone in range(1, PEOPLE + 1)))
    return town


@pytest.mark.parametrize("step", [1, 2, 9, 16])
def test_a_death_between_matching_and_its_commit_loses_and_doubles_nobody(
    crowd: Listeners, step: int
) -> None:
    crowd.opens()
    with pytest.raises(KeyboardInterrupt):
        crowd.match(at_once=10, failpoint=dies_at(step))
    assert len(crowd.written_down()) < PEOPLE
    crowd.match(at_once=10)
    told = Counter(to for to, _ in crowd.sends())
    assert len(told) == PEOPLE
    assert set(told.values()) == {1}


def test_postgresql_hangs_up_in_the_middle_and_the_next_run_finishes(crowd: Listeners) -> None:
    crowd.opens()

    def hangs_up(_place: str) -> None:
        with crowd.database.engine.connect().execution_options(
            isolation_level="AUTOCOMMIT"
        ) as conn:
            conn.execute(text(_HANG_UP))

    with pytest.raises(DatabaseDown):
        crowd.match(at_once=10, failpoint=hangs_up)
    assert crowd.written_down() == []
    crowd.match()
    assert len(crowd.hearing()) == PEOPLE


def test_four_workers_at_once_tell_everybody_once(crowd: Listeners, postgres_url: str) -> None:
    for title in ("Sopir", "Kasir", "Satpam"):
        crowd.opens(title=title)

    def works(_number: int) -> int:
        database = Database(postgres_url)
        try:
            return matching.run(database, crowd.now, at_once=7)
        finally:
            database.dispose()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(works, range(4))) == 3 * PEOPLE
    told = Counter(crowd.sends())
    assert len(told) == 3 * PEOPLE
    assert set(told.values()) == {1}


def test_an_sms_that_a_sender_has_in_hand_holds_up_nobody_who_closes(crowd: Listeners) -> None:
    vacancy = crowd.opens()
    crowd.match()
    with crowd.database.begin() as conn:
        conn.execute(text("select id from messages limit 1 for update"))
        assert crowd.closes(vacancy) == PEOPLE - 1
    crowd.after(minutes=1).sweeps()
    assert crowd.statuses() == ["cancelled"] * PEOPLE


def test_a_worker_in_the_middle_of_matching_holds_up_no_officer(crowd: Listeners) -> None:
    vacancy = crowd.opens()
    with crowd.database.begin() as conn:
        conn.execute(text("update vacancies set reference = 'L-1'"))

    def looks(_place: str) -> None:
        with crowd.database.begin() as conn:
            conn.execute(text("set local lock_timeout = '200ms'"))
            assert vacancies.get(conn, vacancy, lock=True)
            assert "L-1" in vacancies.by_reference(conn, "32.10")

    assert crowd.match(failpoint=looks) == PEOPLE

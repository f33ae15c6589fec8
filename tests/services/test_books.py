"""Books of menus across deploys: the last two are usable, whatever lies in the table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from menus.loader import shipped_flows
from services.books import engines
from storage import books
from storage.database import Database, Limits

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)


@pytest.fixture
def database(postgres_url: str) -> Iterator[Database]:
    database = Database(postgres_url)
    yield database
    database.dispose()


def release(number: int) -> dict[str, str]:
    """Return the flows of a later release."""
    flows = dict(shipped_flows())
    flows["main.yaml"] = f"# release {number}\n{flows['main.yaml']}"
    return flows


def test_a_first_start_knows_the_shipped_book(database: Database) -> None:
    first = engines(database, NOW)
    assert list(first.by_version) == [first.current]
    assert list(engines(database, NOW).by_version) == [first.current]


def test_a_deploy_keeps_the_book_before_it_and_drops_the_one_before_that(
    database: Database,
) -> None:
    first = engines(database, NOW)
    second = engines(database, NOW + timedelta(days=1), flows=release(2))
    assert set(second.by_version) == {first.current, second.current}
    third = engines(database, NOW + timedelta(days=2), flows=release(3))
    assert set(third.by_version) == {second.current, third.current}
    assert third.newest().book.version == third.current


def test_an_older_book_speaks_its_own_words(database: Database) -> None:
    old = release(1)
    old["words.yaml"] = old["words.yaml"].replace("back: Kembali", "back: Mundur")
    first = engines(database, NOW, flows=old, translations={})
    now = engines(database, NOW + timedelta(days=1))
    assert now.by_version[first.current].book.words["back"].source == "Mundur"


@pytest.mark.parametrize("content", ["", "{}", '{"flows": {"main.yaml": "flow: 1"}}', "[]"])
def test_a_book_that_cannot_be_read_any_more_is_left_out(database: Database, content: str) -> None:
    with database.begin() as conn:
        books.keep(conn, "older", content, NOW)
    now = engines(database, NOW + timedelta(days=1))
    assert list(now.by_version) == [now.current]


def test_without_postgresql_the_shipped_book_stands_alone(tmp_path: Path) -> None:
    nobody = Database(f"postgresql:///kuning?host={tmp_path}", Limits(connect=1))
    now = engines(nobody, NOW)
    assert list(now.by_version) == [now.current]
    nobody.dispose()


def test_a_book_that_cannot_be_asked_for_is_asked_for_again(
    database: Database, tmp_path: Path
) -> None:
    later = engines(database, NOW, flows=release(2))
    nobody = Database(f"postgresql:///kuning?host={tmp_path}", Limits(connect=1))
    ours = engines(nobody, NOW)
    assert ours.of(later.current) is ours.newest()
    nobody.dispose()
    back = replace(ours, fetch=later.by_version.get)
    assert back.of(later.current) is later.newest()


def test_a_book_of_a_release_to_come_is_fetched_once_callers_bring_it(database: Database) -> None:
    ours = engines(database, NOW)
    later = engines(database, NOW + timedelta(days=1), flows=release(2))
    assert ours.of(later.current).book.version == later.current
    with database.begin() as conn:
        conn.execute(text("delete from books"))
    assert ours.of(later.current).book.version == later.current
    assert ours.of("nobody's") is ours.newest()


def test_a_book_is_kept_with_the_languages_it_offers(database: Database) -> None:
    two = engines(database, NOW, languages=("id", "su"))
    four = engines(database, NOW + timedelta(days=1))
    assert four.current != two.current
    kept = four.by_version[two.current].book
    assert kept.version == two.current
    assert kept.states == two.newest().book.states

"""A copy of all data comes back whole, or not at all, and nothing old is sent again."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from runtime.copies import CopyError, dump, load
from services.delivery.hand import look
from storage.database import Database
from storage.vault import Vault
from tests.support.applicants import SITI, enters

as_siti_asked = pytest.mark.usefixtures("database")


@pytest.fixture
def database(postgres_url: str, vault: Vault) -> Iterator[Database]:
    """A database in which Siti has asked for a card."""
    from services import demo  # noqa: PLC0415 - for this fixture alone

    opened = Database(postgres_url)
    with opened.begin() as conn:
        demo.plant(conn)
        enters(conn, vault)
    yield opened
    opened.dispose()


def _names(database: Database) -> list[str]:
    with database.begin() as conn:
        return list(conn.scalars(text("SELECT call_name FROM card_requests")))


def test_a_copy_brings_everything_back(
    postgres_url: str, database: Database, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.sql.gz"
    dump(postgres_url, copy)
    with database.begin() as conn:
        conn.execute(text("DELETE FROM card_requests"))
    load(postgres_url, copy)
    assert _names(database) == ["Siti"]
    assert copy.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["copy.sql.gz"]


def test_after_a_restore_nothing_is_sent(
    postgres_url: str, database: Database, tmp_path: Path
) -> None:
    assert look(database).paused is None
    dump(postgres_url, tmp_path / "copy.sql.gz")
    load(postgres_url, tmp_path / "copy.sql.gz")
    assert look(database).paused is not None


@pytest.mark.parametrize("harm", ["cut", "flipped", "empty", "foreign"])
def test_a_broken_copy_changes_nothing(
    postgres_url: str, database: Database, tmp_path: Path, harm: str
) -> None:
    copy = tmp_path / "copy.sql.gz"
    dump(postgres_url, copy)
    whole = copy.read_bytes()
    middle = len(whole) // 2
    broken = {
        "cut": whole[:-9],
        "flipped": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
        "empty": b"",
        "foreign": gzip.compress(b"DROP TABLE card_requests;"),
    }
    copy.write_bytes(broken[harm])
    with pytest.raises(CopyError) as failed:
        load(postgres_url, copy)
    assert _names(database) == ["Siti"]
    assert look(database).paused is None
    assert SITI not in str(failed.value)
    assert [path.name for path in tmp_path.iterdir()] == [copy.name]


def test_a_copy_is_never_written_over(postgres_url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sql.gz"
    copy.write_text("older")
    with pytest.raises(FileExistsError):
        dump(postgres_url, copy)
    assert copy.read_text() == "older"


def test_a_copy_that_fails_leaves_no_file(tmp_path: Path) -> None:
    nowhere = "postgresql+psycopg://kuning:secret@127.0.0.1:1/kuning"
    with pytest.raises(CopyError) as failed:
        dump(nowhere, tmp_path / "copy.sql.gz")
    assert list(tmp_path.iterdir()) == []
    assert "secret" not in str(failed.value)


@as_siti_asked
def test_a_copy_holds_no_nik(postgres_url: str, tmp_path: Path) -> None:
    dump(postgres_url, tmp_path / "copy.sql.gz")
    with gzip.open(tmp_path / "copy.sql.gz") as copy:
        text = copy.read()
    assert b"Siti" in text
    assert SITI.encode() not in text

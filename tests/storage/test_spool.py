"""Callbacks that wait for PostgreSQL: sealed, in their order, and each taken off by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
import redis

from storage.spool import Spool, SpoolDown
from storage.vault import Vault


@pytest.fixture
def spool(valkey_url: str, vault: Vault) -> Spool:
    return Spool(valkey_url, vault)


def texts(spool: Spool, most: int = 10) -> list[str]:
    return [entry.text for entry in spool.waiting(most)]


def test_entries_wait_in_their_order(spool: Spool) -> None:
    for text in ("one", "two", "three"):
        spool.put(text)
    assert texts(spool, 2) == ["one", "two"]
    spool.forget(spool.waiting(1)[0])
    assert texts(spool) == ["two", "three"]


def test_two_who_worked_on_the_same_entry_take_off_no_other(spool: Spool) -> None:
    spool.put("STOP")
    (ours,), (theirs,) = spool.waiting(10), spool.waiting(10)
    spool.forget(ours)
    spool.put("STOP")
    spool.forget(theirs)
    assert texts(spool) == ["STOP"], "the one that came later, in the same words"


def test_an_entry_of_a_lost_key_has_no_text_and_can_be_taken_off(
    spool: Spool, valkey_url: str
) -> None:
    spool.put("STOP")
    other = Spool(valkey_url, Vault({"t9": b"9" * 32}, "t9", b"8" * 32))
    assert texts(other) == [""]
    other.forget(other.waiting(1)[0])
    assert texts(spool) == []


def test_a_full_spool_keeps_what_it_has_and_says_so(
    spool: Spool, valkey_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.spool._MOST", 1)
    spool.put("first")
    with pytest.raises(SpoolDown):
        spool.put("second")
    assert texts(spool) == ["first"]
    with redis.Redis.from_url(valkey_url) as server:
        assert b"first" not in b"".join(server.lrange("kuning:spool:callbacks", 0, -1))


def test_without_redis_nothing_is_kept_and_that_is_said(vault: Vault, tmp_path: Path) -> None:
    nowhere = Spool(f"unix://{tmp_path}/nobody.sock", vault)
    with pytest.raises(SpoolDown):
        nowhere.put("STOP")
    with pytest.raises(SpoolDown):
        nowhere.waiting(1)

"""The funnel: every hop is counted once, by state and language, and never a caller."""

from __future__ import annotations

import threading

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from services import funnel
from storage import funnel as rows
from storage.seen import NOTHING
from storage.sessions import Hop
from storage.tables import funnel as table
from tests.services.small_house import Handset, SmallHouse


def drain(small: SmallHouse) -> int:
    return funnel.drain(small.database, small.vault, small.sessions)


def counts(small: SmallHouse) -> dict[str, int]:
    columns = (table.c.flow, table.c.state, table.c.event, table.c.language)
    with small.database.begin() as conn:
        found = conn.execute(select(*columns, table.c.count.label("times"))).all()
    return {f"{row.flow}.{row.state} {row.event} {row.language}": row.times for row in found}


@pytest.fixture
def phone(small: SmallHouse) -> Handset:
    return Handset(small, small.dialogue().hear)


def test_states_and_refusals_are_counted(phone: Handset, small: SmallHouse) -> None:
    phone.dials().types("1", "S1ti", "Siti").sends("1*S1ti*Siti")
    assert drain(small) == 4
    assert counts(small) == {
        "main.start entered su": 1,
        "main.welcome entered su": 1,
        "card.name entered su": 1,
        "card.name refused su": 1,
        "card.number entered su": 1,
        "card.sure entered su": 1,
    }


def test_what_was_counted_is_not_counted_again(phone: Handset, small: SmallHouse) -> None:
    phone.dials()
    assert (drain(small), drain(small)) == (1, 0)
    Handset(small, phone.hear, "ATUid_2").dials()
    drain(small)
    assert counts(small)["main.welcome entered su"] == 2


def test_a_crowd_is_counted_in_one_go(
    phone: Handset, small: SmallHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        Handset(small, phone.hear, f"ATUid_{number}").dials()
    monkeypatch.setattr(funnel, "_AT_ONCE", 2)
    assert drain(small) == 5
    assert counts(small)["main.welcome entered su"] == 5


def test_the_day_is_the_one_in_jakarta(phone: Handset, small: SmallHouse) -> None:
    small.now = small.now.replace(day=22, hour=18)
    phone.dials()
    drain(small)
    with small.database.begin() as conn:
        assert {str(day) for day in conn.execute(select(table.c.day)).scalars()} == {"2026-11-23"}


def test_while_one_drains_another_leaves_it_alone(phone: Handset, small: SmallHouse) -> None:
    phone.dials()
    drained: list[int] = []
    with small.database.begin() as conn:
        assert rows.hold(conn)
        thread = threading.Thread(target=lambda: drained.append(drain(small)))
        thread.start()
        thread.join()
    assert drained == [0]
    assert drain(small) == 1


def test_an_entry_that_is_not_ours_is_passed_over(phone: Handset, small: SmallHouse) -> None:
    hop = Hop("k", "p", NOTHING, "blob", "rubbish", ttl=9, keep=9, marked_at=1)
    small.sessions.save(hop)
    small.sessions.save(replace(hop, key="other", effects=small.vault.seal("[]", where="effects")))
    phone.dials()
    assert drain(small) == 3
    assert counts(small)["main.welcome entered su"] == 1

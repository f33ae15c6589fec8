"""Card numbers are taken when a card is issued, without gaps and without twins."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from services import demo
from storage import cards, officers
from storage.cards import Card
from storage.database import Database, Limits
from storage.officers import Officer
from storage.vault import Vault
from tests.support.applicants import BUDI, MONDAY, NOW, enters

SARI = Officer(str(uuid4()), "32.10", "sari@example.go.id", "Sari", "officer", "id", True)


def test_numbers_run_from_one_for_each_office_and_day(database: Database) -> None:
    tuesday = date(2026, 11, 24)
    with database.begin() as conn:
        assert [cards.next_number(conn, "32.10", MONDAY) for _ in range(3)] == [1, 2, 3]
        assert cards.next_number(conn, "33.74", MONDAY) == 1
        assert cards.next_number(conn, "32.10", tuesday) == 1


def test_a_card_that_was_not_issued_after_all_leaves_no_gap(database: Database) -> None:
    with pytest.raises(LookupError), database.begin() as conn:
        _fails_after(cards.next_number(conn, "32.10", MONDAY))
    with database.begin() as conn:
        assert cards.next_number(conn, "32.10", MONDAY) == 1


def test_officers_at_many_counters_get_numbers_without_gaps_or_twins(postgres_url: str) -> None:
    many = Database(postgres_url, Limits(connections=10, wait_for_connection=10, lock=10))

    with many.begin() as conn:
        demo.plant(conn)

    def issue(_: int) -> int:
        with many.begin() as conn:
            return cards.next_number(conn, "32.10", MONDAY)

    with ThreadPoolExecutor(10) as pool:
        assert sorted(pool.map(issue, range(40))) == list(range(1, 41))
    many.dispose()


def test_a_number_is_used_once_in_an_office_and_a_request_gets_one_card(
    database: Database, vault: Vault
) -> None:
    with database.begin() as conn:
        officers.add(conn, SARI, "hash", NOW)
        siti, budi = enters(conn, vault), enters(conn, vault, BUDI)
        card = Card(
            id=str(uuid4()),
            request_id=siti,
            office="32.10",
            number="3210231126000001",
            issued_on=MONDAY,
            expires_on=date(2028, 11, 23),
            officer_id=SARI.id,
        )
        assert cards.add(conn, card)
        assert cards.of_request(conn, siti) == card
        assert not cards.add(conn, replace(card, id=str(uuid4()), request_id=budi))
        with pytest.raises(IntegrityError, match="uq_cards_request_id"), conn.begin_nested():
            cards.add(conn, replace(card, id=str(uuid4()), number="2"))
        assert cards.add(conn, replace(card, id=str(uuid4()), request_id=budi, office="33.74"))
        assert cards.of_request(conn, str(uuid4())) is None


def _fails_after(_: int) -> None:
    raise LookupError

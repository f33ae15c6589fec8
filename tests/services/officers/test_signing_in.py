"""Sign-in tells right from wrong, and nothing else: not who exists, not what was wrong."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from statistics import median

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from services import officers
from services.officers import SignedIn, TooMany, Wrong
from storage import officers as rows
from storage.database import Database
from storage.tables import attempts, audit
from storage.vault import Vault
from tests.services.officers.conftest import PASSWORD
from tests.support.applicants import NOW
from tests.support.staff import ADI, SARI

Outcome = SignedIn | Wrong | TooMany
Door = Callable[..., Outcome]


@pytest.fixture
def door(database: Database, vault: Vault) -> Door:
    """The sign-in, at which one types an e-mail and a password."""

    def types(
        email: str, password: str = PASSWORD, *, at: str = "10.0.0.1", later: int = 0
    ) -> Outcome:
        now = NOW + timedelta(minutes=later)
        return officers.sign_in(
            database, vault, email=email, password=password, address=at, now=now
        )

    return types


@pytest.mark.parametrize(
    "email", ["sari@example.go.id", " Sari@Example.go.id ", "SARI@EXAMPLE.GO.ID"]
)
def test_the_right_pair_opens_however_the_address_is_written(door: Door, email: str) -> None:
    assert door(email) == SignedIn(SARI)
    assert door(email, f" {PASSWORD}\n") == SignedIn(SARI)


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("sari@example.go.id", "wrong"),
        ("sari@example.go.id", ""),
        ("sari@example.go.id", PASSWORD.upper()),
        ("nobody@example.go.id", PASSWORD),
        ("nobody", PASSWORD),
        ("", ""),
        ("sari@example.go.id\x00", PASSWORD),
        ("sari@example.go.id", "\x00\ud800"),
        ("\ud800@example.go.id", PASSWORD),
        ("x" * 100_000, "x" * 100_000),
    ],
)
def test_any_other_pair_is_just_wrong(door: Door, email: str, password: str) -> None:
    assert door(email, password) == Wrong()


def test_an_officer_who_was_disabled_is_as_wrong_as_a_stranger(
    door: Door, database: Database
) -> None:
    with database.begin() as conn:
        officers.disable(conn, SARI.id, by=ADI, now=NOW)
    assert door("sari@example.go.id") == Wrong()


def test_a_stranger_costs_as_much_work_as_an_officer_who_mistyped(door: Door) -> None:
    door("nobody@example.go.id", at="10.0.1.0")

    def takes(email: str, at: int) -> float:
        began = time.thread_time()  # our own work: the machine may be busy with other tests
        assert door(email, "wrong", at=f"10.0.2.{at}") == Wrong()
        return time.thread_time() - began

    known = median(takes("sari@example.go.id", at) for at in range(7))
    unknown = median(takes("nobody@example.go.id", at) for at in range(7))
    assert 0.6 < unknown / known < 1.7


def test_after_five_wrong_tries_even_the_right_password_must_wait(door: Door) -> None:
    tries = [door("sari@example.go.id", f"guess {number}") for number in range(5)]
    assert tries == [Wrong()] * 5
    assert door("sari@example.go.id") == TooMany()
    assert door("sari@example.go.id", later=14) == TooMany()
    assert door("sari@example.go.id", later=15) == SignedIn(SARI)


def test_a_stranger_is_limited_as_an_officer_is(door: Door) -> None:
    tries = [door("nobody@example.go.id", f"guess {number}") for number in range(6)]
    assert tries == [*[Wrong()] * 5, TooMany()]


def test_a_stranger_elsewhere_cannot_lock_an_officer_out(door: Door) -> None:
    for number in range(9):
        door("sari@example.go.id", f"guess {number}", at="203.0.113.9")
    assert door("sari@example.go.id", at="10.0.0.1") == SignedIn(SARI)


def test_signing_in_forgives_the_slips_before_it(door: Door) -> None:
    for _ in range(3):
        for number in range(4):
            assert door("sari@example.go.id", f"slip {number}") == Wrong()
        assert door("sari@example.go.id") == SignedIn(SARI)


def test_one_address_cannot_try_many_names(door: Door, caplog: pytest.LogCaptureFixture) -> None:
    def tries(number: int) -> Outcome:
        return door(f"name{number}@example.go.id", "wrong", at="203.0.113.9")

    with ThreadPoolExecutor(4) as pool, caplog.at_level(logging.WARNING):
        outcomes = list(pool.map(tries, range(54)))
    assert (outcomes.count(Wrong()), outcomes.count(TooMany())) == (50, 4)
    assert [record.message for record in caplog.records] == ["sign_in_limited"] * 4


def test_guesses_at_once_do_not_slip_through_the_limit(door: Door) -> None:
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda guess: door("sari@example.go.id", str(guess)), range(16)))
    assert outcomes.count(Wrong()) == 5


def test_neither_name_nor_address_is_written_down_plainly(door: Door, database: Database) -> None:
    door("sari@example.go.id")
    door("nobody@example.go.id", at="203.0.113.9")
    with database.begin() as conn:
        told = repr([*conn.execute(select(attempts)), *conn.execute(select(audit))])
    assert "example" not in told
    assert "203.0.113.9" not in told


def test_the_audit_knows_who_came_in_and_who_was_refused(door: Door, database: Database) -> None:
    door("sari@example.go.id")
    door("sari@example.go.id", "wrong")
    door("nobody@example.go.id")
    with database.begin() as conn:
        query = select(audit.c.action, audit.c.officer_id, audit.c.office).order_by(audit.c.id)
        told = [tuple(row) for row in conn.execute(query)]
    assert told == [
        ("signed_in", SARI.id, "32.10"),
        ("sign_in_refused", SARI.id, "32.10"),
        ("sign_in_refused", None, None),
    ]


def test_a_hash_of_other_times_is_renewed_at_the_next_sign_in(
    door: Door, database: Database
) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with database.begin() as conn:
        rows.set_password(conn, SARI.id, weak)
    assert door("sari@example.go.id") == SignedIn(SARI)
    with database.begin() as conn:
        renewed = rows.password_hash(conn, SARI.id)
    assert renewed is not None
    assert renewed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert door("sari@example.go.id") == SignedIn(SARI)

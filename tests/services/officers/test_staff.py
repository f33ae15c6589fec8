"""Letting officers in is for those who may, in their own office, with passwords nobody chose."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, select

from services import demo, officers
from services.officers import Added, Refusal, Refused, Right, Role, SignedIn, Wrong, may
from storage import officers as rows
from storage.database import Database
from storage.officers import Officer
from storage.tables import audit
from storage.tables import officers as table
from storage.vault import Vault
from tests.services.officers.conftest import PASSWORD
from tests.support.applicants import NOW
from tests.support.staff import ADI, DEWI, SARI, TONO


def test_a_new_officer_signs_in_with_the_password_made_for_him(
    database: Database, vault: Vault
) -> None:
    with database.begin() as conn:
        added = _add(conn, by=TONO)
    assert isinstance(added, Added)
    assert (added.officer.email, added.officer.name) == ("rina@example.go.id", "Rina")
    assert [len(group) for group in added.password.split("-")] == [5, 5, 5, 5]
    came = officers.sign_in(
        database,
        vault,
        email="rina@example.go.id",
        password=added.password,
        address="10.0.0.1",
        now=NOW,
    )
    assert came == SignedIn(added.officer)


def test_passwords_are_never_alike_and_stand_nowhere(conn: Connection) -> None:
    made = [officers.reset(conn, SARI.email, by=None, now=NOW) for _ in range(5)]
    passwords = {one.password for one in made if isinstance(one, Added)}
    assert len(passwords) == 5
    kept = repr([*conn.execute(select(table)), *conn.execute(select(audit))])
    assert not any(password in kept for password in passwords)


@pytest.mark.parametrize(
    ("by", "office", "role", "may_he"),
    [
        (None, "33.74", Role.ADMIN, True),
        (ADI, "33.74", Role.ADMIN, True),
        (TONO, "32.10", Role.OFFICER, True),
        (TONO, "32.10", Role.HEAD, True),
        (TONO, "32.10", Role.ADMIN, False),
        (TONO, "33.74", Role.OFFICER, False),
        (SARI, "32.10", Role.OFFICER, False),
        (replace(ADI, active=False), "32.10", Role.OFFICER, False),
    ],
)
def test_who_may_let_whom_in(
    conn: Connection, by: Officer | None, office: str, role: Role, *, may_he: bool
) -> None:
    outcome = _add(conn, by=by, office=office, role=role)
    assert isinstance(outcome, Added) if may_he else outcome == Refused(Refusal.RIGHT)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"email": "no address"}, Refusal.EMAIL),
        ({"email": ""}, Refusal.EMAIL),
        ({"email": "SARI@example.go.id"}, Refusal.TAKEN),
        ({"name": "  "}, Refusal.NAME),
        ({"name": "Rina\x00"}, Refusal.NAME),
        ({"office": "99.99"}, Refusal.OFFICE),
    ],
)
def test_a_slip_is_told_and_nobody_is_let_in(
    conn: Connection, wrong: dict[str, Any], why: Refusal
) -> None:
    assert _add(conn, by=ADI, **wrong) == Refused(why)
    assert rows.count(conn) == 4


def test_two_who_add_the_same_person_at_once_add_one(database: Database) -> None:
    def adds(_: int) -> Added | Refused:
        with database.begin() as conn:
            return _add(conn, by=TONO)

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(adds, range(2)))
    assert outcomes.count(Refused(Refusal.TAKEN)) == 1


def test_a_reset_replaces_the_password(database: Database, vault: Vault) -> None:
    with database.begin() as conn:
        reset = officers.reset(conn, " Sari@example.go.id", by=TONO, now=NOW)
    assert isinstance(reset, Added)
    typed = partial(
        officers.sign_in, database, vault, email=SARI.email, address="10.0.0.1", now=NOW
    )
    assert typed(password=PASSWORD) == Wrong()
    assert typed(password=reset.password) == SignedIn(SARI)


def test_another_offices_officers_are_unknown_to_a_head(conn: Connection) -> None:
    assert officers.reset(conn, DEWI.email, by=TONO, now=NOW) == Refused(Refusal.UNKNOWN)
    assert officers.disable(conn, DEWI.id, by=TONO, now=NOW) == Refused(Refusal.UNKNOWN)
    assert officers.reset(conn, "nobody@x", by=TONO, now=NOW) == Refused(Refusal.UNKNOWN)
    assert officers.disable(conn, ADI.id, by=TONO, now=NOW) == Refused(Refusal.RIGHT)
    assert officers.disable(conn, TONO.id, by=SARI, now=NOW) == Refused(Refusal.RIGHT)
    assert [one.name for one in officers.of_office(conn, TONO)] == ["Adi", "Sari", "Tono"]


def test_nobody_keeps_himself_out(conn: Connection) -> None:
    assert officers.disable(conn, ADI.id, by=ADI, now=NOW) == Refused(Refusal.SELF)
    assert isinstance(officers.disable(conn, TONO.id, by=ADI, now=NOW), Officer)


def test_the_first_admin_is_made_once(postgres_url: str) -> None:
    database = Database(postgres_url)
    with database.begin() as conn:
        demo.plant(conn)

    def starts(_: int) -> Added | Refused | None:
        with database.begin() as conn:
            return officers.first(
                conn, office="32.10", email="admin@example.go.id", password=None, now=NOW
            )

    with ThreadPoolExecutor(4) as pool:
        made = [one for one in pool.map(starts, range(4)) if one]
    database.dispose()
    (admin,) = made
    assert isinstance(admin, Added)
    assert admin.officer.role == Role.ADMIN


def test_what_was_done_to_an_officer_is_written_down_without_his_name(conn: Connection) -> None:
    added = _add(conn, by=TONO)
    assert isinstance(added, Added)
    officers.reset(conn, "rina@example.go.id", by=TONO, now=NOW)
    officers.disable(conn, added.officer.id, by=TONO, now=NOW)
    officers.enable(conn, added.officer.id, by=None, now=NOW)
    told = conn.execute(
        select(audit.c.action, audit.c.officer_id, audit.c.details).order_by(audit.c.id)
    ).all()
    assert [(action, by) for action, by, _ in told] == [
        ("officer_added", TONO.id),
        ("password_reset", TONO.id),
        ("officer_disabled", TONO.id),
        ("officer_enabled", None),
    ]
    assert told[0].details == {"officer": added.officer.id, "role": "officer"}


def test_rights_follow_the_role_and_end_with_it() -> None:
    assert may(SARI, Right.WORK)
    assert not may(SARI, Right.MANAGE_OFFICERS)
    assert may(TONO, Right.MANAGE_OFFICERS)
    assert not may(TONO, Right.MANAGE_OFFICES)
    assert may(ADI, Right.MANAGE_OFFICES)
    assert not any(may(replace(ADI, active=False), right) for right in Right)


def _add(
    conn: Connection,
    *,
    by: Officer | None,
    office: str = "32.10",
    role: Role = Role.OFFICER,
    email: str = " Rina@Example.go.id",
    name: str = "Rina ",
) -> Added | Refused:
    return officers.add(conn, office=office, email=email, name=name, role=role, by=by, now=NOW)

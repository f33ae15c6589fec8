"""A session lives on our side, ends by itself, and is dead the moment somebody says so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Connection, select

from services import housekeeping, officers
from storage import officer_sessions as rows
from storage.database import Database
from storage.tables import audit, officer_sessions
from tests.support.applicants import NOW
from tests.support.staff import ADI, SARI


def test_a_session_carries_its_officer_and_what_the_pages_keep(conn: Connection) -> None:
    token = officers.open_session(conn, SARI, {"csrf": "x"}, NOW)
    session = officers.load_session(conn, token, NOW)
    assert session is not None
    assert (session.officer, session.data) == (SARI, {"csrf": "x"})
    officers.save_session(conn, session.id, {"csrf": "y", "seen": [1, 2]})
    again = officers.load_session(conn, token, NOW)
    assert again is not None
    assert again.data == {"csrf": "y", "seen": [1, 2]}


def test_a_token_is_long_random_and_not_in_the_table(conn: Connection) -> None:
    tokens = {officers.open_session(conn, SARI, {}, NOW) for _ in range(50)}
    assert len(tokens) == 50
    assert min(map(len, tokens)) == 43  # 256 bits in base64
    table = repr(conn.execute(select(officer_sessions)).all())
    assert not any(token in table for token in tokens)


@pytest.mark.parametrize("token", ["", "x", "0" * 43, "\x00", "é" * 1000])
def test_what_is_no_token_opens_nothing(conn: Connection, token: str) -> None:
    officers.open_session(conn, SARI, {}, NOW)
    assert officers.load_session(conn, token, NOW) is None


def test_a_new_sign_in_kills_the_token_before_it(conn: Connection) -> None:
    old = officers.open_session(conn, SARI, {}, NOW)
    new = officers.open_session(conn, SARI, {}, NOW, replaces=old)
    assert officers.load_session(conn, old, NOW) is None
    assert officers.load_session(conn, new, NOW) is not None
    assert officers.open_session(conn, SARI, {}, NOW, replaces="never was") != new


def test_half_an_hour_of_silence_ends_a_session_and_work_keeps_it(conn: Connection) -> None:
    token = officers.open_session(conn, SARI, {}, NOW)
    for minutes in range(0, 120, 29):
        assert officers.load_session(conn, token, NOW + timedelta(minutes=minutes))
    assert officers.load_session(conn, token, NOW + timedelta(minutes=116 + 30)) is None


def test_a_page_that_asks_by_itself_is_no_work(conn: Connection) -> None:
    token = officers.open_session(conn, SARI, {}, NOW)
    for minutes in range(0, 30, 5):
        now = NOW + timedelta(minutes=minutes)
        assert officers.load_session(conn, token, now, touch=False)
    assert officers.load_session(conn, token, NOW + timedelta(minutes=30), touch=False) is None


def test_twelve_hours_end_even_a_busy_session(conn: Connection) -> None:
    token = officers.open_session(conn, SARI, {}, NOW)
    for minutes in range(0, 12 * 60, 20):
        assert officers.load_session(conn, token, NOW + timedelta(minutes=minutes))
    assert officers.load_session(conn, token, NOW + timedelta(hours=12)) is None


def test_signing_out_ends_the_session_and_is_written_down(conn: Connection) -> None:
    token = officers.open_session(conn, SARI, {}, NOW)
    other = officers.open_session(conn, SARI, {}, NOW)
    session = officers.load_session(conn, token, NOW)
    assert session is not None
    officers.sign_out(conn, session, NOW)
    assert officers.load_session(conn, token, NOW) is None
    assert officers.load_session(conn, other, NOW) is not None
    assert conn.execute(select(audit.c.action, audit.c.officer_id)).one() == (
        "signed_out",
        SARI.id,
    )


def test_disabling_or_resetting_an_officer_ends_all_his_sessions(conn: Connection) -> None:
    token = officers.open_session(conn, SARI, {}, NOW)
    officers.reset(conn, SARI.email, by=ADI, now=NOW)
    assert officers.load_session(conn, token, NOW) is None
    token = officers.open_session(conn, SARI, {}, NOW)
    officers.disable(conn, SARI.id, by=ADI, now=NOW)
    assert officers.load_session(conn, token, NOW) is None
    officers.enable(conn, SARI.id, by=ADI, now=NOW)
    assert officers.load_session(conn, token, NOW) is None


def test_the_language_an_officer_chose_is_there_in_the_next_session(conn: Connection) -> None:
    officers.set_language(conn, SARI.id, "en")
    session = officers.load_session(conn, officers.open_session(conn, SARI, {}, NOW), NOW)
    assert session is not None
    assert session.officer.language == "en"


def test_ended_sessions_are_swept_away_and_living_ones_stay(database: Database) -> None:
    with database.begin() as conn:
        officers.open_session(conn, SARI, {}, NOW - timedelta(hours=1))
        living = officers.open_session(conn, SARI, {}, NOW)
    assert housekeeping.sweep(database, NOW) == 1
    with database.begin() as conn:
        assert officers.load_session(conn, living, NOW)
        assert rows.end_all(conn, SARI.id) == 1

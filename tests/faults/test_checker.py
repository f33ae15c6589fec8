"""A checker that cannot fail proves nothing: each invariant is broken once, and is found broken."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from runtime.wiring import House
from sms.message import Lane
from storage import outbox
from tests.faults.checker import INVARIANTS, check_invariants
from tests.faults.driver import Driver
from tests.faults.evidence import Evidence, tables
from tests.faults.people import Person
from tests.support import applicants

_SITI, _BUDI = Person(31), Person(32)
_WHOSE = {
    "BUDIS_REQUEST": "request_id = (SELECT id FROM card_requests WHERE phone_last4 = '0032')",
    "BUDIS": "phone_last4 = '0032'",
}


class World:
    """Two callers have booked, and have their SMS."""

    def __init__(self, house: House, url: str, folder: Path) -> None:
        token = house.settings.webhook_tokens[0]
        self._house = house
        self._driver = Driver(f"{url}/ussd/africastalking/{token}", folder / "driver.jsonl")
        self._driver.drive([_SITI, _BUDI], at_once=1)
        house.delivery.deliver_due(Lane.URGENT, house.clock())

    def does(self, statement: str) -> None:
        """Change one row behind everybody's back."""
        for word, condition in _WHOSE.items():
            statement = statement.replace(word, condition)
        with self._house.database.begin() as conn:
            assert conn.execute(text(statement)).rowcount == 1

    def registers_twice(self) -> None:
        """Give Budi's phone a second request."""
        with self._house.database.begin() as conn:
            applicants.enters(conn, self._house.vault, nik=_SITI.nik[:-1] + "9", phone=_BUDI.phone)

    def tells_twice(self) -> None:
        """Queue a second message for Budi's one booking."""
        with self._house.database.begin() as conn:
            request = conn.scalar(text("SELECT id FROM card_requests WHERE phone_last4 = '0032'"))
            assert outbox.add(
                conn,
                self._house.vault,
                office="32.10",
                request_id=str(request),
                lane=Lane.URGENT,
                template="booked",
                language="id",
                params={
                    "place": "Disnaker",
                    "name": _BUDI.name,
                    "day": "2026-11-23",
                    "hour": "08:00",
                    "papers": "ktp",
                    "code": "482157901",
                },
                to=_BUDI.phone,
                dedupe_key="another",
                now=self._house.clock(),
            )

    def evidence(self) -> Evidence:
        """What is left of it."""
        house, log = self._house, self._house.settings.simulator_log
        url = house.database.engine.url.set(drivername="postgresql")
        rows, _ = tables(url.render_as_string(hide_password=False), house.vault, house.gateway.line)
        assert log is not None
        return Evidence(
            rows,
            house.clock(),
            [json.loads(line) for line in log.read_text("utf-8").splitlines()],
            self._driver.replies,
            [_SITI, _BUDI],
            texts={"up.log": "nothing to see"},
        )


@pytest.fixture
def world(house: House, url: str, tmp_path: Path) -> World:
    return World(house, url, tmp_path)


def _broken(evidence: Evidence) -> set[tuple[str, str]]:
    return {(one.invariant, one.kind) for one in check_invariants(evidence).findings}


def test_a_sound_world_passes_and_is_counted(world: World) -> None:
    verdict = check_invariants(world.evidence())
    assert verdict.holds, verdict
    assert (verdict.callers, verdict.hops, verdict.lost, verdict.doubled) == (2, 14, 0, 0)


_SQL = {
    ("I1", "lost"): "UPDATE card_requests SET code = '999999999' WHERE BUDIS",
    ("I2", "lost"): "DELETE FROM messages WHERE BUDIS_REQUEST",
    ("I3", "doubled"): "UPDATE messages SET status = 'queued', gateway_id = NULL"
    " WHERE BUDIS_REQUEST",
    ("I4", "lost"): "UPDATE messages SET status = 'claimed', lease_until = created_at"
    " - interval '2 minutes' WHERE BUDIS_REQUEST",
    ("I5", "wrong"): "UPDATE messages SET final_at = NULL WHERE BUDIS_REQUEST",
    ("I6", "wrong"): "UPDATE slots SET taken = taken + 1 WHERE taken > 0",
    ("I7", "lost"): "UPDATE card_requests SET state = 'came' WHERE BUDIS",
}


@pytest.mark.parametrize(("broken", "statement"), _SQL.items(), ids=lambda one: str(one)[:20])
def test_a_row_changed_behind_everybodys_back_is_found(
    world: World, broken: tuple[str, str], statement: str
) -> None:
    world.does(statement)
    assert broken in _broken(world.evidence())


def test_a_second_request_and_a_second_message_are_found(world: World) -> None:
    world.registers_twice()
    world.tells_twice()
    assert {("I1", "doubled"), ("I2", "doubled")} <= _broken(world.evidence())


def test_a_message_that_waits_beyond_its_time_is_found(world: World) -> None:
    world.does(
        "UPDATE messages SET status = 'queued', not_before = created_at - interval '1 hour'"
        " WHERE BUDIS_REQUEST"
    )
    assert ("I4", "lost") in _broken(world.evidence())


def test_a_move_that_the_audit_has_twice_is_found(world: World) -> None:
    world.does(
        "INSERT INTO audit (at, action, request_id, details) SELECT at, 'card.requested',"
        " request_id, details FROM audit WHERE action = 'card.booked' AND BUDIS_REQUEST"
    )
    assert {("I7", "lost"), ("I7", "doubled")} <= _broken(world.evidence())


_TRACES: dict[str, tuple[tuple[str, str], Callable[[Evidence], Evidence]]] = {
    "an SMS is accepted twice": (
        ("I3", "doubled"),
        lambda one: replace(one, accepted=[*one.accepted, one.accepted[0]]),
    ),
    "an SMS that was sent is accepted by nobody": (
        ("I3", "lost"),
        lambda one: replace(one, accepted=one.accepted[1:]),
    ),
    "an SMS that nobody wrote is accepted": (
        ("I3", "wrong"),
        lambda one: replace(one, accepted=[*one.accepted, {"to": _SITI.phone, "text": "x"}]),
    ),
    "a caller hears another's name": (
        ("I1", "wrong"),
        lambda one: replace(
            one, replies=[*one.replies, replace(one.replies[0], words=f"{_BUDI.name}: datang")]
        ),
    ),
    "a status goes back": (
        ("I5", "wrong"),
        lambda one: replace(one, seen=[{"m": "delivered"}, {"m": "sent"}]),
    ),
    "a log holds a NIK": (
        ("I8", "wrong"),
        lambda one: replace(one, texts={"up.log": f"hop failed for {_SITI.nik}"}),
    ),
    "a metric holds a phone": (
        ("I8", "wrong"),
        lambda one: replace(one, texts={"metrics": f"calls{{of=0{_SITI.phone[3:]}}} 1"}),
    ),
}


def test_every_trace_that_cannot_be_is_found(world: World) -> None:
    sound = world.evidence()
    for trace, (broken, plant) in _TRACES.items():
        assert _broken(plant(sound)) == {broken}, trace


def test_each_invariant_was_broken_here() -> None:
    planted = {name for name, _ in _SQL} | {broken[0] for broken, _ in _TRACES.values()}
    assert planted == set(INVARIANTS)

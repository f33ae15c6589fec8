"""F13: a disk is full, of the database, of the spool, of the log: no untruth, and no restart."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from tests.faults.driver import Driver
from tests.faults.full_disk import full, full_table
from tests.faults.judging import Judge
from tests.faults.line import Answer, form, posts, written
from tests.faults.people import Person
from tests.faults.stack import Stack
from tests.support.processes import until

_RECOVERY = 60
_CALLERS = 600
_NOTHING = 1  # byte: no file grows
_CALLS = (
    "INSERT INTO session_calls SELECT 'filler', gen_random_uuid()::text, 0, 0, '',"
    " repeat('x', %(bytes)s), now() FROM generate_series(1, %(rows)s)"
)
_REPORTS = (
    "INSERT INTO delivery_reports (gateway, gateway_id, raw_status, status, raw_reason,"
    " received_at, applied_at) SELECT 'filler', gen_random_uuid()::text, '', '',"
    " repeat('x', %(bytes)s), now(), now() FROM generate_series(1, %(rows)s)"
)
_COUNTED = "SELECT count(*) FROM card_requests WHERE phone_last4 = %s"
_KEPT = "SELECT gateway_id FROM delivery_reports WHERE gateway_id LIKE 'full-%'"


def test_a_full_database_saves_nothing_says_so_and_goes_on_when_there_is_room(
    kuning: Stack, judge: Judge, scale: Callable[[int], int], tmp_path: Path
) -> None:
    siti = Person(1300)
    people = [Person(1310 + number) for number in range(scale(_CALLERS))]
    driver = Driver(kuning.address, tmp_path / "driver.jsonl", seed=13)
    siti.dials_to_the_day(kuning)
    before = kuning.children()

    with full_table(kuning, "session_calls", _CALLS, "result_sealed"):
        said = siti.confirms(kuning)
        driver.drive(people, patience=2)
        unserved, driver.unserved = driver.unserved, []
        assert said.startswith("END Maaf"), said
        assert kuning.rows(_COUNTED, siti.phone[-4:]) == [(0,)]
        assert not any("Tersimpan" in reply.words for reply in driver.replies)
        assert all(reply.status == 200 for reply in driver.replies)
    lifted = time.monotonic()
    driver.drive([Person(number) for number in unserved], patience=600)

    judge("F13 database full", kuning, driver, lifted=lifted)
    assert len(unserved) == len(people)
    assert kuning.children() == before, "nobody was restarted"


def test_reports_wait_in_the_spool_and_when_that_is_full_too_the_gateway_is_told(
    kuning: Stack, judge: Judge, tells: Callable[[str], None]
) -> None:
    before = kuning.children()
    with full_table(kuning, "delivery_reports", _REPORTS, "raw_reason"):
        spooled = [_reports(kuning, number) for number in range(5)]
        with full(kuning, "valkey-server", _NOTHING):
            refused = [_reports(kuning, number) for number in range(5, 15)]
        assert kuning.rows(_KEPT) == []
    lifted = time.monotonic()

    assert {one.status for one in spooled} == {200}, spooled
    # The first write that fails is still in Valkey's memory, and it says so from then on.
    assert {one.status for one in refused[2:]} == {503}, refused
    heard = {f"full-{at}" for at, one in enumerate([*spooled, *refused]) if one.status == 200}
    until(lambda: {name for (name,) in kuning.rows(_KEPT)} == heard, _RECOVERY)
    judge("F13 spool full", kuning, lifted=lifted)
    tells(f"F13: {len(heard)} reports kept and stored once, {15 - len(heard)} refused with 503")
    assert kuning.children() == before, "nobody was restarted"


def test_a_full_disk_of_redis_alone_holds_up_nobody(
    kuning: Stack, judge: Judge, scale: Callable[[int], int], tmp_path: Path
) -> None:
    people = [Person(3000 + number) for number in range(scale(_CALLERS))]
    driver = Driver(kuning.address, tmp_path / "driver.jsonl", seed=31)
    before = kuning.children()

    with full(kuning, "valkey-server", _NOTHING):
        driver.drive(people, patience=600)
        until(lambda: _taken(kuning) >= {person.phone for person in people}, _RECOVERY)

    judge("F13 Redis's disk full", kuning, driver, lifted=time.monotonic())
    assert kuning.children() == before, "nobody was restarted"


def test_a_full_disk_of_the_log_holds_up_nobody(kuning: Stack) -> None:
    siti = Person(3990)
    siti.dials_to_the_day(kuning)
    with full(kuning, "web", _NOTHING):
        unreadable = posts(kuning.address, b"text=1")
        stolen = posts(kuning.address, form(siti.session, Person(3991).phone, "1"))
        saved = siti.confirms(kuning)

    assert unreadable.is_refusal, unreadable
    assert stolen.text.startswith("END Maaf"), stolen
    assert saved.startswith("CON Tersimpan. Kode "), saved


def _reports(kuning: Stack, number: int) -> Answer:
    fields = {"id": f"full-{number}", "status": "Success", "phoneNumber": "+6281200001300"}
    return posts(kuning.sms_address("delivery"), written(fields))


def _taken(kuning: Stack) -> set[str]:
    return {str(line["to"]) for line in kuning.accepted()}

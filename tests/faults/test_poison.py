"""F27: what always fails is put aside and told; everything behind it goes on."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import redis
from rq import Queue
from rq.serializers import JSONSerializer

from tests.faults.counter import SARI, sits_down
from tests.faults.judging import Judge
from tests.faults.line import posts, written
from tests.faults.people import Person
from tests.faults.stack import Stack
from tests.support.processes import until

_SOON = 30  # seconds: two sweeps, with time to spare
_ROOT = Path(__file__).parents[2]
_SMS = (
    "SELECT m.id, m.status, m.attempts FROM messages m JOIN card_requests r ON r.id = m.request_id"
    " WHERE r.phone_last4 = %s AND m.template = 'booked' ORDER BY m.created_at"
)
_SPOILED = "UPDATE messages SET params_sealed = %s WHERE id = %s RETURNING params_sealed"
_LAST_TRY = "UPDATE messages SET attempts = 23, not_before = now() WHERE id = %s RETURNING 1"
_MISSED = (
    "WITH visit AS (SELECT office, day, hour FROM card_requests WHERE phone_last4 = %(last4)s),"
    " freed AS (UPDATE slots s SET taken = s.taken - 1 FROM visit v"
    "  WHERE (s.office, s.day, s.hour) = (v.office, v.day, v.hour)),"
    " held AS (INSERT INTO slots (office, day, hour, taken, capacity)"
    "  SELECT office, current_date - 3, hour, 1, 9 FROM visit"
    "  ON CONFLICT (office, day, hour) DO UPDATE SET taken = slots.taken + 1)"
    " UPDATE card_requests SET day = current_date - 3 WHERE phone_last4 = %(last4)s"
)
_STATE = "SELECT state FROM card_requests WHERE phone_last4 = %s"


def test_a_poisoned_sms_is_parked_shown_and_sent_again_and_others_flow(
    open_town: Stack, judge: Judge
) -> None:
    poisoned, others = Person(2700), [Person(2701), Person(2702)]
    with _paused(open_town):
        for person in (poisoned, *others):
            person.books(open_town)
        [(message, _, _)] = open_town.rows(_SMS, poisoned.phone[-4:])
        sealed = "SELECT params_sealed FROM messages WHERE id = %s"
        [(sound,)] = open_town.rows(sealed, message)
        open_town.rows(_SPOILED, "rubbish", message)

    Person(2703).books(open_town)  # whose bell wakes the worker
    until(lambda: _taken(open_town) >= {person.phone for person in others}, _SOON)
    assert _tries(open_town, message) >= ("queued", 1), "tried, and put aside for a while"
    open_town.rows(_LAST_TRY, message)
    Person(2704).books(open_town)
    until(lambda: _tries(open_town, message)[0] == "failed", _SOON)
    _is_shown_as_failed(open_town, poisoned)

    open_town.rows(_SPOILED, sound, message)  # the key that was lost is back
    said = _kuning(open_town, "sms", "resend", str(message))
    assert "Queued" in said
    until(lambda: poisoned.phone in _taken(open_town), _SOON)
    judge("F27 poisoned SMS", open_town, lifted=time.monotonic())
    assert [line["to"] for line in open_town.accepted()].count(poisoned.phone) == 1


def test_a_poisoned_job_runs_nothing_and_the_worker_goes_on(town: Stack, tmp_path: Path) -> None:
    marks = tmp_path / "ran"
    before = town.child("urgent")
    with redis.Redis.from_url(town.redis_url) as connection:
        queue = Queue("urgent", connection=connection, serializer=JSONSerializer)
        queue.enqueue_call("os.system", args=(f"touch {marks}",))
        queue.enqueue_call("workers.jobs.deliver", args=("nonsense",))
        queue.enqueue_call("workers.jobs.deliver", args=(["urgent"] * 3, {}, 7))
        queue.enqueue_call("no.such.thing")
        connection.rpush("rq:queue:urgent", str(uuid4()), "\x00 no id at all")
        connection.hset("rq:job:broken", mapping={"data": b"\x80\x04rubbish", "created_at": "?"})
        connection.rpush("rq:queue:urgent", "broken")
    siti = Person(2710)
    siti.books(town)

    until(lambda: siti.phone in _taken(town), _SOON)

    assert not marks.exists()
    assert town.child("urgent") == before, "the worker lives"


def test_poison_in_the_spool_and_the_stream_holds_up_nothing_behind_it(town: Stack) -> None:
    stray = Person(2720)
    with redis.Redis.from_url(town.redis_url) as connection:
        connection.rpush("kuning:spool:callbacks", "rubbish", "", "{}")
        connection.xadd("kuning:effects", {"e": "rubbish"})
        connection.xadd("kuning:effects", {"other": ""})
        connection.zadd("kuning:dirty", {"rubbish": 1})
        fields = {"id": "after-poison", "status": "Success", "phoneNumber": stray.phone}
        assert posts(town.sms_address("delivery"), written(fields)).status == 200
        until(lambda: connection.llen("kuning:spool:callbacks") == 0, _SOON)
        until(lambda: connection.xlen("kuning:effects") == 0, _SOON)
    stray.books(town)


def test_a_case_that_the_clock_cannot_move_holds_up_no_other(town: Stack, judge: Judge) -> None:
    poisoned, other = Person(2730), Person(2731)
    for person in (poisoned, other):
        person.books(town)
        until(lambda person=person: person.phone in _taken(town), _SOON)  # type: ignore[misc] # mypy cannot infer a lambda with a default
    with _immovable(town, poisoned):
        for person in (poisoned, other):
            _do(town, _MISSED, last4=person.phone[-4:])
        town.kill("clock")  # the next one looks at once
        until(lambda: town.rows(_STATE, other.phone[-4:]) == [("no_show",)], _SOON)
        assert town.rows(_STATE, poisoned.phone[-4:]) == [("booked",)]

    _moves_again(town, poisoned)
    judge("F27 poisoned case", town, lifted=time.monotonic())


def _moves_again(stack: Stack, person: Person) -> None:
    """Let the clock look once more, now that nothing stands in the way."""
    stack.kill("clock")
    until(lambda: stack.rows(_STATE, person.phone[-4:]) == [("no_show",)], _SOON)


@contextmanager
def _paused(stack: Stack) -> Iterator[None]:
    """Let no SMS leave for the length of a `with`."""
    _do(stack, "INSERT INTO sending_pauses (why, since) VALUES ('a test', now())")
    try:
        yield
    finally:
        _do(stack, "DELETE FROM sending_pauses")


@contextmanager
def _immovable(stack: Stack, person: Person) -> Iterator[None]:
    """Let every change of this person's request fail, for the length of a `with`."""
    _do(
        stack,
        "CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS"
        " 'BEGIN RAISE EXCEPTION ''poison''; END';"
        " CREATE TRIGGER poison BEFORE UPDATE OF state ON card_requests FOR EACH ROW"
        f" WHEN (OLD.phone_last4 = '{person.phone[-4:]}') EXECUTE FUNCTION poison()",
    )
    try:
        yield
    finally:
        _do(stack, "DROP TRIGGER poison ON card_requests; DROP FUNCTION poison")


def _is_shown_as_failed(stack: Stack, person: Person) -> None:
    [(request,)] = stack.rows(
        "SELECT id FROM card_requests WHERE phone_last4 = %s", person.phone[-4:]
    )
    sits_down(stack, SARI).opens(f"/person/{request}").sees("gagal")


def _do(stack: Stack, statement: str, **values: object) -> None:
    with psycopg.connect(stack.database_url) as connection:
        connection.execute(statement.encode(), values or None)


def _kuning(stack: Stack, *words: str) -> str:
    command = [sys.executable, "-m", "ussd_app.cli", *words]
    done = subprocess.run(
        command,
        cwd=_ROOT,
        env=stack.environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _taken(stack: Stack) -> set[str]:
    return {str(line["to"]) for line in stack.accepted()}


def _tries(stack: Stack, message: object) -> tuple[str, int]:
    [(status, attempts)] = stack.rows(
        "SELECT status, attempts FROM messages WHERE id = %s", message
    )
    return str(status), int(attempts)

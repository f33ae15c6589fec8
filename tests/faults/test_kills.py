"""Every process is killed once at its worst moment; the tables and the gateway's log judge."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from tests.faults.people import Person
from tests.faults.stack import Stack, stack
from tests.support.processes import lives, until

_RECOVERY = 60
_COUNTED = "SELECT count(*) FROM card_requests WHERE phone_last4 = %s"
_STATUSES = (
    "SELECT m.status FROM messages m JOIN card_requests r ON r.id = m.request_id"
    " WHERE r.phone_last4 = %s ORDER BY m.created_at"
)


def _last4(person: Person) -> str:
    return person.phone[-4:]


def _statuses(kuning: Stack, person: Person) -> list[str]:
    return [str(status) for (status,) in kuning.rows(_STATUSES, _last4(person))]


def _sent_to(kuning: Stack, person: Person) -> int:
    return sum(line["to"] == person.phone for line in kuning.accepted())


def test_a_web_process_killed_between_commit_and_reply_books_once(kuning: Stack) -> None:
    siti = Person(1)
    siti.dials_to_the_day(kuning)
    kuning.arm("web.committed")
    with pytest.raises(requests.ConnectionError):
        siti.confirms(kuning)
    assert kuning.fired("web.committed")

    said = until(lambda: _again(kuning, siti), _RECOVERY)

    assert said.startswith("CON Tersimpan. Kode ")
    assert siti.confirms(kuning) == said, "a retry gets the stored screen byte for byte"
    assert kuning.rows(_COUNTED, _last4(siti)) == [(1,)]
    until(lambda: _sent_to(kuning, siti) == 1, _RECOVERY)


def _again(kuning: Stack, person: Person) -> str:
    """Repeat the callback as a gateway would, while nobody listens give nothing."""
    try:
        return person.confirms(kuning)
    except requests.ConnectionError:
        return ""


def test_a_worker_killed_before_during_and_after_the_gateway_call_doubles_nobody(
    kuning: Stack,
) -> None:
    places = {
        "delivery.claimed": Person(2),
        "delivery.sending": Person(3),
        "delivery.sent": Person(4),
    }
    for place, person in places.items():
        kuning.arm(place)
        person.books(kuning)
        until(lambda place=place: kuning.fired(place), _RECOVERY)  # type: ignore[misc] # mypy cannot infer a lambda with a default

    until(lambda: _sent_to(kuning, Person(2)) == 1, _RECOVERY)
    for person in (Person(3), Person(4)):
        until(lambda person=person: _statuses(kuning, person) == ["unknown"], _RECOVERY)  # type: ignore[misc] # as above

    assert _sent_to(kuning, Person(3)) == 0, "not sent again blindly: it may have been sent"
    assert _sent_to(kuning, Person(4)) == 1, "it was sent, and is not sent twice"


def test_a_killed_clock_comes_back_and_goes_on(kuning: Stack) -> None:
    before = kuning.child("clock")
    kuning.arm("clock.tick")
    until(lambda: kuning.fired("clock.tick"), _RECOVERY)
    until(lambda: kuning.children().get("clock") not in (None, before), _RECOVERY)

    os.kill(kuning.child("urgent"), signal.SIGSTOP)  # only the clock's sweep delivers now
    try:
        Person(5).books(kuning)
        until(lambda: _sent_to(kuning, Person(5)) == 1, _RECOVERY)
    finally:
        os.kill(kuning.child("urgent"), signal.SIGCONT)


def test_killed_processes_are_back_and_a_call_goes_on_where_it_was(kuning: Stack) -> None:
    budi = Person(6)
    offered = budi.dials_to_the_day(kuning)
    for name in ("web", "urgent", "bulk", "clock", "valkey-server"):
        killed = kuning.kill(name)
        until(
            lambda name=name, killed=killed: kuning.children().get(name) not in (None, killed),  # type: ignore[misc] # as above
            _RECOVERY,
        )

    said = until(lambda: _again(kuning, budi), _RECOVERY)

    assert "Simpan?" in offered
    assert said.startswith("CON Tersimpan. Kode ")
    assert kuning.rows(_COUNTED, _last4(budi)) == [(1,)]


def test_the_last_hour_goes_to_one_of_twenty_callers(kuning: Stack) -> None:
    people = [Person(100 + number) for number in range(20)]
    kuning.rows(
        "UPDATE offices SET hours = '[\"10:00\"]', hour_quota = 1, daily_quota = 1"
        " WHERE code = '32.10' RETURNING code"
    )
    first_day = people[0].dials_to_the_day(kuning)
    for person in people[1:]:
        assert person.dials_to_the_day(kuning) == first_day

    with ThreadPoolExecutor(len(people)) as pool:
        said = list(pool.map(lambda person: person.confirms(kuning), people))

    booked = [one for one in said if one.startswith("CON Tersimpan")]
    told = [one for one in said if one.startswith("CON Jam tadi baru penuh")]
    assert (len(booked), len(told)) == (1, 19), said
    over = kuning.rows("SELECT count(*) FROM slots WHERE taken > capacity")
    assert over == [(0,)]


@pytest.fixture
def lonely(tmp_path: Path) -> Iterator[Stack]:
    with stack(tmp_path) as running:
        yield running


def test_after_kill_9_of_everything_the_next_start_finds_its_data_and_no_orphan(
    lonely: Stack,
) -> None:
    siti = Person(1)
    siti.books(lonely)
    children = list(lonely.children().values())
    assert lonely.process is not None
    lonely.process.kill()
    lonely.process.wait()
    until(lambda: not any(lives(number) for number in children), _RECOVERY)

    lonely.start()

    assert lonely.hop("ATUid_again", siti.phone, "").startswith("CON Siti: datang ")
    assert lonely.stop() == 0
    until(lambda: not any(lives(number) for number in lonely.children().values()), _RECOVERY)

"""SMS come in while the web is killed again and again, told until somebody says 200, and once more.

A gateway repeats for hours what was not answered, and cannot know what was done before a process
died: each SMS is there once and answered once.
"""

from __future__ import annotations

import http.client
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from tests.faults.line import posts, written
from tests.faults.people import Person
from tests.faults.stack import Stack
from tests.support.processes import until

_SMS = 6_000
_KILLS = 3
_PATIENCE = 60
_WAITING = "SELECT count(*) FROM messages WHERE status IN ('queued', 'claimed', 'sending')"


def test_sms_told_through_kills_are_each_kept_and_answered_once(
    kuning: Stack, scale: Callable[[int], int], tells: Callable[[str], None]
) -> None:
    people = [Person(7000 + number) for number in range(scale(_SMS))]
    with ThreadPoolExecutor(8) as pool:
        told = [pool.submit(_insists, kuning, one) for one in people]
        for _ in range(_KILLS):
            time.sleep(0.5)
            kuning.kill("web")
        tries = sum(one.result(timeout=300) for one in told)
    until(lambda: kuning.rows(_WAITING) == [(0,)], _PATIENCE)

    kept = dict(kuning.rows("SELECT kind, count(*) FROM incoming_messages GROUP BY kind"))
    answers = Counter(line["to"] for line in kuning.accepted())
    tells(f"incoming: {len(people)} SMS told {tries} times, kept {kept}, answered {len(answers)}")
    assert kept == Counter(_says(one)[0] for one in people)
    assert answers == {one.phone: 1 for one in people}
    assert kuning.rows("SELECT count(*) FROM optouts") == [(kept["stop"],)]


def _says(person: Person) -> tuple[str, str]:
    """Kind and words of somebody's SMS."""
    kinds = (("status", "STATUS"), ("help", "bantuan"), ("stop", "STOP"), ("free", "Buka Sabtu?"))
    return kinds[person.number % len(kinds)]


def _insists(kuning: Stack, person: Person) -> int:
    """Tell of an SMS until it is taken, and three times more; how often that was."""
    form = written({"id": f"k-{person.number}", "from": person.phone, "text": _says(person)[1]})
    taken, tries, over = 0, 0, time.monotonic() + _PATIENCE
    while taken < 4:
        tries += 1
        assert time.monotonic() < over, "nobody takes it"
        try:
            taken += posts(kuning.sms_address("incoming"), form).status == 200
        except (OSError, http.client.HTTPException):
            time.sleep(0.2)
    return tries

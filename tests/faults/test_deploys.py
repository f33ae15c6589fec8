"""F28: two releases at once: old code on new tables, new menus beside old ones; and back again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
import requests
from alembic import command
from sqlalchemy import NullPool, create_engine

from storage import migrate
from storage.database import driver_url
from tests.faults.driver import Driver
from tests.faults.judging import Judge
from tests.faults.later_release import REVISION, WORDS, Release, later, ours
from tests.faults.line import calls, form, posts, written
from tests.faults.people import Person
from tests.faults.stack import Stack
from tests.support.processes import until
from tests.support.wire import visitor

_CALLERS = 1_000
_OLDER = "0002"


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return later(tmp_path_factory.mktemp("later"))


def test_a_release_is_rolled_out_and_back_under_callers(
    kuning: Stack,
    new: Release,
    judge: Judge,
    *,
    tells: Callable[[str], None],
    scale: Callable[[int], int],
    tmp_path: Path,
) -> None:
    def driver(number: int, *others: Stack) -> Driver:
        log = tmp_path / f"driver{number}.jsonl"
        more = tuple(other.address for other in others)
        return Driver(kuning.address, log, seed=number, think=0.1, others=more)

    def people(number: int) -> list[Person]:
        return [Person(number + each) for each in range(scale(_CALLERS))]

    kuning.has_room()
    during, mixed, back = driver(281), driver(282), driver(283)
    with new.serves(kuning) as fresh:
        assert _readiness(fresh) == (503, "tables of an older release: run kuning db upgrade")
        assert not _is_broken(fresh.hop("ATUid_early", "+6281200008999", ""))
        with during.driving(people(2800), patience=600):
            new.upgrades(kuning)
        assert kuning.rows("SELECT version_num FROM alembic_version") == [(REVISION,)]
        assert _readiness(fresh) == _readiness(kuning) == (200, "ok")

    with new.serves(kuning) as fresh:
        mixed.others = (fresh.address,)
        mixed.drive(people(4800), patience=600)
        _crosses(fresh, kuning, Person(8990))
        _crosses(kuning, fresh, Person(8991))
        half = calls(fresh, Person(8992).session, Person(8992).phone, Person(8992).answers[:3])
        assert WORDS in half, half

    ours().upgrades(kuning)
    assert kuning.rows("SELECT version_num FROM alembic_version") == [(REVISION,)]
    typed = "*".join((*Person(8992).answers[:3], "Siti"))
    assert "Tinggal di Kec." in kuning.hop(Person(8992).session, Person(8992).phone, typed)
    back.drive(people(6800), patience=600)

    drivers = (during, mixed, back)
    judge("F28 deploy and back", kuning, *drivers, lifted=time.monotonic())
    replies = [reply for one in drivers for reply in one.replies]
    faults = [reply for reply in replies if reply.status != 200 or _is_broken(reply.words)]
    asked = sum(WORDS in reply.words for reply in mixed.replies)
    tells(f"F28: {len(replies)} hops, {len(faults)} errors; {asked} callers asked in new words")
    assert not faults, faults[:3]
    assert 0 < asked < len(mixed.replies)


def _crosses(begun: Stack, ended: Stack, person: Person) -> None:
    """Begin at one release and go on at the other, which hears the call in its own words."""
    asked = calls(begun, person.session, person.phone, person.answers[:3])
    again = ended.hop(person.session, person.phone, "*".join(person.answers[:3]))
    assert again == asked, "a retry hears the same at either"
    for length in range(4, len(person.answers) + 1):
        said = ended.hop(person.session, person.phone, "*".join(person.answers[:length]))
        assert not _is_broken(said), said
    assert person.confirms(begun).startswith("CON Tersimpan. Kode ")


def test_code_on_older_tables_refuses_to_be_ready_and_breaks_nothing(
    kuning: Stack, tells: Callable[[str], None]
) -> None:
    with _older(kuning) as url, ours().serves(kuning, DATABASE_URL=url) as early:
        readiness = _readiness(early)
        said = [
            posts(early.address, form(f"ATUid_old{keys}", "+6281200008995", "*".join(keys)))
            for keys in ("", "1", "2", "12")
        ]
        spooled = [
            posts(early.sms_address(kind), written(fields)).status for kind, fields in _TOLD.items()
        ]
        pages = [visitor(early.url).client.get(path) for path in ("/", "/sign-in", "/phone")]
        ours().upgrades(early)
        until(lambda: _readiness(early)[0] == 200)
        after = early.hop("ATUid_new", "+6281200008996", "")

    tells(
        f"F28: on older tables {readiness}, {len(said) + len(spooled) + len(pages)} asked, 0 500s"
    )
    assert readiness == (503, "tables of an older release: run kuning db upgrade")
    assert all(one.is_screen for one in said), said
    assert set(spooled) <= {200, 503}
    assert {page.status_code for page in pages} <= {200, 302, 303, 503}, pages
    assert after.startswith("CON Disnaker."), after


_TOLD = {
    "delivery": {"id": "early", "status": "Success", "phoneNumber": "+6281200008995"},
    "incoming": {
        "id": "early",
        "from": "+6281200008995",
        "to": "12345",
        "text": "apa kabar",
        "date": "2026-11-22 17:00:00",
    },
    "optout": {"senderId": "12345", "phoneNumber": "+6281200008995"},
}


def _readiness(stack: Stack) -> tuple[int, str]:
    with requests.Session() as http:
        http.trust_env = False
        answer = http.get(f"{stack.url}/readyz", timeout=10)
    return answer.status_code, str(answer.json()["database"])


def _is_broken(words: str) -> bool:
    return words.startswith("END Maaf") or not words.startswith(("CON ", "END "))


@contextmanager
def _older(kuning: Stack) -> Iterator[str]:
    """Make a database as an older release left it, beside the installation's own."""
    url = kuning.database_url.replace("/kuning?", "/older?")
    with psycopg.connect(kuning.database_url, autocommit=True) as admin:
        admin.execute("CREATE DATABASE older")
        _upgraded(url, _OLDER)
        try:
            yield url
        finally:
            admin.execute("DROP DATABASE older WITH (FORCE)")


def _upgraded(url: str, revision: str) -> None:
    engine = create_engine(driver_url(url), poolclass=NullPool)
    with engine.begin() as connection:
        command.upgrade(migrate._config(connection), revision)

"""After a whole story nothing that was written outside the sealed columns names anybody."""

from __future__ import annotations

import re
from pathlib import Path

import psycopg
import pytest
import requests

from runtime.embedded.servers import connect
from tests.faults.people import Person
from tests.faults.stack import Stack
from tests.support.processes import until

_PEOPLE = (Person(21), Person(22))
_STRAY = "+6281298765432"  # a number that only ever sends nonsense


@pytest.fixture(scope="module")
def lived(kuning: Stack) -> Stack:
    """An installation that has seen a booking, a contested NIK, a cut-off, errors and reports."""
    siti, budi = _PEOPLE
    siti.books(kuning)
    kuning.hop("ATUid_cut", budi.phone, "")
    kuning.hop("ATUid_cut", budi.phone, "1")
    kuning.hop("ATUid_cut", budi.phone, f"1*{siti.nik}")  # somebody else's NIK, then cut off
    kuning.hop("ATUid_bad", _STRAY, f"1*{siti.nik}x*{budi.nik}")
    budi.books(kuning)
    kuning.hop("ATUid_theft", _STRAY, "")  # one session, two numbers
    kuning.hop("ATUid_theft", siti.phone, "1")
    _misbehave(kuning)
    until(lambda: len(kuning.accepted()) >= 2, 60)
    return kuning


def _misbehave(kuning: Stack) -> None:
    """Send what only a broken or hostile peer would, full of personal data."""
    siti = _PEOPLE[0]
    with requests.Session() as http:
        http.trust_env = False
        form = {"phoneNumber": siti.phone, "text": siti.nik}
        assert http.post(kuning.address, data=form).status_code == 400
        assert http.post(f"{kuning.address}x", data=form | {"sessionId": "s"}).status_code == 404
        ended = form | {"sessionId": siti.session, "status": "Incomplete", "input": siti.nik}
        assert http.post(f"{kuning.address}/ended", data=ended).status_code == 200
        found = http.post(f"{kuning.url}/search", data={"text": siti.nik})
        assert siti.nik not in found.url


def _secrets() -> list[str]:
    """What must not be found: each NIK and phone, whole, in the ways they are written."""
    phones = [*(person.phone for person in _PEOPLE), _STRAY]
    found = [person.nik for person in _PEOPLE]
    for phone in phones:
        found += [phone.removeprefix("+"), f"0{phone.removeprefix('+62')}"]
    return found


def _betrayed(text: str) -> list[str]:
    return [secret for secret in _secrets() if secret in text]


def test_no_file_of_the_home_names_anybody(lived: Stack) -> None:
    """The home holds PostgreSQL's files and log, Valkey's append-only file and our notes."""
    looked = 0
    for path in lived.home.rglob("*"):
        if path.is_file():
            looked += 1
            assert not _betrayed(path.read_bytes().decode("latin-1")), path.name
    assert looked > 100
    assert any("aof" in path.name for path in lived.home.rglob("*.aof")), "the AOF was looked at"


def test_no_line_of_the_log_names_anybody(lived: Stack) -> None:
    said = lived.log.read_text("utf-8")
    assert "Ready" in said
    assert not _betrayed(said)


def test_no_column_names_anybody(lived: Stack) -> None:
    url = connect(lived.home).database_url.replace("+psycopg", "")
    tables = lived.rows(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
    )
    assert len(tables) > 15
    with psycopg.connect(url) as connection:
        for (table,) in tables:
            rows = connection.execute(f'SELECT t::text FROM "{table}" AS t'.encode()).fetchall()  # noqa: S608 - names from the catalogue
            for (row,) in rows:
                assert not _betrayed(str(row)), table


def test_metrics_name_nobody(lived: Stack) -> None:
    with requests.Session() as http:
        http.trust_env = False
        said = http.get(f"{lived.url}/metrics", timeout=10)
    assert said.status_code == 200
    assert "kuning_" in said.text
    assert not _betrayed(said.text)
    assert not re.search(r"\d{9,}", re.sub(r"[0-9.e+]+\n", "\n", said.text))


def test_no_command_line_names_anybody(lived: Stack) -> None:
    for number in lived.children().values():
        words = Path(f"/proc/{number}/cmdline").read_bytes().decode("latin-1")
        assert not _betrayed(words)

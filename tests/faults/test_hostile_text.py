"""F24: what would be code elsewhere is text here: stored as typed, shown escaped, run by nobody."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from markupsafe import escape

from tests.faults.counter import SARI, case, sits_down
from tests.faults.judging import Judge
from tests.faults.line import calls, form, posts, written
from tests.faults.people import Person
from tests.faults.stack import Stack

_CORPUS = {
    "SQL": "'; DROP TABLE card_requests; --",
    "SQL or": "' OR '1'='1",
    "a format": "{0.__class__.__init__.__globals__}",
    "a slot": "{nik} {phone:20}",
    "a percent format": "%s%s%n%(nik)s",
    "a template": "{{7*7}}{% for x in y %}",
    "a look-up": "${jndi:ldap://127.0.0.1/a}",
    "a script": "<script>alert(1)</script>",
    "a tag": '"><img src=x onerror=alert(1)>',
    "header lines": "x\r\nSet-Cookie: a=b\r\n\r\n<b>",
    "a formula": '=HYPERLINK("http://127.0.0.1";"x")',
    "LDAP": "*)(uid=*))(|(uid=*",
    "a terminal's colours": "\x1b[31m\x1b]0;x\x07",
    "a log line": 'x\n{"event": "officer_added", "level": "info"}',
    "a path": "../../../../etc/passwd",
    "a shell": "; touch /tmp/x; $(id) `id`",
}
_FIRST_KEYS = {
    "the menu": (),
    "the NIK": ("1",),
    "the name": ("1", "{nik}", "1"),
    "the place": ("1", "{nik}", "1", "Siti", "2"),
    "the code": ("2",),
}
_NAME = "x' OR 'a'.'a"  # letters, blanks, apostrophes: a name by our rule
_SIGNS = ("49", "__init__", "root:", "object at", "Traceback", "HYPERLINK", "<script", "<img")


@pytest.mark.parametrize("where", _FIRST_KEYS)
def test_no_question_runs_or_repeats_what_is_typed(town: Stack, where: str) -> None:
    for number, text in enumerate(_CORPUS.values(), 2410 + 20 * [*_FIRST_KEYS].index(where)):
        person = Person(number)
        keys = [key.replace("{nik}", person.nik) for key in _FIRST_KEYS[where]]
        said = calls(town, person.session, person.phone, (*keys, text))
        assert said.startswith(("CON ", "END ")), said
        assert not any(sign in said for sign in _SIGNS), said


def test_no_other_field_of_a_callback_does(town: Stack) -> None:
    for text in _CORPUS.values():
        for field in ("sessionId", "phoneNumber", "serviceCode", "networkCode", "extra"):
            said = posts(town.address, form("ATUid_hostile", "+628122424000", "", **{field: text}))
            assert said.is_screen or said.is_refusal, (field, text, said)
            assert not any(sign in said.text for sign in _SIGNS), said


@pytest.mark.parametrize("kind", ["delivery", "incoming", "optout"])
def test_no_field_of_an_sms_callback_does(town: Stack, kind: str) -> None:
    names = ("id", "status", "phoneNumber", "from", "to", "text", "date", "senderId")
    for text in _CORPUS.values():
        said = posts(town.sms_address(kind), written(dict.fromkeys(names, text)))
        assert said.status in (200, 400), said
        assert not any(sign in said.text for sign in _SIGNS), said


def test_a_name_is_stored_as_typed_and_shown_escaped(open_town: Stack) -> None:
    person = Person(2401)
    calls(open_town, person.session, person.phone, ("1", person.nik, "1", _NAME, "1", "1"))
    stored = "SELECT id, call_name FROM card_requests WHERE phone_last4 = %s"
    [(request, name)] = open_town.rows(stored, person.phone[-4:])
    assert name == _NAME

    sari = sits_down(open_town, SARI).opens(f"/person/{request}").sees(_NAME)
    assert str(escape(_NAME)) in sari.answer.text
    assert _NAME not in sari.answer.text


def test_the_desk_searches_for_it_and_finds_nobody(open_town: Stack) -> None:
    sari = sits_down(open_town, SARI)
    for text in _CORPUS.values():
        sari.opens("/").sends("/search", find=text)
        _is_inert(sari.answer.text, text)


def test_a_name_of_the_ktp_is_refused_with_it(open_town: Stack) -> None:
    page = case(open_town, Person(2402))
    sari = sits_down(open_town, SARI).opens(page)
    for text in _CORPUS.values():
        sari.sends("/came", 422, full_name=text, ktp="seen")
        _is_inert(sari.answer.text, text)


@pytest.mark.parametrize("place", ["{nik}{{7*7}}%s", "<script>x</script>"])
def test_an_office_may_be_called_so_on_phones_and_pages(open_town: Stack, place: str) -> None:
    with _called(open_town, place):
        person = Person(2403 if "nik" in place else 2404)
        assert f"di {place}." in person.dials_to_the_day(open_town)
        sari = sits_down(open_town, SARI).opens("/")
        assert "<script>x" not in sari.answer.text
        assert "49" not in sari.page.text


def test_tables_and_log_are_whole_afterwards(town: Stack, tells: Callable[[str], None]) -> None:
    [(requests,)] = town.rows("SELECT count(*) FROM card_requests")
    lines = town.log.read_text("utf-8").splitlines()
    told = [json.loads(line) for line in lines if line.startswith("{")]
    forged = [one for one in told if one.get("event") == "officer_added"]
    tells(f"F24: {len(_CORPUS)} texts, {requests} requests stand, {len(told)} log lines, 0 forged")
    assert not forged
    assert not [line for line in lines if "\x1b" in line or "DROP TABLE" in line]


def test_afterwards_every_invariant_holds(town: Stack, judge: Judge) -> None:
    judge("F24 hostile text", town, lifted=time.monotonic())


def _is_inert(page: str, text: str) -> None:
    if str(escape(text)) != text:
        assert text not in page, text
    assert "Traceback" not in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page


@contextmanager
def _called(stack: Stack, place: str) -> Iterator[None]:
    """Let the office have this short name for the length of a `with`."""
    [(before,)] = stack.rows("SELECT place FROM offices WHERE code = '32.10'")
    _sets(stack, place)
    try:
        yield
    finally:
        _sets(stack, str(before))


def _sets(stack: Stack, place: str) -> None:
    command = [sys.executable, "-m", "ussd_app.cli", "offices", "set", "32.10", f"place={place}"]
    root = Path(__file__).parents[2]
    done = subprocess.run(
        command, cwd=root, env=stack.environment(), capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr

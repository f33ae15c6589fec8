"""Every route there is, asked for by all who may not: one that nobody thought of fails here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from runtime.wiring import House
from services.officers import Right, Role, passwords
from services.officers.rights import RIGHTS as OF_ROLE
from tests.support import applicants
from tests.support.installation import Clock
from tests.support.staff import employ
from tests.support.visitor import PASSWORD, Visitor
from ussd_app import create_app
from ussd_app.desk.guard import OPEN, RIGHTS

# Asked by machines: a secret in the path or a bearer token stands for a sign-in there.
MACHINES = re.compile(r"/(ussd|sms)/|/(healthz|readyz|metrics)$|/static/")
_SOME = str(UUID(int=1))
FOR_ANYBODY = {"desk.sign_in", "desk.language", "phone.page", "phone.inbox"}


@pytest.fixture
def manned(house: House) -> House:
    """The house with its officers."""
    with house.database.begin() as conn:
        employ(conn, passwords.hashed(PASSWORD))
    return house


@pytest.fixture
def app(manned: House) -> Flask:
    """The web of the house."""
    return create_app(manned)


def pages(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Every route for people, with each of its methods."""
    for rule in app.url_map.iter_rules():
        if not MACHINES.match(rule.rule):
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield rule, method


def address(rule: Rule, who: str) -> str:
    """An address of a route about a request."""
    some = {"name": "came", "officer_id": _SOME, "deed": "call"}
    if rule.endpoint == "desk.people":
        some["name"] = "today"
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda slot: some.get(slot[1], who or _SOME), rule.rule)


def _refused(rule: Rule) -> int:
    return 303 if rule.endpoint == "desk.sign_in" else 400


def token(client: FlaskClient) -> str:
    """A good form token of whoever this is."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/people/today").text)
    return found[1] if found else ""


def test_a_stranger_sees_nothing_but_the_way_in(app: Flask) -> None:
    for rule, method in pages(app):
        client = app.test_client()
        answer = client.open(address(rule, str(UUID(int=9))), method=method)
        if rule.endpoint in FOR_ANYBODY:
            # A form without its token: the sign-in is shown anew, all others are refused.
            assert answer.status_code == (200 if method == "GET" else _refused(rule)), rule
        elif rule.endpoint == "desk.counts":
            assert answer.status_code == 401
        else:
            assert (answer.status_code, answer.location) == (303, "/sign-in"), rule
    assert OPEN < FOR_ANYBODY


def test_another_offices_request_does_not_exist(app: Flask, manned: House, clock: Clock) -> None:
    with manned.database.begin() as conn:
        who = applicants.enters(conn, manned.vault, now=clock())
    dewi = Visitor(app).signs_in("dewi@example.go.id")
    form = {"csrf_token": token(dewi.client), "reason": "complaint", "do": "reset"}
    asked = 0
    for rule, method in pages(app):
        if any(name.endswith("_id") for name in rule.arguments):
            answer = dewi.client.open(address(rule, who), method=method, data=form)
            assert answer.status_code == 404, rule
            asked += 1
    assert asked >= 6


def test_a_role_gets_no_further_than_its_rights(app: Flask) -> None:
    for email, role in (("sari", Role.OFFICER), ("tono", Role.HEAD), ("adi", Role.ADMIN)):
        visitor = Visitor(app).signs_in(f"{email}@example.go.id")
        form = {"csrf_token": token(visitor.client)}
        for rule, method in pages(app):
            if (right := RIGHTS.get(rule.endpoint)) and right not in OF_ROLE[role]:
                answer = visitor.client.open(address(rule, ""), method=method, data=form)
                assert answer.status_code == 403, rule
    assert Right.MANAGE_OFFICERS not in OF_ROLE[Role.OFFICER]


def test_no_page_changes_anything_without_its_token(app: Flask) -> None:
    sari = Visitor(app).signs_in("tono@example.go.id")
    for rule, method in pages(app):
        if method == "POST":
            where = address(rule, str(UUID(int=9)))
            for form in ({}, {"csrf_token": "x"}):
                assert sari.client.post(where, data=form).status_code == _refused(rule), rule


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_another_sites_page_cannot_press_our_buttons(app: Flask, headers: dict[str, str]) -> None:
    sari = Visitor(app).signs_in("sari@example.go.id")
    form = {"csrf_token": token(sari.client)}
    assert sari.client.post("/next", data=form, headers=headers).status_code == 403
    ours = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}
    assert sari.client.post("/next", data=form, headers=ours).status_code == 303


def test_every_answer_is_hardened(app: Flask) -> None:
    sari = Visitor(app).signs_in("sari@example.go.id")
    for path in ("/", "/sign-in", "/phone", "/nothing", "/people/today", "/healthz"):
        headers = sari.client.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "script-src 'self';" in policy
        assert "style-src 'self';" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert "object-src 'none'" in policy
        assert "base-uri 'none'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-store"
        assert "Server" not in headers or "Python" not in headers["Server"]


def test_no_page_holds_a_script_or_a_style_of_its_own(app: Flask) -> None:
    sari = Visitor(app).signs_in("tono@example.go.id")
    for path in ("/", "/people/today", "/officers", "/phone", "/sign-in", "/nothing"):
        html = sari.client.get(path).text
        assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=|javascript:", html)
        assert not re.search(r'(?:src|href|action)="(?:https?:)?//', html)


def test_files_are_kept_by_browsers_only_under_their_hash(app: Flask) -> None:
    client = app.test_client()
    linked = re.findall(r'(?:src|href)="(/static/[^"]+)"', client.get("/sign-in").text)
    assert len(linked) >= 4
    for path in linked:
        with client.get(path) as kept, client.get(path.partition("?")[0]) as asked_again:
            assert "immutable" in kept.headers["Cache-Control"]
            assert asked_again.headers["Cache-Control"] == "no-cache"


def test_a_form_too_large_is_refused_plainly(app: Flask) -> None:
    sari = Visitor(app).signs_in("sari@example.go.id")
    answer = sari.client.post("/search", data={"find": "x" * 100_000})
    assert answer.status_code == 413
    assert "terlalu besar" in answer.text

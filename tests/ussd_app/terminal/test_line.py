"""A line speaks as a gateway does, and says in plain words why there is no answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests
from pytest_httpserver import HTTPServer

from menus.events import Screen
from ussd_app.terminal.inbox import Inbox
from ussd_app.terminal.line import SESSION_SECONDS, GatewayLine, NoAnswerError, Service

PATH = "/ussd/africastalking/a-secret"
SITI = "+6281200000001"


@pytest.fixture
def http() -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False
        yield session


def line(server: HTTPServer, http: requests.Session) -> GatewayLine:
    return GatewayLine(Service(server.url_for("").rstrip("/"), "a-secret"), SITI, http)


def test_every_hop_brings_the_whole_history_under_one_session(
    httpserver: HTTPServer, http: requests.Session
) -> None:
    httpserver.expect_request(PATH).respond_with_data("CON Siapa?\n1. Saya")
    phone = line(httpserver, http)
    phone.dial("2")
    assert phone.answer("Si*ti") == Screen("Siapa?\n1. Saya")
    phone.repeat()
    forms = [request.form for request, _ in httpserver.log]
    assert [form["text"] for form in forms] == ["2", "2*Si*ti", "2*Si*ti"]
    assert len({form["sessionId"] for form in forms}) == 1
    phone.dial("")
    assert httpserver.log[-1][0].form["sessionId"] != forms[0]["sessionId"]
    assert httpserver.log[-1][0].form["text"] == ""


@pytest.mark.parametrize(
    ("status", "text", "told"),
    [
        (404, "not found", "token"),
        (400, "odd", "could not read"),
        (500, "<html>", "HTTP 500"),
        (302, "", "HTTP 302"),
        (200, "<html>", "no answer to a gateway"),
    ],
)
def test_what_is_no_answer_is_told_without_the_token(
    httpserver: HTTPServer, http: requests.Session, status: int, text: str, told: str
) -> None:
    httpserver.expect_request(PATH).respond_with_data(text, status=status)
    with pytest.raises(NoAnswerError, match=told) as caught:
        line(httpserver, http).dial("")
    assert "a-secret" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_notice_that_nobody_takes_is_no_trouble(
    httpserver: HTTPServer, http: requests.Session
) -> None:
    httpserver.expect_request(f"{PATH}/ended").respond_with_data("gone", status=503)
    line(httpserver, http).over("Incomplete")
    (told, _) = httpserver.log[0]
    assert told.form["status"] == "Incomplete"


def test_the_seconds_a_gateway_keeps_a_session_run_down(http: requests.Session) -> None:
    times = iter((0.0, 30.5, SESSION_SECONDS + 5.0))
    phone = GatewayLine(Service("http://127.0.0.1:9", "t"), SITI, http, lambda: next(times))
    assert phone.left == SESSION_SECONDS - 30
    assert phone.left == 0


def test_a_service_without_the_browser_phone_shows_no_sms(
    httpserver: HTTPServer, http: requests.Session
) -> None:
    httpserver.expect_request("/phone").respond_with_data("no", status=404)
    inbox = Inbox(httpserver.url_for("").rstrip("/"), SITI, http)
    assert not inbox.open
    assert inbox.new() == []


def test_sms_are_asked_for_by_post_and_are_new_once(
    httpserver: HTTPServer, http: requests.Session
) -> None:
    httpserver.expect_request("/phone").respond_with_data('<div data-csrf="form-token">')
    sms = [{"id": str(at), "sender": "KUNING", "at": "22-11", "text": f"{at}"} for at in (2, 1)]
    httpserver.expect_request("/phone/inbox", "POST").respond_with_json({"messages": sms})
    inbox = Inbox(httpserver.url_for("").rstrip("/"), SITI, http)
    assert [one.text for one in inbox.new()] == ["1", "2"]
    assert inbox.new() == []
    assert len(inbox.every()) == 2
    asked = httpserver.log[-1][0]
    assert asked.form["csrf_token"] == "form-token"
    assert SITI[1:] not in asked.url

"""The door and the plain Flask view answer alike, whatever comes over the wire."""

from __future__ import annotations

import io
import logging
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from werkzeug.serving import make_server

from tests.ussd_app import echo
from tests.ussd_app.granian import under_granian
from tests.ussd_app.http import Request, send
from ussd_app import door
from ussd_app.ussd_gateways.wire import Unreadable

PHONE = "+6281200000001"
FORM = {
    "sessionId": "ATUid_5d3b4c2bc589f4811820a7184eed4df5",
    "phoneNumber": PHONE,
    "networkCode": "99999",
    "serviceCode": "*384*1234#",
    "text": "1*2",
}


def form(*without: str, **fields: str) -> bytes:
    """Return the callback's form, some fields left out or changed."""
    kept = {name: value for name, value in FORM.items() if name not in without}
    return urlencode(kept | fields).encode()


def post(body: bytes, *headers: str, path: str = echo.PATH, chunked: bool = False) -> Request:
    kind = "Content-Type: application/x-www-form-urlencoded"
    return Request(path, body, headers=(kind, *headers), chunked=chunked)


def asked(method: str) -> Request:
    return Request(echo.PATH, b"" if method == "GET" else form(), method)


GOOD = f"CON {PHONE} 1*2"
NEXT = echo.PATH.replace(echo.TOKENS[0], echo.TOKENS[1])

CASES: dict[str, tuple[Request, int, str]] = {
    "an answer goes on": (post(form()), 200, GOOD),
    "a last screen ends": (post(form(text="1*0")), 200, f"END {PHONE} 1*0"),
    "a first hop has no text": (post(form(text="")), 200, f"CON {PHONE} "),
    "a star that was typed stays": (post(form(text="1*Bu*di")), 200, f"CON {PHONE} 1*Bu*di"),
    "letters come as UTF-8": (post(form(text="Ñoño")), 200, f"CON {PHONE} Ñoño"),
    "a raw UTF-8 form is a form": (
        post(form("text") + "&text=Ñoño".encode()),
        200,
        f"CON {PHONE} Ñoño",
    ),
    "chunked is a form too": (post(form(), chunked=True), 200, GOOD),
    "no networkCode is no fault": (post(form("networkCode")), 200, GOOD),
    "an unknown networkCode is none": (post(form(networkCode="51010")), 200, GOOD),
    "an unknown field is none": (post(form(x="y")), 200, GOOD),
    "an unknown code is served": (post(form(serviceCode="*9#")), 200, GOOD),
    "a foreign number is served": (
        post(form(phoneNumber="+254711000111")),
        200,
        "CON +254711000111 1*2",
    ),
    "no content type is no fault": (Request(echo.PATH, form(), headers=()), 200, GOOD),
    "the next token is good already": (post(form(), path=NEXT), 200, GOOD),
    "a wrong token is nothing here": (
        post(form(), path="/ussd/africastalking/wrong"),
        404,
        "not found",
    ),
    "an odd token neither": (post(form(), path="/ussd/africastalking/%ff%00"), 404, "not found"),
    "a token's beginning neither": (post(form(), path=echo.PATH[:-1]), 404, "not found"),
    "an unknown gateway neither": (
        post(form(), path=f"/ussd/nobody/{echo.TOKENS[0]}"),
        404,
        "not found",
    ),
    "a wrong token cannot ask either": (
        Request("/ussd/africastalking/wrong", method="GET"),
        404,
        "not found",
    ),
    "GET is not allowed": (asked("GET"), 405, "POST a form"),
    "PUT is not allowed": (asked("PUT"), 405, "POST a form"),
    "DELETE is not allowed": (asked("DELETE"), 405, "POST a form"),
    "an empty body": (post(b""), 400, "sessionId is missing"),
    "no sessionId": (post(form("sessionId")), 400, "sessionId is missing"),
    "no phoneNumber": (post(form("phoneNumber")), 400, "phoneNumber is missing"),
    "no serviceCode": (post(form("serviceCode")), 400, "serviceCode is missing"),
    "no text": (post(form("text")), 400, "text is missing"),
    "an empty sessionId": (post(form(sessionId="")), 400, "sessionId is odd"),
    "an endless sessionId": (post(form(sessionId="x" * 129)), 400, "sessionId is odd"),
    "a sessionId of two lines": (post(form(sessionId="a\nb")), 400, "sessionId is odd"),
    "an empty phoneNumber": (post(form(phoneNumber="")), 400, "phoneNumber is no number"),
    "a phoneNumber of letters": (post(form(phoneNumber="siti")), 400, "phoneNumber is no"),
    "a phoneNumber and a line": (post(form(phoneNumber=PHONE + "\n")), 400, "phoneNumber is no"),
    "Arabic digits are no number": (post(form(phoneNumber="+٦٢٨١")), 400, "phoneNumber is no"),
    "raw bytes that are no UTF-8": (post(form() + b"\xff\xfe"), 400, "not UTF-8"),
    "escaped bytes that are none": (post(form("text") + b"&text=%ff"), 400, "not UTF-8"),
    "half of a surrogate pair": (post(form("text") + b"&text=%ed%a0%80"), 400, "not UTF-8"),
    "a NUL": (post(form("text") + b"&text=1%00"), 400, "NUL"),
    "a raw NUL": (post(form("text") + b"&text=1\0"), 400, "NUL"),
    "a field twice": (post(form() + b"&text=3"), 400, "twice"),
    "JSON is no form": (post(b'{"sessionId": "x"}'), 400, "sessionId is missing"),
    "ten thousand fields": (post(b"&".join([b"a=1"] * 4000)), 400, "too many fields"),
    "a text of 2,000": (post(form(text="1" * 2_000)), 200, f"CON {PHONE} {'1' * 2_000}"),
    "a text of 2,001": (post(form(text="1" * 2_001)), 400, "text is too long"),
    "a text of 10,000": (post(form(text="1" * 10_000)), 400, "text is too long"),
    "500 answers": (post(form(text="*".join("1" * 500))), 400, "text is too long"),
    "a megabyte": (post(b"x" * 1_000_000), 413, "too large"),
    "a megabyte in chunks": (post(b"x" * 1_000_000, chunked=True), 413, "too large"),
    "a byte too many": (post(b"x" * 16_385), 413, "too large"),
    "a byte too many in chunks": (post(b"x" * 16_385, chunked=True), 413, "too large"),
    "just not too many": (post(b"x=" + b"x" * 16_382), 400, "sessionId is missing"),
}


@pytest.fixture(scope="module")
def ports() -> Iterator[dict[str, int]]:
    """Ports of real servers: the door, the plain view, and the door under granian."""
    apps = {"door": echo.door_app(), "view": echo.flask_app()}
    servers = {name: make_server("127.0.0.1", 0, app, threaded=True) for name, app in apps.items()}
    threads = [threading.Thread(target=server.serve_forever) for server in servers.values()]
    for thread in threads:
        thread.start()
    with under_granian() as port:
        yield {name: server.port for name, server in servers.items()} | {"granian": port}
    for server in servers.values():
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("server", ["door", "view", "granian"])
@pytest.mark.parametrize("name", CASES)
def test_a_callback_is_answered(ports: dict[str, int], server: str, name: str) -> None:
    request, status, words = CASES[name]
    response = send(ports[server], request)
    assert (response.status, response.kind) == (status, "text/plain; charset=utf-8")
    if status == 200:
        assert response.text == words
    else:
        assert words in response.text
    assert response.allow == ("POST" if status == 405 else "")
    if status != 200:
        assert PHONE not in response.text


def test_what_cannot_be_read_leaves_a_line_without_what_was_sent(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        _ask(form("text", phoneNumber=PHONE + "x"))
    assert caplog.messages == ["callback unreadable: africastalking: text is missing"]


def test_all_else_goes_to_the_application_behind() -> None:
    client = echo.door_app().test_client()
    for path in ("/", "/ussd", f"{echo.PATH}/", f"{echo.PATH}/more", f"/sms{echo.PATH[5:]}"):
        assert "Not Found" in client.post(path).text, path


def test_the_door_is_short_enough_to_stay() -> None:
    assert len(Path(door.__file__).read_text("utf-8").splitlines()) < 120


@pytest.mark.parametrize(
    ("environ", "body", "read"),
    [
        ({"CONTENT_LENGTH": "3"}, b"abcdef", b"abc"),
        ({"CONTENT_LENGTH": "9"}, b"abc", Unreadable("the form was cut off")),
        ({"CONTENT_LENGTH": "-1"}, b"abc", Unreadable("Content-Length is no number")),
        ({"CONTENT_LENGTH": "٣"}, b"abc", Unreadable("Content-Length is no number")),
        ({"CONTENT_LENGTH": "9" * 30}, b"abc", Unreadable("the form is too large", 413)),
        ({"CONTENT_LENGTH": "16384"}, b"a" * 20_000, b"a" * 16_384),
        ({"CONTENT_LENGTH": ""}, b"never read", b""),
        ({}, b"never read", b""),
        ({"HTTP_TRANSFER_ENCODING": "Chunked"}, b"abc", b"abc"),
        ({"wsgi.input_terminated": True}, b"a" * 16_384, b"a" * 16_384),
        (
            {"wsgi.input_terminated": True},
            b"a" * 16_385,
            Unreadable("the form is too large", 413),
        ),
    ],
)
def test_a_body_is_read_to_its_end_or_to_the_limit(
    environ: dict[str, Any], body: bytes, read: bytes | Unreadable
) -> None:
    assert door.read({**environ, "wsgi.input": Trickle(body)}) == read


class Trickle(io.BytesIO):
    """A stream that gives seven bytes at a time, as a slow line does."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(7, 7 if size is None or size < 0 else size))


def _ask(body: bytes) -> int:
    return echo.door_app().test_client().post(echo.PATH, data=body).status_code

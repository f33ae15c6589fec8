"""The wire answers in time and never confuses "not sent" with "perhaps sent"."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sms.answers import Answer, Failure, refusal, retry_after
from sms.gateway import Misconfigured, OutcomeUnknown, Refused, Throttled, Unreachable
from sms.wire import Wire
from tests.support.fake_gateway import KEY, FakeGateway, fake_gateway
from tests.support.processes import until

_SOON = 6  # seconds: a slow machine may be late for a deadline of one, the drips go on for ages
FORM = {"to": "+6281200000001", "message": "halo"}


def _hasty() -> Wire:
    return Wire(connect=0.5, read=0.5, deadline=1.0)


def _post(url: str, wire: Wire) -> Answer | Failure:
    return wire.post(f"{url}/version1/messaging", FORM, {"apiKey": KEY})


@contextmanager
def _line(said: bytes, *, every: float = 0.0) -> Iterator[str]:
    """A server that says these bytes to everybody, whatever it is asked."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_talk, args=(server, said, every), daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def _talk(server: socket.socket, said: bytes, every: float) -> None:
    try:
        peer, _ = server.accept()
        with peer:
            _hear(peer)
            for byte in said:
                peer.sendall(bytes([byte]))
                time.sleep(every)
    except OSError:
        return


def _hear(peer: socket.socket) -> None:
    """Wait for the whole request, or until nobody speaks any more."""
    heard = b""
    while b"halo" not in heard and (more := peer.recv(65536)):
        heard += more


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever stands between this machine and the world is not between these lines."""
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture
def fake(tmp_path: Path) -> Iterator[FakeGateway]:
    with fake_gateway(tmp_path / "taken") as fake:
        yield fake


def test_a_refused_connection_is_certainly_not_sent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert _post(f"http://127.0.0.1:{port}", _hasty()) == Unreachable("connect")


def test_a_host_that_does_not_exist_is_certainly_not_sent() -> None:
    assert _post("http://gateway.invalid", _hasty()) == Unreachable("connect")


def test_a_proxy_that_is_away_passed_nothing_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_PROXY")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert _post("http://gateway.invalid", _hasty()) == Unreachable("proxy")


def test_a_handshake_that_fails_is_certainly_not_sent(fake: FakeGateway) -> None:
    assert _post(fake.url.replace("http", "https"), _hasty()) == Unreachable("tls")
    assert fake.taken() == []


@pytest.mark.parametrize("url", ["", "no address", "ftp://127.0.0.1", "http://"])
def test_an_address_that_is_none_is_a_matter_of_settings(url: str) -> None:
    assert _hasty().post(url, FORM, {}) == Misconfigured("address")


def test_a_gateway_too_slow_to_answer_may_have_sent(fake: FakeGateway) -> None:
    fake.will("very_slow")
    assert _post(fake.url, _hasty()) == OutcomeUnknown("timeout")
    assert len(fake.taken()) == 1


def test_a_body_that_drips_is_given_up_at_the_deadline(fake: FakeGateway) -> None:
    fake.will("drip")
    begun = time.monotonic()
    assert isinstance(_post(fake.url, _hasty()), OutcomeUnknown)
    assert time.monotonic() - begun < _SOON


def test_a_body_that_drips_keeps_no_thread() -> None:
    head = b"HTTP/1.1 201 Created\r\nContent-Length: 8000\r\n\r\n"
    before = _senders()
    with _line(head + b"x" * 8000, every=0.02) as url:
        _post(url, Wire(connect=0.5, read=0.5, deadline=0.5))
        until(lambda: not _senders() - before, 10)


def _senders() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if thread.name == "sms-wire"}


def test_headers_that_drip_are_given_up_at_the_deadline() -> None:
    with _line(b"HTTP/1.1 201 Created\r\nContent-Length: 9\r\n" * 50, every=0.05) as url:
        begun = time.monotonic()
        assert _post(url, _hasty()) == OutcomeUnknown("deadline")
        assert time.monotonic() - begun < _SOON


@pytest.mark.parametrize(
    "said",
    [b"", b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 201 Created\r\nContent-Length: 99\r\n\r\n{"],
    ids=["silence", "another protocol", "cut in mid-body"],
)
def test_a_line_that_breaks_off_may_have_sent(said: bytes) -> None:
    with _line(said) as url:
        assert _post(url, _hasty()) == OutcomeUnknown("broken_off")


def test_an_endless_answer_is_not_read_to_its_end() -> None:
    head = b"HTTP/1.1 201 Created\r\nContent-Length: 3000000\r\n\r\n"
    with socket.create_server(("127.0.0.1", 0)) as server:

        def flood() -> None:
            peer, _ = server.accept()
            with peer:
                _hear(peer)
                try:
                    peer.sendall(head + b"x" * 3_000_000)
                except OSError:
                    return

        thread = threading.Thread(target=flood)
        thread.start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
        assert _post(url, Wire(connect=1, read=5, deadline=5)) == OutcomeUnknown("body")
        thread.join()


def test_connections_are_kept_and_cookies_are_not(fake: FakeGateway) -> None:
    wire = _hasty()
    fake.will("cookie")
    assert _post(fake.url, wire) == Answer(500, "")
    assert isinstance(_post(fake.url, wire), Answer)
    assert "cookie" not in fake.requests[1]["headers"]
    assert fake.requests[1]["headers"]["connection"] == "keep-alive"
    wire.close()


def test_sixteen_threads_share_one_wire(fake: FakeGateway) -> None:
    wire, answers = Wire(), list[Answer | Failure]()
    threads = [
        threading.Thread(target=lambda: answers.append(_post(fake.url, wire))) for _ in range(16)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status for answer in answers if isinstance(answer, Answer)] == [201] * 16
    assert len(fake.taken()) == 16


def test_a_secret_in_the_address_is_in_no_log(
    fake: FakeGateway, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    wire = _hasty()
    results = [
        wire.post("http://user:hunter2@127.0.0.1:9/x", FORM, {"apiKey": KEY}),
        _post(fake.url, wire),
    ]
    told = " ".join([*caplog.messages, repr(results)])
    assert not [secret for secret in ("hunter2", KEY, FORM["to"]) if secret in told]


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "7"}, 7.0),
        ({"Retry-After": " 0 "}, 0.0),
        ({"Retry-After": "99999999999"}, 3600.0),
        ({"Retry-After": "-1"}, None),
        ({"Retry-After": "\u0667"}, None),
        ({"Retry-After": "soon"}, None),
        ({}, None),
        (
            {
                "Date": "Sun, 22 Nov 2026 03:00:00 GMT",
                "Retry-After": "Sun, 22 Nov 2026 03:02:00 GMT",
            },
            120.0,
        ),
        (
            {
                "Date": "Sun, 22 Nov 2026 03:00:00 GMT",
                "Retry-After": "Sun, 22 Nov 2026 02:00:00 GMT",
            },
            0.0,
        ),
        ({"Retry-After": "Sun, 22 Nov 2026 03:02:00 GMT"}, None),
    ],
)
def test_how_long_to_wait_is_read(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers) == seconds


def test_every_status_is_sorted() -> None:
    kinds = {status: type(refusal(Answer(status, ""))) for status in range(100, 600)}
    assert {status for status, kind in kinds.items() if kind is Throttled} == {429}
    assert all(kinds[status] is OutcomeUnknown for status in range(500, 600))
    assert all(kinds[status] is Misconfigured for status in (301, 302, 401, 403, 404))
    assert all(kinds[status] is Refused for status in (400, 413, 422))
    assert refusal(Answer(503, "", 30.0)) == Throttled(30.0)

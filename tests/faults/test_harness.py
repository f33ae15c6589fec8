"""The tools of these tests do what they say: a proxy that hurts, a gateway that misbehaves."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingUnixStreamServer

import pytest
import requests

from tests.faults.chaos import Proxy, proxy
from tests.faults.gateway_process import KEY, GatewayProcess, gateway_process
from tests.support.patient_server import PatientServer
from tests.support.processes import until


class _Echo(StreamRequestHandler):
    def handle(self) -> None:
        with suppress(ConnectionResetError):
            for line in self.rfile:
                self.wfile.write(line)


class _Server(ThreadingUnixStreamServer):
    daemon_threads = True


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Proxy]:
    """A line to a server that says everything again."""
    place = tmp_path / "echo.sock"
    with _Server(str(place), _Echo) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        with proxy(place) as one:
            yield one
        server.shutdown()
        thread.join(10)


class _Caller:
    def __init__(self, port: int) -> None:
        self._line = socket.create_connection(("127.0.0.1", port), timeout=0.6)

    def says(self, words: bytes = b"hello\n") -> float:
        """Say something and hear it again; the seconds that took."""
        began = time.monotonic()
        self._line.sendall(words)
        heard = b""
        while len(heard) < len(words):
            more = self._line.recv(100)
            if not more:
                raise ConnectionResetError
            heard += more
        assert heard == words
        return time.monotonic() - began

    def close(self) -> None:
        self._line.close()


@pytest.fixture
def caller(line: Proxy) -> Iterator[_Caller]:
    one = _Caller(line.port)
    yield one
    one.close()


def test_a_line_passes_words_and_can_be_late_or_slow(line: Proxy, caller: _Caller) -> None:
    assert caller.says() < 0.2
    line.delays(0.1)
    assert caller.says() > 0.2, "there and back"
    line.passes()
    line.throttles(60)
    assert caller.says() > 0.2
    line.passes()
    assert caller.says() < 0.2


def test_a_line_that_hangs_takes_words_and_gives_them_later(line: Proxy, caller: _Caller) -> None:
    line.hangs()
    with pytest.raises(TimeoutError):
        caller.says()
    line.passes()


def test_a_line_that_is_cut_breaks_and_one_that_refuses_lets_nobody_in(
    line: Proxy, caller: _Caller
) -> None:
    caller.says()
    line.cuts()
    with pytest.raises(ConnectionError):
        caller.says()
    line.refuses()
    with pytest.raises(ConnectionRefusedError):
        _Caller(line.port)
    line.passes()
    again = _Caller(line.port)
    assert again.says() < 0.2
    again.close()


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[GatewayProcess]:
    with gateway_process(tmp_path) as running:
        yield running


def _sends(gateway: GatewayProcess, phone: str = "+6281200000001") -> requests.Response:
    with requests.Session() as http:
        http.trust_env = False
        form = {"username": "sandbox", "to": phone, "message": "Halo"}
        address = f"{gateway.url}/version1/messaging"
        return http.post(address, data=form, headers={"apiKey": KEY}, timeout=5)


def test_a_gateway_misbehaves_in_the_order_it_was_told_and_for_one_phone(
    gateway: GatewayProcess,
) -> None:
    gateway.will("error", "throttled")
    gateway.will("taken_then_closed", phone="+6281200000002")
    assert [_sends(gateway).status_code for _ in range(3)] == [500, 429, 201]
    with pytest.raises(requests.ConnectionError):
        _sends(gateway, "+6281200000002")
    assert [line["to"][-1] for line in gateway.taken()] == ["1", "2"]


def test_a_gateway_killed_refuses_and_started_again_repeats_no_number(
    gateway: GatewayProcess,
) -> None:
    gateway.for_ever("accept")
    _sends(gateway)
    gateway.kill()
    with pytest.raises(requests.ConnectionError):
        _sends(gateway)
    gateway.start()
    _sends(gateway)
    first, second = (line["id"] for line in gateway.taken())
    assert first != second


def test_a_gateway_reports_until_it_is_heard(gateway: GatewayProcess) -> None:
    heard: list[bytes] = []

    class Webhook(StreamRequestHandler):
        def handle(self) -> None:
            heard.append(self.connection.recv(4096))
            status = b"503 No" if len(heard) < 3 else b"200 OK"
            self.wfile.write(b"HTTP/1.0 " + status + b"\r\nContent-Length: 0\r\n\r\n")

    with PatientServer(("127.0.0.1", 0), Webhook) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        gateway.reports_to(f"http://127.0.0.1:{server.server_address[1]}/", "Success")
        _sends(gateway)
        until(lambda: len(heard) == 3, 10)
        server.shutdown()
        thread.join(10)

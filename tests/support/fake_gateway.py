"""Africa's Talking as it answers on the wire, with the faults that were seen there, on order.

A real HTTP server that runs as a thread here, and as a process of its own in
`tests.faults.gateway_process`. What it takes stands in its log before any answer is given.
"""

from __future__ import annotations

import json
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from tests.support.gateway_behaviours import BEHAVIOURS, Answer, Ledger
from tests.support.patient_server import PatientServer

KEY = "atsk_secret_of_the_tests"
_STRANGER = Answer(
    401, "The supplied authentication is invalid", {"Content-Type": "text/plain; charset=UTF-8"}
)


class FakeGateway:
    """The server; a request takes the next ordered behaviour, and `for_ever` when none is left.

    An order may name a phone: then the next request to it takes it, and no other.
    """

    def __init__(
        self,
        ledger: Path | Ledger,
        behaviours: Sequence[str] = (),
        *,
        for_ever: str = "",
        port: int = 0,
    ) -> None:
        self._ledger = ledger if isinstance(ledger, Ledger) else Ledger(ledger)
        self.requests: list[dict[str, Any]] = []
        self.watch: Callable[[], object] = lambda: None
        self.for_ever = for_ever or "accept"
        self._behaviours = deque(behaviours)
        self._of_phone: defaultdict[str, deque[str]] = defaultdict(deque)
        self._server = PatientServer(("127.0.0.1", port), self._handler())

    @property
    def url(self) -> str:
        """What AT_BASE_URL is set to."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def log(self) -> Path:
        """Where it writes what it took."""
        return self._ledger.log

    def will(self, *behaviours: str, phone: str = "") -> None:
        """Order behaviours for the next requests, or for those to one phone."""
        (self._of_phone[phone] if phone else self._behaviours).extend(behaviours)

    def taken(self) -> list[dict[str, Any]]:
        """What the log says, from the disk."""
        if not self.log.exists():
            return []
        return [json.loads(line) for line in self.log.read_text("utf-8").splitlines()]

    def serve(self) -> None:
        """Answer until closed."""
        self._server.serve_forever(poll_interval=0.02)

    def close(self) -> None:
        """Stop; open connections are cut."""
        self._server.shutdown()
        self._server.server_close()

    def answer(self, form: dict[str, str], headers: dict[str, str], path: str) -> Answer:
        """Answer one request."""
        self.requests.append({"path": path, "form": form, "headers": headers})
        self.watch()
        if headers.get("apikey") != KEY:
            return _STRANGER
        return BEHAVIOURS[self._next(form["to"].split(","))](self._ledger, form)

    def _next(self, phones: Sequence[str]) -> str:
        for orders in (*(self._of_phone.get(phone) for phone in phones), self._behaviours):
            if orders:
                return orders.popleft()
        return self.for_ever

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                form = {key: values[0] for key, values in parse_qs(body).items()}
                headers = {key.lower(): value for key, value in self.headers.items()}
                _write(self, fake.answer(form, headers, self.path))

            def log_message(self, *_: object) -> None:
                pass

        return Handler


def _write(handler: BaseHTTPRequestHandler, answer: Answer) -> None:
    time.sleep(answer.seconds)
    if answer.body is None:
        handler.close_connection = True
        return
    body = answer.body.encode()
    try:
        handler.send_response(answer.status)
        for name, value in {**answer.headers, "Content-Length": str(len(body))}.items():
            handler.send_header(name, value)
        handler.end_headers()
        for piece in (bytes([byte]) for byte in body) if answer.drip else (body,):
            handler.wfile.write(piece)
            handler.wfile.flush()
            time.sleep(0.2 if answer.drip else 0)
    except (BrokenPipeError, ConnectionResetError):
        handler.close_connection = True


@contextmanager
def fake_gateway(
    log: Path, behaviours: Sequence[str] = (), *, for_ever: str = ""
) -> Iterator[FakeGateway]:
    """Run it as a thread; a proxy of the machine is no way to it."""
    fake = FakeGateway(log, behaviours, for_ever=for_ever)
    thread = threading.Thread(target=fake.serve, daemon=True)
    thread.start()
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("NO_PROXY", "127.0.0.1")
        yield fake
    fake.close()
    thread.join()

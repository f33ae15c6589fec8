"""Africa's Talking as it answers on the wire, with the faults that were seen there, on order.

A real HTTP server. Whatever it takes is in its log, one line of JSON forced to the disk before any
answer is given: a test that kills a sender judges by this log alone. It runs as a thread, or by
itself: `python -m tests.support.fake_gateway LOG [BEHAVIOUR ...]`
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from tests.support.patient_server import PatientServer

JSON = "application/json"
KEY = "atsk_secret_of_the_tests"


@dataclass
class Answer:
    """What goes back: None as body means that the connection is cut instead."""

    status: int
    body: str | None
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    drip: bool = False


Behaviour = Callable[["Ledger", Mapping[str, str]], Answer]


class Ledger:
    """What was taken, and how to say so."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._lock = threading.Lock()
        self._numbers = count(1)

    def take(self, form: Mapping[str, str], numbers: Sequence[str]) -> list[dict[str, Any]]:
        """Accept a text for these numbers: log it, then give the entries of the answer."""
        entries = []
        for number in numbers:
            gateway_id = f"ATXid_{next(self._numbers):032x}"
            self._write(id=gateway_id, to=number, text=form["message"], sender=form.get("from"))
            entries.append(entry(number, messageId=gateway_id))
        return entries

    def _write(self, **line: object) -> None:
        with self._lock, self._log.open("a", encoding="utf-8") as log:
            log.write(json.dumps(line) + "\n")
            log.flush()
            os.fsync(log.fileno())


def entry(number: str, code: int = 101, **more: object) -> dict[str, Any]:
    """One recipient of an answer, as recorded from the sandbox."""
    return {
        "cost": "KES 0.8000",
        "messageId": "None",
        "number": number,
        "status": "Success" if code < 200 else "Failed",
        "statusCode": code,
        **more,
    }


def told(entries: Sequence[Mapping[str, Any]], message: str | None = None) -> str:
    """The body of an answer."""
    message = message or f"Sent to {len(entries)}/{len(entries)} Total Cost: KES 0.8000"
    return json.dumps({"SMSMessageData": {"Message": message, "Recipients": list(entries)}})


def _numbers(form: Mapping[str, str]) -> list[str]:
    return form["to"].split(",")


def _accept(ledger: Ledger, form: Mapping[str, str]) -> Answer:
    return Answer(201, told(ledger.take(form, _numbers(form))), {"Content-Type": JSON})


def _slowly(seconds: float) -> Behaviour:
    def answer(ledger: Ledger, form: Mapping[str, str]) -> Answer:
        body = told(ledger.take(form, _numbers(form)))
        return Answer(201, body, {"Content-Type": JSON}, seconds=seconds)

    return answer


def _drip(ledger: Ledger, form: Mapping[str, str]) -> Answer:
    return Answer(201, told(ledger.take(form, _numbers(form))), {"Content-Type": JSON}, drip=True)


def _after_taking(answer: Answer) -> Behaviour:
    def behave(ledger: Ledger, form: Mapping[str, str]) -> Answer:
        ledger.take(form, _numbers(form))
        return answer

    return behave


def _always(answer: Answer) -> Behaviour:
    return lambda _ledger, _form: answer


def _charset(ledger: Ledger, form: Mapping[str, str]) -> Answer:
    body = told(ledger.take(form, _numbers(form)))
    return Answer(201, body, {"Content-Type": f"{JSON}; charset=utf-8"})


def _partial(ledger: Ledger, form: Mapping[str, str]) -> Answer:
    """Take the first, refuse the second, forget the rest."""
    first, second, *_ = [*_numbers(form), "+620"]
    entries = [*ledger.take(form, [first]), entry(second, 406, status="UserInBlacklist")]
    return Answer(201, told(entries), {"Content-Type": JSON})


def _same_ids(ledger: Ledger, form: Mapping[str, str]) -> Answer:
    entries = [one | {"messageId": "ATXid_same"} for one in ledger.take(form, _numbers(form))]
    return Answer(201, told(entries), {"Content-Type": JSON})


def _no_ids(ledger: Ledger, form: Mapping[str, str]) -> Answer:
    entries = [one | {"messageId": "None"} for one in ledger.take(form, _numbers(form))]
    return Answer(201, told(entries), {"Content-Type": JSON})


def _in_words(ledger: Ledger, form: Mapping[str, str]) -> Answer:
    """Codes and counts as text, numbers without their plus, in the other order."""
    entries = [
        one | {"statusCode": "100", "messageParts": "2", "number": str(one["number"])[1:]}
        for one in ledger.take(form, _numbers(form))
    ]
    return Answer(201, told(entries[::-1]), {"Content-Type": JSON})


def _coded(code: int) -> Behaviour:
    def answer(_ledger: Ledger, form: Mapping[str, str]) -> Answer:
        return Answer(201, told([entry(n, code) for n in _numbers(form)]), {"Content-Type": JSON})

    return answer


_HTML = "<html><body>Please log in to the hotel's network</body></html>"
_PLAIN = {"Content-Type": "text/plain; charset=UTF-8"}
BEHAVIOURS: Mapping[str, Behaviour] = {
    "accept": _accept,
    "charset": _charset,
    "in_words": _in_words,
    "same_ids": _same_ids,
    "no_ids": _no_ids,
    "partial": _partial,
    "slow": _slowly(1.0),
    "very_slow": _slowly(30.0),
    "drip": _drip,
    "unauthorised": _always(Answer(401, "The supplied authentication is invalid", _PLAIN)),
    "throttled": _always(Answer(429, "slow down", _PLAIN | {"Retry-After": "7"})),
    "throttled_untold": _always(Answer(429, "slow down", _PLAIN)),
    "busy": _always(Answer(503, "busy", _PLAIN | {"Retry-After": "30"})),
    "busy_untold": _after_taking(Answer(503, "busy", _PLAIN)),
    "bad_request": _always(Answer(400, "bad request", _PLAIN)),
    "moved": _always(Answer(302, "", {"Location": "/elsewhere"})),
    "error": _always(Answer(500, "oh no", _PLAIN)),
    "taken_then_error": _after_taking(Answer(500, "oh no", _PLAIN)),
    "taken_then_closed": _after_taking(Answer(0, None)),
    "html": _always(Answer(200, _HTML, {"Content-Type": "text/html"})),
    "html_created": _always(Answer(201, _HTML, {"Content-Type": "text/html"})),
    "truncated": _after_taking(Answer(201, '{"SMSMessageData":{"Mess', {"Content-Type": JSON})),
    "wrong_shape": _after_taking(Answer(201, '[{"Recipients": 3}]', {"Content-Type": JSON})),
    "invalid_sender": _always(Answer(201, told([], "InvalidSenderId"), {"Content-Type": JSON})),
    "nobody": _always(Answer(201, told([], "Sent to 0/1"), {"Content-Type": JSON})),
    "no_money": _coded(405),
    "blacklisted": _coded(406),
    "their_fault": _coded(500),
    "new_code": _coded(777),
    "cookie": _always(Answer(500, "", _PLAIN | {"Set-Cookie": "who=you; Path=/"})),
}


class FakeGateway:
    """The server; a request takes the next ordered behaviour, and `accept` when none is left."""

    def __init__(self, log: Path, behaviours: Sequence[str] = (), *, for_ever: str = "") -> None:
        self.log = log
        self.requests: list[dict[str, Any]] = []
        self.watch: Callable[[], object] = lambda: None
        self._ledger = Ledger(log)
        self._behaviours = deque(behaviours)
        self._rest = for_ever or "accept"
        self._server = PatientServer(("127.0.0.1", 0), self._handler())

    @property
    def url(self) -> str:
        """What AT_BASE_URL is set to."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def will(self, *behaviours: str) -> None:
        """Order behaviours for the next requests."""
        self._behaviours.extend(behaviours)

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

    def _answer(self, form: dict[str, str], headers: dict[str, str], path: str) -> Answer:
        self.requests.append({"path": path, "form": form, "headers": headers})
        self.watch()
        if headers.get("apikey") != KEY:
            return Answer(401, "The supplied authentication is invalid", _PLAIN)
        name = self._behaviours.popleft() if self._behaviours else self._rest
        return BEHAVIOURS[name](self._ledger, form)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                form = {key: values[0] for key, values in parse_qs(body).items()}
                headers = {key.lower(): value for key, value in self.headers.items()}
                _write(self, fake._answer(form, headers, self.path))

            def log_message(self, *_: object) -> None:
                pass

        return Handler


def _write(handler: BaseHTTPRequestHandler, answer: Answer) -> None:
    time.sleep(answer.seconds)
    if answer.body is None:
        handler.close_connection = True
        return
    body = answer.body.encode()
    handler.send_response(answer.status)
    for name, value in {**answer.headers, "Content-Length": str(len(body))}.items():
        handler.send_header(name, value)
    handler.end_headers()
    try:
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


def main(log: str, *behaviours: str) -> None:
    """Run it as a process: say where, then serve until ended."""
    fake = FakeGateway(Path(log), behaviours)
    print(json.dumps({"url": fake.url}), flush=True)  # noqa: T201 - read by the test
    fake.serve()


if __name__ == "__main__":
    main(*sys.argv[1:])

"""What a fake Africa's Talking does with a request: takes it, refuses it, or misbehaves on order.

Whatever it takes stands in its log, one line of JSON forced to the disk before any answer is given:
a test that kills a sender judges by this log alone.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

JSON = "application/json"


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

    def __init__(
        self, log: Path, first: int = 1, on_taken: Callable[[str, str], None] = lambda *_: None
    ) -> None:
        """Number what is taken from `first` on; `on_taken` hears of each id and phone."""
        self.log = log
        self._on_taken = on_taken
        self._lock = threading.Lock()
        self._numbers = count(first)

    def take(self, form: Mapping[str, str], numbers: Sequence[str]) -> list[dict[str, Any]]:
        """Accept a text for these numbers: log it, then give the entries of the answer."""
        entries = []
        for number in numbers:
            gateway_id = f"ATXid_{next(self._numbers):032x}"
            self._write(id=gateway_id, to=number, text=form["message"], sender=form.get("from"))
            self._on_taken(gateway_id, number)
            entries.append(entry(number, messageId=gateway_id))
        return entries

    def _write(self, **line: object) -> None:
        with self._lock, self.log.open("a", encoding="utf-8") as log:
            log.write(json.dumps(line | {"at": time.time()}) + "\n")
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
    "late": _slowly(8.5),
    "very_slow": _slowly(30.0),
    "silent": _always(Answer(0, None, seconds=30.0)),
    "closed": _always(Answer(0, None)),
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

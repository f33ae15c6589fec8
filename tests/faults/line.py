"""The line as a gateway holds it: callbacks byte by byte, one after another or all at once."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier
from typing import TypeVar
from urllib.parse import quote_plus, urlsplit

from tests.faults.stack import Stack

_Given = TypeVar("_Given")
_FORM = "application/x-www-form-urlencoded"
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and after how many seconds."""

    status: int
    text: str
    seconds: float

    @property
    def is_screen(self) -> bool:
        """Whether a caller sees words, and no more than a phone can show."""
        known = self.status == 200 and self.text[:4] in ("CON ", "END ")
        return known and 4 < len(self.text) <= 186

    @property
    def is_refusal(self) -> bool:
        """Whether a gateway is told in one line of plain text that this cannot be read."""
        return self.status in (400, 413) and self.text.count("\n") == 1


def posts(
    url: str, body: bytes, headers: Mapping[str, str] | None = None, patience: float = 15
) -> Answer:
    """Post bytes as they are; a server may answer before it has read them all."""
    where = urlsplit(url)
    line = http.client.HTTPConnection(where.netloc, timeout=patience)
    began = time.monotonic()
    try:
        # A server that has said no may hang up while we still talk.
        with suppress(BrokenPipeError, ConnectionResetError):
            line.request("POST", where.path, body, {"Content-Type": _FORM, **(headers or {})})
        answer = line.getresponse()
        said = answer.read().decode()
    finally:
        line.close()
    return Answer(answer.status, said, time.monotonic() - began)


def form(session: str, phone: str, text: str, **more: str) -> bytes:
    """Write a callback as Africa's Talking does."""
    fields = {
        "sessionId": session,
        "phoneNumber": phone,
        "serviceCode": "*123#",
        "networkCode": "99999",
        "text": text,
    }
    return written(fields | more)


def written(fields: Mapping[str, str]) -> bytes:
    """Write a form; a lone surrogate stands for the byte it was made of."""
    return "&".join(f"{name}={_escaped(value)}" for name, value in fields.items()).encode()


def calls(stack: Stack, session: str, phone: str, answers: Sequence[str]) -> str:
    """Dial and give these answers, one a hop; give the last screen."""
    said = stack.hop(session, phone, "")
    for length in range(1, len(answers) + 1):
        said = stack.hop(session, phone, "*".join(answers[:length]))
    return said


def at_once(*works: Callable[[], _Given]) -> list[_Given]:
    """Do all of these at the same moment; what each gave, in order."""
    start = Barrier(len(works))

    def run(work: Callable[[], _Given]) -> _Given:
        start.wait(10)
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def megabytes(stack: Stack) -> float:
    """The memory that the web server and its processes hold."""
    return sum(_resident(number) for number in stack.family("web")) / _MEGABYTE


def _resident(number: int) -> int:
    for line in Path(f"/proc/{number}/status").read_text("utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    return 0


def _escaped(value: str) -> str:
    return quote_plus(value.encode("utf-8", "surrogateescape"))

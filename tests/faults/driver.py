"""Many callers at once, as a gateway carries them: every reply is kept, word for word.

A callback that broke off is sent again, the same, as a gateway does; a caller who hears an apology,
or nothing for too long, dials again. He goes on until he has his code, or is told his day.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import count
from pathlib import Path
from random import Random
from urllib.parse import urlencode, urlsplit

from tests.faults.people import Person

__all__ = ["Driver", "Reply"]

TIMEOUT = 10.0
"""Seconds that the gateway waits for an answer (Africa's Talking: 10)."""

_RETRIES = 12
_SAYS: tuple[tuple[str, Callable[[Person], str]], ...] = (
    ("Lanjut daftar?", lambda _: "1"),
    ("1. Buat kartu kuning", lambda _: "1"),
    ("6 angka pertama NIK", lambda person: person.nik[:6]),
    ("6 angka berikutnya", lambda person: person.nik[6:12]),
    ("4 angka terakhir", lambda person: person.nik[12:]),
    ("Ketik NIK", lambda person: person.nik),
    ("Ketik tahun lahir", lambda _: "1998"),
    ("Benar?", lambda _: "1"),
    ("Ketik nama panggilan", lambda person: person.name),
    ("Tinggal di Kec.", lambda _: "1"),
    ("Simpan?", lambda _: "1"),
    ("Jam tadi baru penuh", lambda _: "1"),
)
"""What is seen on a screen -> what is typed; the first that fits."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back for one callback; `words` is "" where the line broke, `status` then 0."""

    caller: int
    session: str
    text: str
    words: str
    status: int
    seconds: float
    at: float


@dataclass(slots=True)
class Driver:
    """Drives callers against the address of the USSD webhook and keeps what they heard.

    With `others`, more addresses of the same installation, every hop goes to the next of them.
    """

    address: str
    log: Path
    seed: int = 1
    think: float = 0.0
    others: tuple[str, ...] = ()
    replies: list[Reply] = field(default_factory=list)
    unserved: list[int] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _hops: Iterator[int] = field(default_factory=count)

    @property
    def p99(self) -> float:
        """Seconds within which 99 of 100 answers came; 0 without any."""
        took = sorted(reply.seconds for reply in self.replies if reply.status == 200)
        return took[min(len(took) - 1, len(took) * 99 // 100)] if took else 0.0

    def drive(self, people: Sequence[Person], at_once: int = 8, patience: float = 90) -> None:
        """Let all of them book, so many at once; who has no code by then is `unserved`."""
        until = time.monotonic() + patience
        with ThreadPoolExecutor(at_once) as pool:
            list(pool.map(lambda person: self._books(person, until), people))

    @contextmanager
    def driving(
        self, people: Sequence[Person], at_once: int = 8, patience: float = 90
    ) -> Iterator[Future[None]]:
        """Drive them while something happens; at the end of the `with` all are through."""
        with ThreadPoolExecutor(1) as pool:
            work = pool.submit(self.drive, people, at_once, patience)
            yield work
            work.result()

    def asks(self, person: Person, session: str, text: str) -> Reply:
        """Send one callback and keep what came back."""
        began, at = time.monotonic(), time.time()
        status, words = self._post(person, session, text)
        took = time.monotonic() - began
        reply = Reply(person.number, session, text, words, status, took, at)
        with self._lock:
            self.replies.append(reply)
            with self.log.open("a", encoding="utf-8") as log:
                log.write(json.dumps(asdict(reply)) + "\n")
        return reply

    def insists(self, person: Person, session: str, text: str, until: float) -> Reply:
        """Send a callback until it is answered, as a gateway does that heard nothing."""
        reply = self.asks(person, session, text)
        for tried in range(_RETRIES):
            if reply.status == 200 or time.monotonic() > until:
                break
            time.sleep(min(0.1 * 2**tried, 2.0))
            reply = self.asks(person, session, text)
        return reply

    def _books(self, person: Person, until: float) -> None:
        chance = Random(f"{self.seed}/{person.number}")
        while time.monotonic() < until:
            if self._calls(person, until, chance):
                return
            time.sleep(0.5 + chance.random())
        with self._lock:
            self.unserved.append(person.number)

    def _calls(self, person: Person, until: float, chance: Random) -> bool:
        """Make one call; whether it came to its end with a code or a day."""
        session, typed = f"ATUid_{chance.getrandbits(128):032x}", [""]
        while time.monotonic() < until:
            said = self.insists(person, session, "*".join(typed[1:]), until).words
            if "Tersimpan. Kode " in said or f"{person.name}: datang" in said:
                return True
            answer = next((say(person) for seen, say in _SAYS if seen in said), None)
            if answer is None or not said.startswith("CON"):
                return False
            typed.append(answer)
            time.sleep(self.think * chance.random())
        return False

    def _post(self, person: Person, session: str, text: str) -> tuple[int, str]:
        form = {
            "sessionId": session,
            "phoneNumber": person.phone,
            "serviceCode": "*123#",
            "networkCode": "99999",
            "text": text,
        }
        addresses = (self.address, *self.others)
        place = urlsplit(addresses[next(self._hops) % len(addresses)])
        line = HTTPConnection(place.hostname or "", place.port, timeout=TIMEOUT)
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        try:
            line.request("POST", place.path, urlencode(form), kind)
            answer = line.getresponse()
            return answer.status, answer.read().decode()
        except (OSError, HTTPException):
            return 0, ""
        finally:
            line.close()

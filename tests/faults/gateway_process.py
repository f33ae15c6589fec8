"""A fake Africa's Talking as a process of its own: it outlives whatever is killed round it.

What it takes is in its log, forced to the disk before the answer. It misbehaves on order (see
`tests.support.gateway_behaviours`), for the next requests, for those to one phone, or for ever, and
reports deliveries to a webhook as a gateway does: again and again until it hears 200.

Run as `python -m tests.faults.gateway_process PORT LOG STANDING`; the last is JSON, see `Standing`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import requests

from tests.support.fake_gateway import KEY, FakeGateway
from tests.support.free_port import free_port
from tests.support.gateway_behaviours import Answer, Ledger
from tests.support.processes import until

__all__ = ["KEY", "GatewayProcess", "Standing", "gateway_process"]

_ROOT = Path(__file__).parents[2]
_ORDERS = "/orders"
_TAKEN = Answer(200, "ok")


@dataclass(slots=True)
class Standing:
    """What it does until told otherwise.

    `reports_to` is the webhook of delivery reports ("" for none), told `words` for each message,
    the first `reports_after` seconds after it was taken, each three times where `thrice`.
    """

    for_ever: str = "accept"
    reports_to: str = ""
    reports_after: float = 0.3
    words: list[str] = field(default_factory=lambda: ["Sent", "Success"])
    thrice: bool = False


@dataclass(slots=True)
class GatewayProcess:
    """The process seen from a test; `log` stays when it is killed and started again."""

    log: Path
    port: int = field(default_factory=free_port)
    standing: Standing = field(default_factory=Standing)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """What AT_BASE_URL is set to."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait until it serves."""
        words = [str(self.port), str(self.log), json.dumps(asdict(self.standing))]
        with self.log.with_suffix(".out").open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.gateway_process", *words],
                cwd=_ROOT,
                stdout=output,
                stderr=output,
            )
        until(self._serves, 30)

    def kill(self) -> None:
        """Kill -9: from now on a connection is refused."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(10)
            self.process = None

    def will(self, *behaviours: str, phone: str = "") -> None:
        """Order behaviours for the next requests, or for those to one phone."""
        self._order(behaviours=behaviours, phone=phone)

    def for_ever(self, behaviour: str) -> None:
        """Order what is done with every request that nothing else is ordered for."""
        self.standing.for_ever = behaviour
        self._order(for_ever=behaviour)

    def reports_to(self, address: str, *words: str, thrice: bool = False) -> None:
        """Report deliveries to this webhook from now on."""
        self.standing.reports_to = address
        self.standing.words = list(words) or self.standing.words
        self.standing.thrice = thrice
        self._order(standing=asdict(self.standing))

    def taken(self) -> list[dict[str, Any]]:
        """What it accepted, in order: id, to, text, sender, at."""
        if not self.log.exists():
            return []
        return [json.loads(line) for line in self.log.read_text("utf-8").splitlines()]

    def taken_for(self, phone: str) -> int:
        """How often it accepted an SMS to this phone."""
        return sum(line["to"] == phone for line in self.taken())

    def _order(self, **orders: object) -> None:
        with requests.Session() as http:
            http.trust_env = False
            form = {"orders": json.dumps(orders)}
            assert http.post(f"{self.url}{_ORDERS}", data=form, timeout=10).status_code == 200

    def _serves(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, "see the log's neighbour .out"
        with suppress(requests.ConnectionError):
            self._order()
            return True
        return False


@contextmanager
def gateway_process(folder: Path) -> Iterator[GatewayProcess]:
    """Run one for the length of a `with`."""
    one = GatewayProcess(folder / "taken.jsonl")
    one.start()
    try:
        yield one
    finally:
        one.kill()


class _Reporter(threading.Thread):
    """Posts delivery reports in the order they come due; one that is not heard comes again."""

    def __init__(self, standing: Standing) -> None:
        super().__init__(daemon=True)
        self.standing = standing
        self._due: SimpleQueue[tuple[float, dict[str, str]]] = SimpleQueue()

    def report(self, gateway_id: str, phone: str) -> None:
        """Report one message."""
        at, times = time.monotonic() + self.standing.reports_after, 3 if self.standing.thrice else 1
        if self.standing.reports_to:
            for word in self.standing.words * times:
                form = {"id": gateway_id, "status": word, "phoneNumber": phone}
                self._due.put((at, form))

    def run(self) -> None:
        """Report for ever."""
        with requests.Session() as http:
            http.trust_env = False
            while True:
                at, form = self._due.get()
                time.sleep(max(0.0, at - time.monotonic()))
                if not self._is_heard(http, form):
                    self._due.put((time.monotonic() + 0.5, form))

    def _is_heard(self, http: requests.Session, form: dict[str, str]) -> bool:
        try:
            answer = http.post(self.standing.reports_to, data=form, timeout=10)
        except requests.RequestException:
            return False
        return answer.status_code == 200


class _Ordered(FakeGateway):
    """The fake that takes its orders over HTTP."""

    reporter: _Reporter

    def answer(self, form: dict[str, str], headers: dict[str, str], path: str) -> Answer:
        """Answer one request, or follow an order."""
        if path != _ORDERS:
            return super().answer(form, headers, path)
        orders = json.loads(form["orders"])
        self.will(*orders.get("behaviours", ()), phone=orders.get("phone", ""))
        self.for_ever = orders.get("for_ever", self.for_ever)
        if standing := orders.get("standing"):
            self.reporter.standing = Standing(**standing)
        return _TAKEN


def main(port: str, log: str, standing: str) -> None:
    """Serve until ended."""
    reporter = _Reporter(Standing(**json.loads(standing)))
    reporter.start()
    # Numbers never come twice, however often the process is started again.
    ledger = Ledger(Path(log), first=time.time_ns(), on_taken=reporter.report)
    fake = _Ordered(ledger, for_ever=reporter.standing.for_ever, port=int(port))
    fake.reporter = reporter
    fake.serve()


if __name__ == "__main__":
    main(*sys.argv[1:])

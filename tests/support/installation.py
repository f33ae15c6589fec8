"""A whole installation inside the test: real servers, the simulator's line, a clock that is ours.

The web answers on a real port, as a gateway and a browser reach it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from werkzeug.serving import make_server

from runtime.embedded.servers import Addresses
from runtime.settings import from_env
from runtime.wiring import House, build
from services import demo
from ussd_app import create_app
from workers.queues import Nudge

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# A Sunday, ten in the morning in Majalengka.
SUNDAY = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


@dataclass(slots=True)
class Clock:
    """The time of a test; it stands still until it is moved."""

    time: datetime = field(default=SUNDAY)

    def __call__(self) -> datetime:
        return self.time

    def goes_on(self, **span: float) -> None:
        """Move on by a span as `timedelta` takes it: minutes=5."""
        self.time += timedelta(**span)


def furnished(addresses: Addresses, home: Path, clock: Clock, **settings: str) -> House:
    """Build the house of the demo with its two offices; `settings` are as in the environment."""
    environ = {
        "KUNING_HOME": str(home),
        "DATABASE_URL": addresses.database_url,
        "REDIS_URL": addresses.redis_url,
        "KUNING_SIMULATOR_LOG": str(home / "sms.jsonl"),
    }
    house = build(from_env(environ | settings), nudge=Nudge, clock=clock)
    with house.database.begin() as conn:
        demo.plant(conn)
    return house


@contextmanager
def served(house: House) -> Iterator[str]:
    """Serve the web of a house for the length of a `with`; give its address."""
    door = _Doorkeeper(create_app(house))
    server = make_server("127.0.0.1", 0, door, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        door.shuts()
        server.server_close()


class _Doorkeeper:
    """Waits for those inside before the house is closed, and lets nobody in afterwards.

    A connection that a browser keeps open outlives the server, and what its page asks by a timer
    would find the house without a database.
    """

    def __init__(self, house: WSGIApplication) -> None:
        self._house = house
        self._inside = 0
        self._shut = False
        self._changed = threading.Condition()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        with self._changed:
            if self._shut:
                start_response("503 Service Unavailable", [("Connection", "close")])
                return []
            self._inside += 1
        try:
            return _whole(self._house(environ, start_response))
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    def shuts(self) -> None:
        with self._changed:
            self._shut = True
            assert self._changed.wait_for(lambda: not self._inside, 20), "a request does not end"


def _whole(body: Iterable[bytes]) -> list[bytes]:
    try:
        return list(body)
    finally:
        getattr(body, "close", list)()

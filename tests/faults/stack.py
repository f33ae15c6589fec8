"""The whole installation as a person starts it, with handles to hurt it.

`kuning up` runs in a home of its own on a free port: the demo with its simulator and failpoints, or
production before a fake gateway that is a process of its own. A test reaches it as the world does:
over HTTP, by signals to the processes it started (found by their parent, ended by their number),
and by looking into the tables and the gateway's log.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import requests

from runtime.embedded.servers import connect
from storage.vault import Vault
from tests.faults.gateway_process import KEY, GatewayProcess
from tests.support.free_port import free_port
from tests.support.processes import lives, until

EMAIL, PASSWORD = "kepala@example.go.id", "sandi uji yang panjang"
"""The first officer."""

VAULT = Vault({"t1": b"1" * 32}, "t1", b"2" * 32)
"""Opens what every installation of these tests sealed."""

TOKEN = "faults-" + "t" * 32
_ROOT = Path(__file__).parents[2]
_SECRETS = {
    "KUNING_DATA_KEYS": f"t1:{b64encode(b'1' * 32).decode()}",
    "KUNING_INDEX_KEY": b64encode(b"2" * 32).decode(),
    "KUNING_SECRET_KEY": "faults-" + "s" * 32,
    "KUNING_WEBHOOK_TOKENS": TOKEN,
    "KUNING_ADMIN_EMAIL": EMAIL,
    "KUNING_ADMIN_PASSWORD": PASSWORD,
}
_PRODUCTION = {
    "KUNING_GATEWAY": "africastalking",
    "KUNING_OFFICES": "32.10,33.74",
    "KUNING_SERVICE_CODE": "*123#",
    "KUNING_TARIFF": "Rp0",
    "AT_USERNAME": "sandbox",
    "AT_API_KEY": KEY,
}
_ARMABLE = (
    "web.committed",
    "delivery.claimed",
    "delivery.sending",
    "delivery.sent",
    "clock.tick",
)


@dataclass(slots=True)
class Stack:
    """One running installation."""

    home: Path
    port: int
    settings: dict[str, str] = field(default_factory=dict)
    gateway: GatewayProcess | None = None
    process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        return self.home.parent / "up.log"

    @property
    def sms_log(self) -> Path:
        return self.home.parent / "sms.jsonl"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def address(self) -> str:
        """Where the gateway sends its callbacks."""
        return f"{self.url}/ussd/africastalking/{TOKEN}"

    def sms_address(self, kind: str) -> str:
        """Where the gateway sends what it has to say of SMS: `delivery`, `incoming`, `optout`."""
        return f"{self.url}/sms/africastalking/{TOKEN}/{kind}"

    def start(self) -> None:
        """Start it and wait until it says `Ready`."""
        seen = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "ussd_app.cli", "up"],
                cwd=_ROOT,
                env=self.environment(),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        until(lambda: self._said_ready(seen), 90)

    def stop(self) -> int:
        """End it as Ctrl-C does; give its exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=60)

    def dies(self) -> None:
        """Kill -9 all of it, and wait until no process of it is left."""
        assert self.process is not None
        children = [*self.children().values(), *self.family("web")[1:]]
        for number in (self.process.pid, *children):
            _kill(number)
        self.process.wait(10)
        until(lambda: not any(lives(number) for number in children), 60)

    def kill(self, name: str) -> int:
        """Kill -9 the process of this name; give its number."""
        number = self.child(name)
        os.kill(number, signal.SIGKILL)
        return number

    def child(self, name: str) -> int:
        """The number of a process that `up` started, by the last word of what it runs."""
        return until(lambda: self.children().get(name), 20) or 0

    def children(self) -> dict[str, int]:
        """The processes `up` started, by what they are."""
        assert self.process is not None
        return {
            _name(number): number
            for number in _numbers()
            if _parent(number) == self.process.pid and _name(number)
        }

    def family(self, name: str) -> list[int]:
        """The process of this name and those it started itself."""
        head = self.child(name)
        return [head, *self.started_by(head)]

    @staticmethod
    def started_by(head: int) -> list[int]:
        """The processes that a process started."""
        return [number for number in _numbers() if _parent(number) == head]

    def arm(self, failpoint: str) -> None:
        """Let the next process that passes this place die there."""
        (self.home / "failpoints" / failpoint).unlink()

    def fired(self, failpoint: str) -> bool:
        """Whether a process died there since it was armed."""
        return (self.home / "failpoints" / failpoint).exists()

    def accepted(self) -> list[dict[str, Any]]:
        """What the gateway accepted, in order, as it stands fsynced on disk."""
        if self.gateway is not None:
            return self.gateway.taken()
        if not self.sms_log.exists():
            return []
        return [json.loads(line) for line in self.sms_log.read_text("utf-8").splitlines()]

    @property
    def database_url(self) -> str:
        """Where its tables are, as libpq spells it."""
        url = self.settings.get("DATABASE_URL") or connect(self.home).database_url
        return url.replace("+psycopg", "")

    @property
    def redis_url(self) -> str:
        """Where its Redis is."""
        return self.settings.get("REDIS_URL") or connect(self.home).redis_url

    def has_room(self) -> None:
        """Let its offices see as many people a day as may call."""
        self.rows("UPDATE offices SET daily_quota = 60000, hour_quota = 60000 RETURNING code")

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Ask the tables."""
        with psycopg.connect(self.database_url, connect_timeout=5) as connection:
            return connection.execute(statement.encode(), values or None).fetchall()

    def hop(self, session: str, phone: str, text: str, code: str = "*123#") -> str:
        """One callback; the words of the answer."""
        with requests.Session() as http:
            http.trust_env = False
            form = {
                "sessionId": session,
                "phoneNumber": phone,
                "serviceCode": code,
                "networkCode": "99999",
                "text": text,
            }
            answer = http.post(self.address, data=form, timeout=15)
        assert answer.status_code == 200, answer.text
        return answer.text

    def _said_ready(self, seen: int) -> bool:
        assert self.process is not None
        said = self.log.read_bytes()[seen:]
        assert self.process.poll() is None, said.decode()
        return b"\nReady" in said

    def environment(self) -> dict[str, str]:
        """What its processes find set."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        own = {"KUNING_HOME": str(self.home), "PORT": str(self.port)}
        if self.gateway is None:
            armed = ",".join(f"{name}:exit" for name in _ARMABLE)
            line = {"KUNING_SIMULATOR_LOG": str(self.sms_log), "KUNING_FAILPOINT": armed}
        else:
            line = _PRODUCTION | {"KUNING_URL": self.url, "AT_BASE_URL": self.gateway.url}
        return kept | _SECRETS | own | line | self.settings


@contextmanager
def stack(folder: Path, gateway: GatewayProcess | None = None, **settings: str) -> Iterator[Stack]:
    """Run an installation for the length of a `with`; nothing of it is left behind.

    With a gateway it is production, and has no failpoints; without one it is the demo.
    """
    one = Stack(folder / "home", free_port(), settings, gateway)
    marks = one.home / "failpoints"
    marks.mkdir(mode=0o700, parents=True)
    one.home.chmod(0o700)
    for name in _ARMABLE:
        (marks / name).touch(mode=0o600)
    try:
        one.start()
        yield one
    finally:
        if one.process is not None and one.process.poll() is None:
            one.stop()


def _kill(number: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(number, signal.SIGKILL)


def _numbers() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _parent(number: int) -> int:
    try:
        stat = Path(f"/proc/{number}/stat").read_text("utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return int(stat.rsplit(")", 1)[1].split()[1])


def _name(number: int) -> str:
    try:
        words = Path(f"/proc/{number}/cmdline").read_bytes().decode().split("\0")
    except (FileNotFoundError, ProcessLookupError):
        return ""
    words = [word for word in words if word]
    if "ussd_app.cli" in words:
        return words[-1]
    # Valkey writes its title over its command line: "…/valkey-server unixsocket:…".
    program = Path(words[0].split(" ")[0]).name if words else ""
    return program if program in ("postgres", "valkey-server") else ""

"""What is left after a fault, gathered once: tables, the gateway's log, what callers heard, traces.

A checker judges by this alone. Sealed columns are opened here, for the tests hold the keys.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
import redis
import requests
from psycopg.rows import dict_row

from domain.msisdn import last4
from runtime.settings import from_env
from runtime.wiring import gateway_of
from sms.gateway import Line
from sms.templates import render
from storage import places
from storage.vault import Vault
from tests.faults.driver import Driver, Reply
from tests.faults.people import Person
from tests.faults.stack import VAULT, Stack

__all__ = ["Evidence", "Row", "gathered", "tables"]

Row = dict[str, Any]
_ASKED = {
    "requests": "SELECT * FROM card_requests ORDER BY created_at",
    "messages": "SELECT * FROM messages ORDER BY created_at",
    "audit": "SELECT * FROM audit WHERE request_id IS NOT NULL ORDER BY id",
    "slots": "SELECT s.*, (SELECT count(*) FROM card_requests r WHERE r.holds_slot"
    " AND (r.office, r.day, r.hour) = (s.office, s.day, s.hour)) AS held FROM slots s",
    "sequences": "SELECT q.*, (SELECT count(*) FROM cards c WHERE c.office = q.office"
    " AND c.issued_on = q.day) AS issued FROM card_sequences q",
    "reports": "SELECT * FROM delivery_reports",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Rows by table, what the gateway accepted, what was heard, and what was written elsewhere.

    `seen` are the statuses of messages by id, as looked at one moment after another; `texts` is all
    that was written outside the sealed columns, by where it stands.
    """

    rows: Mapping[str, Sequence[Row]]
    now: datetime
    accepted: Sequence[Row] = ()
    replies: Sequence[Reply] = ()
    people: Collection[Person] = ()
    seen: Sequence[Mapping[str, str]] = ()
    texts: Mapping[str, str] = field(default_factory=dict)

    def of(self, person: Person) -> list[Row]:
        """The card requests of a person."""
        return [row for row in self.rows["requests"] if row["phone"] == person.phone]


def gathered(stack: Stack, *drivers: Driver, seen: Sequence[Mapping[str, str]] = ()) -> Evidence:
    """Look at everything an installation has left."""
    line = gateway_of(from_env(stack.environment())).line
    rows, now = tables(stack.database_url, VAULT, line)
    replies = [reply for driver in drivers for reply in driver.replies]
    people = {Person(reply.caller) for reply in replies}
    return Evidence(rows, now, stack.accepted(), replies, people, seen, _texts(stack))


def tables(
    database_url: str, vault: Vault, line: Line
) -> tuple[Mapping[str, Sequence[Row]], datetime]:
    """Read the tables with their sealed columns opened, and the time there."""
    with psycopg.connect(database_url, row_factory=dict_row) as connection:
        # All of them as they stand at one moment.
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        rows = {
            name: connection.execute(asked.encode()).fetchall() for name, asked in _ASKED.items()
        }
        now = connection.execute("SELECT now() AS now").fetchone()
    for request in rows["requests"]:
        sealed = request["phone_sealed"]
        request["phone"] = sealed and vault.open(sealed, where=places.phone(str(request["id"])))
    for message in rows["messages"]:
        message.update(_opened(message, vault, line))
    return rows, (now or {})["now"]


def _opened(message: Row, vault: Vault, line: Line) -> Row:
    """Give the number and the words of a message, as the gateway was handed them."""
    number = str(message["id"])
    phone = vault.open(message["phone_sealed"], where=places.message_phone(number))
    facts = vault.open(message["params_sealed"], where=places.message_params(number))
    text = render(message["template"], json.loads(facts), message["language"], line)
    return {"phone": phone, "text": text}


def _texts(stack: Stack) -> dict[str, str]:
    """Give logs, Redis's keys, RQ's jobs, metrics and command lines; what is away has no traces."""
    logs = [stack.log, *(stack.home / "logs").rglob("*.log")]
    found = {
        path.name: path.read_text("utf-8", errors="replace") for path in logs if path.is_file()
    }
    with requests.Session() as http:
        http.trust_env = False
        found["metrics"] = http.get(f"{stack.url}/metrics", timeout=10).text
    found["command lines"] = " ".join(
        Path(f"/proc/{number}/cmdline").read_bytes().decode("latin-1")
        for number in stack.children().values()
    )
    return found | _redis(stack.redis_url)


def _redis(url: str) -> dict[str, str]:
    try:
        with redis.Redis.from_url(url, decode_responses=False, socket_timeout=2) as connection:
            keys = sorted(connection.scan_iter(count=1000))
            jobs = [connection.hgetall(key) for key in keys if key.startswith(b"rq:job:")]
    except redis.RedisError:
        return {}
    return {"redis keys": repr(keys), "jobs": repr(jobs)}


def hidden(people: Collection[Person]) -> dict[str, str]:
    """What must not be found anywhere: NIK and phone, whole, in the ways they are written."""
    found: dict[str, str] = {}
    for person in people:
        plain = person.phone.removeprefix("+")
        found |= {person.nik: "NIK", plain: "phone", f"0{plain.removeprefix('62')}": "phone"}
    return {text: f"{kind} of …{last4(text)}" for text, kind in found.items()}

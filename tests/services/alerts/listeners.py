"""People who listen, told as a story: vacancies open and close, and what leaves is read."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import event, select, update

from services import housekeeping
from services.alerts import digests, matching
from services.delivery import Delivery
from services.delivery.policy import Policy
from services.delivery.sweep import sweep
from sms.gateway import Account
from sms.gateways.simulator import Simulator
from sms.message import Lane
from sms.templates import render
from storage.database import Database
from storage.tables import alerts, card_requests, messages, vacancies
from storage.vault import Vault
from tests.services.alerts import people
from tests.services.alerts.people import Job, Person
from tests.support.applicants import NOW


@dataclass(slots=True)
class Listeners:
    """A database with offices, a line whose log can be read, and a clock that stands."""

    database: Database
    vault: Vault
    log: Path
    now: datetime = NOW
    policy: Policy = field(default_factory=Policy)
    read: int = 0

    @property
    def delivery(self) -> Delivery:
        """A sender."""
        line = Simulator(Account("demo", "", service_code="*123#", log=self.log))
        return Delivery(self.database, self.vault, line, render, policy=self.policy)

    def enter(self, *persons: Person) -> list[str]:
        """Write people down; the ids of their requests."""
        with self.database.begin() as conn:
            return [people.enters(conn, self.vault, one, self.now) for one in persons]

    def opens(self, **changes: Any) -> str:
        """An office publishes a vacancy, as its desk does; its id."""
        with self.database.begin() as conn:
            vacancy_id = people.offers(conn, Job(), self.now, **changes)
            matching.published(conn, vacancy_id, self.now)
        return vacancy_id

    def opens_again(self, vacancy_id: str) -> None:
        """An office publishes a closed vacancy once more."""
        with self.database.begin() as conn:
            self._puts(conn, vacancy_id, "published", None)
            matching.published(conn, vacancy_id, self.now)

    def closes(self, vacancy_id: str) -> int:
        """An office closes a vacancy; how many SMS were taken back."""
        with self.database.begin() as conn:
            self._puts(conn, vacancy_id, "closed", self.now)
            return matching.closed(conn, vacancy_id, self.now)

    def puts_closed(self, vacancy_id: str) -> None:
        """A vacancy is closed in a transaction that takes nothing back."""
        with self.database.begin() as conn:
            self._puts(conn, vacancy_id, "closed", self.now)

    def match(self, at_once: int = 10_000, failpoint: Callable[[str], None] | None = None) -> int:
        """A worker matches what waits."""
        extra: dict[str, Any] = {"failpoint": failpoint} if failpoint else {}
        return matching.run(self.database, self.now, at_once=at_once, **extra)

    def weekly(self) -> int:
        """The clock queues the weekly SMS."""
        return digests.run(self.database, self.now)

    def goes_through(self) -> int:
        """The clock queues the weekly SMS; how often it went through what waits."""
        seen: list[str] = []

        def note(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
            seen.append(statement)

        event.listen(self.database.engine, "before_cursor_execute", note)
        try:
            self.weekly()
        finally:
            event.remove(self.database.engine, "before_cursor_execute", note)
        return sum("INSERT INTO messages" in statement for statement in seen)

    def cleans(self) -> None:
        """The clock forgets what has had its time."""
        housekeeping.sweep(self.database, self.now)

    def stops(self, phone: int) -> None:
        """A number says STOP."""
        with self.database.begin() as conn:
            people.stops(conn, self.vault, phone, self.now)

    def sends(self, failpoint: Callable[[str], None] | None = None) -> list[tuple[str, str]]:
        """Let the bulk lane send all that is due; what left: the number and the words.

        Something may happen on the way, at a `failpoint`.
        """
        extra: dict[str, Any] = {"failpoint": failpoint} if failpoint else {}
        while replace(self.delivery, **extra).deliver_due(Lane.BULK, self.now):
            pass
        lines = self.log.read_text("utf-8").splitlines() if self.log.exists() else []
        new, self.read = lines[self.read :], len(lines)
        return [(told["to"], told["text"]) for told in map(json.loads, new)]

    def finds_work(self, phone: int) -> None:
        """Whoever has a phone has work from now on."""
        with self.database.begin() as conn:
            theirs = card_requests.c.phone_index == self.vault.index("phone", people.number(phone))
            conn.execute(update(card_requests).where(theirs).values(state="employed"))

    def falls_silent(self, phone: int) -> None:
        """A number gave no sign for half a year, as the clock marks it."""
        with self.database.begin() as conn:
            theirs = card_requests.c.phone_index == self.vault.index("phone", people.number(phone))
            conn.execute(update(card_requests).where(theirs).values(phone_silent_at=self.now))

    def hearing(self) -> set[int]:
        """Let the bulk lane send; the phones that were told."""
        return {int(to.removeprefix("+62812")) for to, _ in self.sends()}

    def fails(self) -> str:
        """The one SMS there is did not arrive; its id."""
        with self.database.begin() as conn:
            failed = update(messages).values(status="failed").returning(messages.c.id)
            return str(conn.execute(failed).scalar_one())

    def sweeps(self) -> None:
        """One round of the clock."""
        sweep(self.database, self.vault, self.policy, self.now)

    def after(self, **time: float) -> Listeners:
        """Let time pass."""
        self.now += timedelta(**time)
        return self

    def under(self, **policy: Any) -> Listeners:
        """The same with other caps."""
        self.policy = replace(self.policy, **policy)
        return self

    def written_down(self) -> list[str]:
        """The phones of all alerts, by their index."""
        with self.database.begin() as conn:
            return list(conn.scalars(select(alerts.c.phone_index)))

    def statuses(self) -> list[str]:
        """Where each SMS stands."""
        with self.database.begin() as conn:
            return sorted(conn.scalars(select(messages.c.status)))

    @staticmethod
    def _puts(conn: Any, vacancy_id: str, state: str, closed_at: datetime | None) -> None:
        values = {"state": state, "closed_at": closed_at}
        conn.execute(update(vacancies).where(vacancies.c.id == vacancy_id).values(values))

"""A post office for tests: the outbox of a real database, told as a story.

It writes messages as services do, sends them by a real gateway, lets time pass, and says where each
message stands. Time is an argument everywhere, so nothing here waits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from sqlalchemy import select

from services import demo
from services.delivery import Delivery
from services.delivery.policy import Policy
from services.delivery.sweep import Swept, sweep
from sms.gateway import Account, DeliveryReport, Gateway
from sms.gateways.africastalking import AfricasTalking, AfricasTalkingForms
from sms.message import Lane, Status
from sms.templates import render
from sms.wire import Wire
from storage import outbox
from storage.database import Database
from storage.tables import delivery_reports, messages
from storage.vault import Vault
from tests.support.fake_gateway import KEY, FakeGateway

SUNDAY_MORNING = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
"""Ten o'clock in Majalengka."""

FACTS = {
    "place": "Disnaker Majalengka",
    "name": "Siti",
    "day": "2026-11-24",
    "hour": "09:00",
    "papers": "ktp,diploma,photo2",
    "code": "482157901",
    "missing": "photo2",
    "open": "1-5 08:00-15:00",
    "phone": "0233 000000",
    "reason": "too_young",
}


def number(which: int) -> str:
    """The phone of the n-th person."""
    return f"+6281200{which:06d}"


@dataclass
class PostOffice:
    """One outbox, one gateway, and a clock that stands until somebody moves it."""

    database: Database
    vault: Vault
    gateway: Gateway
    policy: Policy = field(default_factory=Policy)
    now: datetime = SUNDAY_MORNING
    keys: count[int] = field(default_factory=count)

    @property
    def delivery(self) -> Delivery:
        """A sender; each has its own claims."""
        return Delivery(
            self.database, self.vault, self.gateway, render, policy=self.policy, chance=lambda: 0.5
        )

    def delivery_with(self, failpoint: Callable[[str], None]) -> Delivery:
        """A sender to whom something happens on the way."""
        return replace(self.delivery, failpoint=failpoint)

    def writes(
        self,
        template: str = "booked",
        to: str = number(1),
        *,
        lane: Lane = Lane.URGENT,
        key: str = "",
        name: str = "Siti",
        office: str = demo.MAJALENGKA,
        expires_in: timedelta | None = None,
    ) -> bool:
        """Queue a message, as a service does in its transaction."""
        with self.database.begin() as conn:
            return outbox.add(
                conn,
                self.vault,
                office=office,
                request_id=None,
                lane=lane,
                template=template,
                language="id",
                params=FACTS | {"name": name},
                to=to,
                dedupe_key=key or f"message-{next(self.keys)}",
                now=self.now,
                expires_at=self.now + expires_in if expires_in else None,
            )

    def sends(self, lane: Lane = Lane.URGENT) -> int:
        """One round of delivery."""
        return self.delivery.deliver_due(lane, self.now)

    def waits(self, **time: float) -> PostOffice:
        """Let time pass."""
        self.now += timedelta(**time)
        return self

    def sweeps(self) -> Swept:
        """One round of the clock."""
        return sweep(self.database, self.vault, self.policy, self.now)

    def hears(self, gateway_id: str, word: str, to: str = number(1), reason: str = "") -> bool:
        """A delivery report of Africa's Talking comes in."""
        report = self._report(gateway_id, word, to, reason)
        return self.delivery.news.report("africastalking", report, self.now)

    def comes_due(self) -> None:
        """What waits for a later hour of the story is due by the clock on the wall."""
        with self.database.begin() as conn:
            conn.execute(messages.update().values(not_before=SUNDAY_MORNING))

    def simulated(self, message_id: str, to: str) -> bool:
        """The simulator reports that a message arrived."""
        report = DeliveryReport(f"sim-{message_id}", Status.DELIVERED, "delivered", phone=to)
        return self.delivery.news.report("simulator", report, self.now)

    def keeps(self, gateway_id: str, word: str, to: str = number(1)) -> None:
        """A report is stored and its process dies before it is applied."""
        report = self._report(gateway_id, word, to, "")
        with self.database.begin() as conn:
            self.delivery.news.keep(conn, "africastalking", [report], self.now)

    def statuses(self) -> dict[str, int]:
        """How many messages stand where."""
        return dict(Counter(str(row["status"]) for row in self.rows()))

    def status(self) -> str:
        """Where the one message stands."""
        (row,) = self.rows()
        return str(row["status"])

    def rows(self) -> Sequence[dict[str, object]]:
        """Every message, the oldest first."""
        with self.database.begin() as conn:
            order = (messages.c.created_at, messages.c.dedupe_key)
            return [dict(row) for row in conn.execute(select(messages).order_by(*order)).mappings()]

    def row(self) -> dict[str, object]:
        """The one message."""
        (row,) = self.rows()
        return row

    def reports(self) -> Sequence[dict[str, object]]:
        """Every report that was kept."""
        with self.database.begin() as conn:
            return [dict(row) for row in conn.execute(select(delivery_reports)).mappings()]

    def under(self, **policy: object) -> PostOffice:
        """The same with other times and caps."""
        self.policy = replace(self.policy, **policy)  # type: ignore[arg-type]  # names are checked
        return self

    @staticmethod
    def _report(gateway_id: str, word: str, to: str, reason: str) -> DeliveryReport:
        form = {"id": gateway_id, "status": word, "phoneNumber": to, "failureReason": reason}
        report = AfricasTalkingForms().delivery_report(form)
        assert report is not None
        return report


def over_the_wire(fake: FakeGateway, *, deadline: float = 1.5) -> Gateway:
    """Africa's Talking's adapter, talking to the fake, in a hurry."""
    wire = Wire(connect=0.5, read=deadline, deadline=deadline)
    return AfricasTalking(Account("sandbox", KEY, base_url=fake.url), wire)


def at_a_closed_port() -> Gateway:
    """The same, with nobody at the other end."""
    wire = Wire(connect=0.5, read=0.5, deadline=1.0)
    return AfricasTalking(Account("sandbox", KEY, base_url="http://127.0.0.1:9"), wire)


def log_of(folder: Path) -> Path:
    """Where the fake writes what it took."""
    return folder / "taken.jsonl"

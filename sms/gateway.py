"""What every gateway (whoever carries SMS for us) can do, and how it answers: errors are values.

`send` never raises for what the line does. It answers one result per message, in the order of
the batch, and says honestly when it does not know: a request that timed out after it was sent may
have been carried out, and no SMS gateway read so far offers an idempotency key.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from sms.message import OutgoingSms, Status

__all__ = [
    "Accepted",
    "Account",
    "DeliveryReport",
    "Form",
    "Forms",
    "Gateway",
    "IncomingSms",
    "Line",
    "Misconfigured",
    "OptOut",
    "OutcomeUnknown",
    "Refused",
    "Result",
    "Throttled",
    "Unreachable",
]


@dataclass(frozen=True, slots=True)
class Line:
    """What a line can do, as data.

    `sender` is the name or short code messages come from by default, `receipts` whether delivery
    reports come back, `batch` how many handsets one request may name (1: no batches), `ussd` the
    service code of the same line ("" when it has none).
    """

    can_receive: bool
    sender: str | None
    receipts: bool
    batch: int
    ussd: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """The gateway took the message. `gateway_id` is "" when it gave none; cost as it says it."""

    gateway_id: str
    cost: str = ""
    segments: int | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """This message will never go: a wrong number, a blacklist. Not sent; do not try again."""

    reason: str


@dataclass(frozen=True, slots=True)
class Throttled:
    """Not taken now. `retry_after` is in seconds, None when the gateway named no time."""

    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class Unreachable:
    """The request never left us: refused connection, no such host. Certainly not sent."""

    reason: str


@dataclass(frozen=True, slots=True)
class OutcomeUnknown:
    """It may have been sent. Never sent again blindly."""

    reason: str


@dataclass(frozen=True, slots=True)
class Misconfigured:
    """Our account is wrong: key, sender name, balance. Not sent; somebody must mend it first."""

    reason: str


Result = Accepted | Refused | Throttled | Unreachable | OutcomeUnknown | Misconfigured


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What a gateway says became of a message it had taken.

    `status` is None for a word that is new to us: it is kept and changes nothing. `phone` is the
    number the gateway names, "" when it names none; `raw_status` and `reason` are its own words.
    """

    gateway_id: str
    status: Status | None
    raw_status: str
    reason: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class IncomingSms:
    """An SMS that came in. `sent_at` is the gateway's time (UTC) or None when unreadable."""

    gateway_id: str
    phone: str
    to: str
    text: str
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OptOut:
    """A number that told the gateway itself to hear no more bulk messages."""

    phone: str
    sender: str


@dataclass(frozen=True, slots=True)
class Account:
    """What an office holds with a gateway; each gateway takes what it needs of it.

    `service_code` is the USSD code of the same line, "" for none; `base_url` None is the
    gateway's own address; `log` is where the simulator writes.
    """

    username: str = ""
    api_key: str = field(default="", repr=False)
    sender: str | None = None
    service_code: str = ""
    base_url: str | None = None
    log: Path | None = None


Form = Mapping[str, str]


class Forms(Protocol):
    """Reads what a gateway posts to us; needs no account and no wire."""

    @property
    def name(self) -> str:
        """The gateway's name in the table of gateways, in rows and in webhook addresses."""

    def delivery_report(self, form: Form) -> DeliveryReport | None:
        """Read a delivery report; None when the form is none."""

    def incoming(self, form: Form) -> IncomingSms | None:
        """Read an SMS that came in; None when the form is none."""

    def opt_out(self, form: Form) -> OptOut | None:
        """Read the gateway's own opt-out notice; None when the form is none."""


class Gateway(Forms, Protocol):
    """Who carries messages for us."""

    @property
    def line(self) -> Line:
        """What its line can do."""

    def send(self, batch: Sequence[OutgoingSms]) -> Sequence[Result]:
        """Hand over messages of equal text and sender; one result each, in the same order.

        At most `line.batch` messages. Faults of the line are results, never exceptions. Called
        from several threads at once.
        """

    def poll(self) -> Sequence[DeliveryReport]:
        """Take the reports that wait at a line without webhooks (a simulator, a modem)."""

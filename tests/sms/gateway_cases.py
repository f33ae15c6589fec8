"""What every gateway must do, as tables: the shared cases run for each one that is registered.

A new gateway adds its lines here and nothing to the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sms.gateway import (
    Accepted,
    DeliveryReport,
    Gateway,
    IncomingSms,
    Misconfigured,
    OptOut,
    OutcomeUnknown,
    Refused,
    Result,
    Throttled,
)
from sms.gateways import GATEWAYS, Account
from sms.message import Status
from tests.support.fake_gateway import KEY

SITI, BUDI, ANI = "+6281200000001", "+6281200000002", "+6281200000003"
TEXT = "Disnaker Majalengka: Siti, datang Sel 24 Nov jam 9."


@dataclass(frozen=True)
class OutgoingCase:
    """How a line behaves, and what the sender must make of it."""

    gateway: str
    behaviour: str
    results: Sequence[Result]
    to: Sequence[str] = (SITI,)
    requests: int = 1
    form: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.gateway}-{self.behaviour}-{len(self.to)}"


@dataclass(frozen=True)
class ReportCase:
    """A form that a gateway posts, and the delivery report in it (None: there is none)."""

    gateway: str
    label: str
    form: Mapping[str, str]
    report: DeliveryReport | None

    def __str__(self) -> str:
        return f"{self.gateway}-{self.label}"


@dataclass(frozen=True)
class IncomingCase:
    """A form that a gateway posts, and the SMS in it (None: there is none)."""

    gateway: str
    label: str
    form: Mapping[str, str]
    sms: IncomingSms | None

    def __str__(self) -> str:
        return f"{self.gateway}-{self.label}"


MAKERS: Mapping[str, Callable[[str, Path], Gateway]] = {
    name: lambda url, log, make=make: make(  # type: ignore[misc]  # a lambda's default has no type
        Account("sandbox", KEY, "KUNING", "*123#", url, log)
    )
    for name, make in GATEWAYS.items()
}
"""Gateway -> how a test builds it, given a server's address and a log."""


def _at(
    behaviour: str, *results: Result, to: Sequence[str] = (SITI,), requests: int = 1, **form: str
) -> OutgoingCase:
    """A case of Africa's Talking; `to_` and `from_` are words that Python keeps for itself."""
    return OutgoingCase("africastalking", behaviour, results, to, requests, form)


def _first(number: int = 1) -> str:
    return f"ATXid_{number:032x}"


_TAKEN = Accepted(_first(), "KES 0.8000")

OUTGOING: Sequence[OutgoingCase] = (
    OutgoingCase("simulator", "accept", (Accepted("sim-m0", "0"),), requests=0),
    OutgoingCase(
        "simulator",
        "accept",
        (Accepted("sim-m0", "0"), Accepted("sim-m1", "0")),
        (SITI, BUDI),
        requests=0,
    ),
    _at("accept", _TAKEN, username="sandbox", to_=SITI, message=TEXT, bulkSMSMode="1"),
    _at(
        "accept",
        Accepted(_first(1), "KES 0.8000"),
        Accepted(_first(2), "KES 0.8000"),
        to=(SITI, BUDI),
        to_=f"{SITI},{BUDI}",
        enqueue="1",
        from_="KUNING",
    ),
    _at("charset", _TAKEN),
    _at(
        "in_words",
        Accepted(_first(1), "KES 0.8000", 2),
        Accepted(_first(2), "KES 0.8000", 2),
        to=(SITI, BUDI),
    ),
    _at("no_ids", Accepted("", "KES 0.8000")),
    _at(
        "same_ids",
        Accepted("ATXid_same", "KES 0.8000"),
        Accepted("ATXid_same", "KES 0.8000"),
        to=(SITI, BUDI),
    ),
    _at(
        "partial",
        _TAKEN,
        Refused("UserInBlacklist"),
        OutcomeUnknown("missing_recipient"),
        to=(SITI, BUDI, ANI),
    ),
    _at("unauthorised", Misconfigured("http_401")),
    _at("throttled", Throttled(7.0)),
    _at("throttled_untold", Throttled(None)),
    _at("busy", Throttled(30.0)),
    _at("busy_untold", OutcomeUnknown("http_503")),
    _at("bad_request", Refused("http_400")),
    _at("moved", Misconfigured("http_302")),
    _at("error", OutcomeUnknown("http_500")),
    _at("taken_then_error", OutcomeUnknown("http_500")),
    _at("taken_then_closed", OutcomeUnknown("broken_off")),
    _at("html", OutcomeUnknown("http_200")),
    _at("html_created", OutcomeUnknown("unreadable")),
    _at("truncated", OutcomeUnknown("unreadable")),
    _at("wrong_shape", OutcomeUnknown("unreadable")),
    _at("invalid_sender", *[Misconfigured("InvalidSenderId")] * 2, to=(SITI, BUDI)),
    _at("nobody", OutcomeUnknown("missing_recipient")),
    _at("no_money", Misconfigured("InsufficientBalance")),
    _at("blacklisted", Refused("UserInBlacklist")),
    _at("their_fault", OutcomeUnknown("InternalServerError")),
    _at("new_code", OutcomeUnknown("code")),
    # A number that is none never leaves us, and does not take its neighbour along.
    _at(
        "accept",
        Refused("InvalidPhoneNumber"),
        _TAKEN,
        to=("+6281200000001\n", SITI),
        to_=SITI,
    ),
    _at("accept", Refused("InvalidPhoneNumber"), to=("+٦٢٨١٢٠٠٠٠٠٠٠١",), requests=0),
    _at("accept", Refused("InvalidPhoneNumber"), to=("081200000001",), requests=0),
    _at("accept", Refused("InvalidPhoneNumber"), to=("+1234567890123456",), requests=0),
)


def _reported(
    word: str, status: Status | None, reason: str = "", phone: str = SITI
) -> DeliveryReport:
    return DeliveryReport("ATXid_1", status, word, reason, phone)


def _form(**fields: str) -> dict[str, str]:
    """Fields of the wire; `from_` stands for a word that Python keeps for itself."""
    return {name.rstrip("_"): value for name, value in fields.items()}


def _report(label: str, report: DeliveryReport | None, **fields: str) -> ReportCase:
    return ReportCase("africastalking", label, _form(**fields), report)


REPORTS: Sequence[ReportCase] = (
    *(
        _report(word, _reported(word, status), id="ATXid_1", status=word, phoneNumber=SITI)
        for word, status in {
            "Sent": Status.SENT,
            "Submitted": Status.SENT,
            "Buffered": Status.SENT,
            "Success": Status.DELIVERED,
            "Expired": Status.EXPIRED,
            "Rejected": Status.UNDELIVERED,
        }.items()
    ),
    _report(
        "failed, with a reason",
        _reported("Failed", Status.UNDELIVERED, "AbsentSubscriber"),
        id="ATXid_1",
        status="Failed",
        phoneNumber=SITI,
        failureReason="AbsentSubscriber",
        networkCode="51010",
        retryCount="0",
    ),
    _report("a new word", _reported("Wandering", None, "", ""), id="ATXid_1", status="Wandering"),
    _report("no id", None, status="Success", phoneNumber=SITI),
    _report("no id in words", None, id="None", status="Success"),
    _report("no status", None, id="ATXid_1"),
    _report("nothing", None),
)


def _sms(at: datetime | None, text: str = "STOP") -> IncomingSms:
    return IncomingSms("ec9adc86", SITI, "21512", text, at)


def _incoming(label: str, sms: IncomingSms | None, **fields: str) -> IncomingCase:
    return IncomingCase("africastalking", label, _form(**fields), sms)


_AT = datetime(2017, 5, 3, 6, 4, 45, tzinfo=UTC)
_FROM_SITI = {"id": "ec9adc86", "from_": SITI, "to": "21512", "linkId": "03090445075804249226"}

INCOMING: Sequence[IncomingCase] = (
    _incoming("with T and Z", _sms(_AT), date="2017-05-03T06:04:45Z", text="STOP", **_FROM_SITI),
    _incoming("with a space", _sms(_AT), date="2017-05-03 06:04:45", text="STOP", **_FROM_SITI),
    _incoming("no time", _sms(None), text="STOP", **_FROM_SITI),
    _incoming("no such time", _sms(None), date="kemarin", text="STOP", **_FROM_SITI),
    _incoming("an empty text", _sms(None, ""), text="", **_FROM_SITI),
    _incoming("no text", None, **_FROM_SITI),
    _incoming("no sender", None, id="ec9adc86", text="STOP", to="21512"),
    _incoming("no id", None, from_=SITI, text="STOP", to="21512"),
)

OPT_OUTS: Mapping[str, Sequence[tuple[Mapping[str, str], OptOut | None]]] = {
    "africastalking": (
        ({"senderId": "KUNING", "phoneNumber": SITI}, OptOut(SITI, "KUNING")),
        ({"phoneNumber": SITI}, OptOut(SITI, "")),
        ({"senderId": "KUNING"}, None),
    ),
}

"""Africa's Talking: their bulk SMS and its callbacks.

Rules read from recorded answers, their SDK 2.0.3 and their callback pages:

- Accepted means HTTP 201 *and* the recipient is in the answer *and* its code is 100 to 102. A
  total failure is also 201, with no recipients and the reason as the message.
- There is no idempotency key: what timed out may have been sent.
- Callbacks are unsigned forms; reports repeat and come in any order.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sms.answers import Answer, Failure, refusal
from sms.gateway import (
    Accepted,
    Account,
    DeliveryReport,
    Form,
    IncomingSms,
    Line,
    Misconfigured,
    OptOut,
    OutcomeUnknown,
    Refused,
    Result,
)
from sms.message import OutgoingSms, Status

if TYPE_CHECKING:
    from sms.wire import Wire

__all__ = ["AfricasTalking", "AfricasTalkingForms"]

E164 = re.compile(r"\+[1-9][0-9]{6,14}")
"""Ours: the SDK's own check lets a trailing newline, Arabic digits and 27 digits through."""

ACCEPTED = frozenset({100, 101, 102})
"""Processed, Sent, Queued."""

CODES: Mapping[int, Misconfigured | Refused | OutcomeUnknown] = {
    401: Misconfigured("RiskHold"),
    402: Misconfigured("InvalidSenderId"),
    403: Refused("InvalidPhoneNumber"),
    404: Refused("UnsupportedNumberType"),
    405: Misconfigured("InsufficientBalance"),
    406: Refused("UserInBlacklist"),
    407: Refused("CouldNotRoute"),
    409: Refused("DoNotDisturbRejection"),
    500: OutcomeUnknown("InternalServerError"),
    501: OutcomeUnknown("GatewayError"),
    502: Refused("RejectedByGateway"),
}
"""Codes of one recipient. A code that is not here is unknown too: their list is open."""

WHOLE = {fault.reason: fault for fault in CODES.values() if isinstance(fault, Misconfigured)}
"""Messages of an answer without recipients; any other leaves every recipient unknown."""

REPORTS: Mapping[str, Status] = {
    "Sent": Status.SENT,
    "Submitted": Status.SENT,
    "Buffered": Status.SENT,
    "Success": Status.DELIVERED,
    "Failed": Status.UNDELIVERED,
    "Rejected": Status.UNDELIVERED,
    "Expired": Status.EXPIRED,
}
"""Words of a delivery report; the first three are passing, the rest final."""

NO_ID = frozenset({"", "None"})


class AfricasTalkingForms:
    """Reads the forms of their callbacks; needs no account."""

    name = "africastalking"

    def delivery_report(self, form: Form) -> DeliveryReport | None:
        """Read `id status phoneNumber failureReason`; None without an id or a status."""
        gateway_id, word = form.get("id", ""), form.get("status", "")
        if gateway_id in NO_ID or not word:
            return None
        reason, phone = form.get("failureReason", ""), form.get("phoneNumber", "")
        return DeliveryReport(gateway_id, REPORTS.get(word), word, reason, phone)

    def incoming(self, form: Form) -> IncomingSms | None:
        """Read `id from to text date`; the text may be empty, id and sender may not."""
        gateway_id, phone = form.get("id", ""), form.get("from", "")
        if not (gateway_id and phone and "text" in form):
            return None
        to, text, at = form.get("to", ""), form["text"], _when(form.get("date", ""))
        return IncomingSms(gateway_id, phone, to, text, at)

    def opt_out(self, form: Form) -> OptOut | None:
        """Read `senderId phoneNumber`."""
        phone = form.get("phoneNumber", "")
        return OptOut(phone, form.get("senderId", "")) if phone else None


class AfricasTalking(AfricasTalkingForms):
    """Their bulk SMS line. One account per object; safe to use from several threads."""

    def __init__(self, account: Account, wire: Wire | None = None) -> None:
        """Use an account; its `base_url` may end in `/version1` or not."""
        # Late: only senders pay for the SDK and its HTTP library, the web reads forms alone.
        from sms.gateways.africastalking_service import Service  # noqa: PLC0415 - said above
        from sms.wire import Wire  # noqa: PLC0415 - the same

        self._service = Service(account.username, account.api_key, account.base_url, wire or Wire())
        # A name cannot be answered, a short code can. 100 is our own limit: their page names
        # none, wrappers in use stop at 100 or at 1000.
        sender = account.sender
        answerable = bool(sender and sender.isdigit())
        self.line = Line(answerable, sender, receipts=True, batch=100, ussd=account.service_code)

    def send(self, batch: Sequence[OutgoingSms]) -> Sequence[Result]:
        """Hand over equal texts in one request; a number that is not E.164 never leaves us."""
        sound = [sms for sms in batch if E164.fullmatch(sms.to)]
        results = dict(zip((sms.id for sms in sound), self._send(sound), strict=True))
        return [results.get(sms.id, Refused("InvalidPhoneNumber")) for sms in batch]

    def poll(self) -> Sequence[DeliveryReport]:
        """Nothing waits here: their reports come by webhook."""
        return ()

    def _send(self, batch: Sequence[OutgoingSms]) -> list[Result]:
        if not batch:
            return []
        numbers = [sms.to for sms in batch]
        answer: Answer | Failure = self._service.send(
            batch[0].text,
            numbers,
            sender_id=batch[0].sender or self.line.sender,
            # Their queue answers at once for many; one receipt is wanted with its true code.
            enqueue=len(batch) > 1,
        )
        if not isinstance(answer, Answer):
            return [answer] * len(batch)
        if answer.status != 201:
            return [refusal(answer)] * len(batch)
        return _results(answer.body, numbers)


def _results(body: str, numbers: Sequence[str]) -> list[Result]:
    try:
        told = json.loads(body)["SMSMessageData"]
        entries = [entry for entry in told["Recipients"] if isinstance(entry, dict)]
        fault = WHOLE.get(told["Message"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return [OutcomeUnknown("unreadable")] * len(numbers)
    if fault and not entries:
        return [fault] * len(numbers)
    return [_take(entries, number) for number in numbers]


def _take(entries: list[dict[str, Any]], number: str) -> Result:
    """Take the entry of this number out of the answer; a number may stand there twice."""
    for place, entry in enumerate(entries):
        if str(entry.get("number", "")).lstrip("+ ") == number[1:]:
            return _result(entries.pop(place))
    return OutcomeUnknown("missing_recipient")


def _result(entry: Mapping[str, Any]) -> Result:
    code = _count(entry.get("statusCode"))
    if code not in ACCEPTED:
        return CODES.get(code, OutcomeUnknown("code")) if code else OutcomeUnknown("code")
    gateway_id = str(entry.get("messageId") or "").strip()
    return Accepted(
        "" if gateway_id in NO_ID else gateway_id[:100],
        str(entry.get("cost", ""))[:32],
        _count(entry.get("messageParts")),
    )


def _count(value: object) -> int | None:
    """A whole number, also when it comes as text."""
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else None


def _when(text: str) -> datetime | None:
    """Their two spellings of a UTC time: with `T` and `Z`, or with a space."""
    try:
        at = datetime.fromisoformat(text)
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):  # no date, or one before the calendar begins
        return None

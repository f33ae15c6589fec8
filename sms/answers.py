"""Answers of a gateway that speaks HTTP, sorted by the one question that matters to a sender.

Is it certain that nothing was sent, or may it have been? Status codes by RFC 9110; which of them
are safe to repeat is the practice of the large senders: 4xx was not carried out, 429 and a 503
that names a time were put off, every other 5xx may have been carried out all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime

from sms.gateway import (
    Misconfigured,
    OutcomeUnknown,
    Refused,
    Result,
    Throttled,
    Unreachable,
)

__all__ = ["Answer", "Failure", "refusal", "retry_after"]

LONGEST_WAIT = 3600.0
"""Seconds: a gateway that asks for more is asked again after an hour."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the gateway answered; `wait` is its Retry-After in seconds, None when it named none."""

    status: int
    body: str = field(repr=False)
    wait: float | None = None


Failure = Unreachable | OutcomeUnknown | Misconfigured
"""No answer at all."""


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait by RFC 9110 10.2.3; a date is measured against the answer's own Date."""
    asked = headers.get("Retry-After", "").strip()
    if asked.isascii() and asked.isdigit():
        return min(float(asked[:9]), LONGEST_WAIT)
    try:
        until, answered = (parsedate_to_datetime(t) for t in (asked, headers.get("Date", "")))
        return min(max((until - answered).total_seconds(), 0.0), LONGEST_WAIT)
    except (ValueError, TypeError):
        return None


def refusal(answer: Answer) -> Result:
    """Sort an answer whose status is not the one that the gateway's page calls success."""
    reason = f"http_{answer.status}"
    match answer.status:
        case 429:
            return Throttled(answer.wait)
        case 503 if answer.wait is not None:
            return Throttled(answer.wait)
        case 401 | 402 | 403 | 404 | 405 | 407:
            return Misconfigured(reason)
        case status if 300 <= status < 400:
            # Never followed: a redirected POST would be repeated as a GET.
            return Misconfigured(reason)
        case status if 400 <= status < 500 and status != 408:
            return Refused(reason)
        case _:
            return OutcomeUnknown(reason)

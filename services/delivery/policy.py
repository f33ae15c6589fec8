"""What to do after a gateway's answer: pure rules, one place.

The rules follow what large public senders do: certainly not sent is tried again with back-off,
refused is final, and what may have been sent is never sent again blindly. Only receipts, which a
person waits for, are sent once more when no report came within ten minutes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from domain import calendar, gsm7
from sms.gateway import (
    Accepted,
    Misconfigured,
    OutcomeUnknown,
    Refused,
    Result,
    Throttled,
    Unreachable,
)
from sms.message import Status
from storage.outbox_results import Settled

__all__ = ["RECEIPTS", "Policy", "Tried", "awake", "counted", "decide", "is_shut"]

_CARD = {"booked", "ready", "incomplete", "refused", "nik_used", "withdrawn"}
_NUMBER = {"phone_change", "phone_stopped", "phone_refused", "phone_given"}
_ASKED_FOR = {"vacancy_sent", "referral", "vacancies", "visit_booked", "signed_up"}
_ANSWERS = {"reply", "sign_up_accepted", "sign_up_declined", "cadre_saved", "cadre_told"}
_TICKETS = {
    f"ticket_{news}" for news in ("filed", "waiting", "late", "closed", "content", "reopened")
}
RECEIPTS = frozenset(_CARD | _NUMBER | _ASKED_FOR | _ANSWERS | _TICKETS)
"""Templates that are sent once more when their outcome stays unknown: somebody was promised them.

Not what was told of nobody's own doing (news of vacancies, reminders), nor answers to an SMS that
can be sent again.
"""


@dataclass(frozen=True, slots=True)
class Policy:
    """Times, caps and sizes of delivery.

    A round starts no new wave after `round_time`; with the longest request after it (12 s), it
    still ends well inside the leases. What a dead worker held moves on when they run out and the
    next sweep comes, ten seconds later at most. `most_tries` times the back-off is about four
    hours; then a message has failed. `bulk_per_day` is a hard stop: segments of the bulk lane an
    office may send in a day.
    """

    claim: int = 200
    claim_bulk: int = 1000
    in_flight: int = 16
    round_time: timedelta = timedelta(seconds=8)
    claimed_lease: timedelta = timedelta(seconds=30)
    sending_lease: timedelta = timedelta(seconds=30)
    first_delay: timedelta = timedelta(seconds=5)
    longest_delay: timedelta = timedelta(minutes=15)
    most_tries: int = 24
    mend_delay: timedelta = timedelta(minutes=1)
    report_wait: timedelta = timedelta(minutes=10)
    bulk_from: time = time(8)
    bulk_until: time = time(20)
    bulk_per_day: int = 2000


@dataclass(frozen=True, slots=True)
class Tried:
    """A message and how many of its tries were counted before this one."""

    message: str
    tries: int


def decide(tried: Tried, result: Result, now: datetime, policy: Policy, chance: float) -> Settled:
    """Say where a message stands after `result`.

    `chance`, 0 to 1, spreads the next tries, so that a crowd does not return as one.
    """
    match result:
        case Accepted(gateway_id, cost, segments):
            return Settled(tried.message, Status.SENT, gateway_id or None, segments, cost or None)
        case Refused(reason):
            return Settled(tried.message, Status.FAILED, reason=reason)
        case OutcomeUnknown(reason):
            decide_at = now + policy.report_wait
            return Settled(tried.message, Status.UNKNOWN, reason=reason, not_before=decide_at)
        case Misconfigured(reason):
            # Not the message's fault: it waits, uncounted, until somebody mends the account.
            again = now + policy.mend_delay * (1 + chance)
            return Settled(tried.message, Status.QUEUED, reason=reason, not_before=again)
        case Throttled(wait):
            # Never sooner than our own back-off: "in a second", said often, would use a message up.
            told = timedelta(seconds=wait + chance) if wait is not None else timedelta(0)
            delay = max(told, _delay(tried, policy, chance))
            return _again(tried, "throttled", now + delay, policy)
        case Unreachable(reason):
            return _again(tried, reason, now + _delay(tried, policy, chance), policy)


def counted(result: Result, text: str) -> Result:
    """Count the segments of an accepted text where the gateway did not: they are what it costs."""
    if isinstance(result, Accepted) and result.segments is None:
        return replace(result, segments=len(gsm7.segments(text).parts))
    return result


def is_shut(result: Result) -> bool:
    """Tell whether the next request would only hear the same."""
    return isinstance(result, Throttled | Unreachable | Misconfigured)


def awake(now: datetime, zone: str, policy: Policy) -> bool:
    """Tell whether bulk messages may reach people of `zone` at this hour."""
    return policy.bulk_from <= calendar.local(now, zone).time() < policy.bulk_until


def _again(tried: Tried, reason: str, at: datetime, policy: Policy) -> Settled:
    if tried.tries + 1 >= policy.most_tries:
        return Settled(tried.message, Status.FAILED, reason=reason, tries=1)
    return Settled(tried.message, Status.QUEUED, reason=reason, not_before=at, tries=1)


def _delay(tried: Tried, policy: Policy, chance: float) -> timedelta:
    """Double each time up to the longest, then take between half and all of it."""
    longest = min(policy.longest_delay, policy.first_delay * float(2 ** min(tried.tries, 20)))
    return longest * (0.5 + chance / 2)

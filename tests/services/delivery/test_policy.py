"""The rules after an answer: what is tried again, what waits, what ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.delivery.policy import RECEIPTS, Policy, Tried, awake, decide, is_shut
from sms.gateway import (
    Accepted,
    Misconfigured,
    OutcomeUnknown,
    Refused,
    Result,
    Throttled,
    Unreachable,
)
from sms.templates import wording
from storage.outbox_results import Settled

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
POLICY = Policy()
CHANCE = st.floats(0, 1)


def _decide(result: Result, tries: int = 0, chance: float = 0.5) -> Settled:
    return decide(Tried("m", tries), result, NOW, POLICY, chance)


def test_accepted_is_sent_with_what_the_gateway_said() -> None:
    assert _decide(Accepted("id", "KES 0.8", 2)) == Settled("m", "sent", "id", 2, "KES 0.8")
    assert _decide(Accepted("")).gateway_id is None


def test_refused_is_final() -> None:
    assert _decide(Refused("UserInBlacklist")) == Settled("m", "failed", reason="UserInBlacklist")


def test_unknown_waits_ten_minutes_for_a_report() -> None:
    settled = _decide(OutcomeUnknown("timeout"))
    assert (settled.status, settled.not_before) == ("unknown", NOW + timedelta(minutes=10))


def test_what_somebody_was_promised_is_a_receipt() -> None:
    every = wording().templates
    number = {"withdrawn", "phone_change", "phone_stopped", "phone_refused", "phone_given"}
    asked_for = {"referral", "vacancy_sent", "vacancies", "visit_booked", "signed_up"}
    asked_for |= {"sign_up_accepted", "sign_up_declined", "cadre_saved", "cadre_told"}
    tickets = {name for name in every if name.startswith("ticket_")}
    assert number | asked_for | tickets | {"booked", "ready", "reply"} <= RECEIPTS <= set(every)
    assert not {"vacancy", "digest", "redial", "report_reminder"} & RECEIPTS


def test_a_gateway_that_names_a_time_is_obeyed() -> None:
    settled = _decide(Throttled(30.0))
    assert settled.not_before == NOW + timedelta(seconds=30.5)


@given(st.integers(0, 1000), CHANCE)
def test_a_wrong_account_never_uses_a_message_up(tries: int, chance: float) -> None:
    settled = _decide(Misconfigured("http_401"), tries, chance)
    assert (settled.status, settled.tries) == ("queued", 0)


@given(st.integers(0, 22), CHANCE, st.sampled_from([Unreachable("x"), Throttled(None)]))
def test_back_off_doubles_is_spread_and_never_longer_than_a_quarter_of_an_hour(
    tries: int, chance: float, result: Result
) -> None:
    settled = _decide(result, tries, chance)
    assert settled.not_before is not None
    delay = (settled.not_before - NOW).total_seconds()
    longest = min(5 * 2**tries, 900)
    assert longest / 2 - 0.001 <= delay <= longest + 0.001
    assert settled.tries == 1


@pytest.mark.parametrize("result", [Unreachable("connect"), Throttled(None), Throttled(1.0)])
def test_a_message_is_given_up_after_about_four_hours(result: Result) -> None:
    assert _decide(result, POLICY.most_tries - 1).status == "failed"
    at, tries = NOW, 0
    while (settled := _decide(result, tries)).not_before:
        at, tries = at + (settled.not_before - NOW), tries + 1
    assert timedelta(hours=3) < at - NOW < timedelta(hours=5)


@given(
    st.sampled_from(
        [
            Accepted("i"),
            Refused("r"),
            OutcomeUnknown("u"),
            Misconfigured("m"),
            Throttled(1.0),
            Unreachable("x"),
        ]
    ),
    st.integers(0, 100),
    CHANCE,
)
def test_only_what_certainly_was_not_sent_is_queued_again(
    result: Result, tries: int, chance: float
) -> None:
    again = _decide(result, tries, chance).status == "queued"
    assert not again or is_shut(result)


@pytest.mark.parametrize(
    ("zone", "hours"),
    [("WIB", range(1, 13)), ("WITA", range(12)), ("WIT", [23, *range(11)])],
)
def test_bulk_reaches_people_from_eight_to_eight_by_their_own_clock(
    zone: str, hours: list[int]
) -> None:
    up = {hour for hour in range(24) if awake(NOW.replace(hour=hour), zone, POLICY)}
    assert up == set(hours)

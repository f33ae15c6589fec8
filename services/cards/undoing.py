"""Ten seconds to take an officer's move back, wholly or not at all.

It can be taken back while nobody has gone on from it: the requests stand as the move left them, the
SMS has not left, the hour is still free, no later card has the next number, and nobody has asked
for the NIK that it set free.  Versions only grow, and nothing is taken out of the audit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from sqlalchemy import Connection

from domain.card import LIVE
from services.cards import changes
from services.cards.outcomes import (
    Contested,
    Desk,
    NotYours,
    NumberFollowed,
    Taken,
    TooLate,
    Undoing,
    Undone,
    Unknown,
)
from storage import card_requests, cards, decisions, locks, outbox_holding, slots
from storage.card_requests import CardRequest
from storage.decisions import Decision
from storage.officers import Officer


class _Pair(NamedTuple):
    """One request: how it stood before the move, and how it stands."""

    then: CardRequest
    now: CardRequest


class _Place(NamedTuple):
    """One place of an office's hour."""

    office: str
    day: date
    hour: str


class _Refused(Exception):  # noqa: N818 - said as what it is
    """It cannot be taken back; whatever was done of it goes with the savepoint."""

    def __init__(self, outcome: Undoing) -> None:
        super().__init__()
        self.outcome = outcome


def pending(conn: Connection, request_id: str, officer: Officer, now: datetime) -> Decision | None:
    """Return what this officer decided about a request and can still take back."""
    found = decisions.last(conn, request_id)
    if found is None or found.officer_id != officer.id or found.undone_at or found.until <= now:
        return None
    return found


def undo(desk: Desk, request_id: str, decision_id: str) -> Undoing:
    """Take a decision back: states, slots, card and number, messages, all as they were.

    Asked twice, it is done once.  On any refusal nothing is changed.
    """
    decision = _locked(desk, request_id, decision_id)
    if not isinstance(decision, Decision):
        return decision
    try:
        with desk.conn.begin_nested():
            return _take_back(desk, decision)
    except _Refused as refused:
        return refused.outcome


def _locked(desk: Desk, request_id: str, decision_id: str) -> Decision | Undoing:
    """Return a decision of this officer's that was not taken back yet, its NIK locked."""
    request = card_requests.get(desk.conn, request_id)
    if request is None or request.office != desk.officer.office:
        return Unknown()
    locks.hold(desk.conn, f"nik:{request.nik_index}")
    decision = decisions.get(desk.conn, decision_id)
    if decision is None or decision.request_id != request_id:
        return Unknown()
    if decision.officer_id != desk.officer.id:
        return NotYours(decision.officer)
    if decision.undone_at is not None:
        return Undone(request.state, request.version)
    return decision


def _take_back(desk: Desk, decision: Decision) -> Undone:
    pairs = _as_it_left_them(desk, decision)
    if desk.now >= decision.until:
        raise _Refused(TooLate())
    if not outbox_holding.cancel(desk.conn, decision.queued, desk.now):
        raise _Refused(TooLate(left=True))
    _refuse_newcomers(desk, decision, pairs)
    _swap_slots(desk, pairs)
    _return_card(desk, decision)
    _restore(desk, decision, pairs)
    return _noted(desk, decision, sms=_tell_again(desk, decision))


def _as_it_left_them(desk: Desk, decision: Decision) -> list[_Pair]:
    """Lock what the decision changed, which nobody may have changed since."""
    pairs = []
    for was in sorted(decision.changed, key=attrgetter("request_id")):
        now = card_requests.lock(desk.conn, was.request_id)
        if now is None:
            raise _Refused(Unknown())
        if now.version != was.version:
            raise _Refused(changes.handled(desk, now))
        pairs.append(_Pair(replace(now, **was.values), now))
    return pairs


def _refuse_newcomers(desk: Desk, decision: Decision, pairs: Sequence[_Pair]) -> None:
    """Leave a NIK to whoever asked for it since, where the decision settled whose it is."""
    if all(_holding(pair.then) == _holding(pair.now) for pair in pairs):
        return
    live = card_requests.of_nik(desk.conn, pairs[0].now.nik_index)
    if newcomer := next((one.id for one in live if one.id not in decision.beside), None):
        raise _Refused(Contested(newcomer))


def _holding(request: CardRequest) -> tuple[bool, str | None]:
    return request.state in LIVE, request.contested_with


def _swap_slots(desk: Desk, pairs: Sequence[_Pair]) -> None:
    """Give back the places taken since and take those given back, in one order of time."""
    had = Counter(_places(pair.then for pair in pairs))
    has = Counter(_places(pair.now for pair in pairs))
    for office, places in groupby(sorted(had | has), key=attrgetter("office")):
        slots.hold(desk.conn, office, [(place.day, place.hour) for place in places])
    for place in (has - had).elements():
        slots.release(desk.conn, place.office, place.day, place.hour)
    for place in (had - has).elements():
        if not slots.retake(desk.conn, place.office, place.day, place.hour):
            raise _Refused(Taken())


def _places(requests: Iterator[CardRequest]) -> Iterator[_Place]:
    for one in requests:
        if one.holds_slot and one.day and one.hour:
            yield _Place(one.office, one.day, one.hour)


def _return_card(desk: Desk, decision: Decision) -> None:
    """Take the card out of the register, and its number back while no later one is given out."""
    if decision.move != "issue":
        return
    day = cards.remove(desk.conn, decision.request_id)
    number = decision.sequence
    if day is None or number is None:
        return
    if not cards.give_back(desk.conn, decision.office, day, number):
        raise _Refused(NumberFollowed())


def _restore(desk: Desk, decision: Decision, pairs: Sequence[_Pair]) -> None:
    """Put all requests back; those that hold no NIK first, so that never two hold one."""
    before = {was.request_id: was.values for was in decision.changed}
    for pair in sorted(pairs, key=lambda pair: _holding(pair.then) == (True, None)):
        now = pair.now
        if not card_requests.restore(desk.conn, now.id, now.version, before[now.id]):
            raise changes.LostRace("a locked request has another version")
        changes.note(desk, now, "undone", desk.officer.id, {"move": decision.move})


def _tell_again(desk: Desk, decision: Decision) -> bool:
    """Let all be told that was to be told before the decision; whether any of it leaves now."""
    dropped = outbox_holding.revive(desk.conn, decision.outdated, decision.made_at)
    ids, mark = (*decision.cancelled, *dropped), f"undone:{decision.id}"
    return outbox_holding.again(desk.conn, desk.vault, ids, mark, desk.now) > 0


def _noted(desk: Desk, decision: Decision, *, sms: bool) -> Undone:
    decisions.undone(desk.conn, decision.id, desk.now)
    request = card_requests.get(desk.conn, decision.request_id)
    if request is None:
        raise changes.LostRace("a locked request is gone")
    return Undone(request.state, request.version, sms)

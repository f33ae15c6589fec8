"""*Urus kartu ini*: what can be changed of a card by phone, and the two plain changes.

Another day and another office go the way of every visit: offered, chosen, and booked by
`services.cards.rebooking`. What is possible depends on where the request stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from domain import card
from domain.card import State
from menus.events import Answered
from services.cards import changes, contested, notices, spoken_of, status
from services.cards.spoken_of import Case
from services.context import CallContext
from storage import offices

_MENUS: Final[Mapping[State, str]] = MappingProxyType(
    {
        **dict.fromkeys((State.REQUESTED, State.BOOKED, State.NO_SHOW), "visit"),
        **dict.fromkeys((State.INCOMPLETE, State.SIGNING, State.READY), "before"),
        **dict.fromkeys(card.HOLDER, "holder"),
        **dict.fromkeys((State.WITHDRAWN, State.EXPIRED, State.EMPLOYED), "ended"),
        State.REFUSED: "refused",
    }
)
"""The menu of each state; there is none while somebody stands at the counter."""

_CHANGING: Final = "changing"


def look(ctx: CallContext) -> Answered:
    """Tell which menu fits the request; ``busy`` while an officer is at work on it."""
    case = spoken_of.seen(ctx)
    if case is None:
        return Answered("busy")
    if status.is_late(case.request, case.office, case.today):
        return Answered("late")
    menu = _MENUS.get(case.request.state, "busy")
    return Answered(menu, {"slot": _slot(case)} if menu == "visit" else {})


def day(ctx: CallContext) -> Answered:
    """Note that another day is wanted for this very request.  No database."""
    return Answered("ready", {_CHANGING: ctx.known["request"]})


def other_offices(ctx: CallContext) -> Answered:
    """List the other offices that are served: a card may be had outside one's own regency.

    Permenaker 39/2016 article 38.
    """
    case = spoken_of.seen(ctx)
    own = case.office.code if case else ctx.known.get("office", "")
    others = [one for one in offices.every(ctx.conn) if one.code in ctx.offices - {own}]
    if not others:
        return Answered("only")
    lines = [{"value": one.code, "place": one.place} for one in others]
    return Answered("some", {_CHANGING: ctx.known["request"]}, {"change.offices": lines})


def withdraw(ctx: CallContext) -> Answered:
    """End a request or a card that its owner does not want any more; its slot goes back.

    When another phone asked for it, by code and birth date, the request's own number is told.
    """
    case = spoken_of.locked(ctx)
    if case is None or not _withdrawable(case):
        return Answered("other")
    changed = changes.move(ctx, case.request, State.WITHDRAWN)
    contested.move_up(ctx, changed.id)
    if not case.own:
        notices.tell(ctx, "withdrawn", changed, case.office)
        ctx.after_commit.append(ctx.nudge)
    return Answered("withdrawn")


def _withdrawable(case: Case) -> bool:
    """Tell whether it can be ended by phone: not while its owner stands at the counter."""
    state = case.request.state
    return state is not State.CAME and card.may(state, State.WITHDRAWN)


def _slot(case: Case) -> str:
    """Return the hour that stands, so that it is not among those offered instead."""
    request = case.request
    return f"{request.day} {request.hour}" if request.day and request.hour else ""

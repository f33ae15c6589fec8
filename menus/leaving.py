"""What a caller was at when his call broke off, and in which words he is asked to go on."""

from __future__ import annotations

from typing import Final

from menus.definition import flow_of
from menus.session import Session

REGISTERING: Final = frozenset({"register", "visit"})
"""The flows of one registration: a card is asked for, then a day chosen."""

_HELP: Final = "callback"
_CADRE: Final = "cadre"


def flow_left(session: Session) -> str:
    """Return the flow he left; the one he was helped in is none, "" when he had begun nothing.

    A cadre who registers somebody is in his own flow to the end: it was his PIN that let him in.
    """
    if session.known.get(_CADRE):
        return _CADRE
    way = (session.at, *reversed(session.trail))
    flows = (flow_of(at) for at in way if at)
    return next((flow for flow in flows if flow != _HELP), "")


def task_of(flow: str) -> str:
    """Return the term that asks him to go on; only a registration is named on a shared phone."""
    return "registering" if flow in REGISTERING else "as_before"

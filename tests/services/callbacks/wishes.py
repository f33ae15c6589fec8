"""What tests of calls back share: how a caller asks, and what is written then."""

from __future__ import annotations

from domain.callbacks import State
from storage import callback_requests
from storage.callback_requests import Callback
from tests.services.cards.town import MAJALENGKA, SEMARANG, Line, Town

MORNING, NOON = "09:00-11:00", "13:00-15:00"


def promise_of(line: Line) -> tuple[str, str]:
    """What this caller was last told."""
    return line.known["call_day"], line.known["window"]


def asks(line: Line) -> str:
    """Hear the offer in the menu and say yes."""
    assert line.hears("callback.offer") == "free"
    return line.hears("callback.ask")


def rows(town: Town) -> list[Callback]:
    """All wishes, in the order of their promises."""
    with town.database.begin() as conn:
        return [
            one
            for office in (MAJALENGKA, SEMARANG)
            for one in callback_requests.waiting(conn, office, 99)
        ]


def ends(town: Town, callback: Callback, state: State) -> None:
    """An officer ends a wish."""
    with town.database.begin() as conn:
        values = {"state": state}
        assert callback_requests.change(conn, callback.id, callback.version, values, town.now)

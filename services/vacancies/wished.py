"""The officers' side of "Saya mau": who wants which vacancy, the number behind a click."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.vacancies import Interest
from services.cards.outcomes import Desk
from storage import audit, places, vacancy_interests
from storage.vacancy_interests import Wished
from storage.vault import Unsealable

_HIDDEN = "..."


class Deed(StrEnum):
    """What an officer says: show me the number; I have told them; nothing more to do."""

    SHOW = "show"
    TOLD = "told"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Done:
    """It stands as the officer said; ``number`` only where he asked for it (E.164)."""

    wish: Wished
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Handled:
    """Somebody was first: ``wish`` is how it stands now."""

    wish: Wished


def do(desk: Desk, wish_id: str, version: int, deed: Deed) -> Done | Handled | None:
    """Do what an officer says on the page that showed ``version``, and write it down.

    None for a wish of no office of his.  Whoever presses twice is told that it is done; whoever
    pressed on a stale page, how it stands.
    """
    found = vacancy_interests.get(desk.conn, wish_id, desk.officer.office)
    if found is None:
        return None
    if deed is Deed.SHOW:
        if not may_show(found, desk.officer.id):
            return Handled(found)
        _note(desk, found, deed)
        return Done(found, _number(desk, found))
    values = _VALUES[deed]
    if found.state is values["state"] and found.officer_id == desk.officer.id:
        return Done(found)
    changed = {**values, "officer_id": desk.officer.id}
    if not vacancy_interests.change(desk.conn, found.id, version, changed, desk.now):
        return Handled(_now(desk, found))
    _note(desk, found, deed)
    return Done(_now(desk, found))


def may_show(wish: Wished, officer_id: str) -> bool:
    """Tell whether an officer has reason to see a number: nobody was first, or he himself was."""
    return wish.state is Interest.NEW or wish.officer_id == officer_id


_VALUES: Mapping[Deed, Mapping[str, Interest]] = {
    Deed.TOLD: {"state": Interest.TOLD},
    Deed.CLOSE: {"state": Interest.CLOSED},
}


def _now(desk: Desk, found: Wished) -> Wished:
    return vacancy_interests.get(desk.conn, found.id, found.office) or found


def _note(desk: Desk, found: Wished, deed: Deed) -> None:
    audit.add(
        desk.conn,
        desk.now,
        action=f"interest.{deed}",
        office=found.office,
        officer_id=desk.officer.id,
        request_id=found.request_id,
        details={"interest": found.id},
    )


def _number(desk: Desk, found: Wished) -> str:
    """Return the number; dots when its key is lost: the desk's work goes on."""
    try:
        return desk.vault.open(found.phone_sealed, where=places.interest_phone(found.id))
    except Unsealable:
        return _HIDDEN

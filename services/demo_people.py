"""Two people of the demo, so that every flow has somebody to go through it.

Wati's card was handed over half a year ago, so she is to report; Ujang is the cadre of Sutawangi.
Their numbers and PIN stand in `docs/tour.md`; there is no such thing outside the demo.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import uuid4

from sqlalchemy import Connection

from domain import calendar, card, msisdn, nik, people, request_code
from domain.cadres import DAILY
from domain.card import State
from services.cards import changes, notices
from services.cards.handing_over import Issued, hand_over
from services.cards.outcomes import Desk
from services.demo import MAJALENGKA
from services.officers import passwords
from storage import cadres, card_requests, offices, phone_signs, places
from storage.cadres import NewCadre
from storage.card_requests import CardRequest, NewRequest
from storage.officers import Officer
from storage.offices import Office
from storage.vault import Vault

CADRE: Final = "+6281990000001"
PIN: Final = "123456"
HOLDER: Final = "+6281990000002"
NIK: Final = "3210115203900077"
_HOME: Final = "32.10.11"


@dataclass(frozen=True, slots=True)
class Demo:
    """The demo as it is founded: an open transaction, its first officer, the moment (UTC)."""

    conn: Connection
    vault: Vault
    officer: Officer
    now: datetime


def settle(demo: Demo) -> None:
    """Let both be there from the first start on."""
    _enrol(demo)
    _hand_over(demo)


def _enrol(demo: Demo) -> None:
    cadre_id = str(uuid4())
    ujang = NewCadre(
        id=cadre_id,
        office=MAJALENGKA,
        name="Ujang",
        village="Sutawangi",
        phone_sealed=demo.vault.seal(CADRE, where=places.cadre_phone(cadre_id)),
        phone_index=demo.vault.index("phone", CADRE),
        phone_last4=msisdn.last4(CADRE),
        pin_hash=passwords.hashed(PIN),
        daily=DAILY,
        officer_id=demo.officer.id,
    )
    cadres.add(demo.conn, ujang, demo.now)


def _hand_over(demo: Demo) -> None:
    """Take Wati's request through its states as they were half a year ago."""
    office = offices.get(demo.conn, MAJALENGKA)
    then = _half_a_year_before(demo.now)
    desk = Desk(conn=demo.conn, vault=demo.vault, now=then, officer=demo.officer)
    request = _came(desk, office) if office else None
    if not (office and request and isinstance(hand_over(desk, request, office, None), Issued)):
        raise LookupError("the demo's office numbers its own cards")
    phone_signs.prove(demo.conn, request.id, demo.now)


def _came(desk: Desk, office: Office) -> CardRequest:
    wati = _wati(desk)
    card_requests.add(desk.conn, wati, desk.now)
    request = card_requests.get(desk.conn, wati.id)
    if request is None:
        raise LookupError("a request that was just entered")
    seen = {"full_name": "Wati Lestari", "full_name_folded": "wati lestari"}
    changes.note(desk, request, "requested")
    booked = changes.move(desk, request, State.BOOKED, {})
    notices.tell(desk, "booked", booked, office)  # of no use after the visit, so it never leaves
    facts = {**seen, "seen_ktp_at": desk.now, "came_at": desk.now}
    return changes.move(desk, booked, State.CAME, facts, desk.officer.id)


def _wati(desk: Desk) -> NewRequest:
    request_id = str(uuid4())
    day = calendar.local_day(desk.now, "WIB")
    return NewRequest(
        id=request_id,
        office=MAJALENGKA,
        code=request_code.make(secrets.randbelow),
        state=State.REQUESTED,
        nik_sealed=desk.vault.seal(NIK, where=places.nik(request_id)),
        nik_index=desk.vault.index("nik", NIK),
        born=nik.birth_date(NIK[6:12], day),
        sex=nik.sex(NIK).value,
        call_name="Wati",
        call_name_folded=people.folded("Wati"),
        phone_sealed=desk.vault.seal(HOLDER, where=places.phone(request_id)),
        phone_index=desk.vault.index("phone", HOLDER),
        phone_last4=msisdn.last4(HOLDER),
        home=_HOME,
        language="id",
        day=day,
        hour="09:00",
        holds_slot=False,
        gateway="simulator",
    )


def _half_a_year_before(now: datetime) -> datetime:
    """Return the latest noon, UTC, from which the first report is due by now."""
    then = now.astimezone(UTC).replace(hour=5, minute=0, second=0, microsecond=0)
    while card.report_days(then.date())[0] > now.date():
        then -= timedelta(days=1)
    return then

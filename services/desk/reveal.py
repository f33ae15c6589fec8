"""A full NIK or phone number, for a reason and with a trace."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from services.desk.person import of_office
from storage import audit, places
from storage.card_requests import CardRequest
from storage.officers import Officer
from storage.vault import Unsealable, Vault


class Secret(StrEnum):
    """What is masked on the page."""

    NIK = "nik"
    PHONE = "phone"


class Reason(StrEnum):
    """Why an officer needs all of it; a list, so that no name is typed into the audit."""

    COMPARE_KTP = "compare_ktp"
    ENTER_ELSEWHERE = "enter_elsewhere"
    RING = "ring"
    COMPLAINT = "complaint"


def reveal(  # noqa: PLR0913 - who, whose, what, why, when
    conn: Connection,
    vault: Vault,
    officer: Officer,
    request_id: str,
    *,
    what: Secret,
    reason: Reason,
    now: datetime,
) -> str | None:
    """Return the sixteen digits or the number, and write down who saw them.

    None outside the officer's office, without a phone, or when its data key is lost.
    """
    request = of_office(conn, officer.office, request_id)
    found = _opened(vault, request, what) if request else None
    if request is None or found is None:
        return None
    audit.add(
        conn,
        now,
        action=f"{what}_shown",
        office=request.office,
        officer_id=officer.id,
        request_id=request.id,
        details={"reason": reason.value},
    )
    return found


def _opened(vault: Vault, request: CardRequest, what: Secret) -> str | None:
    sealed, where = request.nik_sealed, places.nik(request.id)
    if what is Secret.PHONE:
        if request.phone_sealed is None:
            return None
        sealed, where = request.phone_sealed, places.phone(request.id)
    try:
        return vault.open(sealed, where=where)
    except Unsealable:
        return None

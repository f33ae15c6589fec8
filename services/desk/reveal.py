"""The full NIK, for a reason and with a trace."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from services.desk.person import of_office
from storage import audit, places
from storage.officers import Officer
from storage.vault import Vault


class Reason(StrEnum):
    """Why an officer needs all sixteen digits; a list, so that no name is typed into the audit."""

    COMPARE_KTP = "compare_ktp"
    ENTER_ELSEWHERE = "enter_elsewhere"
    COMPLAINT = "complaint"


def reveal_nik(  # noqa: PLR0913 - who, whose, why, when
    conn: Connection,
    vault: Vault,
    officer: Officer,
    request_id: str,
    *,
    reason: Reason,
    now: datetime,
) -> str | None:
    """Return the sixteen digits and write down who saw them; None outside the officer's office."""
    request = of_office(conn, officer.office, request_id)
    if request is None:
        return None
    audit.add(
        conn,
        now,
        action="nik_shown",
        office=request.office,
        officer_id=officer.id,
        request_id=request.id,
        details={"reason": reason.value},
    )
    return vault.open(request.nik_sealed, where=places.nik(request.id))

"""The people of the stories as rows: Siti, Budi and others, each in the office of the demo."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection

from domain import people
from domain.card import State
from storage import card_requests, places
from storage.card_requests import NewRequest
from storage.vault import Vault

# A Sunday, ten in the morning in Majalengka.
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
MONDAY = date(2026, 11, 23)
SITI = "3210115508980001"
BUDI = "3210111508980001"
_CODES = count(100_000_000)


def applicant(
    vault: Vault, *, nik: str = SITI, phone: str = "+6281200000001", **changes: Any
) -> NewRequest:
    """A sound, booked request of Siti's, with `changes` by column."""
    request_id = str(uuid4())
    name = changes.get("call_name", "Siti")
    siti = NewRequest(
        id=request_id,
        office="32.10",
        code=str(next(_CODES)),
        state=State.BOOKED,
        nik_sealed=vault.seal(nik, where=places.nik(request_id)),
        nik_index=vault.index("nik", nik),
        born=date(1998, 8, 15),
        sex="F",
        call_name=name,
        call_name_folded=people.folded(name),
        phone_sealed=vault.seal(phone, where=places.phone(request_id)),
        phone_index=vault.index("phone", phone),
        phone_last4=phone[-4:],
        home="32.10.11",
        language="id",
        day=MONDAY,
        hour="09:00",
        holds_slot=True,
        gateway="simulator",
    )
    return replace(siti, **changes)


def enters(
    conn: Connection, vault: Vault, nik: str = SITI, now: datetime = NOW, **changes: Any
) -> str:
    """Put a request into the table and return its id."""
    request = applicant(vault, nik=nik, **changes)
    assert card_requests.add(conn, request, now)
    return request.id

"""What the demo's offices tell and offer: a service besides the card, a training, a job fair."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from sqlalchemy import Connection

from domain import calendar
from services import demo
from storage import events, service_types
from storage.events import Event
from storage.offices import Office
from storage.service_types import ServiceType

__all__ = ["CPMI", "hang", "service"]

CPMI: Final = "Rekomendasi paspor CPMI"
"""Who goes to work abroad needs the office's word for a passport (UU 18/2017)."""

_TRAINING_IN: Final = timedelta(days=14)
_FAIR_IN: Final = timedelta(days=21)
_TRAINING: Final = (
    "Enam hari, jam 8 sampai 15. Bawa KTP. Mesin dan bahan disediakan. Makan siang dan "
    "sertifikat. Umur 18 sampai 45 tahun, boleh belum bisa menjahit."
)
_FAIR: Final = "Dua puluh perusahaan. Bawa KTP, ijazah, dan kartu kuning."


def hang(conn: Connection, now: datetime) -> None:
    """Add a service and events where an office has none; what is there is never overwritten."""
    for office in demo.offices():
        service_types.add(conn, service(office.code, now))
        if not events.every(conn, office.code, 1):
            for event in _events(office, now):
                events.add(conn, event)


def service(office: str, now: datetime) -> ServiceType:
    """Return the recommendation for a passport, as an office may offer it."""
    return ServiceType(
        id=str(uuid4()),
        office=office,
        name=CPMI,
        papers="ktp,kk,diploma,izin keluarga",
        note="Datang sendiri.",
        open="1-4 08:00-12:00",
        hours="08:00,09:00,10:00",
        hour_quota=5,
        ahead_days=14,
        state="booked",
        updated_at=now,
    )


def _events(office: Office, now: datetime) -> Iterator[Event]:
    today = calendar.local_day(now, office.zone)
    training = Event(
        id=str(uuid4()),
        office=office.code,
        kind="training",
        title="Pelatihan menjahit",
        venue="BLK",
        day=today + _TRAINING_IN,
        hour="08:00",
        seats=16,
        sign_up_until=today + _TRAINING_IN - timedelta(days=3),
        details=_TRAINING,
        state="published",
        created_at=now,
        updated_at=now,
    )
    yield training
    yield replace(
        training,
        id=str(uuid4()),
        kind="fair",
        title="Bursa kerja",
        venue="Halaman kantor",
        day=today + _FAIR_IN,
        seats=None,
        sign_up_until=None,
        details=_FAIR,
    )

"""What the pretended outside world says of an office: services, fairs, trainings, answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from menus.session import Item

FACTS: Final[Mapping[str, str]] = {
    "address": "Jl. Pemuda 1, Majalengka",
    "came": "5",
    "event": "Pelatihan menjahit",
    "guest": "Siti",
    "info_office": "32.10",
    "learner": "Siti",
    "note": "Datang sendiri.",
    "service": "Rekomendasi paspor CPMI",
    "title": "Apa gratis",
    "venue": "BLK Majalengka",
    "visit": "1",
    "visit_slot": "2026-11-24 09:00",
}

ITEMS: Final[Mapping[str, tuple[Item, ...]]] = {
    "info.offices": (
        {"value": "32.10", "place": "Disnaker Majalengka"},
        {"value": "33.74", "place": "Disnaker Semarang"},
    ),
    "info.services": (
        {"value": "card", "service": "Kartu kuning (AK/1)"},
        {"value": "1", "service": "Rekomendasi paspor CPMI"},
    ),
    "service.free": tuple(
        {
            "value": f"2026-11-{day} {hour}",
            "day": f"2026-11-{day}",
            "hour": hour,
        }
        for day in (24, 25)
        for hour in ("09:00", "13:00")
    ),
    "info.events": (
        {"value": "1", "event": "Pelatihan menjahit", "day": "2026-12-01"},
        {"value": "2", "event": "Bursa kerja", "day": "2026-12-10"},
    ),
    "info.near": (
        {"value": "cost", "title": "Apa gratis"},
        {"value": "papers", "title": "Berkas yang dibawa"},
        {"value": "-", "title": "Bukan ini"},
    ),
    "info.questions": (
        {"value": "cost", "title": "Apa gratis"},
        {"value": "papers", "title": "Berkas yang dibawa"},
        {"value": "hours", "title": "Jam buka"},
    ),
}

_SAID: Final = "Kartu kuning gratis, tanpa biaya apa pun. Tidak perlu calo."

OF_ONE_OUTCOME: Final[Mapping[tuple[str, str], Mapping[str, str]]] = {
    ("info.place", "open"): {"count": "12"},
    ("info.ask", "told"): {"rest": _SAID},
    ("info.answer", "told"): {"rest": _SAID},
    ("info.turn", "more"): {"detail": "Kartu kuning gratis.", "rest": "Tidak perlu calo."},
    ("info.turn", "last"): {"detail": "Tidak perlu calo.", "rest": ""},
    ("service.offer", "free"): {
        "day": "2026-11-24",
        "hour": "09:00",
        "visit_slot": "2026-11-24 09:00",
    },
}

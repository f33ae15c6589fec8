"""The vacancies of the pretended outside world: six of them, and how looking through them ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from domain.vacancies import ABROAD, ANY_WORK, ANYWHERE, piece
from menus.session import Item

FACTS: Final[Mapping[str, str]] = {
    "apply_open": "1-5 08:00-15:00",
    "apply_place": "Disnaker Majalengka",
    "area": "Majalengka",
    "bring": "ktp,ak1",
    "detail": "Menjahit kemeja di Jatiwangi.",
    "education": "smp",
    "employer": "PT Contoh Garmen",
    "job": "Operator jahit",
    "last_day": "2026-12-31",
    "rest": "Menjahit kemeja di Jatiwangi. Boleh baru lulus. Ada mess dan makan siang. "
    "Jam kerja 7 sampai 15, Sabtu setengah hari.",
    "seats": "25",
    "sector": ANY_WORK,
    "wage": "2,4 juta",
    "where": "Majalengka",
}
"""Canonical values of all that a vacancy tells."""

ITEMS: Final[Mapping[str, tuple[Item, ...]]] = {
    "vacancies.open": (
        {"value": "1", "job": "Operator jahit", "where": "Majalengka"},
        {"value": "2", "job": "Kasir toko", "where": "Majalengka"},
        {"value": "3", "job": "Perakit kabel", "where": "Cirebon"},
        {"value": "4", "job": "Sopir truk", "where": "Kota Semarang"},
        {"value": "5", "job": "Perawat lansia", "where": ABROAD},
        {"value": "6", "job": "Tukang las", "where": "Karawang"},
    ),
    "vacancies.places": (
        {"value": "33.22", "area": "Kab. Semarang"},
        {"value": "33.74", "area": "Kota Semarang"},
    ),
}

_NOWHERE: Final = (ABROAD, ANYWHERE)  # wishes that name no regency


def usual(call: str, known: Mapping[str, str]) -> str:
    """Return how a call of vacancies ends when nothing was told; "" where it does not matter."""
    match call:
        case "vacancies.look" if known.get("work_place") in _NOWHERE:
            return "found"
        case "vacancies.terms":
            return "more" if known["rest"] else "last"
        case "vacancies.turn":
            return "more" if piece(known["rest"])[1] else "last"
        case _:
            return ""


def read_off(call: str, known: Mapping[str, str]) -> Mapping[str, str]:
    """Return what follows from what is known: the place wished for, the next piece of a text."""
    match call, known:
        case "vacancies.look", {"work_place": place} if place in _NOWHERE:
            return {"area": place}
        case "vacancies.turn", {"rest": rest}:
            return dict(zip(("detail", "rest"), piece(rest), strict=True))
        case _:
            return {}

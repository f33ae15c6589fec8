"""Vacancies of the demo's offices, so that there is something to look through.

Every employer is invented, and says so by its name.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final, cast

from sqlalchemy import Connection

from domain import calendar
from domain.vacancies import ABROAD
from domain.vacancy_details import Details
from services.demo import MAJALENGKA, SEMARANG
from services.vacancies import publishing
from services.vacancies.publishing import Clerk
from storage import vacancies
from storage.vault import Vault

_LASTS: Final = timedelta(days=300)  # a demo may stand for a while

_SEWING: Final = (
    "Menjahit kemeja di Jatiwangi. Boleh yang baru lulus. Ada mess dan makan siang. "
    "Senin sampai Sabtu, jam 7 sampai 15."
)
_JOBS: Final = (
    (MAJALENGKA, "Operator jahit", "PT Contoh Garmen", "garment", "smp", MAJALENGKA, "25",
     "2,4 juta", _SEWING),
    (MAJALENGKA, "Penjahit sepatu", "PT Contoh Sepatu", "footwear", "sma", MAJALENGKA, "40",
     "2,3 juta", "Bagian jahit atas. Dilatih dua pekan, tetap dibayar penuh."),
    (MAJALENGKA, "Kasir", "Toko Contoh", "shop", "sma", MAJALENGKA, "2", "1,9 juta", ""),
    (MAJALENGKA, "Sopir truk", "CV Contoh Angkut", "driver", "", "32.09", "3", "",
     "Punya SIM B1. Kirim barang ke Jakarta dan Bandung."),
    (MAJALENGKA, "Perawat lansia", "PT Contoh P3MI", "overseas", "sma", ABROAD, "10", "",
     "Jepang. Belajar bahasa dulu di kantor kami, gratis."),
    (SEMARANG, "Perakit kabel", "PT Contoh Elektrik", "electrical", "smk", SEMARANG, "30",
     "3,2 juta", "Tiga giliran kerja. Mata tidak buta warna."),
    (SEMARANG, "Pelayan warung", "Warung Contoh", "food", "", SEMARANG, "4", "2 juta",
     "Sore sampai malam, libur hari Senin."),
    (SEMARANG, "Admin gudang", "PT Contoh Logistik", "office", "diploma3", "33.21", "1", "",
     "Bisa mengetik tabel. Boleh yang baru lulus."),
    (SEMARANG, "Tukang batu", "CV Contoh Bangun", "building", "none", SEMARANG, "12",
     "130 ribu/hari", ""),
)  # fmt: skip


def hang(conn: Connection, vault: Vault, now: datetime) -> None:
    """Publish the demo's vacancies where they are not there yet; what is there stays as it is."""
    for office in (MAJALENGKA, SEMARANG):
        known = vacancies.by_reference(conn, office)
        for number, job in enumerate(_JOBS, 1):
            if job[0] == office and f"demo-{number}" not in known:
                earlier = now - number * timedelta(minutes=1)  # the first of the list is newest
                _publish(Clerk(conn, vault, earlier, office), f"demo-{number}", job)


def _publish(clerk: Clerk, reference: str, job: Collection[str]) -> None:
    vacancy_id = publishing.enter(clerk, _details(clerk, reference, job))
    publishing.publish(clerk, vacancy_id, 1)


def _details(clerk: Clerk, reference: str, job: Collection[str]) -> Details:
    office, title, employer, sector, education, place, seats, wage, description = job
    entered = {
        "reference": reference,
        "title": title,
        "employer": employer,
        "employer_checked": "ya",
        "sector": sector,
        "education": education,
        "place": place,
        "seats": seats,
        "wage": wage,
        "description": description,
        "apply_place": "Disnaker Majalengka" if office == MAJALENGKA else "Disnaker Semarang",
        "apply_open": "1-5 08:00-15:00",
        "bring": "ktp,ak1,letter",
        "closes_on": (calendar.local_day(clerk.now, "WIB") + _LASTS).isoformat(),
    }
    return cast("Details", publishing.judged(entered, publishing.today(clerk)))

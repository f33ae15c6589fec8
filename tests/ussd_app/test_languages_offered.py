"""An installation that offers Indonesian alone speaks it throughout, also to who chose before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from runtime.embedded.servers import Addresses
from runtime.wiring import House
from storage import callers
from storage.tables import callers as kept
from tests.support import applicants
from tests.support.installation import Clock, furnished
from tests.support.phone import SITI, Phone


@pytest.fixture
def house(postgres_url: str, valkey_url: str, tmp_path: Path, clock: Clock) -> Iterator[House]:
    """A house of one language, and Siti, who chose Sundanese when it was offered."""
    addresses = Addresses(postgres_url, valkey_url)
    built = furnished(addresses, tmp_path / "home", clock, KUNING_LANGUAGES="id")
    with built.database.begin() as conn:
        applicants.enters(conn, built.vault, now=clock(), phone=SITI)
        callers.seen(conn, built.vault.index("phone", SITI), "sealed", "su", clock())
    yield built
    built.close()


def test_the_answer_to_an_sms_is_in_the_language_of_its_template(phone: Phone) -> None:
    phone.texts("mayar teu ngadamel kartu koneng teh")
    phone.got_sms("Disnaker Majalengka: Kartu kuning gratis, tanpa biaya apa pun.")
    phone.texts("syarat ktp baru").got_sms("maksudnya 1 Belum punya KTP, 2 Berkas")
    phone.texts("2").got_sms("Bawa KTP, ijazah, 2 foto. Yang asli")


def test_what_a_call_says_is_in_the_language_of_the_screens(phone: Phone, house: House) -> None:
    phone.dials().types("2").types("3").types("1").sees("1. Kartu kuning")
    phone.dials().types("2").types("3").types("5").sees("Pilih pertanyaan", "3. Apa gratis")
    phone.types("3").sees("Kartu kuning gratis")
    phone.dials().types("2").types("3").types("4").types("ngadamel sareng biaya kartu")
    assert "koneng" not in phone.screen
    with house.database.begin() as conn:
        assert conn.execute(select(kept.c.language)).scalar_one() == "su"

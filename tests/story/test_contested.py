"""Two phones ask for one NIK, told from all sides: the stranger, the owner, the counter."""

from __future__ import annotations

from tests.story.caller import Caller
from tests.story.conftest import Calls, Serves
from tests.story.people import SITI
from tests.support.visitor import Visitor

STRANGER = "+6281200000666"
HONEST = "+6281200000777"
USED = "Disnaker Majalengka: ada yang mendaftar dengan NIK Anda. Bukan Anda? Telepon 0233 000000."


def registers_as(phone: Caller, nik: str) -> Caller:
    phone.dials()
    for answer in ("1", nik, "1", "Siti", "1", "1", "2", "1"):
        phone.types(answer)
    return phone.hung_up()


def without_code(phone: Caller) -> list[str]:
    """The screens of a call, its own code left out."""
    return [f"{screen[:16]}…" if "Kode " in screen else screen for screen in phone.screens]


def asks_who(counter: Visitor, name: str) -> list[str]:
    """Open the exception that waits; give the pages of the two requests, the first one first."""
    counter.opens("/").sees("Perlu dijawab 1", f"{name} Satu NIK diminta dua nomor")
    counter.opens(counter.page.links[-1]).sees("Satu NIK diminta dua nomor", "Minta KTP asli")
    actions = [form.action for form in counter.page.forms]
    return [action.removesuffix("/keep") for action in actions if action.endswith("/keep")]


def test_the_owner_hears_of_it_and_the_stranger_of_nothing(calls: Calls) -> None:
    owner, stranger, honest = calls(SITI), calls(STRANGER), calls(HONEST)
    registers_as(owner, SITI.nik).got_sms("Siti, datang Sen 23 Nov jam 8")
    owner.after(minutes=5)
    registers_as(stranger, SITI.nik)
    registers_as(honest, "3210115508980009")
    assert without_code(stranger) == without_code(honest)
    assert owner.inbox()[0] == USED
    for one in (stranger, honest):
        one.got_sms("Siti, datang Sen 23 Nov jam 8", "Kode ")
        one.dials().sees("Siti: datang Sen 23 Nov jam 8, loket 2").cut_off()


def test_the_counter_sees_both_and_the_ktp_decides(calls: Calls, monday: Serves) -> None:
    owner, stranger = calls(SITI), calls(STRANGER)
    registers_as(owner, SITI.nik)
    owner.after(minutes=5)
    registers_as(stranger, SITI.nik)
    told = stranger.inbox()
    counter = monday(SITI)
    first, second = asks_who(counter, "Siti")
    counter.sees("Permohonan pertama", "Permohonan kedua")
    counter.sends(f"{first}/keep").sees("Pemilik NIK sudah jelas")
    counter.opens("/").sees("Perlu dijawab 0")

    counter.opens(first).sends("/came", full_name=SITI.full_name, ktp="seen").sends("/issue")
    counter.sees(SITI.number)
    owner.after(seconds=10).dials().sees("Siti: kartu aktif sampai 23-11-2028").cut_off()
    # Nothing is said to the stranger, neither of the card nor of whose it is.
    stranger.dials().is_at("main.welcome").sees("1. Buat kartu kuning")
    assert stranger.inbox() == told
    counter.opens(second).sees("Dibatalkan")

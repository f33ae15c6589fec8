"""Whoever dials is told how it stands now, not how it stood when he was last on the line."""

from __future__ import annotations

from runtime.wiring import House
from tests.support.installation import Clock
from tests.support.phone import Phone

NIK = "3210115508980001"


def books(phone: Phone) -> Phone:
    """Siti has a day."""
    phone.dials()
    for answer in ("1", NIK, "1", "Siti", "1", "1", "2", "1"):
        phone.types(answer)
    return phone.hung_up()


def test_who_types_a_nik_that_this_phone_has_registered_leaves_no_draft(phone: Phone) -> None:
    books(phone).dials().types("1").types(NIK).sees("Siti: datang Sen 23 Nov").cut_off()
    phone.dials_again().sees("Siti: datang Sen 23 Nov").does_not_see("Lanjut daftar?")


def test_beginning_anew_leads_an_applicant_to_his_answer(phone: Phone) -> None:
    books(phone).dials().types("1").types("3210111508980001").sees("laki-laki").cut_off()
    phone.dials_again().sees("Lanjut daftar?").types("2").sees("Siti: datang Sen 23 Nov")


def test_a_helper_with_the_code_moves_the_visit_and_is_asked_nothing_else(
    phone: Phone, house: House, clock: Clock, url: str
) -> None:
    code = books(phone).inbox()[0].partition("Kode ")[2][:11]
    clock.goes_on(days=2)
    helper = Phone(house, clock, url, "+6281200000002").dials()
    helper.types("2").types(code).types("15081998").sees("Siti: janji Sen 23 Nov sudah lewat")
    helper.types("1").types("1").hung_up().sees("Tersimpan. Siti, datang Sel 24 Nov jam 13")
    helper.got_no_sms()
    phone.got_sms("Siti, datang Sel 24 Nov jam 13")

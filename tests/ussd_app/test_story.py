"""The main job over HTTP, as a gateway carries it."""

from __future__ import annotations

from tests.support.phone import Phone

NIK = "3210115508980001"


def test_a_caller_books_a_day(phone: Phone) -> None:
    phone.dials().sees("1. Buat kartu kuning")
    phone.types("1").sees("NIK").types("123").sees("NIK 16 angka. Tadi 3.")
    phone.types(NIK).sees("15-08-1998", "perempuan").types("1").types("Siti")
    phone.types("1").sees("Siti, datang Sen 23 Nov")
    phone.types("1").sees("Kode ").repeats().types("2").types("1").hung_up()
    phone.got_sms("Siti", "Sen 23 Nov")
    phone.dials_again().sees("Siti: datang Sen 23 Nov")

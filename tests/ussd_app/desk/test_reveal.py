"""A full NIK or phone number: for a reason, written down, and not for long."""

from __future__ import annotations

import pytest

from tests.support.office import Register
from tests.support.visitor import Visitor

NIK, PHONE = "3210115508980001", "+6281200000001"


@pytest.mark.parametrize(("what", "whole", "other"), [("nik", NIK, PHONE), ("phone", PHONE, NIK)])
def test_it_needs_a_reason_and_leaves_a_trace(
    sari: Visitor, enters: Register, what: str, whole: str, other: str
) -> None:
    page = f"/person/{enters('Siti', nik=NIK)}"
    sari.opens(page).sees("Untuk apa? Ini dicatat.").does_not_see(NIK, PHONE)
    sari.sends("/reveal", 400, what=what)
    sari.opens(page).sends("/reveal", what=what, reason="ring").sees(whole).does_not_see(other)
    sari.opens(page).does_not_see(whole)
    sari.sees({"nik": "NIK lengkap dilihat", "phone": "Nomor HP lengkap dilihat"}[what])


def test_what_is_asked_for_must_be_one_of_the_two(sari: Visitor, enters: Register) -> None:
    page = f"/person/{enters('Siti')}"
    sari.opens(page).sends("/reveal", 400, what="", reason="ring")
    sari.opens(page).sends("/reveal", 400, what="code", reason="ring")
    sari.opens(page).sends("/reveal", 400, what="nik", reason="curiosity")


def test_who_has_no_phone_has_none_to_show(sari: Visitor, enters: Register) -> None:
    page = f"/person/{enters('Siti', phone_sealed=None, phone_index=None, phone_last4=None)}"
    sari.opens(page).sends("/reveal", what="phone", reason="ring").sees("HP belum ada")
    sari.opens(page).does_not_see("Nomor HP lengkap dilihat")


def test_it_hides_by_itself_with_a_script_and_without(sari: Visitor, enters: Register) -> None:
    page = f"/person/{enters('Siti', nik=NIK)}"
    sari.opens(page)
    assert "http-equiv" not in sari.answer.text
    sari.sends("/reveal", what="nik", reason="compare_ktp").sees("setelah 30 detik")
    refresh = f'<noscript><meta http-equiv="refresh" content="30; url={page}"></noscript>'
    assert refresh in sari.answer.text
    assert 'hx-trigger="load delay:30s" hx-select="#nik"' in sari.answer.text
    assert sari.answer.headers["Cache-Control"] == "no-store"
    assert NIK not in sari.answer.request.url

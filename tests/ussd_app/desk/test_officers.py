"""Behind *Lainnya*, for heads and admins: who works here."""

from __future__ import annotations

from flask import Flask

from tests.support.staff import ADI, SARI
from tests.support.visitor import Visitor


def test_a_head_lets_a_new_officer_in(tono: Visitor, app: Flask) -> None:
    tono.opens("/").sees("Petugas").opens("/officers").sees("Sari", "sari@example.go.id", "Tono")
    tono.does_not_see("Dewi")
    tono.sends("/officers", name="Rina", email="Rina@example.go.id", role="officer")
    tono.sees("Kata sandi Rina", "Hanya tampil sekali")
    password = tono.page.text.partition("): ")[2].split()[0]
    tono.opens("/officers").sees("Rina").does_not_see(password)
    Visitor(app).signs_in("rina@example.go.id", password).is_at("/")


def test_what_cannot_be_is_said(tono: Visitor) -> None:
    tono.opens("/officers").sends("/officers", 422, name="Rina", email=SARI.email, role="officer")
    tono.sees("Email itu sudah dipakai")
    assert 'value="Rina"' in tono.answer.text
    tono.sends("/officers", 422, name=" ", email="x@example.go.id", role="officer").sees("Isi nama")
    tono.sends("/officers", 422, name="X", email="bukan-email", role="head").sees("belum benar")


def test_nobody_is_made_admin_from_a_page(tono: Visitor) -> None:
    tono.opens("/officers").sends("/officers", name="X", email="x@example.go.id", role="admin")
    tono.opens("/officers").sees("X x@example.go.id Petugas")


def test_a_new_password_ends_the_old_sessions(tono: Visitor, sari: Visitor, app: Flask) -> None:
    tono.opens("/officers").sends(SARI.id, do="reset").sees("Kata sandi Sari")
    password = tono.page.text.partition("): ")[2].split()[0]
    sari.opens("/").is_at("/sign-in")
    Visitor(app).signs_in(SARI.email, status=401)
    Visitor(app).signs_in(SARI.email, password).is_at("/")


def test_access_is_closed_at_once_and_opened_again(tono: Visitor, sari: Visitor) -> None:
    tono.opens("/officers").sends(SARI.id, do="disable").sees("akses ditutup", "Buka akses")
    sari.opens("/").is_at("/sign-in")
    tono.sends(SARI.id, do="enable").does_not_see("akses ditutup")
    sari.signs_in(SARI.email).is_at("/")


def test_a_head_cannot_touch_an_admin(tono: Visitor) -> None:
    tono.opens("/officers").sends(ADI.id, 403, do="reset")
    tono.opens("/officers").sends(ADI.id, do="disable").sees("Itu bukan hak Anda")


def test_an_officer_has_no_such_entry(sari: Visitor) -> None:
    sari.opens("/")
    assert "/officers" not in sari.page.links
    sari.opens("/officers", 403).sees("bukan untuk tugas Anda")

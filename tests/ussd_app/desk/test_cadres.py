"""*Kader desa*: a head enrols, gives a new PIN, ends; nobody else, nowhere else."""

from __future__ import annotations

import re

from flask import Flask

from tests.support.staff import TONO
from tests.support.visitor import Visitor

BUDI = {"name": "Budi", "village": "Sutawangi", "phone": "0813-0000-0001", "daily": "20"}


def enrols(tono: Visitor) -> str:
    tono.opens("/cadres").sends("/cadres", 200, **BUDI)
    tono.sees("PIN kader Budi", "Hanya tampil sekali")
    found = re.search(r"PIN kader Budi:\s*(\d{6})", tono.page.text)
    assert found, tono.page.text
    return found[1]


def does(tono: Visitor, what: str, status: int = 200) -> Visitor:
    """Press a button of the one cadre on the page."""
    (form,) = [form for form in tono.page.forms if "/cadres/" in form.action]
    return tono.sends(form.action, status, do=what)


def test_a_head_enrols_a_cadre_whose_pin_is_shown_once(tono: Visitor) -> None:
    tono.opens("/cadres").sees("Belum ada kader.")
    pin = enrols(tono)
    tono.opens("/cadres").sees("Budi", "Sutawangi", "0001", "0 terdaftar").does_not_see(pin)
    tono.does_not_see("81300000001")


def test_what_cannot_be_is_said_and_what_was_typed_stays(tono: Visitor) -> None:
    enrols(tono)
    tono.opens("/cadres").sends("/cadres", 422, **BUDI).sees("Nomor itu sudah nomor kader.")
    assert 'value="Sutawangi"' in tono.answer.text
    for field, value, said in (
        ("phone", "0233 281234", "Nomor HP itu belum benar"),
        ("name", "4", "Isi namanya dengan huruf."),
        ("village", " ", "Isi nama desanya."),
        ("daily", "0", "Isi 1 sampai 99."),
    ):
        tono.opens("/cadres").sends("/cadres", 422, **(BUDI | {field: value})).sees(said)


def test_a_new_pin_and_the_end(tono: Visitor) -> None:
    first = enrols(tono)
    does(tono.opens("/cadres"), "pin").sees("PIN kader Budi").does_not_see(first)
    does(tono.opens("/cadres"), "end").sees("Budi bukan kader lagi.", "berhenti")
    enrols(tono)


def test_a_stale_page_changes_nothing(app: Flask, tono: Visitor) -> None:
    enrols(tono)
    tono.opens("/cadres")
    does(Visitor(app).signs_in(TONO.email).opens("/cadres"), "pin")
    does(tono, "end", 409).sees("sudah diubah petugas lain")


def test_an_officer_and_another_office_see_none_of_it(
    tono: Visitor, sari: Visitor, dewi: Visitor
) -> None:
    enrols(tono)
    sari.opens("/cadres", 403)
    dewi.opens("/cadres").sees("Belum ada kader.").does_not_see("Budi")

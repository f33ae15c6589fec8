"""What went wrong is said plainly, with a reference and nothing of the inside."""

from __future__ import annotations

import re

from sqlalchemy import text

from runtime.wiring import House
from tests.support import office
from tests.support.installation import Clock
from tests.support.logs import logged
from tests.support.office import Register
from tests.support.visitor import Visitor
from ussd_app import create_app


def test_a_fault_of_ours_has_a_reference_that_stands_in_the_log(house: House, clock: Clock) -> None:
    office.opens(house, clock)
    sari = Visitor(create_app(house)).signs_in("sari@example.go.id")
    who = Register(house, clock)("Siti", nik="3210115508980001")
    with house.database.begin() as conn:  # a word in the tables that no release of ours knows
        conn.execute(text("UPDATE card_requests SET state = 'unheard_of'"))
    with logged() as log:
        sari.opens(f"/person/{who}", 500).sees("Ada yang salah di pihak kami")
    reference = re.search(r"Rujukan: (\w{8})", sari.page.text)
    assert reference
    told = log.getvalue()
    assert reference[1] in told
    assert not any(one in told for one in ("Siti", "3210115508980001", "+6281200000001"))
    assert "Traceback" not in sari.answer.text


def test_pages_that_are_not_there_speak_the_officers_language(house: House, clock: Clock) -> None:
    office.opens(house, clock)
    sari = Visitor(create_app(house)).signs_in("sari@example.go.id")
    sari.opens("/nothing", 404).sees("Halaman ini tidak ada")
    sari.opens("/").sends("/language", language="en").opens("/nothing", 404).sees("no such page")
    assert '<html lang="en"' in sari.answer.text


def test_machines_are_answered_in_plain_text(house: House) -> None:
    answer = create_app(house).test_client().get("/sms/nobody")
    assert (answer.status_code, answer.mimetype) == (404, "text/plain")


def test_a_wrong_method_is_said(house: House) -> None:
    answer = create_app(house).test_client().get("/sign-out")
    assert answer.status_code == 405
    assert "tidak bisa di sini" in answer.text

"""Filters that appear after a search: by state, day and sub-district; nothing in an address."""

from __future__ import annotations

from datetime import date

from domain.card import State
from tests.support.office import Register
from tests.support.visitor import Visitor


def three(enters: Register) -> None:
    """Three of one name, each otherwise."""
    enters("Siti A", state=State.READY, day=date(2026, 11, 16), holds_slot=False)
    enters("Siti B", home="32.10.15", day=date(2026, 11, 27))
    enters("Siti C", hour="10:00")


def test_they_appear_once_there_is_something_to_narrow(sari: Visitor, enters: Register) -> None:
    three(enters)
    sari.opens("/").does_not_see("Saring").sends("/search", find="siti")
    sari.sees("Saring", "Ada janji (2)", "Kartu siap (1)", "Pekan ini", "Jatitujuh (1)")
    sari.sends("/search", find="zulkifli").does_not_see("Saring")


def test_they_narrow_and_stay_chosen(sari: Visitor, enters: Register) -> None:
    three(enters)
    sari.opens("/").sends("/search", find="siti")
    narrows(sari, state="booked").sees("Hasil pencarian 2", "Siti B", "Siti C")
    assert '<option value="booked" selected>' in sari.answer.text
    assert 'name="find" value="siti"' in sari.answer.text
    narrows(sari, visit="today").sees("Hasil pencarian 1", "Siti C").does_not_see("Siti B")
    narrows(sari, visit="week").sees("Siti B", "Siti C").does_not_see("Siti A")
    narrows(sari, home="32.10.15").sees("Siti B", "Saring").does_not_see("Siti C")
    narrows(sari, state="ready", home="32.10.15").sees("Belum ketemu", "Pilih Semua", "Saring")
    narrows(sari, state="", home="").sees("Hasil pencarian 3")


def narrows(visitor: Visitor, **chosen: str) -> Visitor:
    """Send the form of the filters."""
    [form] = [form for form in visitor.page.forms if "state" in form.names]
    visitor.answer = visitor.client.post(form.action, data={**form.fields, **chosen})
    visitor.addresses.append(visitor.answer.request.url)
    return visitor


def test_what_was_not_offered_narrows_nothing(sari: Visitor, enters: Register) -> None:
    three(enters)
    sari.opens("/").sends("/search", find="siti")
    narrows(sari, state="nonsense", visit="yesterday").sees("Hasil pencarian 3")
    narrows(sari, home="' or 1=1").sees("Belum ketemu")


def test_nothing_of_it_stands_in_an_address(sari: Visitor, enters: Register) -> None:
    three(enters)
    narrows(sari.opens("/").sends("/search", find="siti"), home="32.10.15")
    assert {address.partition("?")[2] for address in sari.addresses} == {""}
    assert "siti" not in " ".join(sari.addresses)

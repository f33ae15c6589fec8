"""Ten seconds to press *Urungkan*, by forms alone and with htmx."""

from __future__ import annotations

from domain.card import State
from runtime.wiring import House
from sms.message import Lane
from tests.support.installation import Clock
from tests.support.office import Register
from tests.support.visitor import Visitor
from tests.ussd_app.desk.test_steps import arrives, texts


def refuses(visitor: Visitor, who: str) -> Visitor:
    """Refuse somebody who stands at the counter."""
    visitor.opens(f"/person/{who}/refuse").sends("/refuse", reason="other_region")
    return visitor.sends("/refuse", reason="other_region").sees("Tersimpan: Ditolak")


def test_a_refusal_is_taken_back_before_anybody_hears_of_it(
    sari: Visitor, monday: House, clock: Clock, enters: Register
) -> None:
    who = enters("Siti")
    refuses(arrives(sari, who), who).sees("SMS dikirim 10 detik lagi", "sampai jam 09.00.10")
    clock.goes_on(seconds=9)
    sari.sends("/undo").is_at(f"/person/{who}").sees("Diurungkan. Kembali menjadi: Sudah datang")
    sari.sees("Serahkan kartu").does_not_see("bisa diurungkan")
    assert texts(monday, clock) == []
    sari.opens("/").sees("Datang hari ini 1", "Siti Aminah")


def test_too_late_is_said_plainly(
    sari: Visitor, monday: House, clock: Clock, enters: Register
) -> None:
    who = enters("Siti")
    refuses(arrives(sari, who), who)
    clock.goes_on(seconds=10)
    sari.sends("/undo", 409).sees("Tidak bisa diurungkan", "Sepuluh detik sudah lewat")
    sari.sees("Langkah tadi tetap berlaku", "Ditolak").does_not_see("bisa diurungkan sampai")
    assert len(texts(monday, clock)) == 1


def test_once_the_sms_has_left_nothing_is_taken_back(
    sari: Visitor, monday: House, clock: Clock, enters: Register
) -> None:
    who = enters("Siti")
    refuses(arrives(sari, who), who)
    clock.goes_on(seconds=10)
    monday.delivery.deliver_due(Lane.URGENT, clock())
    clock.goes_on(seconds=-1)  # a web server whose clock is behind the worker's
    sari.sends("/undo", 409).sees("SMS-nya sudah berangkat", "Langkah tadi tetap berlaku")


def test_the_button_is_there_for_ten_seconds_and_for_nobody_else(
    sari: Visitor, tono: Visitor, clock: Clock, enters: Register
) -> None:
    who = enters("Siti")
    arrives(sari, who).sees("Sudah datang: bisa diurungkan sampai jam 09.00.10", "Urungkan")
    tono.opens(f"/person/{who}").does_not_see("Urungkan")
    sari.opens(f"/person/{who}").sees("Urungkan")
    clock.goes_on(seconds=10)
    sari.opens(f"/person/{who}").does_not_see("Urungkan")


def test_another_officers_step_is_not_ours_to_take_back(
    sari: Visitor, tono: Visitor, enters: Register
) -> None:
    who, other = enters("Siti"), enters("Budi")
    fields = arrives(sari, who).page.forms
    [form] = [one for one in fields if one.action.endswith("/undo")]
    token = next(one for one in tono.opens(f"/person/{other}").page.forms).fields["csrf_token"]
    tono.answer = tono.client.post(form.action, data={**form.fields, "csrf_token": token})
    assert tono.answer.status_code == 409
    tono.sees("Langkah itu dibuat oleh Sari. Hanya dia")


def test_a_colleague_who_went_on_is_named(sari: Visitor, tono: Visitor, enters: Register) -> None:
    who = enters("Siti")
    arrives(sari, who)
    tono.opens(f"/person/{who}/to_sign").sends("/to_sign")
    sari.sends("/undo", 409).sees("Sudah ditangani oleh Tono: Menunggu tanda tangan, baru saja")


def test_a_number_that_another_follows_stays(sari: Visitor, enters: Register) -> None:
    first, second = enters("Siti"), enters("Budi")
    arrives(sari, second, "Budi Santoso")
    arrives(sari, first).sends("/issue")
    seen = sari.answer
    sari.opens(f"/person/{second}").sends("/issue").sees("3210231126000002")
    sari.answer = seen
    sari.sends("/undo", 409).sees("Nomor kartu berikutnya sudah dipakai", "3210231126000001")
    sari.opens(f"/person/{second}").sends("/undo").sees("Sudah datang")
    sari.sends("/issue").sees("3210231126000002")


def test_pressed_twice_or_for_nothing(sari: Visitor, enters: Register) -> None:
    who = enters("Siti")
    arrives(sari, who)
    [form] = [one for one in sari.page.forms if one.action.endswith("/undo")]
    codes = [sari.client.post(form.action, data=form.fields).status_code for _ in range(2)]
    assert codes == [303, 303]
    for odd in ("", "x", "00000000-0000-4000-8000-000000000000"):
        answer = sari.client.post(form.action, data={**form.fields, "decision": odd})
        assert answer.status_code == 404


def test_two_who_asked_for_one_nik_stand_side_by_side_again(
    sari: Visitor, enters: Register
) -> None:
    nik = "3210115508980001"
    first = enters("Neneng", nik=nik, holds_slot=False)
    second = enters("Neni", nik=nik, state=State.REQUESTED, holds_slot=False, contested_with=first)
    sari.opens(f"/person/{first}").sends(f"{second}/keep").sees("Pemilik NIK sudah jelas: bisa")
    sari.sends("/undo").sees("Satu NIK diminta dua nomor", "Neneng", "Neni")


def test_htmx_counts_the_seconds_and_puts_a_word_in_their_place(
    sari: Visitor, clock: Clock, enters: Register
) -> None:
    who = enters("Siti")
    arrives(sari, who)
    clock.goes_on(seconds=2.5)
    answer = sari.client.get(f"/person/{who}/undo")
    assert answer.text == "Sudah datang: masih bisa diurungkan selama 8 detik."
    clock.goes_on(seconds=7.5)
    answer = sari.client.get(f"/person/{who}/undo")
    assert (answer.headers["HX-Retarget"], answer.headers["HX-Reswap"]) == ("#undo", "outerHTML")
    assert "Tidak bisa diurungkan lagi." in answer.text

"""What the counter decides reaches the phone: by SMS once it is final, on screen at every dial."""

from __future__ import annotations

from tests.story.conftest import Calls, Serves
from tests.story.people import SITI
from tests.story.said import Said
from tests.story.telling import comes, here, is_among_todays, is_told, registers, words
from tests.support.installation import Clock


def test_papers_are_missing_then_the_card_is_signed_and_fetched(
    calls: Calls, monday: Serves, clock: Clock, said: Said
) -> None:
    phone = calls(SITI)
    phone.got_sms(registers(phone, said, SITI))
    counter = monday(SITI)
    comes(is_among_todays(counter, SITI), SITI)
    page = here(counter)

    lacks = ["diploma", "kk"]
    counter.opens(f"{page}/incomplete").sends("/incomplete", missing=lacks)
    counter.sees("Periksa SMS di bawah", words(said.incomplete_sms, SITI))
    counter.sends("/incomplete", missing=lacks).sees("Berkas kurang. SMS dikirim")
    phone.after(seconds=10).got_sms(words(said.incomplete_sms, SITI))
    is_told(phone, said.incomplete, SITI)

    clock.goes_on(minutes=10)
    counter.opens(page).sees("Periksa yang tadi kurang: ijazah, KK.").sends("/came")
    counter.opens(f"{page}/to_sign").sends("/to_sign").sees("Menunggu tanda tangan")
    is_told(phone, said.signing, SITI)

    clock.goes_on(minutes=10)
    counter.sees(words(said.ready_sms, SITI)).sends("/ready").sees("Kartu siap. SMS dikirim")
    phone.after(seconds=10).got_sms(words(said.ready_sms, SITI))
    is_told(phone, said.ready, SITI)

    counter.opens("/").sees("Kartu belum diserahkan 1").opens(page).sends("/issue")
    is_told(phone, said.issued, SITI)
    assert len(phone.inbox()) == 3


def test_a_refusal_says_why_and_whom_to_ask(calls: Calls, monday: Serves, said: Said) -> None:
    phone = calls(SITI)
    registers(phone, said, SITI)
    counter = is_among_todays(monday(SITI), SITI)
    counter.opens(f"{here(counter)}/refuse").sends("/refuse", reason="wrong_nik")
    counter.sees(words(said.refused_sms, SITI)).sends("/refuse", reason="wrong_nik")
    counter.sees("Ditolak. SMS dikirim")
    phone.after(seconds=10).got_sms(words(said.refused_sms, SITI))
    is_told(phone, said.refused, SITI)

"""The number of a card: silent for half a year, disowned, or given to another phone."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from domain.card import State
from services.cards import counter, number_changes, numbers, report_reminding, silence, timed
from storage.tables import messages, optouts
from tests.services.cards.test_reporting import issued
from tests.services.cards.town import Line, Moment, Town, nik, number


def finds(town: Town, code: str, last: int) -> Line:
    """Another phone that told code and birth date."""
    line = town.dials(last)
    assert line.hears("card.find", code=code, birth_date="1998-08-15") == "found"
    return line


def disowns(town: Town, last: int) -> bool:
    """An SMS from a number: BUKAN SAYA."""
    with town.database.begin() as conn:
        return numbers.disowned(
            Moment(conn, town.vault, town.now), town.vault.index("phone", number(last))
        )


def changes_numbers(town: Town) -> int:
    return number_changes.run(town.database, town.vault, town.now)


def waiting(town: Town, last: int) -> int:
    """How many SMS to a number have not left."""
    index = town.vault.index("phone", number(last))
    query = select(func.count()).where(
        messages.c.phone_index == index, messages.c.status == "queued"
    )
    with town.database.begin() as conn:
        return conn.execute(query).scalar_one()


def test_a_number_silent_for_half_a_year_is_as_new(town: Town) -> None:
    town.puts(town.dials().registers().facts["request"], State.READY)
    town.after(days=184)
    assert town.dials().hears("caller.recognise") == "known"
    town.after(days=1)
    assert town.dials().hears("caller.recognise") == "new"


def test_a_call_after_the_silence_does_not_break_it(town: Town) -> None:
    town.puts(town.dials().registers().facts["request"], State.READY)
    town.after(days=185)
    newcomer = town.dials()
    assert newcomer.hears("language.keep") == "kept"
    town.after(days=1)
    assert town.dials().hears("caller.recognise") == "new"
    assert town.dials().hears("applicant.read", nik="3210115508980001") == "sound"


def test_what_the_clock_marked_stays_marked(town: Town) -> None:
    request = town.dials().registers().facts["request"]
    town.puts(request, State.READY)
    town.after(days=185)
    assert [silence.note(town.database, town.now) for _ in range(2)] == [1, 0]
    assert town.request(request).phone_silent_at == town.now
    assert town.audited(request)[-1] == "card.phone_silent"
    assert town.dials().hears("caller.recognise") == "new"


def test_one_look_goes_through_all_numbers_page_by_page(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(silence, "_AT_ONCE", 2)
    ids = []
    for last in range(1, 6):
        ids.append(town.dials(last).registers(nik(last), "Siti").facts["request"])
        town.after(minutes=1)
    town.after(days=100)
    assert town.dials(1).hears("language.keep") == "kept"
    town.after(days=85)
    assert silence.note(town.database, town.now) == 5
    silent = [bool(town.request(one).phone_silent_at) for one in ids]
    assert silent == [False, True, True, True, True]
    assert silence.note(town.database, town.now) == 0


def test_code_and_birth_date_bring_a_silent_number_back(town: Town) -> None:
    code = town.dials().registers().facts["code"]
    town.after(days=185)
    silence.note(town.database, town.now)
    assert finds(town, code, 1).hears("status.tell")
    assert town.dials().hears("caller.recognise") == "known"


def test_code_and_birth_date_from_another_phone_do_not(town: Town) -> None:
    code = town.dials().registers().facts["code"]
    town.after(days=185)
    silence.note(town.database, town.now)
    assert finds(town, code, 2).hears("status.tell")
    assert town.dials().hears("caller.recognise") == "new"


def test_a_silent_number_is_sent_nothing_that_names_anybody(town: Town) -> None:
    siti, rina = town.dials(), town.hires()
    request = siti.registers().facts["request"]
    town.after(days=185)
    silence.note(town.database, town.now)
    told = len(town.told(1))
    town.does(counter.came, request, by=rina)
    moved = town.does(counter.refuse, request, "wrong_nik", by=rina)
    assert isinstance(moved, counter.Moved)
    assert not moved.sms
    assert len(town.told(1)) == told


def test_who_says_that_it_is_not_he_is_sent_nothing_more(town: Town) -> None:
    request = town.dials().registers().facts["request"]
    assert disowns(town, 1)
    row = town.request(request)
    assert (row.phone_sealed, row.phone_index, row.phone_last4) == (None, None, None)
    assert row.state is State.BOOKED
    assert waiting(town, 1) == 0
    assert town.dials().hears("caller.recognise") == "new"
    assert town.audited(request)[-1] == "card.phone_let_go"
    with town.database.begin() as conn:
        assert conn.execute(select(optouts.c.source)).scalar_one() == "not_me"
    assert not disowns(town, 1)


def test_it_can_be_said_on_the_phone_for_one_of_several(town: Town) -> None:
    siti = town.dials()
    siti.registers()
    town.after(minutes=1)
    town.dials().registers("3210111508980001", "Budi")
    assert siti.hears("phone.look") == "own"
    assert siti.hears("phone.detach") == "detached"
    assert siti.hears("phone.detach") == "other"
    assert town.dials().hears("caller.recognise") == "known"
    assert waiting(town, 1) == 1


def test_another_number_takes_over_after_two_days_and_a_word_to_the_old_one(town: Town) -> None:
    first = town.dials().registers().facts
    line = finds(town, first["code"], 2)
    assert line.hears("phone.look") == "other"
    waits = line.call("phone.take")
    assert (waits.outcome, waits.facts["from_day"]) == ("waits", "2026-11-24")
    assert line.nudges == 1
    (_, (template, facts)) = town.sms(1)
    assert template == "phone_change"
    assert set(facts) == {"place", "from_day"}
    town.after(hours=47, minutes=59)
    assert changes_numbers(town) == 0
    assert town.dials(1).hears("caller.recognise") == "known"
    town.after(minutes=1)
    assert [changes_numbers(town) for _ in range(2)] == [1, 0]
    assert town.dials(1).hears("caller.recognise") == "new"
    assert town.dials(2).call("caller.recognise").facts["request"] == first["request"]
    assert town.told(2) == ["phone_given"]


def test_asked_twice_it_waits_once(town: Town) -> None:
    code = town.dials().registers().facts["code"]
    days = []
    for _ in range(2):
        days.append(finds(town, code, 2).call("phone.take").facts["from_day"])
        town.after(hours=20)
    assert days == ["2026-11-24"] * 2
    assert town.told(1) == ["booked", "phone_change"]


def test_a_third_number_is_not_promised_what_another_waits_for(town: Town) -> None:
    code = town.dials().registers().facts["code"]
    assert finds(town, code, 2).hears("phone.take") == "waits"
    assert finds(town, code, 3).hears("phone.take") == "other"
    town.after(hours=48)
    assert changes_numbers(town) == 1
    assert town.dials(2).hears("caller.recognise") == "known"
    assert town.dials(3).hears("caller.recognise") == "new"


@pytest.mark.parametrize("by_sms", [True, False])
def test_the_old_number_stops_it(town: Town, *, by_sms: bool) -> None:
    first = town.dials().registers().facts
    finds(town, first["code"], 2).hears("phone.take")
    if by_sms:
        assert not disowns(town, 1)
    else:
        siti = town.dials()
        assert siti.hears("caller.recognise") == "known"
        assert siti.hears("phone.look") == "leaving"
        assert siti.hears("phone.stop") == "stopped"
        assert siti.hears("phone.stop") == "other"
    town.after(days=3)
    assert changes_numbers(town) == 0
    assert town.dials(1).hears("caller.recognise") == "known"
    assert town.told(1)[-1] == "phone_stopped"
    assert town.told(2) == ["phone_refused"]
    assert town.audited(first["request"])[-1] == "card.phone_stopped"


def test_a_card_without_a_number_takes_one_at_once(town: Town) -> None:
    first = town.dials().registers().facts
    disowns(town, 1)
    assert finds(town, first["code"], 2).hears("phone.take") == "taken"
    assert town.dials(2).call("caller.recognise").facts["request"] == first["request"]


def test_a_foreign_number_takes_no_card(town: Town) -> None:
    code = town.dials().registers().facts["code"]
    line = Line(town, "+254711082000")
    assert line.hears("card.find", code=code, birth_date="1998-08-15") == "found"
    assert line.hears("phone.look") == "foreign"
    assert line.hears("phone.take") == "other"


def reminds(town: Town) -> int:
    return report_reminding.remind(town.database, town.vault, town.now)


def test_a_report_is_reminded_once_in_the_daytime_of_its_first_day(town: Town) -> None:
    issued(town)
    town.after(days=180, hours=14)  # midnight in Majalengka: 22 May begins
    timed.run(town.database, town.vault, town.now)
    assert reminds(town) == 0
    town.after(hours=9)
    assert [reminds(town) for _ in range(3)] == [1, 0, 0]
    assert town.told(1)[-1] == "report_reminder"
    assert set(town.sms(1)[-1][1]) == {"place", "name"}
    siti = town.dials()
    assert siti.hears("caller.recognise") == "known"
    assert siti.hears("card.report", report="looking") == "reported"
    town.after(days=184)
    timed.run(town.database, town.vault, town.now)
    assert reminds(town) == 1


def test_a_reminder_that_has_not_left_is_taken_back_by_the_report(town: Town) -> None:
    issued(town)
    town.after(days=181, hours=1)
    timed.run(town.database, town.vault, town.now)
    assert reminds(town) == 1
    before = waiting(town, 1)
    siti = town.dials()
    assert siti.hears("caller.recognise") == "known"
    assert siti.hears("card.report", report="looking") == "reported"
    assert waiting(town, 1) == before - 1


def test_a_silent_number_is_reminded_without_a_name(town: Town) -> None:
    issued(town)
    town.after(days=185)
    silence.note(town.database, town.now)
    timed.run(town.database, town.vault, town.now)
    assert reminds(town) == 1
    template, facts = town.sms(1)[-1]
    assert (template, set(facts)) == ("report_reminder_plain", {"place"})


def test_who_holds_the_number_without_a_break_stays_known(town: Town) -> None:
    town.puts(town.dials().registers().facts["request"], State.READY)
    for _ in range(6):
        town.after(days=100)
        assert town.dials().hears("caller.recognise") == "known"
        town.dials().hears("language.keep")
        silence.note(town.database, town.now)

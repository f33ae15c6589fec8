"""One switch for each applicant: on, off, and what is answered meanwhile."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from domain.card import State
from services import demo
from services.alerts import switching
from storage import alert_profiles
from storage.database import Database, Limits
from storage.vault import Vault
from tests.services.alerts import people
from tests.services.alerts.people import Job
from tests.services.cards.town import BUDI, Line, Moment, Town


@pytest.fixture
def callers(postgres_url: str, vault: Vault) -> Iterator[Town]:
    """A town in which people dial."""
    database = Database(postgres_url, Limits(connections=4))
    with database.begin() as conn:
        demo.plant(conn)
    yield Town(database, vault)
    database.dispose()


def siti(callers: Town) -> Line:
    """Siti, who has registered and told all her wishes."""
    line = callers.dials(1)
    line.registers()
    line.call("alerts.nearby")
    for call in ("consent", "education", "sector", "place"):
        line.call(f"alerts.{call}", education="sma", sector="garment", reach="near")
    return line


def hangs_out(callers: Town, **changes: object) -> None:
    with callers.database.begin() as conn:
        people.offers(conn, Job(), callers.now, **changes)


def test_it_says_how_it_stands(callers: Town) -> None:
    assert callers.dials(2).hears("alerts.open") == "nobody"
    callers.dials(3).registers(BUDI, "Budi")
    assert callers.dials(3).hears("alerts.open") == "off"
    siti(callers)
    told = callers.dials(1).call("alerts.open")
    assert told.outcome == "on"
    assert (told.facts["sectors"], told.facts["reach"]) == ("garment", "near")


def test_of_two_people_on_a_phone_one_is_chosen(callers: Town) -> None:
    siti(callers)
    callers.dials(1).registers(BUDI, "Budi")
    line = callers.dials(1)
    told = line.call("alerts.open")
    assert told.outcome == "several"
    names = {one["name"]: one["value"] for one in (told.items or {})["alerts.people"]}
    assert line.hears("alerts.open", request=names["Siti"]) == "on"
    assert line.hears("alerts.open", request=names["Budi"]) == "off"


def test_another_phone_switches_nothing_of_hers(callers: Town) -> None:
    request = siti(callers).known["request"]
    stranger = callers.dials(2)
    assert stranger.hears("alerts.open", request=request) == "nobody"
    with pytest.raises(LookupError):
        stranger.call("alerts.off")


def test_who_has_a_number_that_was_silent_hears_of_nobodys_wishes(callers: Town) -> None:
    request = siti(callers).known["request"]
    callers.puts(request, State.READY)
    callers.after(days=186)
    newcomer = callers.dials(1)
    assert newcomer.hears("alerts.open", request=request) == "nobody"
    with pytest.raises(LookupError):
        newcomer.call("alerts.off")


def test_off_takes_effect_at_once_and_on_again_asks_nothing_anew(callers: Town) -> None:
    line = siti(callers)
    assert line.hears("alerts.off") == "off"
    assert line.hears("alerts.off") == "off", "twice is as good as once"
    assert callers.audited(line.known["request"])[-1] == "alerts.withdrawn"
    assert line.hears("alerts.open") == "off"
    assert line.hears("alerts.consent") == "as_before"
    assert line.hears("alerts.open") == "on"


def test_three_kinds_of_work_are_enough(callers: Town) -> None:
    line = siti(callers)
    rest = line.call("alerts.rest")
    keys = [one["value"] for one in (rest.items or {})["alerts.rest"]]
    assert keys[0] == "enough"
    assert not {"garment", "anything"} & set(keys)
    assert line.hears("alerts.another", another="driver") == "kept"
    assert line.hears("alerts.another", another="driver") == "enough"
    assert line.hears("alerts.another", another="shop") == "kept"
    assert line.hears("alerts.rest") == "full"
    assert line.hears("alerts.another", another="food") == "enough"
    line.call("alerts.sector", sector="office")
    assert line.call("alerts.open").facts["sectors"] == "office"


def test_whoever_takes_anything_is_asked_for_no_more(callers: Town) -> None:
    line = siti(callers)
    line.call("alerts.sector", sector="anything")
    assert line.hears("alerts.rest") == "full"


def test_what_a_release_before_this_one_asked_is_understood(callers: Town) -> None:
    line = siti(callers)
    line.call("alerts.place", reach="other")
    assert line.call("alerts.open").facts["reach"] == "anywhere"


def test_the_number_offered_is_the_number_there_is(callers: Town) -> None:
    line = callers.dials(1)
    line.registers()
    assert line.hears("alerts.nearby") == "none"
    for changes in ({}, {"sector": "driver"}, {"place": "32.73"}, {"state": "closed"}):
        hangs_out(callers, **changes)
    assert line.call("alerts.nearby").facts["count"] == "2"
    told = line.call("alerts.nearby", work="driver")
    assert (told.outcome, told.facts["count"], told.facts["sectors"]) == ("of_work", "1", "driver")


def test_what_fits_is_offered_and_sent_when_asked_for(callers: Town) -> None:
    line = siti(callers)
    assert line.hears("alerts.matches") == "none"
    hangs_out(callers, title="Operator, malam")
    told = line.call("alerts.matches")
    assert (told.outcome, told.facts["count"], told.facts["sectors"]) == ("near", "1", "garment")
    assert [line.hears("alerts.send") for _ in range(2)] == ["sent", "sent"]
    ((_, facts),) = [one for one in callers.sms(1) if one[0] == "vacancies"]
    assert facts == {"place": "Disnaker Majalengka", "count": "1", "jobs": "Operator  malam"}
    line.call("alerts.place", reach="province")
    hangs_out(callers, place="32.73")
    assert line.hears("alerts.matches") == "some"


def test_whoever_said_yes_after_booking_gets_what_was_counted(callers: Town) -> None:
    hangs_out(callers)
    line = callers.dials(1)
    line.registers()
    assert line.hears("alerts.nearby") == "some"
    assert line.hears("alerts.consent", send="yes") == "kept"
    assert callers.told(1) == ["booked", "vacancies"]
    line.call("alerts.education", education="sma")
    line.call("alerts.sector", sector="garment")
    line.call("alerts.place", reach="near")
    assert line.hears("alerts.matches") == "none", "it is on its way"
    assert line.hears("alerts.finish") == "visit"


def test_the_end_says_how_often_an_sms_comes(callers: Town) -> None:
    siti(callers)
    line = callers.dials(1)
    line.call("alerts.open")
    assert line.hears("alerts.finish") == "weekly"
    assert line.hears("alerts.pace", pace="now") == "kept"
    assert line.hears("alerts.finish") == "now"


def test_who_has_looked_at_his_visit_before_hears_of_his_wishes_all_the_same(
    callers: Town,
) -> None:
    line = siti(callers)
    again = callers.dials(1)
    assert again.hears("caller.recognise") == "known"
    assert again.hears("change.look") == "visit"
    assert again.hears("alerts.open") == "on"
    assert again.hears("alerts.pace", pace="weekly") == "kept"
    assert again.hears("alerts.finish") == "weekly"
    assert line.hears("alerts.finish") == "visit", "he has just booked"


def test_wishes_go_along_to_a_new_request(callers: Town) -> None:
    old = siti(callers).known["request"]
    new = callers.dials(2).registers(BUDI, "Budi").facts["request"]
    with callers.database.begin() as conn:
        assert alert_profiles.follow(conn, old, new, "32.10")
        assert not alert_profiles.follow(conn, old, new, "32.10")
        kept = alert_profiles.get(conn, new)
    assert kept
    assert (kept.wanted, kept.reach, kept.education) == (("garment",), "near", "sma")


def test_a_withdrawal_by_the_office_counts_as_well(callers: Town) -> None:
    request = siti(callers).known["request"]
    with callers.database.begin() as conn:
        moment = Moment(conn, callers.vault, callers.now)
        switching.withdraw(moment, request)
    assert callers.dials(1).hears("alerts.open") == "off"

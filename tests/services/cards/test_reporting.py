"""The six-month report by phone: one key, once a window; work found ends the card."""

from __future__ import annotations

from datetime import date

import pytest

from domain.card import State
from services.cards import counter, report_reminding, silence, timed
from storage import card_reports
from storage.card_reports import Report
from tests.services.cards.town import SITI, Town


def issued(town: Town, last: int = 1) -> str:
    """A card that was handed over on the Sunday of the town."""
    rina = town.hires()
    request = town.dials(last).registers().facts["request"]
    town.does(counter.came, request, by=rina)
    town.does(counter.issue, request, by=rina)
    return request


def due(town: Town, days: int = 181) -> str:
    """A card whose first report is due today: 22 May."""
    request = issued(town)
    town.after(days=days)
    timed.run(town.database, town.vault, town.now)
    return request


def reports(town: Town, request: str) -> list[tuple[date, str, str | None, str | None]]:
    with town.database.begin() as conn:
        found: list[Report] = card_reports.of_request(conn, request)
    return [(one.due_on, one.answer, one.sector, one.place) for one in found]


def test_one_key_says_that_work_is_still_looked_for(town: Town) -> None:
    request = due(town)
    siti = town.dials()
    assert siti.hears("caller.recognise") == "known"
    assert siti.hears("status.tell") == "report_due"
    told = siti.call("card.report", report="looking")
    assert (told.outcome, told.facts["report_day"]) == ("reported", "2027-11-22")
    assert town.request(request).state is State.REPORTED
    assert siti.hears("status.tell") == "issued"
    assert reports(town, request) == [(date(2027, 5, 22), "looking", None, None)]
    assert town.audited(request)[-1] == "card.reported"


def test_training_is_kept_as_such(town: Town) -> None:
    request = due(town)
    siti = town.dials()
    assert siti.hears("caller.recognise") == "known"
    assert siti.hears("card.report", report="training") == "reported"
    assert town.audited(request)[-2:] == ["card.reported", "card.training"]


def test_a_window_is_reported_once(town: Town) -> None:
    request = due(town)
    siti = town.dials()
    assert siti.hears("caller.recognise") == "known"
    assert siti.hears("card.report", report="looking") == "reported"
    assert siti.hears("card.report", report="looking") == "other"
    assert len(reports(town, request)) == 1


def test_after_the_third_report_the_end_of_the_card_is_told(town: Town) -> None:
    due(town)
    outcomes = []
    for days in (184, 182, 0):
        siti = town.dials()
        assert siti.hears("caller.recognise") == "known"
        siti.hears("language.keep")
        silence.note(town.database, town.now)
        outcomes.append(siti.call("card.report", report="looking"))
        town.after(days=days)
        timed.run(town.database, town.vault, town.now)
    assert [one.outcome for one in outcomes] == ["reported", "reported", "last"]
    assert outcomes[-1].facts["until"] == "2028-11-22"


def test_work_found_ends_the_card_and_says_what_and_where(town: Town) -> None:
    request = due(town)
    siti = town.dials()
    assert siti.hears("caller.recognise") == "known"
    assert siti.hears("card.report", report="employed") == "employed"
    assert town.request(request).state is State.EMPLOYED
    assert siti.hears("report.sector", sector="garment") == "kept"
    assert reports(town, request) == [(date(2027, 5, 22), "employed", "garment", None)]
    assert siti.hears("report.place", reach="near") == "kept"
    assert reports(town, request) == [(date(2027, 5, 22), "employed", "garment", "near")]
    assert siti.hears("card.report", report="employed") == "other"


def test_work_can_be_told_before_a_report_is_due(town: Town) -> None:
    request = issued(town)
    town.after(minutes=1)
    siti = town.dials()
    assert siti.hears("caller.recognise") == "known"
    assert siti.hears("change.look") == "holder"
    assert siti.hears("card.report", report="looking") == "other"
    assert siti.hears("card.report", report="employed") == "employed"
    assert reports(town, request) == [(date(2027, 5, 22), "employed", None, None)]


def test_who_wanted_the_nik_meanwhile_moves_up_when_work_ends_the_card(town: Town) -> None:
    due(town)
    stranger = town.dials(2).registers(SITI).facts["request"]
    siti = town.dials()
    siti.known["request"] = town.dials().call("caller.recognise").facts["request"]
    assert siti.hears("card.report", report="employed") == "employed"
    assert town.request(stranger).state is State.BOOKED


def test_while_an_officer_can_take_his_step_back_nothing_is_reported(town: Town) -> None:
    request = due(town)
    town.does(counter.report, request, by=town.hires())
    siti = town.dials()
    assert siti.hears("caller.recognise") == "known"
    assert siti.hears("card.report", report="employed") == "other"
    assert siti.hears("status.tell") == "deciding"


@pytest.mark.parametrize(("days", "told"), [(183, "report_due"), (184, "late")])
def test_who_misses_a_whole_window_is_late_and_needs_a_new_card(
    town: Town, days: int, told: str
) -> None:
    due(town)
    siti = town.dials()
    assert siti.hears("caller.recognise") == "known"
    siti.hears("language.keep")
    town.after(days=days)
    assert siti.hears("status.tell") == told
    late = siti.hears("card.report", report="looking")
    assert late == ("late" if told == "late" else "reported")


@pytest.mark.parametrize(("days", "reminded"), [(181, 1), (364, 1), (365, 0), (366, 0), (400, 0)])
def test_who_needs_a_new_card_by_now_is_not_asked_for_a_report(
    town: Town, days: int, reminded: int
) -> None:
    issued(town)
    town.after(days=days)  # nothing ran meanwhile; the window ends on 22 November
    timed.run(town.database, town.vault, town.now)
    assert report_reminding.remind(town.database, town.vault, town.now) == reminded

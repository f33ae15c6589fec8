"""A code and a birth date open a status from any phone; a consent is the applicant's own."""

from __future__ import annotations

import pytest

from storage import alert_profiles, optouts
from tests.services.cards.town import Town


def test_code_and_birth_date_open_the_status_from_any_phone(town: Town) -> None:
    siti = town.dials(1)
    request = siti.registers().facts["request"]
    helper = town.dials(2)
    code = siti.known["code"]
    assert helper.hears("card.find", code=code, birth_date="1998-08-15") == "found"
    assert helper.known["request"] == request
    assert helper.hears("status.tell") == "booked"


def test_an_unknown_code_and_a_wrong_date_are_answered_alike(town: Town) -> None:
    code = town.dials(1).registers().facts["code"]
    prober = town.dials(2)
    wrong_date = prober.call("card.find", code=code, birth_date="1998-08-16")
    unknown = prober.call("card.find", code="100000000", birth_date="1998-08-15")
    assert wrong_date == unknown
    assert unknown.outcome == "unknown"


def test_after_five_misses_an_hour_is_waited_also_by_who_knows(town: Town) -> None:
    code = town.dials(1).registers().facts["code"]
    prober = town.dials(2)
    for year in range(1990, 1995):
        assert prober.hears("card.find", code=code, birth_date=f"{year}-08-15") == "unknown"
        town.after(minutes=1)
    assert prober.hears("card.find", code=code, birth_date="1998-08-15") == "locked"
    assert town.dials(1).hears("card.find", code=code, birth_date="1998-08-15") == "found"
    town.after(minutes=55)
    assert prober.hears("card.find", code=code, birth_date="1998-08-15") == "found"


def test_a_code_of_ones_own_buys_no_tries_at_anothers(town: Town) -> None:
    own = town.dials(2).registers("3210111508980001", "Budi").facts["code"]
    other = town.dials(1).registers().facts["code"]
    prober = town.dials(2)
    for year in range(1990, 1995):
        assert prober.hears("card.find", code=own, birth_date="1998-08-15") == "found"
        assert prober.hears("card.find", code=other, birth_date=f"{year}-08-15") == "unknown"
    assert prober.hears("card.find", code=own, birth_date="1998-08-15") == "locked"


def test_each_answer_about_vacancies_is_kept_alone(town: Town) -> None:
    siti = town.dials()
    request = siti.registers().facts["request"]
    said = []
    for call in ("consent", "education", "sector", "another", "place", "pace"):
        siti.hears(
            f"alerts.{call}",
            education="smk",
            sector="garment",
            another="driver",
            reach="province",
            pace="now",
        )
        with town.database.begin() as conn:
            kept = alert_profiles.get(conn, request)
        assert kept
        said.append((kept.education, kept.wanted, kept.reach, kept.pace))
    assert said == [
        (None, (), None, "weekly"),
        ("smk", (), None, "weekly"),
        ("smk", ("garment",), None, "weekly"),
        ("smk", ("garment", "driver"), None, "weekly"),
        ("smk", ("garment", "driver"), "province", "weekly"),
        ("smk", ("garment", "driver"), "province", "now"),
    ]
    assert town.audited(request)[-1] == "alerts.consented"


def test_a_request_without_a_consent_hears_nothing(town: Town) -> None:
    request = town.dials().registers().facts["request"]
    with town.database.begin() as conn:
        assert alert_profiles.get(conn, request) is None


def test_only_the_phone_that_asked_consents(town: Town) -> None:
    request = town.dials(1).registers().facts["request"]
    with pytest.raises(LookupError):
        town.dials(2).call("alerts.consent", request=request)


def test_after_a_stop_consent_is_asked_for_by_itself(town: Town) -> None:
    siti = town.dials()
    request = siti.registers().facts["request"]
    siti.hears("alerts.consent")
    phone = town.vault.index("phone", siti.phone)
    with town.database.begin() as conn:
        optouts.add(conn, phone_index=phone, source="sms", now=town.now)
    assert siti.hears("alerts.consent") == "stopped"
    with town.database.begin() as conn:
        stopped = alert_profiles.get(conn, request)
    assert stopped
    assert stopped.withdrawn_at

    assert siti.hears("alerts.renew") == "kept"

    with town.database.begin() as conn:
        anew = alert_profiles.get(conn, request)
        assert anew
        assert anew.withdrawn_at is None
        assert optouts.add(conn, phone_index=phone, source="sms", now=town.now), "none stood"

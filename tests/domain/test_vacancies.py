"""Vacancies as they are entered and told: words of people, all flaws at once, texts cut well."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import gsm7, regions, terms
from domain.vacancies import PAPERS, PIECE, piece
from domain.vacancy_details import Details, Flaw, read, spoken_open

TODAY = date(2026, 11, 22)
LINE = {
    "reference": "L-17",
    "title": "Operator jahit",
    "employer": "PT Contoh Garmen",
    "employer_checked": "ya",
    "sector": "Garmen/jahit",
    "education": "SMP/MTs",
    "place": "Majalengka",
    "district": "Jatiwangi",
    "seats": "25",
    "wage": "2,4 juta",
    "description": "Menjahit kemeja.",
    "apply_place": "Disnaker Majalengka",
    "apply_open": "Senin-Jumat 08.00-15.00",
    "bring": "KTP, kartu kuning",
    "closes_on": "31-12-2026",
}


def flaws(**changes: str) -> list[tuple[str, str]]:
    found = read(LINE | changes, TODAY)
    return [] if isinstance(found, Details) else [(flaw.field, flaw.why) for flaw in found]


def test_words_that_people_write_become_keys_codes_and_dates() -> None:
    assert read(LINE, TODAY) == Details(
        reference="L-17",
        title="Operator jahit",
        employer="PT Contoh Garmen",
        employer_checked=True,
        sector="garment",
        education="smp",
        place="32.10",
        district="32.10.11",
        seats=25,
        wage="2,4 juta",
        description="Menjahit kemeja.",
        apply_place="Disnaker Majalengka",
        apply_open="1-5 08:00-15:00",
        bring="ktp,ak1",
        closes_on=date(2026, 12, 31),
    )


def test_what_is_stored_can_be_entered_again() -> None:
    found = read(LINE, TODAY)
    assert isinstance(found, Details)
    again = {name: str(getattr(found, name) or "") for name in Details.__dataclass_fields__}
    assert read(again | {"employer_checked": "ya"}, TODAY) == found


@pytest.mark.parametrize("name", ["reference", "education", "district", "wage", "description"])
def test_what_is_not_needed_may_be_left_out(name: str) -> None:
    found = read(LINE | {name: ""}, TODAY)
    assert isinstance(found, Details)
    assert getattr(found, name) is None


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"title": ""}, "needed"),
        ({"title": "x" * 25}, "wide"),
        ({"employer": " "}, "needed"),
        ({"employer_checked": "mungkin"}, "unknown"),
        ({"sector": ""}, "needed"),
        ({"sector": "Astronot"}, "unknown"),
        ({"education": "TK"}, "unknown"),
        ({"place": ""}, "needed"),
        ({"place": "Semarang"}, "unknown"),  # the city or the regency?
        ({"seats": "0"}, "number"),
        ({"seats": "banyak"}, "number"),
        ({"wage": "x" * 17}, "wide"),
        ({"apply_open": "tiap hari"}, "open"),
        ({"apply_open": "Jum-Sen 08.00-15.00"}, "open"),
        ({"bring": ""}, "needed"),
        ({"bring": "ktp, uang"}, "unknown"),
        ({"bring": "ktp, KTP"}, "unknown"),
        ({"bring": "lamaran, kartu kuning, sertifikat"}, "wide"),
        ({"closes_on": "besok"}, "day"),
        ({"closes_on": "31-02-2027"}, "day"),
        ({"closes_on": "2026-11-21"}, "over"),
        ({"closes_on": "2028-01-01"}, "far"),
        ({"district": "Tembalang"}, "unknown"),
    ],
)
def test_each_mistake_is_told_by_its_field(changes: dict[str, str], why: str) -> None:
    (name,) = changes
    assert flaws(**changes) == [(name, why)]


def test_all_mistakes_are_told_at_once() -> None:
    assert [name for name, _ in flaws(title="", sector="?", closes_on="")] == [
        "title",
        "sector",
        "closes_on",
    ]
    assert read({}, TODAY) != ()


@pytest.mark.parametrize("said", ["Kota Semarang", "kota semarang", "33.74"])
def test_a_city_is_told_from_the_regency_of_its_name(said: str) -> None:
    found = read(LINE | {"place": said, "district": ""}, TODAY)
    assert isinstance(found, Details)
    assert found.place == "33.74"


@pytest.mark.parametrize("said", ["abroad", "Luar negeri", "LN"])
def test_work_abroad_is_in_no_regency(said: str) -> None:
    assert flaws(place=said, district="") == []
    assert flaws(place=said) == [("district", "unknown")]


def test_every_paper_may_be_asked_for_by_its_word() -> None:
    assert set(PAPERS) <= set(terms.all_keys())
    for paper in PAPERS:
        assert flaws(bring=terms.term(paper, "id")) == []


def test_opening_hours_are_said_as_they_are_entered() -> None:
    assert spoken_open("1-5 08:00-15:00") == "Sen-Jum 08:00-15:00"
    assert flaws(apply_open=spoken_open("6 08:00-11:30")) == []


def test_a_flaw_tells_how_much_is_the_most() -> None:
    assert read(LINE | {"title": "x" * 40}, TODAY) == (Flaw("title", "wide", 24),)


@given(st.text(st.sampled_from("abc ,.€[]"), max_size=400))
def test_a_description_is_cut_between_words_and_nothing_of_it_is_lost(text: str) -> None:
    said = " ".join(text.split())
    rest, told = said, list[str]()
    while rest:
        one, rest = piece(rest)
        assert 0 < gsm7.septets(one) <= PIECE
        told.append(one)
    assert "".join(told).replace(" ", "") == said.replace(" ", "")


def test_a_short_description_is_one_piece() -> None:
    assert piece("Menjahit kemeja.") == ("Menjahit kemeja.", "")
    assert piece("satu dua tiga", 9) == ("satu dua", "tiga")


def test_regencies_are_found_by_letters_those_that_begin_so_first() -> None:
    assert regions.find_regencies("Maja") == [("32.10", "Majalengka"), ("35.08", "Lumajang")]
    assert [name for _, name in regions.find_regencies("semarang")] == [
        "Kab. Semarang",
        "Kota Semarang",
    ]
    assert regions.find_regencies("tan")[0][1].startswith("Tan")
    assert regions.find_regencies("ma") == []
    assert len(regions.find_regencies("ban", 5)) == 5

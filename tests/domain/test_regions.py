"""Regions: all of Indonesia, found by a few letters, the likeliest first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import gsm7, regions

SERVED = frozenset({"32.10", "33.74"})


def names(letters: str, near: str | None = None, limit: int = 18) -> list[str]:
    return [found.name for found in regions.find(letters, SERVED, near, limit)]


def test_every_regency_has_a_short_name_and_what_is_none_has_none() -> None:
    assert regions.regency_short("32.10") == "Majalengka"
    assert regions.regency_short("33.74") == "Kota Semarang"
    assert regions.regency_short("99.99") is None


def test_the_whole_country_is_there() -> None:
    every = regions.districts()
    assert len(every) == 7285
    assert len({district.regency_code for district in every}) == 514
    assert len({district.province for district in every}) == 38
    assert sum(district.regency_code == "32.10" for district in every) == 26
    assert sum(district.regency_code == "33.74" for district in every) == 16


def test_a_district_knows_where_it_lies() -> None:
    assert regions.by_code("32.10.11") == regions.District(
        code="32.10.11",
        name="Jatiwangi",
        regency_code="32.10",
        regency="Kabupaten Majalengka",
        short="Majalengka",
        province="Jawa Barat",
    )
    assert regions.by_code("32.10.99") is None
    assert regions.regency_name("33.74") == "Kota Semarang"
    assert regions.regency_name("33.99") is None


def test_a_city_and_a_regency_of_one_name_are_told_apart() -> None:
    shorts = {d.short for d in regions.districts() if d.regency.endswith(" Semarang")}
    assert shorts == {"Kab. Semarang", "Kota Semarang"}


def test_every_name_is_in_the_alphabet_of_handsets() -> None:
    for district in regions.districts():
        assert not gsm7.foreign(district.name + district.short + district.regency)
        assert len(district.name) <= 31
        assert district.name == district.name.strip()
        assert district.regency == district.regency.strip()


@pytest.mark.parametrize("code", ["11", "32", "33", "91", "96"])
def test_provinces_are_known(code: str) -> None:
    assert regions.known_province(code)
    assert not regions.known_province("99")


def test_served_regencies_come_first_and_beginnings_before_middles() -> None:
    assert names("jat")[:3] == ["Jatitujuh", "Jatiwangi", "Kertajati"]


def test_then_comes_the_regency_of_the_nik() -> None:
    found = regions.find("tang", SERVED, "36.71")
    regencies = [district.regency_code for district in found]
    assert regencies == sorted(regencies, key=lambda code: (code not in SERVED, code != "36.71"))
    assert "36.71" in regencies


def test_a_search_is_capped() -> None:
    assert len(names("tan", limit=7)) == 7


@pytest.mark.parametrize("letters", ["MAJALENGKA", "maja lengka", "majaléngka", "ma-jalengka"])
def test_case_spaces_and_marks_do_not_count(letters: str) -> None:
    assert names(letters) == ["Majalengka"]


def test_an_apostrophe_may_be_left_out() -> None:
    assert "Moro'o" in names("moroo")
    assert "Moro'o" in names("moro\u2019o")


@pytest.mark.parametrize("letters", ["", "ja", "x y", "zzz"])
def test_too_few_letters_or_none_such_find_nothing(letters: str) -> None:
    assert names(letters) == []


@given(st.sampled_from(regions.districts()))
def test_every_district_is_found_by_its_own_name(district: regions.District) -> None:
    found = regions.find(district.name, SERVED, district.regency_code, limit=100)
    shortest = sum(char.isalnum() for char in district.name) < regions.FEWEST_LETTERS
    assert shortest or district in found

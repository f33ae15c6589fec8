"""What people type about themselves."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import gsm7, people
from domain.faults import Fault

CHECKS = (people.call_name, people.birth_date, people.year, people.letters)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Siti", "Siti"),
        ("siti", "Siti"),
        ("SITI AMINAH", "Siti Aminah"),
        ("  siti   aminah ", "Siti Aminah"),
        ("McKenzie", "McKenzie"),
        ("nur'aini", "Nur'aini"),
        ("M. Rizki", "M. Rizki"),
        ("Ma\u2019ruf", "Ma'ruf"),
        ("Renée", "Renée"),
        ("Al", "Al"),
        ("A" * 20, "A" + "a" * 19),
    ],
)
def test_a_name_is_taken_as_people_say_it(typed: str, name: str) -> None:
    assert people.call_name(typed) == name


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", Fault("shape")),
        ("1", Fault("shape")),
        ("Siti2", Fault("shape")),
        ("Siti*Aminah", Fault("shape")),
        ("李小龙", Fault("shape")),
        ("Siti 😀", Fault("shape")),
        ("<script>", Fault("shape")),
        ("{{7}}", Fault("shape")),
        ("'.'", Fault("shape")),
        ("Σωκράτης", Fault("shape")),
        ("A", Fault("length", 1)),
        ("A" * 21, Fault("length", 21)),
    ],
)
def test_what_is_no_name_is_refused(typed: str, fault: Fault) -> None:
    assert people.call_name(typed) == fault


@given(st.text())
def test_a_name_that_passed_passes_again_and_fits_a_screen(text: str) -> None:
    name = people.call_name(text)
    if isinstance(name, str):
        assert people.call_name(name) == name
        assert gsm7.septets(name) == len(name) <= people.LONGEST_NAME


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("SITI AMINAH", "SITI AMINAH"),
        ("Siti Aminah, S.Pd.", "Siti Aminah, S.Pd."),
        ("  Renée   Al-Fatih ", "Renée Al-Fatih"),
        ("A", Fault("length", 1)),
        ("", Fault("length", 0)),
        ("A" * 61, Fault("length", 61)),
        ("Siti 2", Fault("shape")),
        ("=HYPERLINK(1)", Fault("shape")),
    ],
)
def test_a_full_name_is_kept_as_the_ktp_writes_it(typed: str, name: str | Fault) -> None:
    assert people.full_name(typed) == name


@pytest.mark.parametrize(
    "typed", ["15081998", "15-08-1998", "15/8/1998", "15.08.1998", " 15 8 1998 "]
)
def test_a_birth_date_however_it_is_parted(typed: str) -> None:
    assert people.birth_date(typed) == "1998-08-15"


@pytest.mark.parametrize(
    "typed", ["", "150898", "1508-1998", "31021998", "15-08-98", "1998-08-15", "٠٥٠٨١٩٩٨", "0" * 8]
)
def test_what_is_no_date_is_refused(typed: str) -> None:
    assert people.birth_date(typed) == Fault("shape")


@pytest.mark.parametrize("typed", ["1998", " 2008 "])
def test_a_year_has_four_digits(typed: str) -> None:
    assert people.year(typed) == typed.strip()


@pytest.mark.parametrize("typed", ["", "98", "199", "19988", "3000", "١٩٩٨", "1998\n"])
def test_what_is_no_year_is_refused(typed: str) -> None:
    assert people.year(typed) == Fault("shape")


@pytest.mark.parametrize(
    ("typed", "letters"),
    [
        ("jat", "jat"),
        ("JATIWANGI", "jatiwangi"),
        ("Kec. Jatiwangi", "jatiwangi"),
        ("kecamatan maja", "maja"),
        ("Ma\u2019u", "ma'u"),
        ("kecipir", "kecipir"),
        ("a" * 31, "a" * 30),
        ("Kecamatan Buay Pematang Ribu Ranau Tengah", "buay pematang ribu ranau tenga"),
    ],
)
def test_letters_of_a_place(typed: str, letters: str) -> None:
    assert people.letters(typed) == letters


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", Fault("shape")),
        ("1", Fault("shape")),
        ("ja", Fault("length", 2)),
        ("j-a", Fault("length", 2)),
        ("jat1", Fault("shape")),
    ],
)
def test_too_few_letters_or_other_signs_are_refused(typed: str, fault: Fault) -> None:
    assert people.letters(typed) == fault


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("key", ["0", "00", "98"])
def test_no_check_takes_a_key_of_the_menu(check: Callable[[str], str | Fault], key: str) -> None:
    assert isinstance(check(key), Fault)


@given(st.text())
def test_any_text_is_judged_without_an_error(text: str) -> None:
    for check in CHECKS:
        assert isinstance(check(text), str | Fault)


@pytest.mark.parametrize(
    ("name", "folded"),
    [("Siti Aminah", "siti aminah"), ("M. Ma'ruf", "m maruf"), ("Renée  ÑO", "renee no")],
)
def test_names_are_searched_without_case_or_marks(name: str, folded: str) -> None:
    assert people.folded(name) == folded

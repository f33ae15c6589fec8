"""The NIK: what is refused, what is only warned about, and whose century it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import nik
from domain.faults import Fault

TODAY = date(2026, 11, 22)
SITI = "3210115508980001"


@pytest.mark.parametrize(
    "digits",
    [
        "3210111508980001",
        SITI,
        "3374016902000002",  # 29 February 2000, a woman
        "3210991508980001",  # sub-district 99 is in no list: let through
        "9171011508980001",
        "1111111111111111",
    ],
)
def test_a_sound_nik_passes(digits: str) -> None:
    assert nik.check(digits) == digits


@pytest.mark.parametrize(
    "text", ["3210 1155 0898 0001", "3210.1155.0898.0001", "32101155-08980001"]
)
def test_spaces_dots_and_dashes_are_forgiven(text: str) -> None:
    assert nik.check(text) == SITI


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", Fault("length", 0)),
        ("123", Fault("length", 3)),
        ("321011550898000", Fault("length", 15)),
        ("32101155089800011", Fault("length", 17)),
        ("1" * 400, Fault("length", 99)),
        ("32101155O8980001", Fault("shape")),
        ("3210115508980001\n", Fault("shape")),
        ("٣٢١٠١١٥٥٠٨٩٨٠٠٠١", Fault("shape")),
        ("3210115508980001*1", Fault("shape")),
        ("3374012902010002", Fault("date")),  # 2001 had no 29 February, nor had 1901
        ("3210110008980001", Fault("date")),
        ("3210113208980001", Fault("date")),
        ("3210114008980001", Fault("date")),
        ("3210117208980001", Fault("date")),
        ("3210111500980001", Fault("date")),
        ("3210111513980001", Fault("date")),
        ("9901111508980001", Fault("region")),
        ("3210001508980001", Fault("region")),
        ("3200111508980001", Fault("region")),
        ("3210115508980000", Fault("serial")),
    ],
)
def test_what_is_no_nik_is_refused_with_its_reason(text: str, fault: Fault) -> None:
    assert nik.check(text) == fault


def test_a_nik_tells_birth_sex_and_place() -> None:
    assert nik.read(SITI, TODAY) == nik.Nik(
        digits=SITI,
        born=date(1998, 8, 15),
        sex=nik.Sex.FEMALE,
        province="32",
        regency="32.10",
        district="32.10.11",
    )
    budi = nik.read("3210111508980001", TODAY)
    assert isinstance(budi, nik.Nik)
    assert budi.sex is nik.Sex.MALE
    assert budi.born == date(1998, 8, 15)


@pytest.mark.parametrize(
    ("middle", "born"),
    [
        ("151107", date(2007, 11, 15)),
        ("221111", date(2011, 11, 22)),  # fifteen today
        ("221146", date(1946, 11, 22)),  # eighty today
        ("690200", date(2000, 2, 29)),
    ],
)
def test_the_century_is_the_one_that_gives_a_working_age(middle: str, born: date) -> None:
    read = nik.read(f"321011{middle}0001", TODAY)
    assert isinstance(read, nik.Nik)
    assert read.born == born


@pytest.mark.parametrize(
    ("middle", "age"),
    [("231111", 14), ("150820", 6), ("211145", 81), ("010127", 99)],
)
def test_an_age_that_no_century_explains_is_asked_again(middle: str, age: int) -> None:
    assert nik.read(f"321011{middle}0001", TODAY) == nik.Implausible(age)


def test_a_leap_day_only_in_the_century_that_has_it() -> None:
    # 1900 had none, so "290200" can be 2000 only, and "290204" 2004 (22) rather than 1904.
    assert nik.birth_date("290200", TODAY) == date(2000, 2, 29)
    assert nik.birth_date("290204", TODAY) == date(2004, 2, 29)
    with pytest.raises(ValueError, match="no date"):
        nik.birth_date("290201", TODAY)


@pytest.mark.parametrize(
    ("born", "today", "years"),
    [
        (date(2008, 11, 22), date(2026, 11, 22), 18),
        (date(2008, 11, 23), date(2026, 11, 22), 17),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 12, 31), date(2027, 1, 1), 18),
    ],
)
def test_age_is_in_full_years(born: date, today: date, years: int) -> None:
    assert nik.age(born, today) == years


def test_a_shown_nik_hides_birth_and_place() -> None:
    assert nik.mask(SITI) == "3210********0001"


@pytest.mark.parametrize(
    ("check", "text", "result"),
    [
        (nik.first, "321011", "321011"),
        (nik.first, "32.10.11", "321011"),
        (nik.first, SITI, SITI),
        (nik.first, "3210113208980001", Fault("date")),
        (nik.first, "32101", Fault("length", 5)),
        (nik.first, "991011", Fault("region")),
        (nik.first, "321000", Fault("region")),
        (nik.first, "32lO11", Fault("shape")),
        (nik.middle, "550898", "550898"),
        (nik.middle, "720898", Fault("date")),
        (nik.middle, "5508981", Fault("length", 7)),
        (nik.last, "0001", "0001"),
        (nik.last, "0000", Fault("serial")),
        (nik.last, "001", Fault("length", 3)),
    ],
)
def test_each_part_is_checked_on_its_own(
    check: Callable[[str], str | Fault],
    text: str,
    result: str | Fault,
) -> None:
    assert check(text) == result


@given(st.text())
def test_any_text_is_judged_without_an_error(text: str) -> None:
    for check in (nik.check, nik.first, nik.middle, nik.last):
        assert isinstance(check(text), str | Fault)


@given(
    born=st.dates(date(1946, 11, 23), date(2011, 11, 22)),
    woman=st.booleans(),
    serial=st.integers(1, 9999),
)
def test_whoever_is_15_to_80_is_read_back(born: date, *, woman: bool, serial: int) -> None:
    day = born.day + (40 if woman else 0)
    digits = f"321011{day:02}{born:%m%y}{serial:04}"
    assert nik.check(digits) == digits
    read = nik.read(digits, TODAY)
    assert isinstance(read, nik.Nik)
    assert (read.born, read.sex == nik.Sex.FEMALE) == (born, woman)
    parts = (nik.first(digits[:6]), nik.middle(digits[6:12]), nik.last(digits[12:]))
    assert "".join(str(part) for part in parts) == digits

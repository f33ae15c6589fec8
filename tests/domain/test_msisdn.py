"""Phone numbers: many ways to write one, and whom we may register."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import msisdn

PHONE = "+6281200000001"


@pytest.mark.parametrize(
    "written",
    [
        PHONE,
        "6281200000001",
        "081200000001",
        "81200000001",
        "+62 812-0000-0001",
        "0812 0000 0001",
        "(0812) 0000.0001",
        "tel:+6281200000001",
    ],
)
def test_one_number_however_it_is_written(written: str) -> None:
    read = msisdn.read(written)
    assert read == msisdn.Msisdn(PHONE, "ID", mobile=True, registrable=True)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "0",
        "+",
        "anonymous",
        f"{PHONE}\n",
        f" {PHONE};ext=1",
        "+٦٢٨١٢٠٠٠٠٠٠٠١",
        "0841234567",  # 084x is given to nobody
        "0812",
        "0" * 300,
        "+99912345678",
        "00628120000001",  # 00 does not dial out of Indonesia: 001, 007, 008 do
    ],
)
def test_what_is_no_number_is_none(written: str) -> None:
    assert msisdn.read(written) is None


@pytest.mark.parametrize(
    ("written", "country", "mobile"),
    [
        ("0233281000", "ID", False),  # a landline in Majalengka
        ("0243512345", "ID", False),  # and one in Semarang
        ("+254711000001", "KE", True),
        ("+6591234567", "SG", True),
    ],
)
def test_landlines_and_foreign_numbers_may_browse_but_not_register(
    written: str, country: str, *, mobile: bool
) -> None:
    read = msisdn.read(written)
    assert read
    assert (read.country, read.mobile, read.registrable) == (country, mobile, False)


def test_a_sandbox_region_may_register_but_not_its_landlines() -> None:
    regions = frozenset({"ID", "KE"})
    mobile, landline = (msisdn.read(n, regions) for n in ("+254711000001", "+254202000000"))
    assert mobile
    assert mobile.registrable
    assert landline
    assert not landline.registrable


def test_an_officer_sees_four_digits() -> None:
    assert msisdn.last4(PHONE) == "0001"


@given(st.text() | st.from_regex(r"(tel:)?\+?[0-9 ().-]{5,24}", fullmatch=True))
def test_any_text_is_a_number_or_none_and_reads_back_as_itself(text: str) -> None:
    read = msisdn.read(text)
    if read:
        assert msisdn.read(read.e164) == read


def test_what_is_known_of_our_own_mobile_numbers_is_what_libphonenumber_knows() -> None:
    ours = phonenumbers.PhoneMetadata.metadata_for_region("ID")
    assert ours is not None
    assert ours.mobile is not None
    assert ours.mobile.national_number_pattern == r"8[1-35-9]\d{7,10}"
    for number in ("+62811234567", "+628112345678901"[:15], "+6285200000000"):
        slow = msisdn.read(f"{number[:4]} {number[4:]}")
        assert msisdn.read(number) == slow
        assert slow is not None

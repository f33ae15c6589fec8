"""What cadres send, as they write it."""

from __future__ import annotations

import pytest

from domain import cadres
from domain.cadres import Wish
from domain.faults import Fault

NIK = "3210115508980001"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (f"DAFTAR 123456 {NIK} Siti Aminah", Wish("123456", NIK, "Siti Aminah", "")),
        (f"daftar#123456#{NIK}#Siti", Wish("123456", NIK, "Siti", "")),
        (
            f"Daftar, 123456, {NIK}, Siti, 0812-3456-789",
            Wish("123456", NIK, "Siti", "0812-3456-789"),
        ),
        ("DAFTAR 123456 3210 1155 0898 0001 Siti", Wish("123456", NIK, "Siti", "")),
        ("DAFTAR 123456 321011.550898.0001 Siti", Wish("123456", NIK, "Siti", "")),
        (f"DAFTAR 123456 {NIK} Siti +62812345678", Wish("123456", NIK, "Siti", "+62812345678")),
        (f"DAFTAR\n123456\n{NIK}\nSiti\n", Wish("123456", NIK, "Siti", "")),
        (f"DAFTAR 123456 {NIK} 081234567890", Wish("123456", NIK, "", "081234567890")),
        (f"DAFTAR 123456 {NIK}", Wish("123456", NIK, "", "")),
        ("DAFTAR 123456 Siti", Wish("123456", "", "Siti", "")),
        ("DAFTAR 1", Wish("1", "", "", "")),
        ("DAFTAR", Wish("", "", "", "")),
        ("", Wish("", "", "", "")),
    ],
)
def test_words_are_told_apart_however_they_are_parted(text: str, read: Wish) -> None:
    assert cadres.wish(text) == read


@pytest.mark.parametrize("typed", ["12345", "1234567", "12345a", "١٢٣٤٥٦", "", "123456\n"])
def test_a_pin_is_six_digits(typed: str) -> None:
    assert cadres.pin(typed) == Fault("shape")
    assert cadres.pin(" 012345 ") == "012345"

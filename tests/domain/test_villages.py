"""Posters hang for years: the number of each village stays what it is."""

from __future__ import annotations

import pytest

from domain import villages


@pytest.mark.parametrize(
    ("code", "name", "poster"),
    [
        ("32.10.01.2001", "Cipasung", "9001"),
        ("32.10.11.2001", "Burujul Kulon", "9151"),
        ("33.74.01.1001", "Miroto", "9344"),
        ("33.74.16.1007", "Mangunharjo", "9520"),
    ],
)
def test_a_village_keeps_the_number_of_its_poster(code: str, name: str, poster: str) -> None:
    village = villages.every()[code]
    assert (village.name, village.poster) == (name, poster)
    assert villages.of_poster(poster) is village


def test_each_village_has_a_poster_of_its_own() -> None:
    numbers = {village.poster for village in villages.every().values()}
    assert len(numbers) == len(villages.every()) == 520
    assert all(len(number) == 4 and number.startswith("9") for number in numbers)


@pytest.mark.parametrize(
    ("history", "parted"),
    [
        ("9001", ("9001", "")),
        ("9001*1", ("9001", "1")),
        ("9001*1*Si*ti", ("9001", "1*Si*ti")),
        ("", ("", "")),
        ("1*9001", ("", "1*9001")),
        ("9", ("", "9")),
        ("9999*1", ("", "9999*1")),
        ("90010*1", ("", "90010*1")),
    ],
)
def test_what_was_dialled_from_a_poster_is_parted(history: str, parted: tuple[str, str]) -> None:
    assert villages.off_the_poster(history) == parted

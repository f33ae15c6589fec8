"""Words behind stored keys: all languages, short enough, in the alphabet."""

from __future__ import annotations

import pytest

from domain import calendar, gsm7, terms, words


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_key_has_a_word_that_handsets_can_show(language: str) -> None:
    for key in terms.all_keys():
        word = terms.term(key, language)
        assert word == word.strip() != ""
        assert not gsm7.foreign(word)
        assert "," not in word or key in terms.sectors()


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_word_fits_its_slot(language: str) -> None:
    for key in terms.all_keys():
        assert gsm7.septets(terms.term(key, language)) <= terms.width(key), key


def test_a_slot_of_a_sector_is_wider_than_that_of_a_sex() -> None:
    keys = ("garment", "smp", "wrong_nik", "card", "M", "near")
    assert [terms.width(key) for key in keys] == [26, 22, 24, 24, 10, 16]


def test_lists_of_keys_are_known_and_no_key_means_two_things() -> None:
    assert set(terms.MISSING) | set(terms.REASONS) <= set(terms.all_keys())
    assert len(terms.sectors()) == 18
    assert len(terms.educations()) == 8
    assert not set(terms.sectors()) & set(terms.educations())
    assert terms.term("unheard of", "id") == "unheard of"


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_brief_days_and_months_are_told_apart(language: str) -> None:
    assert len({calendar.brief_weekday(day, language) for day in range(7)}) == 7
    assert len({month[:3] for month in calendar.MONTHS[language]}) == 12

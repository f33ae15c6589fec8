"""Words behind stored keys: all languages, short enough, in the alphabet."""

from __future__ import annotations

import pytest

from domain import calendar, gsm7, terms, words

WIDTHS = {
    10: ("F", "M"),
    26: terms.sectors(),
    22: terms.educations(),
    24: terms.REASONS,
    16: ("near", "other", "abroad", "anywhere", "ask_wage"),
}


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_key_has_a_word_that_handsets_can_show(language: str) -> None:
    for key in terms.all_keys():
        word = terms.term(key, language)
        assert word == word.strip() != ""
        assert not gsm7.foreign(word)
        assert "," not in word or key in terms.sectors()


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_word_fits_its_slot(language: str, width: int) -> None:
    for key in WIDTHS[width]:
        assert key in terms.all_keys()
        assert gsm7.septets(terms.term(key, language)) <= width


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

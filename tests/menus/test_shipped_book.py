"""The book as it is shipped: clean in four languages, every screen within 160 septets."""

from __future__ import annotations

import pytest

from domain.gsm7 import SAFE_SEPTETS, foreign
from domain.words import LANGUAGES
from menus.catalog import TRANSLATED, Catalog
from menus.check import check_book, report
from menus.definition import Ask, Book, Call, Choose, Go, StateId, texts_of
from menus.vocabulary import CALLS, CHECKS
from menus.walk import views


def test_the_shipped_book_has_no_issues(book: Book, catalog: Catalog) -> None:
    assert [str(issue) for issue in check_book(book, catalog)] == []


def test_it_is_told_in_all_four_languages(book: Book, catalog: Catalog) -> None:
    assert set(catalog.entries) == set(TRANSLATED)
    for state in book.states.values():
        for text in texts_of(state):
            for language in TRANSLATED:
                entry = catalog.entry(text, language)
                assert entry, f"{text.key} in {language}"
                assert entry.translates(text)


def test_every_reachable_screen_is_seen_at_its_widest_and_fits(
    book: Book, catalog: Catalog
) -> None:
    seen = list(views(book, catalog))
    for view in seen:
        assert view.septets <= SAFE_SEPTETS, view
        assert not foreign(view.screen), view
    shown = {at for at, state in book.states.items() if not isinstance(state, Call | Go)}
    assert {(view.state, view.language) for view in seen} == {
        (at, language) for at in shown for language in LANGUAGES
    }


def test_a_refused_answer_is_seen_above_every_question(book: Book, catalog: Catalog) -> None:
    seen = {(view.state, view.error) for view in views(book, catalog)}
    for at, state in book.states.items():
        if isinstance(state, Ask):
            assert {(at, fault) for fault in state.wrong} <= seen
    assert (StateId("register.nik_first"), "register.nik length") in seen


def test_all_pages_of_the_sectors_are_seen(book: Book, catalog: Catalog) -> None:
    seen = [view for view in views(book, catalog) if view.state == "alerts.sector"]
    lines = "\n".join(view.screen for view in seen if view.language == "id" and not view.error)
    assert all(f"\n{number}. " in lines for number in range(1, 19))


def test_the_report_counts_what_it_saw(book: Book, catalog: Catalog) -> None:
    found = report()
    assert found.clean
    assert found.states == len(book.states)
    assert found.screens == len(list(views(book, catalog)))
    assert found.widest
    assert found.widest.septets <= SAFE_SEPTETS


def test_a_choice_has_at_most_five_options(book: Book) -> None:
    for state in book.states.values():
        if isinstance(state, Choose):
            assert len(state.options) <= 5


def test_every_check_and_call_of_the_vocabulary_is_used(book: Book) -> None:
    asks = {state.check for state in book.states.values() if isinstance(state, Ask)}
    calls = {state.name for state in book.states.values() if isinstance(state, Call)}
    assert asks == CHECKS.keys()
    assert calls == CALLS.keys()


@pytest.mark.parametrize("key", ["0", "00"])
def test_no_check_wants_a_key_of_the_engine(key: str) -> None:
    for name, spec in CHECKS.items():
        assert type(spec.run(key)).__name__ == "Fault", name

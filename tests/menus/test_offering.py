"""Only languages that somebody has read are offered; the rest of the book stays as it is."""

from __future__ import annotations

import pytest

from menus.catalog import Catalog
from menus.definition import Book
from menus.engine import Engine
from menus.offering import offered
from tests.support.pure_phone import PurePhone


def installation(book: Book, catalog: Catalog, *languages: str) -> Engine:
    return Engine(book, catalog, languages=languages)


def test_an_installation_of_two_languages_offers_two(book: Book, catalog: Catalog) -> None:
    phone = PurePhone(installation(book, catalog, "id", "su"))
    phone.dials().types("5", "4").sees("1. Bahasa Indonesia\n2. Basa Sunda")
    phone.sees_no("Basa Jawa", "English").types("2").sees("Kartu abdi")


def test_with_indonesian_alone_there_is_nothing_to_choose(book: Book, catalog: Catalog) -> None:
    phone = PurePhone(installation(book, catalog, "id"))
    phone.dials().types("5").sees("Data saya").sees_no("Language")


def test_who_had_chosen_another_language_hears_indonesian(book: Book, catalog: Catalog) -> None:
    phone = PurePhone(installation(book, catalog, "id", "su"), "jv")
    phone.hears(caller_recognise="known", status_tell="no_show").dials().sees("janji Sel 24 Nov")
    assert phone.session.language == "jv"


@pytest.mark.parametrize("languages", [("id",), ("id", "su"), ("id", "su", "en")])
def test_another_set_of_languages_is_another_book(book: Book, languages: tuple[str, ...]) -> None:
    few = offered(book, languages)
    assert few.version != book.version
    assert few.version == offered(book, tuple(reversed(languages))).version
    assert offered(book, ("en", "jv", "su", "id")) is book

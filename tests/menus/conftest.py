"""The shipped book, one engine for all tests, and a handset on it."""

from __future__ import annotations

import pytest

from menus.catalog import Catalog, load_catalog
from menus.definition import Book
from menus.engine import Engine
from menus.loader import load_book
from tests.support.pure_phone import PurePhone


def pytest_addoption(parser: pytest.Parser) -> None:
    """Heard when this folder is named: ``pytest tests/menus --update-dialogues``."""
    parser.addoption(
        "--update-dialogues",
        action="store_true",
        help="rewrite tests/dialogues/*.txt with the screens shown now",
    )


@pytest.fixture(scope="session")
def book() -> Book:
    return load_book()


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture(scope="session")
def engine(book: Book, catalog: Catalog) -> Engine:
    return Engine(book, catalog)


@pytest.fixture
def phone(engine: Engine) -> PurePhone:
    return PurePhone(engine)

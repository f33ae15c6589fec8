"""The books of menus in use: the shipped one, and the one before it for who is still inside."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Final

from domain.words import LANGUAGES
from menus.catalog import Translations, load_catalog, shipped_translations
from menus.engine import Engine
from menus.loader import Sources, load_book, shipped_flows
from storage import books
from storage.database import Database, DatabaseDown

KEPT: Final = 2
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Engines:
    """One engine a book: `current` is the version that new sessions begin with.

    While a release is rolled out, callers come by who began with a newer book than ours: `fetch`
    gets it, once.
    """

    current: str
    by_version: Mapping[str, Engine]
    fetch: Callable[[str], Engine | None] = lambda _: None
    fetched: dict[str, Engine | None] = field(default_factory=dict)

    def newest(self) -> Engine:
        """Return the engine of the shipped book."""
        return self.by_version[self.current]

    def of(self, book: str) -> Engine:
        """Return the engine of a book, or the newest one where that book is gone."""
        return self.by_version.get(book) or self._other(book) or self.newest()

    def _other(self, book: str) -> Engine | None:
        if book not in self.fetched:
            try:
                self.fetched[book] = self.fetch(book)
            except DatabaseDown:
                return None  # for now: the next caller of it asks again
        return self.fetched[book]


def engines(
    database: Database,
    now: datetime,
    *,
    flows: Sources | None = None,
    translations: Translations | None = None,
    languages: Sequence[str] = LANGUAGES,
) -> Engines:
    """Keep the shipped book (or `flows`, `translations`) and return engines of the last two.

    A book is kept with the `languages` it offers; those of its sessions stay as they began.

    Without PostgreSQL the shipped book stands alone. An older book that this release can no longer
    read is left out: its sessions begin again, with their drafts.
    """
    flows = shipped_flows() if flows is None else flows
    translations = shipped_translations() if translations is None else translations
    shipped = _made(flows, translations, languages)
    version = shipped.book.version
    older = _kept(database, version, _packed(flows, translations, languages), now)
    return Engines(version, {**older, version: shipped}, partial(_fetched, database))


def _kept(database: Database, version: str, content: str, now: datetime) -> dict[str, Engine]:
    try:
        with database.begin() as conn:
            books.keep(conn, version, content, now)
            kept = books.latest(conn, KEPT)
    except DatabaseDown:
        _log.warning("older books of menus are not at hand: PostgreSQL is down")
        return {}
    return {name: engine for name, text in kept if name != version and (engine := _engine(text))}


def _fetched(database: Database, version: str) -> Engine | None:
    with database.begin() as conn:
        text = books.content(conn, version)
    return _engine(text) if text else None


def _made(flows: Sources, translations: Translations, languages: Sequence[str]) -> Engine:
    return Engine(load_book(flows), load_catalog(translations), languages=languages)


def _packed(flows: Sources, translations: Translations, languages: Sequence[str]) -> str:
    texts = {"flows": dict(flows), "translations": dict(translations)}
    return json.dumps({**texts, "languages": list(languages)})


def _engine(content: str) -> Engine | None:
    try:
        texts = json.loads(content)
        flows, translations = texts["flows"], texts["translations"]
        # Books kept before an installation could choose offer all languages.
        return _made(flows, translations, texts.get("languages", LANGUAGES))
    except (ValueError, KeyError, TypeError) as error:
        _log.warning("an older book of menus cannot be read: %s", type(error).__name__)
        return None

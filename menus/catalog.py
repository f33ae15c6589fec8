"""Translations: one PO file per language, keyed by text (``msgctxt``) and Indonesian source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import islice
from types import MappingProxyType

import polib

from domain import phrases
from domain.words import LANGUAGES
from menus.definition import Text
from menus.reading import BadBookError

SOURCE_LANGUAGE = LANGUAGES[0]
TRANSLATED = LANGUAGES[1:]


@dataclass(frozen=True, slots=True)
class Entry:
    """One translated text; ``key_at`` and its like are ``su/menus.po:17``."""

    key: str
    source: str
    words: str
    fuzzy: bool
    key_at: str
    source_at: str
    words_at: str

    def translates(self, text: Text) -> bool:
        """Tell whether these words were made for the text as it stands now."""
        return bool(self.words) and not self.fuzzy and self.source == text.source


@dataclass(frozen=True, slots=True)
class Catalog:
    """language -> key -> entries (more than one is an issue), Indonesian left out."""

    entries: Mapping[str, Mapping[str, tuple[Entry, ...]]] = field(default_factory=dict)

    def entry(self, text: Text, language: str) -> Entry | None:
        """Return the entry of a text, stale or not; the first of several."""
        return next(iter(self.entries.get(language, {}).get(text.key, ())), None)

    def say(self, text: Text, language: str) -> str:
        """Return the text's words in ``language``; the Indonesian ones where none will do."""
        entry = self.entry(text, language)
        return entry.words if entry and entry.translates(text) else text.source


Translations = Mapping[str, str]
"""language -> the text of its ``menus.po``."""


def shipped_translations() -> Translations:
    """Return the translations that lie in this package."""
    return read_translations(files("menus") / "locale")


def read_translations(folder: Traversable) -> Translations:
    """Return the texts of ``{su,jv,en}/menus.po``; a language without a file has none."""
    places = {language: folder / language / "menus.po" for language in TRANSLATED}
    return {name: po.read_text("utf-8") for name, po in places.items() if po.is_file()}


def reviewer(language: str) -> str:
    """Return who has read the shipped words of a language as they stand; "" while nobody has."""
    entries = polib.pofile(shipped_translations()[language])
    texts = ((raw.msgctxt or "", raw.msgid, raw.msgstr) for raw in entries if not raw.obsolete)
    return phrases.reader(entries.metadata, texts, language)


def load_catalog(translations: Translations | None = None) -> Catalog:
    """Read ``translations`` (default: the shipped ones). Raises BadBookError for no PO."""
    found = shipped_translations() if translations is None else translations
    return Catalog({language: _entries(language, text) for language, text in found.items()})


def _entries(language: str, text: str) -> Mapping[str, tuple[Entry, ...]]:
    file, lines = f"{language}/menus.po", text.splitlines()
    try:
        parsed = polib.pofile(text)
    except OSError as error:  # so polib calls a syntax error, and tells the line in words
        line = re.search(r"line (\d+)", str(error))
        raise BadBookError(f"{file}:{line[1] if line else 1}", "no PO file") from None
    found: dict[str, tuple[Entry, ...]] = {}
    for raw in parsed:
        if not raw.obsolete:
            entry = _entry(file, lines, raw)
            found[entry.key] = (*found.get(entry.key, ()), entry)
    return MappingProxyType(found)


def _entry(file: str, lines: list[str], raw: polib.POEntry) -> Entry:
    begin = raw.linenum or 1
    words = ("msgctxt" if raw.msgctxt else "msgid", "msgid", "msgstr")
    places = (f"{file}:{_line(lines, begin, word)}" for word in words)
    return Entry(raw.msgctxt or "", raw.msgid, raw.msgstr, raw.fuzzy, *places)


def _line(lines: list[str], begin: int, word: str) -> int:
    """Return the line of an entry where ``word`` stands; polib tells only where it begins."""
    numbered = enumerate(islice(lines, begin - 1, None), begin)
    return next((number for number, line in numbered if line.startswith(word)), begin)

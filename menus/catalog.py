"""Translations: one PO file per language, keyed by text (``msgctxt``) and Indonesian source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Entry:
    """One translated text and the ``su/menus.po:17`` of its lines."""

    key: str
    source: str
    words: str
    fuzzy: bool
    source_at: str
    words_at: str


@dataclass(frozen=True, slots=True)
class Catalog:
    """language -> key -> entry, of the languages other than Indonesian."""

    entries: Mapping[str, Mapping[str, Entry]] = field(default_factory=dict)

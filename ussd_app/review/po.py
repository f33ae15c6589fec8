"""Change words in a PO file and leave every other letter of it as it is.

A library that reads and writes such files wraps and orders them its own way; here a reviewer's ten
words must be ten lines of a diff.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Final

import polib

from domain.phrases import NAME, WORDS, signature
from domain.words import Language

WIDEST_LINE: Final = 100


def changed(text: str, words: Mapping[str, str]) -> str:
    """Return the file with other words for these keys. Raises KeyError for a key it has not."""
    lines = text.splitlines()
    for key, said in words.items():
        begin = _line_of(lines, f'msgctxt "{key}"', 0, key)
        first = _line_of(lines, "msgstr ", begin, key)
        last = first + 1
        while last < len(lines) and lines[last].startswith('"'):
            last += 1
        lines[first:last] = _msgstr(said)
    return "\n".join([*lines, ""])


def signed(text: str, reviewer: str, language: Language, tables: Mapping[str, str]) -> str:
    """Return the file with the name of who has read it all, and a digest of what, in its header.

    ``tables`` are those of `domain.phrases`, as they are when the file is written.
    """
    texts = ((raw.msgctxt or "", raw.msgid, raw.msgstr) for raw in polib.pofile(text))
    headers = signature(reviewer, texts, language, tables)
    lines = [line for line in text.splitlines() if not line.startswith(f'"{WORDS}: ')]
    place = _line_of(lines, f'"{NAME}: ', 0, NAME)
    lines[place : place + 1] = [f'"{name}: {_escaped(said)}\\n"' for name, said in headers.items()]
    return "\n".join([*lines, ""])


def _line_of(lines: list[str], start: str, begin: int, key: str) -> int:
    for place in range(begin, len(lines)):
        if lines[place].startswith(start):
            return place
    raise KeyError(key)


def _msgstr(said: str) -> list[str]:
    one = f'msgstr "{_escaped(said)}"'
    if len(one) <= WIDEST_LINE:
        return [one]
    width = WIDEST_LINE - 2  # the quotes
    parts = textwrap.wrap(_escaped(said), width, drop_whitespace=False, break_on_hyphens=False)
    return ['msgstr ""', *(f'"{part}"' for part in parts)]


def _escaped(said: str) -> str:
    return said.replace("\\", "\\\\").replace('"', '\\"')

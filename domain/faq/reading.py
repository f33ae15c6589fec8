"""Free text, read as meanings: one name for all the ways a thing is said and spelt.

People write to an office as to a friend: without vowels (`brp`), with endings of three languages
(`kartuna`, `kartune`, `kartunya`), with slips. A word is looked up as it stands, then without its
endings and beginnings, then by its consonants when it has no vowels, then as a slip of the keys.
What nobody knows stays itself: an office's own words still meet, and unknown words weigh against
any answer.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from domain import gsm7
from domain.faults import Fault

__all__ = ["OTHER_AFFAIRS", "SILENT", "meanings", "question"]

SILENT: Final = "-"
"""The meaning of words that say nothing about the matter: they are left out."""

OTHER_AFFAIRS: Final = "x"
"""The meaning of words that belong to other offices, to trade or to chat."""

_NOT: Final = "not"
LONGEST: Final = 480
"""Characters that are read: three SMS; nobody asks for longer."""

_APART: Final = re.compile(r"[^a-z0-9]+")
_STRETCHED: Final = re.compile(r"(.)\1{2,}")
_CARD_NAME: Final = re.compile(r"\bak[ /-]?[1i]\b")
_VOWELS: Final = re.compile(r"[aeiou]")
_TWICE: Final = re.compile(r"([a-z]{3,})2(nya|an)?")
_FEWEST_LETTERS: Final = 3
_MOST_JOINED: Final = 3
_ENDINGS: Final = (
    "nya", "kah", "lah", "kan", "ipun", "na", "ne", "ku", "mu", "an", "in", "eun", "keun", "i",
    "e", "s", "x",
)  # fmt: skip
_BEGINNINGS: Final = (
    "peng", "meng", "mem", "men", "pem", "pen", "per", "ber", "ter", "nge", "di", "ke", "se",
    "me", "pe", "ng", "ny", "n", "m", "k",
)  # fmt: skip
_SHORTEST_STEM: Final = 3
_ONE_SLIP: Final = 5
_TWO_SLIPS: Final = 8
_CONSONANTS_TELL: Final = 2


@lru_cache(maxsize=2048)
def meanings(text: str) -> frozenset[str]:
    """Return what a text speaks of; empty when it says nothing."""
    read = [one for one in _read(_words(text[:LONGEST])) if one != SILENT]
    return frozenset(read[:-1] if _only_asks(read) else read)


def question(text: str) -> str | Fault:
    """Return a question as it was typed, on one line.  Fault: ``length`` (under three letters)."""
    said = " ".join(gsm7.fold(text).split())[:LONGEST]
    return said if sum(char.isalpha() for char in said) >= _FEWEST_LETTERS else Fault("length")


def _only_asks(read: list[str]) -> bool:
    """Tell whether a last word makes a question ("bisa ga?", "aya teu?"), and denies nothing."""
    return len(read) > 1 and read[-1] == _NOT


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.lower())
    ascii_only = "".join(char for char in plain if not unicodedata.combining(char))
    named = _CARD_NAME.sub("ak1", ascii_only.replace("'", ""))
    squeezed = _STRETCHED.sub(r"\1", _APART.sub(" ", named))
    return [_TWICE.sub(r"\1", word) for word in squeezed.split()]


def _read(words: list[str]) -> Iterator[str]:
    """Yield the meaning of each word, of the longest run of words that has one first."""
    at = 0
    while at < len(words):
        length, meaning = _run(words[at : at + _MOST_JOINED])
        yield from (meaning,) if meaning else ()
        at += length


def _run(ahead: list[str]) -> tuple[int, str]:
    for length in range(len(ahead), 1, -1):
        if meaning := _lexicon().get("_".join(ahead[:length])):
            return length, meaning
    return 1, _meaning(ahead[0])


@lru_cache(maxsize=8192)
def _meaning(word: str) -> str:
    lexicon = _lexicon()
    for form in (word, *_stems(word)):
        if form in lexicon:
            return lexicon[form]
    return _without_vowels(word) or _misspelt(word) or _itself(word)


def _itself(word: str) -> str:
    """Return an unknown word; figures and single letters say nothing by themselves."""
    bare = word.removesuffix("nya") or word
    return bare if len(bare) > 1 and not bare.isdigit() else SILENT


def _stems(word: str) -> Iterator[str]:
    """Yield a word without endings, without beginnings, without both; the longest first."""
    bare = [word, *_cut_ends(word)]
    bare += [shorter for form in bare[1:] for shorter in _cut_ends(form)]
    yield from bare[1:]
    for form in bare:
        for beginning in _BEGINNINGS:
            rest = form.removeprefix(beginning)
            if rest != form and len(rest) >= _SHORTEST_STEM:
                yield rest


def _cut_ends(word: str) -> list[str]:
    cut = (word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending))
    return [form for form in cut if len(form) >= _SHORTEST_STEM]


def _without_vowels(word: str) -> str:
    """Read what was written without its vowels (`krtu`, `dftr`), where that leaves one meaning."""
    vowels = len(_VOWELS.findall(word))
    if len(word) < _SHORTEST_STEM or vowels * 3 > len(word):
        return ""
    found = _skeletons().get(_skeleton(word), frozenset())
    return next(iter(found)) if len(found) == 1 else ""


def _misspelt(word: str) -> str:
    """Read a slip of the keys: one letter in five to seven, two in longer words."""
    if len(word) < _ONE_SLIP:
        return ""
    most = 2 if len(word) >= _TWO_SLIPS else 1
    near = ((_slips(word, known, most), known) for known in _by_first().get(word[0], ()))
    close = min((one for one in near if one[0] <= most), default=None)
    return _lexicon()[close[1]] if close else ""


def _slips(word: str, known: str, most: int) -> int:
    """Return the slips between two words (insert, omit, change, swap), at most ``most + 1``."""
    if abs(len(word) - len(known)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(known) + 1))
    for at, char in enumerate(word, 1):
        new = [at]
        for to, other in enumerate(known, 1):
            cost = min(row[to] + 1, new[to - 1] + 1, row[to - 1] + (char != other))
            if at > 1 and to > 1 and char == known[to - 2] and word[at - 2] == other:
                cost = min(cost, before[to - 2] + 1)
            new.append(cost)
        before, row = row, new
    return row[-1]


def _skeleton(word: str) -> str:
    return _VOWELS.sub("", word)


@cache
def _lexicon() -> Mapping[str, str]:
    """Return the meaning of each known word; the first line that has it says which."""
    lines = files("domain.data").joinpath("faq_words.csv").read_text(encoding="utf-8").splitlines()
    known: dict[str, str] = {}
    for line in csv.DictReader(lines):
        for word in _folded(line["words"]):
            known.setdefault(word, line["meaning"])
    return MappingProxyType(known)


def _folded(words: str) -> Iterator[str]:
    for word in words.split():
        yield "_".join(_words(word.replace("_", " ")))


@cache
def _by_first() -> Mapping[str, tuple[str, ...]]:
    """Return the words that a slip may be of, by their first letter, which people get right.

    None of other affairs: they only count as they are written.
    """
    found: dict[str, list[str]] = {}
    for word, meaning in _lexicon().items():
        if len(word) >= _ONE_SLIP - 1 and "_" not in word and meaning != OTHER_AFFAIRS:
            found.setdefault(word[0], []).append(word)
    return MappingProxyType({first: tuple(words) for first, words in found.items()})


@cache
def _skeletons() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for word, meaning in _lexicon().items():
        if "_" not in word and len(skeleton := _skeleton(word)) >= _CONSONANTS_TELL:
            found.setdefault(skeleton, set()).add(meaning)
    return MappingProxyType({bones: frozenset(meant) for bones, meant in found.items()})

"""Answers and short words of `domain/data`: changed row by row, judged as screens and SMS are."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Final

from domain import gsm7, terms, words
from domain.phrases import ANSWERS, Phrase, phrases
from domain.plain_words import office_words
from domain.words import Language
from sms.issues import held

_PAPERS: Final = frozenset({"domisili", "application"})
"""A paper is called by what stands at its top, an office word or not."""


def changed(table: str, text: str, language: Language, said: Mapping[str, str]) -> str:
    """Return a table with other words for these keys; rows without any stay letter by letter."""
    head, *lines = text.splitlines()
    names = next(csv.reader([head]))
    done = [head]
    for line in lines:
        row = dict(zip(names, next(csv.reader([line])), strict=True))
        new = {**row, **_new(table, row, language, said)}
        done.append(line if new == row else _line(new))
    return "\n".join([*done, ""])


def wrong(language: Language, tables: Mapping[str, str]) -> Iterator[str]:
    """Yield what no screen or SMS may say, one line each."""
    for one in phrases(language, tables):
        for what in _wrong(one, language):
            yield f"{one.table} {one.key}: {what}"


def _new(
    table: str, row: Mapping[str, str], language: Language, said: Mapping[str, str]
) -> dict[str, str]:
    if table != ANSWERS:
        return {language: said[row["key"]]} if row["key"] in said else {}
    keys = {part: f"{row['key']}.{part}" for part in ("title", "text")}
    own = row["language"] == language
    return {part: said[key] for part, key in keys.items() if own and key in said}


def _line(row: Mapping[str, str]) -> str:
    into = io.StringIO()
    csv.writer(into, lineterminator="").writerow(row.values())
    return into.getvalue()


def _wrong(one: Phrase, language: Language) -> Iterator[str]:
    try:
        same = set(words.slots(one.said)) == set(words.slots(one.source))
    except words.SlotError as error:
        yield str(error)
        return
    if not same:
        yield "slots differ from the Indonesian"
    if foreign := gsm7.foreign(one.said):
        yield f"{''.join(sorted(foreign))} is not in GSM-7"
    if (size := gsm7.septets(words.widest(one.said))) > one.width:
        yield f"{size} septets at widest, {one.width} fit"
    yield from _unfit(one, language)


def _unfit(one: Phrase, language: Language) -> Iterator[str]:
    for word, better in office_words(one.said, language):
        if word not in _PAPERS:
            yield f"{word!r} is an office word, say {better!r}"
    # Words of a list are told apart by commas; a sector is told alone.
    if one.table != ANSWERS and "," in one.said and one.key not in terms.sectors():
        yield "a comma parts words here"
    if one.table == ANSWERS:
        yield from (f"no SMS of ours holds {what}" for what in held(one.said))

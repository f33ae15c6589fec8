"""Take a sheet back: judge what was changed, then write the words and the reader's name.

All or nothing: while anything is wrong, no file is touched.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import domain
import menus
import sms
from domain.phrases import ANSWERS, TABLES
from domain.words import Language
from menus.catalog import shipped_translations
from menus.check import report
from sms.issues import issues
from sms.reading import load
from ussd_app.review import lists, po
from ussd_app.review.rows import MENUS, SMS, texts, where
from ussd_app.review.sheet import Line

_MENUS, _SMS, _DOMAIN = (Path(str(room.__file__)).parent for room in (menus, sms, domain))


@dataclass(frozen=True, slots=True)
class Places:
    """The files that a reading changes; ``tables`` is the folder of those of `domain.phrases`."""

    menus: Path
    sms: Path
    page: Path
    tables: Path

    @classmethod
    def of(cls, language: Language) -> Places:
        """Return those of the checkout that this command runs from."""
        return cls(
            _MENUS / "locale" / language / "menus.po",
            _SMS / "locale" / language / "sms.po",
            _MENUS.parent / "docs/languages.md",
            _DOMAIN / "data",
        )


@dataclass(frozen=True, slots=True)
class Taken:
    """A sheet that may be written: how many texts were changed, and the new files."""

    changes: int
    files: Mapping[Path, str]

    def write(self) -> None:
        """Write them. Raises OSError, and leaves all as it was, when one cannot be written to."""
        for place in self.files:
            place.open("r+b").close()
        for place, text in self.files.items():
            place.write_text(text, "utf-8")


def take(
    language: Language, lines: Sequence[Line], reviewer: str, places: Places
) -> Taken | tuple[str, ...]:
    """Judge a sheet; return what to write, or all that is wrong with it, one line each."""
    if wrong := (*_not_ours(language, lines), *_no_name(reviewer)):
        return wrong
    files, tables = _files(lines, places), _tables(language, lines, places)
    if wrong := (
        *_wrong_in_menus(language, files[places.menus]),
        *_wrong_in_sms(language, files[places.sms]),
        *lists.wrong(language, tables),
    ):
        return wrong
    signed = {at: po.signed(text, reviewer, language, tables) for at, text in files.items()}
    signed[places.page] = named(places.page.read_text("utf-8"), language, reviewer)
    signed |= {places.tables / name: text for name, text in tables.items()}
    return Taken(sum(bool(line.change) for line in lines), signed)


def _files(lines: Sequence[Line], places: Places) -> Mapping[Path, str]:
    """Return the PO files with what was changed."""
    found = {MENUS: places.menus, SMS: places.sms}
    return {
        at: po.changed(at.read_text("utf-8"), _changes(lines, name)) for name, at in found.items()
    }


def _tables(language: Language, lines: Sequence[Line], places: Places) -> Mapping[str, str]:
    """Return the tables with what was changed."""
    found = {name: (places.tables / name).read_text("utf-8") for name in (ANSWERS, *TABLES)}
    return {
        name: lists.changed(name, text, language, _changes(lines, where(name)))
        for name, text in found.items()
    }


def _changes(lines: Sequence[Line], stands: str) -> Mapping[str, str]:
    return {line.key: line.change for line in lines if line.change and line.where == stands}


def named(page: str, language: Language, reviewer: str) -> str:
    """Return the page about languages with the reader's name in the row of the language."""
    lines = page.splitlines()
    place = next(at for at, line in enumerate(lines) if line.startswith(f"| `{language}` |"))
    cells = lines[place].split(" | ")
    lines[place] = " | ".join((*cells[:3], reviewer, *cells[4:]))
    return "\n".join([*lines, ""])


def _not_ours(language: Language, lines: Sequence[Line]) -> Iterator[str]:
    """Tell what differs from the texts as they stand: who has not seen one has not read all."""
    ours = texts(language)
    seen = {(line.where, line.key): (line.source, line.said) for line in lines}
    for stands, key in ours.keys() - seen.keys():
        yield f"{stands} {key}: is not in the sheet, so nobody has read it: write a new sheet"
    for stands, key in seen.keys() - ours.keys():
        yield f"{stands} {key}: there is no such text"
    for (stands, key), said in ours.items():
        for is_now, was in zip(said, seen.get((stands, key), said), strict=True):
            if is_now != was:
                yield f"{stands} {key}: says {is_now!r} by now: write a new sheet"
    for (stands, key), times in Counter((line.where, line.key) for line in lines).items():
        if times > 1:
            yield f"{stands} {key}: stands {times} times in the sheet, so which row holds?"


def _no_name(reviewer: str) -> Iterator[str]:
    if not reviewer.strip() or set(reviewer) & set('|"\n\\'):
        yield "the reader's name is missing, or has a sign in it that a table cannot hold"


def _wrong_in_menus(language: Language, text: str) -> Iterator[str]:
    found = report(None, {**shipped_translations(), language: text})
    return (str(issue) for issue in found.issues if not issue.warning)


def _wrong_in_sms(language: Language, text: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        for part in ("templates", "locale"):
            shutil.copytree(_SMS / part, Path(folder) / part)
        (Path(folder) / "locale" / language / "sms.po").write_text(text, "utf-8")
        found = issues(load(Path(folder)))
    return (f"{issue.where}: {issue.what}" for issue in found)

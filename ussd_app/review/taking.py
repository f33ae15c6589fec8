"""Take a sheet back: judge what was changed, then write the words and the reader's name.

All or nothing: while anything is wrong, no file is touched.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import menus
import sms
from domain.words import Language
from menus.catalog import shipped_translations
from menus.check import report
from sms.issues import issues
from sms.reading import load
from ussd_app.review import po
from ussd_app.review.rows import MENUS, SMS, sources
from ussd_app.review.sheet import Line

_MENUS, _SMS = (Path(str(room.__file__)).parent for room in (menus, sms))


@dataclass(frozen=True, slots=True)
class Places:
    """The files that a reading changes."""

    menus: Path
    sms: Path
    page: Path

    @classmethod
    def of(cls, language: Language) -> Places:
        """Return those of the checkout that this command runs from."""
        return cls(
            _MENUS / "locale" / language / "menus.po",
            _SMS / "locale" / language / "sms.po",
            _MENUS.parent / "docs/languages.md",
        )


@dataclass(frozen=True, slots=True)
class Taken:
    """A sheet that may be written: how many texts were changed, and the new files."""

    changes: int
    files: Mapping[Path, str]

    def write(self) -> None:
        """Write them."""
        for place, text in self.files.items():
            place.write_text(text, "utf-8")


def take(
    language: Language, lines: Sequence[Line], reviewer: str, places: Places
) -> Taken | tuple[str, ...]:
    """Judge a sheet; return what to write, or all that is wrong with it, one line each."""
    if wrong := (*_not_ours(lines), *_no_name(reviewer)):
        return wrong
    changed = [line for line in lines if line.change]
    words = {
        place: po.changed(
            place.read_text("utf-8"),
            {line.key: line.change for line in changed if line.where == where},
        )
        for where, place in ((MENUS, places.menus), (SMS, places.sms))
    }
    if wrong := (
        *_wrong_in_menus(language, words[places.menus]),
        *_wrong_in_sms(language, words[places.sms]),
    ):
        return wrong
    files = {place: po.signed(text, reviewer) for place, text in words.items()}
    files[places.page] = named(places.page.read_text("utf-8"), language, reviewer)
    return Taken(len(changed), files)


def named(page: str, language: Language, reviewer: str) -> str:
    """Return the page about languages with the reader's name in the row of the language."""
    lines = page.splitlines()
    place = next(at for at, line in enumerate(lines) if line.startswith(f"| `{language}` |"))
    cells = lines[place].split(" | ")
    lines[place] = " | ".join((*cells[:3], reviewer, *cells[4:]))
    return "\n".join([*lines, ""])


def _not_ours(lines: Sequence[Line]) -> Iterator[str]:
    """Tell what differs from the texts as they stand: who has not seen one has not read all."""
    ours = sources()
    seen = {(line.where, line.key): line.source for line in lines}
    for where, key in ours.keys() - seen.keys():
        yield f"{where} {key}: is not in the sheet, so nobody has read it: write a new sheet"
    for where, key in seen.keys() - ours.keys():
        yield f"{where} {key}: there is no such text"
    for (where, key), source in ours.items():
        if seen.get((where, key), source) != source:
            yield f"{where} {key}: says {source!r} in Indonesian by now: write a new sheet"


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

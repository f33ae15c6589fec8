"""A copy of the shipped book in which a test breaks one line."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from domain.words import LANGUAGES
from menus.catalog import load_catalog, read_translations
from menus.check import Report, check_book, report
from menus.issues.issue import Issue
from menus.loader import load_book, read_flows
from menus.vocabulary import Vocabulary

MENUS = Path(__file__).parents[2] / "menus"


@dataclass(frozen=True, slots=True)
class BookCopy:
    """The flows and words under a folder of the test's own."""

    folder: Path

    @classmethod
    def under(cls, folder: Path) -> BookCopy:
        for part in ("flows", "locale"):
            shutil.copytree(MENUS / part, folder / part)
        return cls(folder)

    def report(self) -> Report:
        return report(read_flows(self.folder / "flows"), read_translations(self.folder / "locale"))

    def issues_with(self, vocabulary: Vocabulary) -> tuple[Issue, ...]:
        book = load_book(read_flows(self.folder / "flows"))
        words = load_catalog(read_translations(self.folder / "locale"))
        return check_book(book, words, vocabulary)

    def flow(self, name: str) -> Path:
        return self.folder / "flows" / f"{name}.yaml"

    def words(self, language: str) -> Path:
        return self.folder / "locale" / language / "menus.po"

    def where(self, state: str, line: str = "") -> str:
        """``register.yaml:17`` of the first line of a state that begins so."""
        file, at = self._find(state, line)
        return f"{file.name}:{at + 1}"

    def breaks(self, state: str, line: str, old: str, new: str) -> str:
        """Change ``old`` to ``new`` in the first line of a state that begins with ``line``."""
        file, at = self._find(state, line)
        _rewrite(file, at, lambda text: _changed(text, old, new))
        return f"{file.name}:{at + 1}"

    def mistranslates(self, language: str, key: str, part: str, new: str) -> str:
        """Rewrite the ``msgid``, ``msgstr`` or ``msgctxt`` line of an entry."""
        file = self.words(language)
        lines = file.read_text("utf-8").splitlines()
        begin = lines.index(f'msgctxt "{key}"')
        at = next(at for at in range(begin, len(lines)) if lines[at].startswith(part))
        _rewrite(file, at, lambda _: new)
        return f"{language}/menus.po:{at + 1}"

    def rewords(self, state: str, line: str, old: str, new: str) -> str:
        """Change a whole Indonesian text, here and in the entries that translate it."""
        where = self.breaks(state, line, old, new)
        for language in LANGUAGES[1:]:
            file = self.words(language)
            text = _changed(file.read_text("utf-8"), f'msgid "{old}"', f'msgid "{new}"')
            file.write_text(text, "utf-8")
        return where

    def _find(self, state: str, line: str) -> tuple[Path, int]:
        flow, _, name = state.partition(".")
        file = self.flow(flow)
        lines = file.read_text("utf-8").splitlines()
        begin = lines.index(f"  {name}:") if name else 0
        body = range(begin, len(lines)) if line else [begin]
        return file, next(at for at in body if lines[at].strip().startswith(line))


def _rewrite(file: Path, at: int, change: Callable[[str], str]) -> None:
    lines = file.read_text("utf-8").splitlines()
    lines[at] = change(lines[at])
    file.write_text("\n".join([*lines, ""]), "utf-8")


def _changed(text: str, old: str, new: str) -> str:
    assert old in text, f"{old!r} is not in {text!r}"
    return text.replace(old, new, 1)


def told(issues: Iterable[Issue]) -> list[tuple[str, bool]]:
    """Where something is wrong, and whether it is but a warning."""
    return [(issue.where, issue.warning) for issue in issues]

"""Whether words that somebody was shown are the screen of a session, and the values they told.

The words of a book with a pattern in the place of each slot: so a call can be followed from
outside, where nobody says which state it is in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from domain.words import LANGUAGES, Kind, slots
from menus.definition import Book, Call, Go, Shown, StateId
from menus.engine import Engine
from menus.events import Screen
from menus.faces import AGAIN, PICK
from menus.render import Engraved, Face, Listed, Moment, Plain, draw, engraved, face
from menus.session import Session, Wrong

_OF_KIND: Final[Mapping[Kind, str]] = {
    Kind.NUMBER: "[0-9]{1,%d}",
    Kind.CODE: "[0-9 ]{1,%d}",
    Kind.HOUR: "[0-9.]{1,%d}",
    Kind.DATE: "[0-9-]{1,%d}",
}
_ANY: Final = "[^\n]{0,%d}?"
_BRACES: Final = re.compile(r"(\{[a-z][a-z0-9_]*:[1-9][0-9]?\})")
_NUMBERED: Final = re.compile(r"([0-9]+)\. ")
# A number is the greatest that may be typed, and an office's list may have other lines than ours.
_ANY_COUNT: Final = "[0-9]+"
_COUNT: Final = re.compile(r"\{count:[0-9]+\}")


@dataclass(frozen=True, slots=True)
class Told:
    """What a screen told: its slots as said, a list's lines by their numbers, if more follow."""

    values: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    more: bool = False


class Likeness:
    """Knows the screens of one engine's book. Immutable once built."""

    def __init__(self, engine: Engine) -> None:
        self._book = engine.book
        self._own: dict[str, Engraved] = {}
        self._faces: dict[str, dict[StateId, Face]] = {}
        for language in LANGUAGES:
            say = partial(engine.catalog.say, language=language)
            self._own[language] = engraved(engine.book.words, say)
            self._faces[language] = {at: face(state, say) for at, state in _shown(engine.book)}

    def told(self, session: Session, screen: Screen) -> Told | None:
        """Return what ``screen`` tells if it can be what the session shows; else None."""
        shown = self._faces[session.language].get(session.at) if session.at else None
        if shown is None or screen.ends != (isinstance(shown, Plain) and shown.ends):
            return None
        if isinstance(shown, Listed):
            return self._list(session, shown, screen.text)
        return self._plain(session, shown, screen.text)

    def alike(
        self, session: Session, ours: Screen, theirs: Screen, matters: Callable[[str], bool]
    ) -> bool:
        """Say whether two screens of a session agree in every slot that matters, by its name."""
        if ours == theirs:
            return True
        told = [self.told(session, screen) for screen in (ours, theirs)]
        found = [_mattering(one, matters) for one in told if one]
        return len(found) == len(told) and found[0] == found[1]

    def _plain(self, session: Session, shown: Face, text: str) -> Told | None:
        own = self._own[session.language]
        escaped = replace(own, back=re.escape(own.back), more=re.escape(own.more))
        moment = Moment({}, (), session.page, bool(session.trail), self._error(session))
        found = re.fullmatch(draw(shown, escaped, moment, _pattern), text)
        return Told(found.groupdict()) if found else None

    def _list(self, session: Session, shown: Listed, text: str) -> Told | None:
        own, error = self._own[session.language], self._error(session)
        head = f"{error}\n" if error else ""
        found = re.match(f"{head}{_pattern(shown.prompt)}\n", text)
        if not found:
            return None
        rest = text[found.end() :].split("\n")
        if (session.trail or session.page) and rest.pop() != own.back:
            return None
        if more := rest[-1:] == [own.more]:
            rest.pop()
        lines = dict(_lines(shown.item, rest))
        return Told(found.groupdict(), lines, more) if len(lines) == len(rest) else None

    def _error(self, session: Session) -> str:
        return self._of_fault(session, session.fault) if session.fault else ""

    def _of_fault(self, session: Session, wrong: Wrong) -> str:
        own = self._own[session.language]
        if wrong.name == PICK:
            some = _ANY_COUNT.join(map(re.escape, _BRACES.split(own.pick)[::2]))
            return f"(?:{some}|{re.escape(own.again)})"
        asked = self._faces[session.language].get(wrong.state)
        line = asked.wrong.get(wrong.name) if isinstance(asked, Plain) else None
        if wrong.name == AGAIN or line is None:
            return re.escape(own.again)
        return _pattern(_COUNT.sub(wrong.count, line))


def _mattering(told: Told, matters: Callable[[str], bool]) -> list[dict[str, str]]:
    """Return the values that matter, of the screen and of each line that has any."""
    parts = (told.values, *told.lines.values())
    values = ({name: said for name, said in part.items() if matters(name)} for part in parts)
    return [part for part in values if part]


def _shown(book: Book) -> Iterator[tuple[StateId, Shown]]:
    for at, state in book.states.items():
        if not isinstance(state, Call | Go):
            yield at, state


def _pattern(template: str, _: Mapping[str, str] | None = None) -> str:
    """Return a pattern that finds what stands in the slots of a template."""
    seen = set[str]()
    return "".join(
        _of_slot(part, seen) if _BRACES.fullmatch(part) else re.escape(part)
        for part in _BRACES.split(template)
    )


def _of_slot(part: str, seen: set[str]) -> str:
    (slot,) = slots(part)
    if slot.name in seen:
        return f"(?P={slot.name})"
    seen.add(slot.name)
    return f"(?P<{slot.name}>{_OF_KIND.get(slot.kind, _ANY) % slot.width})"


def _lines(item: str, shown: list[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield the lines of a list that are as its items are; the others are left out."""
    pattern = re.compile(_NUMBERED.pattern + _pattern(item))
    for line in shown:
        if found := pattern.fullmatch(line):
            yield int(found[1]), found.groupdict()

"""Turn a state and what is known into the words on the handset.

The words of every state are laid out once per language, as a :data:`Face`; drawing one fills its
slots and adds the lines that depend on the moment: the error above, the ways on and back below.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from msgspec import Struct

from domain import words
from domain.gsm7 import SAFE_SEPTETS, septets
from menus.definition import BACK, MORE, Ask, Choose, End, List, Show, Shown, Text
from menus.paging import Room, page_ends
from menus.session import Item

Say = Callable[[Text], str]
"""A text in the words of one language."""

Fill = Callable[[str, Mapping[str, str]], str]
"""A template with its slots said; the linter passes one that makes every slot its widest."""


@dataclass(frozen=True, slots=True)
class Plain:
    """One screen: an ``ask`` (its error lines in ``wrong``), a ``choose`` or an ``end``."""

    body: str
    wrong: Mapping[str, str]
    options: int = 0
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """A prompt above as many items as fit."""

    prompt: str
    item: str


@dataclass(frozen=True, slots=True)
class Pages:
    """Pages to read one after the other."""

    pages: tuple[str, ...]


Face = Plain | Listed | Pages


@dataclass(frozen=True, slots=True)
class Engraved:
    """The engine's own words in one language: lines of a screen, and the apology."""

    back: str
    more: str
    next: str
    pick: str
    again: str
    sorry: str


class Moment(Struct, frozen=True):
    """What a screen shows besides its state's words; ``lines`` are all items of a list."""

    known: Mapping[str, str]
    lines: Sequence[str] = ()
    page: int = 0
    back: bool = False
    error: str = ""


def face(state: Shown, say: Say) -> Face:
    """Lay out a state's words."""
    match state:
        case Ask(prompt, _, wrong):
            return Plain(say(prompt), {fault: say(text) for fault, text in wrong.items()})
        case Choose(prompt, options):
            lines = (f"{number}. {say(option.label)}" for number, option in enumerate(options, 1))
            return Plain("\n".join((say(prompt), *lines)), {}, options=len(options))
        case List(_, prompt, item):
            return Listed(say(prompt), say(item))
        case Show(pages):
            return Pages(tuple(say(page) for page in pages))
        case End(text):
            return Plain(say(text), {}, ends=True)
        case _:
            assert_never(state)


def engraved(texts: Mapping[str, Text], say: Say) -> Engraved:
    """Lay out the engine's words."""
    said = {name: say(text) for name, text in texts.items()}
    back, more = f"{BACK}. {said['back']}", f"{MORE}. {said['more']}"
    return Engraved(back, more, f"1. {said['next']}", said["pick"], said["again"], said["sorry"])


def filler(language: str) -> Fill:
    """Return what fills slots with facts, said in ``language``."""

    def fill(template: str, facts: Mapping[str, str]) -> str:
        return words.fill(template, facts, language) if "{" in template else template

    return fill


def widest(template: str, _: Mapping[str, str]) -> str:
    """Fill slots as wide as they may ever be."""
    return words.widest(template)


def pick_line(own: Engraved, last: int) -> str:
    """Say which numbers may be typed; of a single one there is nothing to say."""
    return own.again if last <= 1 else words.fill(own.pick, {"last": str(last)}, "id")


def item_lines(shown: Listed, items: Sequence[Item], fill: Fill) -> tuple[str, ...]:
    """Return the numbered lines of a list, of all its pages."""
    return tuple(f"{number}. {fill(shown.item, item)}" for number, item in enumerate(items, 1))


def page_stops(shown: Face, own: Engraved, moment: Moment, fill: Fill) -> tuple[int, ...]:
    """Return for each page the last number that may be typed there; no pages for a ``Plain``."""
    match shown:
        case Listed():
            return _list_stops(shown, own, moment, fill)
        case Pages(pages):
            return (*(0 for _ in pages[1:]), 1)
        case Plain(options=options):
            return (options,)
        case _:
            assert_never(shown)


def draw(shown: Face, own: Engraved, moment: Moment, fill: Fill) -> str:
    """Return the screen of ``shown`` at this ``moment``."""
    match shown:
        case Plain(body):
            lines = [fill(body, moment.known)]
        case Pages(pages):
            last = moment.page >= len(pages) - 1
            lines = [fill(pages[moment.page], moment.known), own.next if last else own.more]
        case Listed():
            lines = _list_lines(shown, own, moment, fill)
        case _:
            assert_never(shown)
    above = (moment.error,) if moment.error else ()
    goes_back = (moment.back or moment.page) and not (isinstance(shown, Plain) and shown.ends)
    below = (own.back,) if goes_back else ()
    return "\n".join((*above, *lines, *below))


def _list_lines(shown: Listed, own: Engraved, moment: Moment, fill: Fill) -> list[str]:
    stops = _list_stops(shown, own, moment, fill)
    page = min(moment.page, len(stops) - 1)
    begin = stops[page - 1] if page else 0
    lines = moment.lines[begin : stops[page]]
    more = [own.more] if page < len(stops) - 1 else []
    return [fill(shown.prompt, moment.known), *lines, *more]


def _list_stops(shown: Listed, own: Engraved, moment: Moment, fill: Fill) -> tuple[int, ...]:
    # Room for the error line is kept on every page, so that a wrong key never moves a number.
    error = pick_line(own, len(moment.lines))
    room = SAFE_SEPTETS - septets(fill(shown.prompt, moment.known)) - _cost(error)
    other = room - _cost(own.back)
    sizes = Room(other if moment.back else room, other, _cost(own.more))
    return page_ends(moment.lines, sizes)


def _cost(line: str) -> int:
    return septets(line) + 1  # and its line break

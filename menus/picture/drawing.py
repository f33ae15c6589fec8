"""A plan as SVG: plain shapes and words, readable without colours, with the counts on each state.

No style sheet and no script: what a page's policy forbids, and what no printer needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from xml.sax.saxutils import escape

from menus.definition import StateId
from menus.picture.plan import LINE, WIDTH, Line, Place, Plan
from menus.picture.tally import NOTHING, Tally

Tallies = Mapping[StateId, Tally]

COUNTED: Final = "{entered} masuk, {refused} salah, {timed_out} habis, {dropped} putus"
"""How the counts of a screen are told: came in, mistyped, time ran out, cut off."""

WORRYING: Final = 0.1
"""A screen on which every tenth call breaks off stands out."""

_MONO: Final = 'font-family="ui-monospace, Menlo, Consolas, monospace" font-size="12"'
_SANS: Final = 'font-family="system-ui, sans-serif" font-size="12"'
_INK: Final = "#1a1a1a"
_PAPER: Final = "#ffffff"
_QUIET: Final = "#5a5a5a"
_RED: Final = "#b3261e"
_SHOWN: Final = "#fff4c2"
_CALL: Final = "#eeeeee"
_HEAD: Final = 24
_GAP: Final = 40
_ARROW: Final = (
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8"'
    f' markerHeight="8" orient="auto"><path d="M0 0 8 4 0 8z" fill="{_QUIET}"/></marker></defs>'
)


def draw(plan: Plan, tallies: Tallies, title: str, counted: str = COUNTED) -> str:
    """Return one flow as an SVG of its own.

    ``title`` is what a reader of screens hears of it, ``counted`` how a tally is told.
    """
    return _sheet(plan.width, plan.height, title, _body(plan, tallies, counted))


def draw_all(plans: Iterable[Plan], title: str) -> str:
    """Return all flows, one under the other, as one SVG, without counts."""
    parts, y, width = list[str](), 0, 0
    for plan in plans:
        name = _words(_GAP, y + _GAP, plan.flow, f'{_SANS} font-weight="bold"')
        inside = "".join(_body(plan, {}, COUNTED))
        parts += [name, f'<g transform="translate(0 {y + _GAP})">{inside}</g>']
        y, width = y + plan.height + _GAP, max(width, plan.width)
    return _sheet(width, y + _GAP, title, parts)


def _sheet(width: int, height: int, title: str, parts: Iterable[str]) -> str:
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    named = f'role="img" aria-label="{escape(title, {chr(34): "&quot;"})}"'
    paper = f'<rect width="{width}" height="{height}" fill="{_PAPER}"/>'
    inside = "\n".join((f"<title>{escape(title)}</title>", _ARROW, paper, *parts))
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {named}>\n{inside}\n</svg>\n'


def _body(plan: Plan, tallies: Tallies, counted: str) -> Iterator[str]:
    for line in plan.lines:
        yield _way(plan, line)
    for at, place in plan.places.items():
        yield from _state(place, tallies.get(at, NOTHING), counted)


def _state(place: Place, tally: Tally, counted: str) -> Iterator[str]:
    node, x, y = place.node, place.x, place.y
    fill = _SHOWN if node.lines else _CALL
    stroke = _RED if tally.share >= WORRYING else _INK
    thick = 3 if node.ends or stroke == _RED else 1.2
    edge = f'fill="{fill}" stroke="{stroke}" stroke-width="{thick}"'
    yield f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{node.height}" rx="9" {edge}/>'
    yield _words(x + 10, y + 15, node.at, f'{_SANS} font-weight="bold"')
    yield _counted(place, tally, counted)
    top = y + _HEAD + 24
    for number, line in enumerate(node.lines):
        yield _words(x + 10, top + number * LINE, line, _MONO)
    for number, line in enumerate(node.elsewhere, len(node.lines)):
        yield _words(x + 10, top + number * LINE, line, f'{_SANS} fill="{_QUIET}"')


def _counted(place: Place, tally: Tally, counted: str) -> str:
    """Return what came of a state, and a bar as long as the part whose calls broke off."""
    if not place.node.lines or not tally.entered:
        return ""
    told = counted.format(
        entered=tally.entered,
        refused=tally.refused,
        timed_out=tally.timed_out,
        dropped=tally.dropped,
    )
    words = _words(place.x + 10, place.y + 29, told, _SMALL)
    bar = round(WIDTH * tally.share)
    y = place.y + 33
    return f'{words}<rect x="{place.x}" y="{y}" width="{bar}" height="3" fill="{_RED}"/>'


_SMALL: Final = f'font-family="system-ui, sans-serif" font-size="10" fill="{_INK}"'


def _way(plan: Plan, line: Line) -> str:
    source, target = plan.places[line.source], plan.places[line.target]
    x1, y1 = source.x + WIDTH * line.port // (line.ports + 1), source.y + source.node.height
    down = target.y > y1
    path = _down(x1, y1, target) if down else _back(source, target, line.port)
    dashes = "" if down else ' stroke-dasharray="5 4"'
    at = (x1 + 4, y1 + 13 + 12 * ((line.port - 1) % 3)) if down else _beside(source, line.port)
    label = _words(*at, line.label, f'{_SANS} fill="{_QUIET}"') if line.label else ""
    drawn = f'fill="none" stroke="{_QUIET}" marker-end="url(#arrow)"{dashes}'
    return f'<path d="{path}" {drawn}/>{label}'


def _down(x1: int, y1: int, target: Place) -> str:
    x2, y2 = target.x + WIDTH // 2, target.y
    middle = (y1 + y2) // 2
    return f"M{x1} {y1}C{x1} {middle} {x2} {middle} {x2} {y2}"


def _back(source: Place, target: Place, port: int) -> str:
    """Return a way that leads up again, or aside: round the right of both."""
    x1, y1 = source.x + WIDTH, source.y + 14 * port
    x2, y2 = target.x + WIDTH, target.y + 12
    out = max(x1, x2) + 30
    return f"M{x1} {y1}C{out} {y1} {out} {y2} {x2} {y2}"


def _beside(source: Place, port: int) -> tuple[int, int]:
    return source.x + WIDTH + 6, source.y + 14 * port - 3


def _words(x: int, y: int, words: str, how: str) -> str:
    return f'<text x="{x}" y="{y}" xml:space="preserve" {how}>{escape(words)}</text>'

"""The menus as a picture: each flow with its real screens, drawn as SVG by ourselves, without I/O.

What comes in: a book, its words, and counts by state. What may not: who called, a database, a page.
"""

from menus.picture.drawing import draw, draw_all
from menus.picture.plan import Place, Places, Plan, flows, planned, screens
from menus.picture.tally import NOTHING, Tally

__all__ = [
    "NOTHING",
    "Place",
    "Places",
    "Plan",
    "Tally",
    "draw",
    "draw_all",
    "flows",
    "planned",
    "screens",
]

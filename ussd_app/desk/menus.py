"""*Gambar menu*: what callers see, drawn, and on how many of the screens their calls broke off.

The counts name nobody. The picture is drawn anew for each look; screens and places are laid out
once, for a book does not change while we run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from flask import abort, g, render_template, request
from markupsafe import Markup

from domain.words import LANGUAGES
from menus import picture
from menus.catalog import load_catalog
from menus.definition import StateId, flow_of
from menus.engine import Engine
from menus.loader import load_book
from menus.picture import NOTHING, Plan, Tally
from services import funnel
from ussd_app import current
from ussd_app.desk import guard
from ussd_app.desk.pages import pages
from ussd_app.desk.saying import t

_POSTERS = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A flow, or a screen by its first words, and what was counted of it."""

    name: str
    tally: Tally


@pages.get("/menus")
def menus() -> str:
    """List the flows with what was counted of each, and the posters that led to calls."""
    office = guard.officer().office
    with current.house().database.begin() as conn:
        tallies = funnel.tallies(conn, office, g.now)
        posters = funnel.posters(conn, office, g.now)[:_POSTERS]
    lines = [Line(flow, _of_flow(flow, tallies)) for flow in _plans(LANGUAGES[0])]
    return render_template("desk/menus.html", lines=lines, posters=posters, code=_code)


@pages.get("/menus/<flow>")
def menu(flow: str) -> str:
    """Show one flow as a picture, and its screens in a table for who cannot see it."""
    wanted = request.args.get("in", "")
    language = wanted if wanted in LANGUAGES else LANGUAGES[0]
    plan = _plans(language).get(flow)
    if plan is None:
        abort(404)
    with current.house().database.begin() as conn:
        tallies = funnel.tallies(conn, guard.officer().office, g.now)
    title = t("flows.picture", flow=t(f"flows.of.{flow}"))
    drawn = picture.draw(plan, tallies, title, t("flows.counted"))
    return render_template(
        "desk/menu.html",
        flow=flow,
        shown_in=language,
        languages=LANGUAGES,
        drawing=Markup(drawn),  # noqa: S704 - our own shapes; the words in them are escaped there
        lines=_lines(plan, tallies),
    )


def _lines(plan: Plan, tallies: Mapping[StateId, Tally]) -> list[Line]:
    shown = [place.node for place in plan.places.values() if place.node.lines]
    return [Line(node.lines[0], tallies.get(node.at, NOTHING)) for node in shown]


def _of_flow(flow: str, tallies: Mapping[StateId, Tally]) -> Tally:
    """Sum up a flow: who came to its first screen, and all that happened in it."""
    theirs = [tally for at, tally in tallies.items() if flow_of(at) == flow]
    return Tally(
        entered=max((tally.entered for tally in theirs), default=0),
        refused=sum(tally.refused for tally in theirs),
        timed_out=sum(tally.timed_out for tally in theirs),
        dropped=sum(tally.dropped for tally in theirs),
    )


def _code(poster: str) -> str:
    """Return what a poster tells to dial."""
    return f"{current.house().settings.service_code.removesuffix('#')}*{poster}#"


@cache
def _engine() -> Engine:
    return Engine(load_book(), load_catalog())


@cache
def _plans(language: str) -> Mapping[str, Plan]:
    engine = _engine()
    screens = picture.screens(engine, language)
    flows = picture.flows(engine.book)
    return {flow: picture.planned(engine.book, flow, screens) for flow in flows}

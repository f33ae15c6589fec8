"""The front page, its three lists in full, the search, and *Kerjakan berikutnya*."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Final

from flask import abort, flash, g, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from domain import calendar
from domain.card import State
from services import desk, guessing
from services.desk import Narrowing, Row, Search, Visit
from services.officers import Right, may
from ussd_app import current
from ussd_app.desk import callbacks, guard, interests, tickets
from ussd_app.desk.pages import pages
from ussd_app.desk.saying import t


@dataclass(frozen=True, slots=True)
class Listing:
    """One list: its columns, how many rows the front page shows, how to read all of it."""

    name: str
    columns: tuple[str, ...]
    first: int
    read: Callable[[Connection, str, datetime, int], tuple[Row, ...]]


# With search, button and menu these rows keep the front page at 25 places where Tab stops.
LISTS: Final = (
    Listing("today", ("hour", "name", "home", "phone", "state"), 7, desk.coming_today),
    Listing("answer", ("name", "why", "since"), 4, desk.to_answer),
    Listing("unissued", ("name", "state", "since"), 4, desk.not_issued),
)
_BY_NAME: Final[Mapping[str, Listing]] = MappingProxyType({one.name: one for one in LISTS})
PAGE: Final = 15
# With the three ways to narrow them the page stays below 25 places where Tab stops.
FOUND: Final = 12


@dataclass(frozen=True, slots=True)
class Shown:
    """A list as the front page shows it."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Row]
    count: int


@pages.get("/")
def home() -> str:
    """Show the day: search, the one yellow button, three lists."""
    most = max(one.first for one in LISTS)
    with current.house().database.begin() as conn:
        front = desk.front(conn, guard.officer().office, g.now, most)
        notice, asked = callbacks.notice(conn), tickets.notice(conn)
        wanted = interests.waiting(conn, guard.officer().office)
        alarm = _alarm(conn)
    rows = {"today": front.today, "answer": front.answer, "unissued": front.unissued}
    counts = _by_list(front.counts)
    lists = [Shown(x.name, x.columns, rows[x.name][: x.first], counts[x.name]) for x in LISTS]
    # The link of a notice takes one of the places.
    rows_left = LISTS[0].first - sum(map(bool, (notice, asked, wanted)))
    lists[0] = replace(lists[0], rows=lists[0].rows[:rows_left])
    return render_template(
        "desk/home.html", lists=lists, today=front.day, notice=notice, asked=asked, wanted=wanted,
        alarm=alarm,
    )  # fmt: skip


def _alarm(conn: Connection) -> guessing.Alarm | None:
    """Give the last alarm to whoever manages officers: others can do nothing about it."""
    manages = may(guard.officer(), Right.MANAGE_OFFICERS)
    return guessing.latest(conn, g.now) if manages else None


@pages.get("/counts")
def counts() -> str:
    """Give the three numbers that a timer of the front page puts in place."""
    return render_template("desk/counts.html", counts=_counts().items())


@pages.get("/people/<name>")
def people(name: str) -> str:
    """Show one list, page by page."""
    listing = _BY_NAME.get(name) or abort(404)
    count = _counts()[name]
    last = max(1, -(-count // PAGE))
    page = min(max(request.args.get("page", 1, type=int), 1), last)
    with current.house().database.begin() as conn:
        rows = listing.read(conn, guard.officer().office, g.now, page * PAGE)
    shown = rows[(page - 1) * PAGE :]
    return render_template(
        "desk/people_page.html", name=name, columns=listing.columns, rows=shown, count=count,
        page=page, pages=last,
    )  # fmt: skip


@pages.post("/search")
def search() -> str | Response:
    """Find people; by POST, so that no name or number stands in an address."""
    find, narrowing = request.form.get("find", ""), _narrowing()
    house, today = current.house(), calendar.local_day(g.now, g.zone)
    with house.database.begin() as conn:
        at = Search(conn, house.vault, guard.officer().office, today, FOUND + 1)
        found = desk.search(at, find, narrowing)
    if len(found.rows) == 1 and not found.alike and narrowing == Narrowing():
        return redirect(url_for("desk.person", request_id=found.rows[0].request_id), 303)
    return render_template(
        "desk/search.html", find=find, found=found, rows=found.rows[:FOUND],
        more=len(found.rows) > FOUND, narrowing=narrowing, visits=list(Visit),
    )  # fmt: skip


def _narrowing() -> Narrowing:
    """Read what the officer chose after a search; what was not offered is left out."""
    form = request.form
    state = next((one for one in State if one == form.get("state")), None)
    visit = next((one for one in Visit if one == form.get("visit")), None)
    return Narrowing(state, visit, form.get("home") or None)


@pages.post("/next")
def next_one() -> Response:
    """Take up the next case and open it."""
    with current.house().database.begin() as conn:
        request_id = desk.next_one(conn, guard.officer(), g.now)
    if request_id is None:
        flash(t("home.next_none"))
        return redirect(url_for("desk.home"), 303)
    return redirect(url_for("desk.person", request_id=request_id), 303)


def _counts() -> dict[str, int]:
    with current.house().database.begin() as conn:
        return _by_list(desk.counts(conn, guard.officer().office, g.now))


def _by_list(counted: desk.Counts) -> dict[str, int]:
    return {
        "today": counted.today,
        "answer": counted.answer,
        "unissued": counted.unissued,
    }

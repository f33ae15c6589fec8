"""*Kader desa*: enrolled, given a new PIN, ended. For heads and admins, of their own office.

A PIN is made by the service and stands on one page, once; it is in no session and no address.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from domain.cadres import DAILY
from services.cadres import enrolling
from services.cadres.enrolling import Enrolled, Refusal, Wish
from storage.cadres import Cadre
from storage.vault import Vault
from ussd_app import current
from ussd_app.desk import guard
from ussd_app.desk.pages import pages
from ussd_app.desk.saying import t

_STATUS: Final = {Refusal.RIGHT: 403, Refusal.UNKNOWN: 409}
_ASKED: Final[Mapping[str, Callable[..., Enrolled | Cadre | Refusal]]] = MappingProxyType(
    {"pin": enrolling.new_pin, "end": enrolling.end}
)
_OF_A_FIELD: Final = frozenset({Refusal.NAME, Refusal.VILLAGE, Refusal.PHONE, Refusal.DAILY})


@dataclass(frozen=True, slots=True)
class _Work:
    """What the services work with."""

    conn: Connection
    vault: Vault
    now: datetime


@pages.route("/cadres", methods=["GET", "POST"])
def cadres() -> str | tuple[str, int]:
    """Show the office's cadres; a POST enrols one more."""
    return _enrol() if request.method == "POST" else _page()


@pages.post("/cadres/<uuid:cadre_id>")
def cadre(cadre_id: UUID) -> str | Response | tuple[str, int]:
    """Give a cadre a new PIN, or end his being one, as the button says."""
    house, by = current.house(), guard.officer()
    with house.database.begin() as conn:
        work = _Work(conn, house.vault, g.now)
        if not enrolling.is_known(work, str(cadre_id), by):
            abort(404)
        done = _asked()(work, str(cadre_id), _version(), by)
    if isinstance(done, Refusal):
        return _page(fault=t(key_of(done))), _STATUS.get(done, 422)
    if isinstance(done, Enrolled):
        return _page(made=done)
    flash(t("cadres.ended_now", name=done.name))
    return redirect(url_for("desk.cadres"), 303)


def _asked() -> Callable[..., Enrolled | Cadre | Refusal]:
    return _ASKED.get(request.form.get("do", "")) or abort(400)


def _version() -> int:
    version = request.form.get("version", type=int)
    return abort(400) if version is None else version


def _enrol() -> str | tuple[str, int]:
    house, form = current.house(), request.form
    wish = Wish(
        name=form.get("name", "")[:80],
        village=form.get("village", "")[:80],
        phone=form.get("phone", "")[:30],
        daily=form.get("daily", "")[:4],
    )
    with house.database.begin() as conn:
        done = enrolling.enrol(_Work(conn, house.vault, g.now), wish, guard.officer())
    if isinstance(done, Refusal):
        return _page(fault=t(key_of(done)), open_form=True), _STATUS.get(done, 422)
    return _page(made=done)


def key_of(why: Refusal) -> str:
    """Return the key of the words that say why nothing was done."""
    return f"cadres.{why}_fault" if why in _OF_A_FIELD else f"cadres.{why}"


def _page(made: Enrolled | None = None, fault: str = "", *, open_form: bool = False) -> str:
    house = current.house()
    with house.database.begin() as conn:
        found = enrolling.of_office(_Work(conn, house.vault, g.now), guard.officer())
    return render_template(
        "desk/cadres.html", people=found, made=made, fault=fault, open_form=open_form,
        given=request.form, daily=DAILY,
    )  # fmt: skip

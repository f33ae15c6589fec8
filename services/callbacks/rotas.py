"""When an office can ring, as its windows, holidays and promises leave it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from domain import calendar, callbacks
from domain.callbacks import Promise, Rota
from services import slots
from storage import callback_requests, holidays, offices
from storage.offices import Office


@dataclass(frozen=True, slots=True)
class Offer:
    """An office that can ring, and when."""

    office: Office
    promise: Promise


def rota(office: Office) -> Rota:
    """Return when an office rings; it does so on the days on which its doors are open."""
    windows = callbacks.windows(office.callback_windows) or ()
    return Rota(windows, slots.hours(office).weekdays, office.callback_daily)


def rings(office: Office) -> bool:
    """Tell whether an office rings people at all."""
    return office.callback_daily > 0 and bool(rota(office).windows)


def free(conn: Connection, office: Office, now: datetime) -> list[Promise]:
    """Return what an office can still promise, the soonest first."""
    local = calendar.local(now, office.zone)
    span = (local.date(), callbacks.last_day(local))
    closed = holidays.between(conn, office.code, *span)
    promised = callback_requests.promised(conn, office.code, *span)
    return list(callbacks.free(rota(office), local, closed, promised))


def soonest(conn: Connection, among: Collection[Office], now: datetime) -> Offer | None:
    """Return the soonest call that one of these offices can promise."""
    firsts = ((office, free(conn, office, now)[:1]) for office in among if rings(office))
    offers = [Offer(office, promise) for office, found in firsts for promise in found]
    return min(offers, key=_when, default=None)


def is_over(office: Office, promise: Promise, now: datetime) -> bool:
    """Tell whether the time of a promise has passed at the office."""
    return callbacks.is_over(promise, calendar.local(now, office.zone))


def nearest(conn: Connection, codes: Collection[str], hints: Collection[str]) -> list[Office]:
    """Return the office that the first good hint names, else all that are served."""
    served = [office for office in offices.every(conn) if office.code in codes]
    by_code = {office.code: office for office in served}
    return next(([by_code[hint]] for hint in hints if hint in by_code), served)


def _when(offer: Offer) -> tuple[str, str, str]:
    promise = offer.promise
    return promise.day.isoformat(), promise.window.begins, offer.office.code

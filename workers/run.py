"""`kuning work urgent|bulk|clock`: the entry of each worker, called from its main thread."""

from __future__ import annotations

import structlog

from runtime.wiring import House
from services.alerts import matching
from sms.message import Lane
from storage.database import DatabaseDown
from storage.watch import Watch
from workers.clock import Clock
from workers.duties import duties
from workers.jobs import deliver, job_class
from workers.lane import serve
from workers.queues import DELIVER, Nudge
from workers.stopping import Stop

__all__ = ["CLOCK", "ROLES", "match", "serve_lane", "work"]

log = structlog.get_logger()

CLOCK = "clock"
ROLES = (*(lane.value for lane in Lane), CLOCK)
"""What `kuning work` can be."""


def work(house: House, role: str, stop: Stop) -> None:
    """Work in a role until `stop` is set; ValueError for a role that does not exist."""
    if role == CLOCK:
        watch = Watch(house.database, "kuning.clock")
        Clock(duties(house, stop.is_set), watch, house.clock, house.failpoint).run(stop)
    else:
        serve_lane(house, Lane(role), stop)


def serve_lane(house: House, lane: Lane, stop: Stop) -> None:
    """Serve one lane's queue: the only function its jobs may name is `deliver`.

    Whoever carries the bulk lane first matches the vacancies that were just published (`match`).
    """
    nudge = Nudge(house.redis_url)

    def run(named: str) -> None:
        nudge.begun(lane)
        if lane is Lane.BULK:
            match(house)
        if deliver(house.delivery, house.clock, stop.is_set, named):
            nudge(lane)

    serve(house.redis_url, lane, job_class({DELIVER: run}), stop)


def match(house: House) -> None:
    """Match what was published; what is busy waits for the clock, and holds up no SMS that is due.

    Where several match one vacancy, each waits for what the others wrote down.
    """
    try:
        matching.run(house.database, house.clock(), failpoint=house.failpoint)
    except DatabaseDown as error:
        log.warning("alerts.not_matched", error=type(error).__name__)

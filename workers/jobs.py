"""The one job, and a job class that runs nothing else.

RQ imports whatever function a job names, with the JSON serializer too, and callbacks and webhooks
as well: who can write to Redis could run any function of this process. Here a job's name is only
looked up in a table that the process made itself; nothing is imported by name.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import ClassVar

from rq.job import Job

from services.delivery import Delivery
from sms.message import Lane

__all__ = ["ForbiddenJob", "SafeJob", "deliver", "job_class"]

Function = Callable[..., object]

LONGEST = 45.0
"""Seconds after which a delivery begins no new round; RQ ends it by force at 90."""


class ForbiddenJob(Exception):  # noqa: N818 - said as what it is
    """A job that names a function which is not on the list, or brings a callback."""


class SafeJob(Job):
    """A job whose function is looked up in `allowed`, and nowhere else."""

    allowed: ClassVar[Mapping[str, Function]] = MappingProxyType({})

    @property
    def func(self) -> Function:
        """The function of this process that the job names; `ForbiddenJob` for any other."""
        function = self.allowed.get(self.func_name or "")
        if function is None or self._brings_code():
            raise ForbiddenJob(self.id)
        return function

    @property
    def success_callback(self) -> None:
        """Never one."""

    @property
    def failure_callback(self) -> None:
        """Never one, above all not for the job that was just refused."""

    @property
    def stopped_callback(self) -> None:
        """Never one."""

    def send_webhooks(self, *_: object, **__: object) -> None:
        """Call nobody: a job does not choose whom this server talks to."""

    def _brings_code(self) -> bool:
        """Whether it asks for more than its function: a callback, an object, a web address."""
        callbacks = (
            self._success_callback_name,
            self._failure_callback_name,
            self._stopped_callback_name,
        )
        return any(callbacks) or bool(self.webhooks) or self.instance is not None


def job_class(allowed: Mapping[str, Function]) -> type[SafeJob]:
    """Make the job class of a process that runs these functions."""
    return type("SafeJob", (SafeJob,), {"allowed": MappingProxyType(dict(allowed))})


def deliver(
    delivery: Delivery,
    clock: Callable[[], datetime],
    stopping: Callable[[], bool],
    lane: str,
) -> bool:
    """Send what is due in a lane; True when time was up before the lane was empty.

    Raises ValueError for a lane that does not exist, `DatabaseDown` when PostgreSQL is away.
    """
    over = time.monotonic() + LONGEST
    while not stopping() and delivery.deliver_due(Lane(lane), clock(), stopping):
        if time.monotonic() > over:
            return True
    return False

"""The WSGI application that granian serves: the door in front, Flask behind it."""

from __future__ import annotations

import gc
import os
import signal
from typing import TYPE_CHECKING

from runtime import leash, logging
from runtime.setting_names import NAMES
from runtime.settings import from_env
from runtime.wiring import build
from ussd_app import create_app
from workers.queues import Nudge

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


def application() -> WSGIApplication:
    """Build the application of one process; called by granian in each of its workers."""
    leash.tie(signal.SIGTERM, os.getppid())
    settings = from_env(os.environ)
    logging.configure(settings.log_level)
    # granian copies the environment into every request's environ: no secret shall stand there.
    for name in NAMES:
        os.environ.pop(name, None)
    served = create_app(build(settings, nudge=Nudge)).wsgi_app
    _leave_in_peace()
    return served


def _leave_in_peace() -> None:
    """Keep the garbage collector off what was built once: a round over it takes some 60 ms."""
    gc.collect()
    gc.freeze()

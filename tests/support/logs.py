"""The log as a process of ours writes it, for the length of a `with`."""

from __future__ import annotations

import io
import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from runtime.logging import configure


@contextmanager
def logged() -> Iterator[io.StringIO]:
    """Give what is logged meanwhile; all hooks of the process are put back afterwards."""
    root, hooks = logging.getLogger(), (sys.excepthook, threading.excepthook)
    before = root.handlers[:], root.level
    stream = io.StringIO()
    configure("info", stream=stream)
    try:
        yield stream
    finally:
        root.handlers[:], root.level = before
        sys.excepthook, threading.excepthook = hooks
        structlog.reset_defaults()

"""One line an event: JSON for machines, plain for a terminal; personal numbers masked.

The standard library's loggers (those of libraries and of the lower floors) pass through the
same masks, and so do exceptions that nobody caught.
"""

from __future__ import annotations

import logging
import sys
import threading
from contextlib import suppress
from types import TracebackType
from typing import IO, Final, cast

from runtime.masking import mask, mask_value

# Where structlog finds `rich` it draws tracebacks with it, and that takes 4 MB in every process.
_ABSENT: Final = "rich" not in sys.modules
if _ABSENT:
    cast("dict[str, object]", sys.modules)["rich"] = None

import structlog  # noqa: E402 - see above
from structlog.typing import EventDict, Processor, WrappedLogger  # noqa: E402 - as above

if _ABSENT:
    del sys.modules["rich"]

# They speak a line for every job or step at their level of "info".
_CHATTY = ("alembic", "rq", "granian", "urllib3")


def configure(level: str = "info", *, stream: IO[str] | None = None) -> None:
    """Set up logging for this process; console style when `stream` is a terminal."""
    stream = stream or sys.stderr
    handler = _Handler(stream)
    handler.setFormatter(_formatter(terminal=stream.isatty()))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level.upper())))
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread


class _Handler(logging.StreamHandler[IO[str]]):
    """Does not print the arguments of an event that cannot be written, as the standard one does.

    Where the disk of the log is full nothing is written, and the work goes on.
    """

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the library's name
        with suppress(OSError):
            self.stream.write(f'{{"event": "unwritable event", "logger": "{record.name}"}}\n')


class _Masked(structlog.stdlib.ProcessorFormatter):
    """The last net: the finished line, whatever put it together."""

    def format(self, record: logging.LogRecord) -> str:
        return mask(super().format(record))


def _formatter(*, terminal: bool) -> _Masked:
    return _Masked(
        foreign_pre_chain=_shared(),
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            _mask_event,
            _renderer(terminal=terminal),
        ],
    )


def _shared() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _renderer(*, terminal: bool) -> Processor:
    if terminal:
        return structlog.dev.ConsoleRenderer(
            exception_formatter=structlog.dev.plain_traceback, pad_event_to=0
        )
    return structlog.processors.JSONRenderer(ensure_ascii=False)


def _mask_event(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    return {name: mask_value(value) for name, value in event.items()}


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    structlog.get_logger("kuning").critical("uncaught", exc_info=(kind, error, trace))


def _uncaught_in_thread(arguments: threading.ExceptHookArgs) -> None:
    error = arguments.exc_value
    if error is not None and not isinstance(error, SystemExit):
        _uncaught(arguments.exc_type, error, arguments.exc_traceback)

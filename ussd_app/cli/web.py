"""`kuning web`: the web server, granian, with the door and Flask behind it."""

from __future__ import annotations

import resource

import click

from ussd_app.cli import opening

# Eight calls at once wait for PostgreSQL without holding up the rest.
BLOCKING_THREADS = 8
# granian counts connections, also those that are kept alive and say nothing, and leaves the rest
# waiting unseen: with 64 a gateway's 65th connection was never answered.
BACKPRESSURE = 2_000
_FILES = 4_096
# Its own messages go through our logging (masks); there is no access log: paths hold tokens.
_LOGGING = {"version": 1, "disable_existing_loggers": False, "loggers": {"_granian": {}}}


@click.command()
def command() -> None:
    """Serve USSD, SMS callbacks, the desk and the browser phone."""
    settings = opening.settings()
    _allow_files()
    from granian import Granian  # noqa: PLC0415 - only this command needs it
    from granian.constants import HTTPModes, Interfaces  # noqa: PLC0415 - as above
    from granian.log import LogLevels  # noqa: PLC0415 - as above

    Granian(
        "ussd_app.wsgi:application",
        factory=True,
        address=settings.bind,
        port=settings.port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=settings.web_workers,
        blocking_threads=BLOCKING_THREADS,
        backlog=BACKPRESSURE,
        backpressure=BACKPRESSURE,
        log_access=False,
        log_level=LogLevels.error,
        log_dictconfig=_LOGGING,
    ).serve()


def _allow_files() -> None:
    """Let as many connections be open as we accept; many systems begin with 1,024 files."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _FILES if hard == resource.RLIM_INFINITY else min(_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))

"""`kuning web`: the web server, granian, with the door and Flask behind it."""

from __future__ import annotations

import click

from ussd_app.cli import opening

# Eight calls at once wait for PostgreSQL without holding up the rest; over 64 waiting a
# gateway is better served by a refusal it can see than by an answer after its time-out.
BLOCKING_THREADS = 8
BACKPRESSURE = 64
# Its own messages go through our logging (masks); there is no access log: paths hold tokens.
_LOGGING = {"version": 1, "disable_existing_loggers": False, "loggers": {"_granian": {}}}


@click.command()
def command() -> None:
    """Serve USSD, SMS callbacks, the desk and the browser phone."""
    settings = opening.settings()
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
        backpressure=BACKPRESSURE,
        log_access=False,
        log_level=LogLevels.error,
        log_dictconfig=_LOGGING,
    ).serve()

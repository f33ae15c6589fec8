"""`kuning dial`: call a running installation from this terminal, through the gateway's webhook.

In the demo it finds address and token by itself. Where a real gateway is set it has no more rights
than that gateway: it must be told both, and a number.
"""

from __future__ import annotations

import ipaddress
import os
import secrets
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import click

from domain import msisdn
from runtime.settings import DEFAULT_HOME, SIMULATOR
from ussd_app.cli import opening

if TYPE_CHECKING:
    import requests

    from menus.engine import Engine
    from ussd_app.terminal.line import GatewayLine

NEEDED: Final = "kuning dial --url https://… --token TOKEN --number 0812…"
_CODE: Final = "*123#"


@dataclass(frozen=True, slots=True)
class _Place:
    """Who is called: address, token, service code; whether it was found and not told."""

    url: str
    token: str
    code: str
    found: bool


@click.command()
@click.option("--number", help="who calls, as people write it: 0812…  [demo: Siti's]")
@click.option("--service-code", help=f"what is dialled  [default: the setting, else {_CODE}]")
@click.option("--url", help="address of another installation")
@click.option(
    "--token", help="its webhook token; asked for when left out, so that it stands in no list"
)
@click.option(
    "--record",
    type=click.Path(dir_okay=False, path_type=Path),
    help="write the call to this new dialogue file",
)
@click.option("--about", default="Rekaman.", help="first line of that file: what the call is about")
@click.option(
    "--play",
    "files",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="play dialogue files instead, and tell the first difference; may be told more than once",
)
def command(  # noqa: PLR0913 - one argument an option
    *,
    number: str | None,
    service_code: str | None,
    url: str | None,
    token: str | None,
    record: Path | None,
    about: str,
    files: tuple[Path, ...],
) -> None:
    """Call the service from this terminal. /help in a call lists what a handset can do.

    Lines may come from a script: kuning dial < answers. Exit 0: all went as it should; 1: there was
    no answer, a difference, or a line that could not be done; 2: it was asked for wrongly.
    """
    if record and files:
        raise click.UsageError("--record and --play exclude each other")
    if record:
        opening.refuse_taken(record)
    place = _told(url, token, service_code) or _found(service_code)
    if not place.found and number is None:
        raise click.UsageError(f"say whose number calls: {NEEDED}")
    done = _play(place, number, files) if files else _call(place, number, record, about)
    sys.exit(0 if done else 1)


def _told(url: str | None, token: str | None, code: str | None) -> _Place | None:
    """Read where the options point; None when they do not say."""
    if url is None and token is None:
        return None
    if url is None or (token is None and not sys.stdin.isatty()):
        raise click.UsageError(f"both are needed: {NEEDED}")
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.username:
        raise click.UsageError("--url must be an address such as https://kuning.example.go.id")
    if parts.scheme == "http" and not _is_here(parts.hostname):
        raise click.UsageError("--url must be https: http would show token and NIK to the network")
    given = click.prompt("Token", hide_input=True, err=True) if token is None else token
    return _Place(url.rstrip("/"), str(given), code or _CODE, found=False)


def _found(code: str | None) -> _Place:
    """Read the settings of the demo that runs here; exit 2 where a real gateway is set."""
    gateway = os.environ.get("KUNING_GATEWAY") or SIMULATOR
    if gateway != SIMULATOR:
        raise click.UsageError(f"a real gateway is set, so nothing is assumed: {NEEDED}")
    home = Path(os.environ.get("KUNING_HOME") or DEFAULT_HOME)
    if not home.expanduser().exists():
        raise click.ClickException(
            f"there is no installation in {home}: say make run, or set KUNING_HOME, or {NEEDED}"
        )
    settings = opening.settings()
    url = f"http://{opening.own_place(settings)}"
    return _Place(url, settings.webhook_tokens[0], code or settings.service_code, found=True)


def _call(place: _Place, number: str | None, record: Path | None, about: str) -> bool:
    import requests  # noqa: PLC0415 - a mistake in the options is told sooner

    from menus.recorder import Recorder  # noqa: PLC0415 - as above
    from ussd_app.invented import INVENTED  # noqa: PLC0415 - as above
    from ussd_app.terminal.conversing import Tape, call  # noqa: PLC0415 - as above
    from ussd_app.terminal.inbox import Inbox  # noqa: PLC0415 - as above

    caller = _e164(number) if number else INVENTED[0].phone
    with requests.Session() as http:
        line = _line(place, caller, http)
        inbox = Inbox(place.url, caller, http)
        click.echo(f"{place.code} at {place.url}, called from {caller}. /help helps.", err=True)
        return call(line, place.code, inbox, Tape(Recorder(_engine()), record, about))


def _play(place: _Place, number: str | None, files: tuple[Path, ...]) -> bool:
    """Play each file from a number of its own, unless one was told."""
    import requests  # noqa: PLC0415 - a mistake in the options is told sooner

    from ussd_app.terminal.playing import play  # noqa: PLC0415 - as above

    done, engine = True, _engine()
    with requests.Session() as http:
        for file in files:
            line = _line(place, _e164(number) if number else _fresh(), http)
            try:
                done &= play(engine, file, line)
            except ValueError as error:
                raise click.UsageError(f"{file}: {error}") from error
    return done


def _engine() -> Engine:
    from menus.catalog import load_catalog  # noqa: PLC0415 - as above
    from menus.engine import Engine  # noqa: PLC0415 - as above
    from menus.loader import load_book  # noqa: PLC0415 - as above

    return Engine(load_book(), load_catalog())


def _line(place: _Place, number: str, http: requests.Session) -> GatewayLine:
    from ussd_app.terminal.line import GatewayLine, Service  # noqa: PLC0415 - brings requests

    # A proxy of the environment may lead outside, but nothing of this machine goes through one.
    http.trust_env = not _is_here(urlsplit(place.url).hostname or "")
    return GatewayLine(Service(place.url, place.token, place.code), number, http)


def _e164(number: str) -> str:
    found = msisdn.read(number)
    if found is None:
        raise click.UsageError("--number must be a phone number such as 081200000001")
    return found.e164


def _fresh() -> str:
    """Give a number of the demo that has never called."""
    return f"+62811{secrets.randbelow(10**8):08d}"


def _is_here(host: str) -> bool:
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"

"""`kuning up`: everything on this machine, under one supervisor, until Ctrl-C."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.request import urlopen

import click

from runtime import leash, reaching
from runtime.embedded import servers
from runtime.embedded.servers import Prepared
from runtime.settings import Settings
from runtime.supervisor import Child, Supervisor, stop_on_signals
from ussd_app.cli import opening

# In the order they start; they stop in the opposite one, so nobody new is let in at the end.
PROCESSES = (("clock",), ("bulk",), ("urgent",), ("web",))
_KUNING = (sys.executable, "-m", "ussd_app.cli")
_READY_SECONDS = 60
_POLL = 0.1


@click.command()
def command() -> None:
    """Start everything: servers, tables, web, workers and clock; stop with Ctrl-C."""
    settings = opening.settings()
    _refuse_taken_port(settings)
    stop_on_signals()
    supervisor = Supervisor(lambda line: click.echo(line, err=True))
    prepared = None
    try:
        prepared = _prepare(settings)
        _start(settings, supervisor, prepared)
        supervisor.watch()
    except KeyboardInterrupt:
        click.echo("\nStopping")
    finally:
        supervisor.stop()
        if prepared is not None:
            prepared.close()


def _prepare(settings: Settings) -> Prepared | None:
    """Take the home; None when the settings name both servers."""
    wanted = reaching.embedded(settings)
    if not wanted:
        return None
    with opening.told():
        prepared = servers.prepare(settings.home, wanted)
    if prepared is None:
        raise click.ClickException(f"{settings.home} is in use: Kuning runs there already")
    return prepared


def _start(settings: Settings, supervisor: Supervisor, prepared: Prepared | None) -> None:
    if prepared is not None:
        _start_servers(supervisor, prepared)
    _release()
    for arguments in PROCESSES:
        _say(f"Starting {arguments[-1]}")
        supervisor.start(_child(arguments))
    _await_ready(settings, supervisor)
    _say_ready(settings)


def _start_servers(supervisor: Supervisor, prepared: Prepared) -> None:
    for server in prepared.servers:
        _say(f"Starting {server.name}")
        child = Child(server.name, server.start, server.stop_signal, patience=30)
        with opening.told():
            server.await_ready(supervisor.start(child))
    prepared.announce()


def _release() -> None:
    """Bring the tables up to date; its own process gives back the memory that takes."""
    _say("Bringing the tables up to date")
    done = subprocess.run([*_KUNING, "db", "upgrade"], check=False)  # noqa: S603 - ours
    if done.returncode:
        sys.exit(done.returncode)  # it has told why


def _child(arguments: tuple[str, ...]) -> Child:
    words = arguments if arguments == ("web",) else ("work", *arguments)
    line = [*_KUNING, *words]

    def start() -> subprocess.Popen[bytes]:
        return leash.start(line, ends_with=signal.SIGTERM, env=os.environ)

    return Child(arguments[-1], start)


def _refuse_taken_port(settings: Settings) -> None:
    """Say it before anything starts: a web server that dies for ever tells less."""
    family = socket.AF_INET6 if ":" in settings.bind else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.bind, settings.port))
        except OSError as error:
            place = f"{settings.bind}:{settings.port}"
            raise click.ClickException(
                f"{place} cannot be listened on ({error.strerror}): set PORT or KUNING_BIND"
            ) from error


def _await_ready(settings: Settings, supervisor: Supervisor) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while not _answers(settings):
        supervisor.tend()
        if time.monotonic() > deadline:
            raise click.ClickException("the web server does not answer; its messages stand above")
        time.sleep(_POLL)


def _answers(settings: Settings) -> bool:
    try:
        with urlopen(f"http://{opening.own_place(settings)}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def _say_ready(settings: Settings) -> None:
    phone = f"   phone {settings.url}/phone" if settings.demo else ""
    _say(f"Ready  desk {settings.url}/{phone}")


def _say(line: str) -> None:
    click.echo(line)
    sys.stdout.flush()

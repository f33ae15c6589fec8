"""`kuning offices`: what an office tells and how it works, and the days it is closed."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

import click

from ussd_app.cli import opening

if TYPE_CHECKING:
    from sqlalchemy import Connection

MISTAKES = 2


@click.group()
def command() -> None:
    """Look after the offices of KUNING_OFFICES."""


@command.command("list")
def list_() -> None:
    """Name every office by its code."""
    from storage import offices  # noqa: PLC0415 - heavy

    with _work() as (conn, _):
        for office in offices.every(conn):
            click.echo(f"{office.code}  {office.name}")


@command.command()
@click.argument("code")
def show(code: str) -> None:
    """Print the facts of an office as `set` takes them, and the holidays to come."""
    from services import office_facts  # noqa: PLC0415 - heavy

    with _work() as (conn, now):
        shown = office_facts.show(conn, code, now)
    for name, value in shown.facts.items():
        click.echo(f"{name}={shlex.quote(value)}")
    for day, name in shown.holidays:
        click.echo(f"holiday {day} {shlex.quote(name)}")


@command.command("set")
@click.argument("code")
@click.argument("facts", nargs=-1, required=True, metavar="NAME=VALUE...")
def set_(code: str, facts: tuple[str, ...]) -> None:
    """Change facts of an office: all of them, or none when one is wrong."""
    from services import office_facts  # noqa: PLC0415 - heavy

    wanted = dict(fact.split("=", 1) for fact in facts if "=" in fact)
    if len(wanted) < len(facts):
        raise click.UsageError("write each fact once, as name=value")
    with _work() as (conn, now):
        changed = office_facts.change(conn, code, wanted, now)
    click.echo(f"Changed: {', '.join(changed)}." if changed else "It was so already.")


@command.command()
@click.argument("code")
@click.argument("day", type=click.DateTime(["%Y-%m-%d"]))
@click.argument("name", default="")
@click.option("--remove", is_flag=True, help="open on that day after all")
def holiday(code: str, day: datetime, name: str, *, remove: bool) -> None:
    """Close an office on a day, NAME being why."""
    from services import office_facts  # noqa: PLC0415 - heavy

    with _work() as (conn, now):
        if remove:
            office_facts.reopen(conn, code, day.date(), now)
            closed = office_facts.Closed(0, 0)
        else:
            closed = office_facts.close(conn, code, day.date(), name, now)
    click.echo("Open on that day." if remove else "Closed on that day.")
    if closed.booked:
        click.echo(f"Booked on it: {closed.booked}. Give them another day at the desk.")
    if closed.to_ring:
        click.echo(f"To be rung on it: {closed.to_ring}. Ring them before, from the desk.")


@contextmanager
def _work() -> Iterator[tuple[Connection, datetime]]:
    """Open a transaction, now; tell what is wrong, all of it, and leave all as it was."""
    settings = opening.settings()
    from runtime.wiring import now  # noqa: PLC0415 - heavy
    from services.office_facts import MistakesError, UnknownOfficeError  # noqa: PLC0415 - heavy

    try:
        with opening.database(settings) as database, database.begin() as conn:
            yield conn, now()
    except UnknownOfficeError as error:
        raise click.ClickException("no office has that code: see kuning offices list") from error
    except MistakesError as mistakes:
        click.echo("\n".join((*mistakes.lines, "Nothing was changed.")), err=True)
        sys.exit(MISTAKES)

"""`kuning officers`: let somebody in, or in again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ussd_app.cli import opening

if TYPE_CHECKING:
    from runtime.settings import Settings
    from services.officers import Added, Refused

ROLES = ("officer", "head", "admin")


@click.group()
def command() -> None:
    """Look after those who sign in to the desk."""


@command.command()
@click.argument("email")
@click.option("--office", required=True, help="code of the office: 32.10")
@click.option("--name", required=True, help="as colleagues know the officer")
@click.option("--role", type=click.Choice(ROLES), default=ROLES[0], show_default=True)
def add(email: str, office: str, name: str, role: str) -> None:
    """Let a new officer in; the password is made here and shown once."""
    settings = opening.settings()
    from runtime.wiring import now  # noqa: PLC0415 - heavy
    from services import officers  # noqa: PLC0415 - heavy

    with opening.database(settings) as database, database.begin() as conn:
        outcome = officers.add(
            conn,
            office=office,
            email=email,
            name=name,
            role=officers.Role(role),
            by=None,
            now=now(),
        )
    _tell(settings, outcome)


@command.command()
@click.argument("email")
def reset(email: str) -> None:
    """Give an officer a new password; who is signed in with the old one is signed out."""
    settings = opening.settings()
    from runtime.wiring import now  # noqa: PLC0415 - heavy
    from services import officers  # noqa: PLC0415 - heavy

    with opening.database(settings) as database, database.begin() as conn:
        outcome = officers.reset(conn, email, by=None, now=now())
    _tell(settings, outcome)


def _tell(settings: Settings, outcome: Added | Refused) -> None:
    from services.officers import Refused  # noqa: PLC0415 - heavy
    from ussd_app.cli.passwords import hand_over  # noqa: PLC0415 - heavy

    if isinstance(outcome, Refused):
        raise click.ClickException(f"nothing was done: {outcome.why}")
    hand_over(settings, (outcome,))

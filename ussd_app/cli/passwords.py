"""How a new password reaches its officer: a terminal, else a file for one pair of eyes."""

from __future__ import annotations

import sys

import click

from runtime.release import keep_passwords
from runtime.settings import Settings
from services.officers import Added


def hand_over(settings: Settings, added: tuple[Added, ...]) -> None:
    """Show passwords once; where nobody sees the output, write a 0600 file and name it."""
    if not added:
        return
    if not sys.stdout.isatty():
        path = keep_passwords(settings, added)
        click.echo(f"Passwords of new officers: {path} (change them, then remove the file)")
        return
    for one in added:
        officer = one.officer
        click.echo(f"Officer of {officer.office}: {officer.email}  password: {one.password}")
    click.echo("They are shown only this once.")

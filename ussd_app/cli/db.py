"""`kuning db`: the tables, and copies of all data."""

from __future__ import annotations

from pathlib import Path

import click

from ussd_app.cli import opening


@click.group()
def command() -> None:
    """Look after the database."""


@command.command()
def upgrade() -> None:
    """Bring tables, offices and the first officer up to this release."""
    settings = opening.settings()
    from runtime.release import CannotRelease, release  # noqa: PLC0415 - heavy
    from runtime.wiring import now  # noqa: PLC0415 - heavy
    from storage.revisions import head  # noqa: PLC0415 - heavy
    from ussd_app.cli.passwords import hand_over  # noqa: PLC0415 - heavy

    with opening.servers(settings) as addresses:
        try:
            hand_over(settings, release(settings, addresses.database_url, now()))
        except CannotRelease as error:
            raise click.ClickException(str(error)) from error
    click.echo(f"The database is at {head()}")


@command.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write all data to FILE (new, for its owner only). Keys are not in it: keep them apart."""
    settings = opening.settings()
    from runtime.copies import CopyError, dump  # noqa: PLC0415 - only here

    with opening.servers(settings) as addresses:
        try:
            dump(addresses.database_url, file)
        except (CopyError, FileExistsError) as error:
            raise click.ClickException(str(error)) from error
    click.echo(f"Written: {file}")


@command.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.confirmation_option(prompt="All present data is replaced. Go on?")
def restore(file: Path) -> None:
    """Replace all data by that of FILE. Sending stays paused until `kuning sms resume`."""
    settings = opening.settings()
    from runtime.copies import CopyError, load  # noqa: PLC0415 - only here

    with opening.servers(settings) as addresses:
        try:
            load(addresses.database_url, file)
        except CopyError as error:
            raise click.ClickException(str(error)) from error
    click.echo("Restored. Nothing is sent until you say `kuning sms resume`.")

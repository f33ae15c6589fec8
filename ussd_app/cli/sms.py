"""`kuning sms`: look at what waits, hold it back, send again, try the line."""

from __future__ import annotations

import click

from ussd_app.cli import opening


@click.group()
def command() -> None:
    """Look after the messages."""


@command.command()
def outbox() -> None:
    """Count the messages that are not over, by lane and state."""
    settings = opening.settings()
    from runtime.wiring import now  # noqa: PLC0415 - heavy
    from services.delivery import hand as delivery_hand  # noqa: PLC0415 - heavy

    with opening.database(settings) as database:
        found = delivery_hand.look(database)
    for row in found.waiting:
        minutes = int((now() - row.oldest).total_seconds() // 60)
        click.echo(f"{row.lane:<7}{row.status:<10}{row.count:>8}   oldest {minutes} min")
    if not found.waiting:
        click.echo("Nothing waits.")
    if found.paused is not None:
        click.echo(f"Sending is paused: {found.paused}")


@command.command()
@click.argument("why")
def pause(why: str) -> None:
    """Send nothing from now on; WHY is shown to whoever asks."""
    settings = opening.settings()
    from runtime.wiring import now  # noqa: PLC0415 - heavy
    from services.delivery import hand as delivery_hand  # noqa: PLC0415 - heavy

    with opening.database(settings) as database:
        delivery_hand.pause(database, why, now())
    click.echo("Sending is paused.")


@command.command()
def resume() -> None:
    """Send again after a pause or a restore."""
    settings = opening.settings()
    from services.delivery import hand as delivery_hand  # noqa: PLC0415 - heavy

    with opening.database(settings) as database:
        held = delivery_hand.resume(database)
    click.echo("Messages are sent again." if held else "Sending was not paused.")


@command.command()
@click.argument("message_id")
def resend(message_id: str) -> None:
    """Queue a message that did not arrive once more, by its id (the desk shows it)."""
    settings = opening.settings()
    from runtime.wiring import now  # noqa: PLC0415 - heavy
    from services.delivery import hand as delivery_hand  # noqa: PLC0415 - heavy
    from storage.vault import Vault  # noqa: PLC0415 - heavy

    vault = Vault(settings.data_keys, settings.data_key, settings.index_key)
    with opening.database(settings) as database:
        done = delivery_hand.resend(database, vault, message_id, now())
    if not done:
        raise click.ClickException("there is no such message that failed and was not sent again")
    click.echo("Queued.")


@command.command("send-test")
def send_test() -> None:
    """Send one fixed text straight to a number, which is asked for."""
    settings = opening.settings()
    from runtime.wiring import gateway_of  # noqa: PLC0415 - heavy
    from services.delivery import hand as delivery_hand  # noqa: PLC0415 - heavy
    from sms.gateway import Accepted  # noqa: PLC0415 - heavy

    # Asked for, not an argument: arguments stand in the list of processes and in histories.
    phone = click.prompt("Number", hide_input=False)
    result = delivery_hand.send_test(gateway_of(settings), phone, settings.regions)
    if not isinstance(result, Accepted):
        why = "no mobile number that may be served" if result is None else repr(result)
        raise click.ClickException(f"not sent: {why}")
    click.echo(f"Taken by {settings.gateway}. {result.cost}".rstrip())

"""`kuning work`: those who send SMS, and the clock."""

from __future__ import annotations

import click

from ussd_app.cli import opening

# A lane does one thing at a time; the clock begins all its duties at once, and then waits.
KEPT = 2
ROLES = ("urgent", "bulk", "clock")


@click.command()
@click.argument("role", type=click.Choice(ROLES))
def command(role: str) -> None:
    """Send SMS that people wait for, or those that can wait, or keep time for all."""
    settings = opening.settings()
    from runtime.wiring import build  # noqa: PLC0415 - heavy
    from storage.database import Limits  # noqa: PLC0415 - heavy
    from workers.queues import Nudge  # noqa: PLC0415 - heavy
    from workers.run import work  # noqa: PLC0415 - heavy
    from workers.stopping import Stop, on_signals  # noqa: PLC0415 - heavy

    stop = Stop()
    on_signals(stop)  # before anything is said: who waits for a word of ours may end us then
    with opening.told():
        house = build(settings, nudge=Nudge, limits=Limits(kept=KEPT))
    try:
        work(house, role, stop)
    finally:
        house.close()

"""The command `kuning`: one file per noun, imported when it is asked for.

`kuning --help` lists what there is. A mistake in the settings ends any command with 2
before anything is started.
"""

from __future__ import annotations

from importlib import import_module

import click

# Name on the command line -> module of this package that has its `command`.
NOUNS = (
    "up",
    "web",
    "work",
    "dial",
    "db",
    "menus",
    "languages",
    "poster",
    "offices",
    "officers",
    "vacancies",
    "sms",
)


class _Nouns(click.Group):
    """Finds a command by importing its module."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Give the nouns in the order of a day's work."""
        return list(NOUNS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import one noun."""
        if cmd_name not in NOUNS:
            return None
        found: click.Command = import_module(f"ussd_app.cli.{cmd_name}").command
        return found


@click.group(cls=_Nouns)
@click.version_option(package_name="kuning")
def main() -> None:
    """Kuning: the manpower office on every phone."""

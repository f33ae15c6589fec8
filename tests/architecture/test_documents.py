"""What can be set, said and measured is written down."""

from __future__ import annotations

import re

import click
import pytest

from runtime.setting_names import NAMES
from runtime.wiring import House
from tests.architecture.repository import files, read, told
from ussd_app import health
from ussd_app.cli import NOUNS, main

SETTINGS = read("docs/settings.md")
OPERATIONS = read("docs/operations.md")
_LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#]+)")


@pytest.mark.parametrize("name", NAMES)
def test_every_setting_is_told(name: str) -> None:
    assert f"`{name}`" in SETTINGS
    assert re.search(rf"^#?{name}=", read(".env.example"), re.MULTILINE)


def test_no_setting_is_told_that_does_not_exist() -> None:
    told_of = set(
        re.findall(r"`((?:KUNING|AT)_[A-Z_]+)`", SETTINGS + OPERATIONS + read("README.md"))
    )
    assert told_of <= NAMES.keys()
    offered = set(re.findall(r"^#?([A-Z_]+)=", read(".env.example"), re.MULTILINE))
    assert offered == NAMES.keys()


def _commands() -> list[str]:
    """Every command as it is typed."""
    context = click.Context(main)
    found = []
    for noun in NOUNS:
        command = main.get_command(context, noun)
        inner = command.commands if isinstance(command, click.Group) else {"": None}
        found += [f"kuning {noun} {name}".rstrip() for name in inner]
    return found


@pytest.mark.parametrize("command", _commands())
def test_every_command_is_told(command: str) -> None:
    assert f"`{command}" in OPERATIONS


def test_every_figure_is_told(house: House) -> None:
    names = {family.name for family in health.registry(house).collect()}
    ours = sorted(name for name in names if name.startswith("kuning_"))
    assert ours
    for name in ours:
        assert f"`{name}`" in OPERATIONS


def test_every_link_between_documents_leads_somewhere() -> None:
    broken = [
        f"{path}: {link}"
        for path in files(".md")
        for link in _LINK.findall(read(path))
        if not (path.parent / link).exists()
    ]
    assert not broken, told(broken)

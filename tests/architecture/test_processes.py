"""Procfile, `kuning up` and the workers agree on which processes there are."""

from __future__ import annotations

from pathlib import Path

import click

from sms.message import Lane
from tests.architecture.repository import read
from ussd_app.cli import main
from ussd_app.cli.up import PROCESSES
from ussd_app.cli.work import ROLES
from workers.queues import QUEUES
from workers.run import ROLES as SERVED

PROCFILE = dict(line.split(": ", 1) for line in read("Procfile").splitlines())


def test_the_procfile_names_the_processes_that_up_starts() -> None:
    assert PROCFILE.keys() - {"release"} == {words[-1] for words in PROCESSES}


def test_every_line_of_the_procfile_is_a_command() -> None:
    for line in PROCFILE.values():
        name, *words = line.split()
        assert name == "kuning"
        assert _accepts(main, words), line


def test_every_queue_is_declared_and_served() -> None:
    assert set(QUEUES) == set(Lane)
    assert set(ROLES) == set(SERVED)
    for queue in QUEUES.values():
        assert PROCFILE[queue] == f"kuning work {queue}"


def test_the_units_of_systemd_run_the_same_processes() -> None:
    web, worker = read("deploy/kuning-web.service"), read("deploy/kuning-work@.service")
    assert "kuning web" in web
    assert "kuning work %i" in worker
    assert all(f"kuning-work@{role}" in read("docs/operations.md") for role in SERVED)


def _accepts(command: click.Command, words: list[str]) -> bool:
    """Whether the words lead to a command, its choices included."""
    if not words:
        return not isinstance(command, click.Group)
    if isinstance(command, click.Group):
        inner = command.get_command(click.Context(command), words[0])
        return inner is not None and _accepts(inner, words[1:])
    choices = [
        choice for parameter in command.params for choice in getattr(parameter.type, "choices", ())
    ]
    return words[0] in choices and Path(words[0]).name == words[0]

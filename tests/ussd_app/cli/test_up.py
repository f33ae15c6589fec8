"""`kuning up`: ready for everybody, gone without a trace, honest about what is wrong."""

from __future__ import annotations

import os
import signal
import socket
from functools import partial
from pathlib import Path

import pytest
import requests

from tests.support.free_port import free_port
from tests.support.identities import Identity, everybody, lonely
from tests.support.installed import children, family, installed
from tests.support.processes import lives, until


@pytest.mark.parametrize(
    "identity", everybody("ussd_app.wsgi, workers.run"), ids=lambda each: each.name
)
def test_up_gets_ready_for_everybody_and_ctrl_c_leaves_nothing(identity: Identity) -> None:
    with identity.folder() as folder:
        kuning = installed(folder / "home", identity)
        with kuning.up() as running:
            (ready,) = [line for line in running.lines if line.startswith("Ready")]
            desk, phone = ready.split()[2::2]
            assert requests.get(phone, timeout=10).status_code == 200
            assert requests.get(desk, timeout=10).status_code == 200
            numbers = family(folder)
            assert running.ends(signal.SIGINT) == 0
        until(lambda: not any(map(lives, numbers)))
        assert not (folder / "home" / "servers.json").exists()


def test_with_no_network_but_loopback_everything_starts(tmp_path: Path) -> None:
    """It says `Ready` only when its own web has answered that it is."""
    with installed(tmp_path / "home", lonely()).up() as running:
        assert running.is_ready()


def test_up_ends_on_sigterm_as_a_service_manager_asks(tmp_path: Path) -> None:
    with installed(tmp_path / "home").up() as running:
        numbers = family(tmp_path)
        assert running.ends(signal.SIGTERM) == 0
    until(lambda: not any(map(lives, numbers)))


def test_every_process_that_dies_comes_back(tmp_path: Path) -> None:
    with installed(tmp_path / "home").up() as running:
        for name in ("web", "urgent", "bulk", "clock", "postgres", "valkey"):
            before = children(running.process.pid)[name]
            os.kill(before, signal.SIGKILL)
            until(partial(_replaced, running.process.pid, name, before))
        url = f"http://127.0.0.1:{running.installed.environ['PORT']}/readyz"
        until(lambda: _status(url) == 200)
        assert requests.get(url, timeout=10).json() == {"database": "ok", "redis": "ok"}


def test_the_first_passwords_go_to_a_file_that_only_the_owner_reads(tmp_path: Path) -> None:
    with installed(tmp_path / "home").up() as running:
        (told,) = [line for line in running.lines if "Passwords" in line]
    path = Path(told.split(": ", 1)[1].split(" (")[0])
    assert path.stat().st_mode & 0o777 == 0o600
    offices = [line.split()[0] for line in path.read_text("utf-8").splitlines()]
    assert offices == ["32.10", "33.74"]


def test_wrong_settings_start_nothing_and_are_all_named(tmp_path: Path) -> None:
    kuning = installed(tmp_path / "home", KUNING_GATEWAY="africastalking", KUNING_TARIFF="x" * 40)
    done = kuning.says("up")
    assert done.returncode == 2
    named = {line.split(":")[0] for line in done.stderr.splitlines()}
    assert {"KUNING_TARIFF", "KUNING_SECRET_KEY", "AT_API_KEY", "KUNING_OFFICES"} <= named
    assert not (tmp_path / "home").exists()


def test_an_office_that_does_not_exist_is_told(tmp_path: Path) -> None:
    done = installed(tmp_path / "home", KUNING_OFFICES="32.10,99.99").says("up")
    assert done.returncode == 1
    assert "99.99" in done.stderr
    assert "Traceback" not in done.stderr
    until(lambda: not family(tmp_path))


def test_a_taken_port_is_told_before_anything_starts(tmp_path: Path) -> None:
    port = free_port()
    with socket.create_server(("127.0.0.1", port)):
        done = installed(tmp_path / "home", PORT=str(port)).says("up")
    assert done.returncode == 1
    assert f"127.0.0.1:{port}" in done.stderr
    assert not (tmp_path / "home" / "postgres").exists()


def test_a_home_in_use_is_not_started_twice(tmp_path: Path) -> None:
    with installed(tmp_path / "home").up():
        done = installed(tmp_path / "home").says("up")
    assert done.returncode == 1
    assert "runs there already" in done.stderr


def _status(url: str) -> int:
    try:
        return requests.get(url, timeout=10).status_code
    except requests.ConnectionError:
        return 0


def _replaced(parent: int, name: str, before: int) -> bool:
    return children(parent).get(name, before) != before

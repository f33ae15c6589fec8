"""Who watches over it is told the truth, and strangers are told nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests

from runtime.embedded.servers import Addresses
from runtime.wiring import House
from tests.support.installation import Clock, furnished, served

TOKEN = "m" * 40
NOWHERE = "redis://127.0.0.1:1"


def test_a_living_process_says_so(url: str) -> None:
    answer = requests.get(f"{url}/healthz", timeout=10)
    assert (answer.status_code, answer.text) == (200, "ok\n")


def test_it_is_ready_with_its_servers(url: str) -> None:
    answer = requests.get(f"{url}/readyz", timeout=10)
    assert (answer.status_code, answer.json()) == (200, {"database": "ok", "redis": "ok"})


def test_without_redis_it_is_ready_and_says_what_is_missing(
    postgres_url: str, tmp_path: Path, clock: Clock
) -> None:
    house = furnished(Addresses(postgres_url, NOWHERE), tmp_path / "home", clock)
    with served(house) as url:
        answer = requests.get(f"{url}/readyz", timeout=10)
    house.close()
    assert (answer.status_code, answer.json()) == (200, {"database": "ok", "redis": "down"})


@pytest.mark.parametrize(
    ("revision", "status", "words"),
    [("0001", 503, "tables of an older release: run kuning db upgrade"), ("9999", 200, "ok")],
)
def test_it_works_on_tables_of_a_later_release_and_not_of_an_older(
    house: House, url: str, revision: str, status: int, words: str
) -> None:
    from sqlalchemy import text  # noqa: PLC0415 - for this test alone

    with house.database.begin() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = :now"), {"now": revision})
    answer = requests.get(f"{url}/readyz", timeout=10)
    assert (answer.status_code, answer.json()["database"]) == (status, words)


def test_figures_are_for_this_machine(url: str) -> None:
    answer = requests.get(f"{url}/metrics", timeout=10)
    assert answer.status_code == 200
    assert "process_resident_memory_bytes" in answer.text


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-Ip"])
def test_whoever_comes_through_a_proxy_is_not_this_machine(url: str, header: str) -> None:
    answer = requests.get(f"{url}/metrics", headers={header: "127.0.0.1"}, timeout=10)
    assert answer.status_code == 404


@pytest.mark.parametrize(
    "token", [(f"Bearer {TOKEN}", 200), ("Bearer wrong", 404), ("Basic eDp5", 404)]
)
def test_the_token_opens_the_figures_from_anywhere(
    postgres_url: str, valkey_url: str, tmp_path: Path, clock: Clock, token: tuple[str, int]
) -> None:
    addresses = Addresses(postgres_url, valkey_url)
    house = furnished(addresses, tmp_path / "home", clock, KUNING_METRICS_TOKEN=TOKEN)
    bearer, status = token
    headers = {"Authorization": bearer, "X-Forwarded-For": "203.0.113.9"}
    with served(house) as url:
        answer = requests.get(f"{url}/metrics", headers=headers, timeout=10)
    house.close()
    assert answer.status_code == status

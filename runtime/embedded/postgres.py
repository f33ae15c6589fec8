"""PostgreSQL 18 in the home: made once, reached by a private socket and a password.

Its own log holds no personal data: statements, parameters and the messages of failed
statements (which repeat values) are left out, `terse` drops the DETAIL line of a broken
unique key.
"""

from __future__ import annotations

import shutil
import signal
from pathlib import Path
from urllib.parse import quote

from runtime.embedded import binaries
from runtime.embedded.errors import EmbeddedError
from runtime.embedded.guise import Guise
from runtime.embedded.home import Home, password
from runtime.embedded.server import Server, run

USER = "kuning"
DATABASE = "kuning"
_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "64MB",
    # Readers ahead and followers are for greater servers than one office's: 8 MB less.
    "io_method": "sync",
    "max_logical_replication_workers": "0",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "logging_collector": "on",
    "log_filename": "postgres-%a.log",
    "log_file_mode": "0600",
    "log_truncate_on_rotation": "on",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    "log_statement": "none",
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
}
_FLEETING = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
_INITDB = (
    "--username=kuning",
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--locale=C.UTF-8",
    "--no-instructions",
)
_PROCESS_FILE = "postmaster.pid"
_SOCKET_LOCK = ".s.PGSQL.5432.lock"
_READY_LINE = 7  # of the process file, as pg_ctl reads it


def prepare(home: Home, guise: Guise, sockets: Path, *, durable: bool) -> Server:
    """Make the data where there is none, and say how to run it.

    `durable=False` is for tests: nothing is forced to the disk.
    """
    _refuse_other_major(home.postgres)
    if not home.postgres.exists():
        _create(home, guise, durable=durable)
    guise.give(home.logs)
    settings = _SETTINGS | ({} if durable else _FLEETING)
    settings |= {"unix_socket_directories": str(sockets), "log_directory": str(home.logs)}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    return Server(
        name="postgres",
        command=(str(binaries.postgres("postgres")), "-D", str(home.postgres), *options),
        folder=home.postgres,
        log=home.logs / "postgres.log",
        stop_signal=signal.SIGINT,
        ready=lambda pid: _is_ready(home.postgres, pid),
        guise=guise,
        process_files=(home.postgres / _PROCESS_FILE, sockets / _SOCKET_LOCK),
    )


def url(home: Home, sockets: Path, database: str = DATABASE) -> str:
    """Give the SQLAlchemy URL of a database of this home."""
    place = quote(str(sockets), safe="")
    return f"postgresql+psycopg://{USER}:{password(home)}@/{database}?host={place}"


def ensure_database(home: Home, sockets: Path) -> None:
    """Make our database on the first start."""
    import psycopg  # noqa: PLC0415 - 160 ms, and only the holder of the lock needs it

    address = url(home, sockets, "postgres").replace("+psycopg", "")
    with psycopg.connect(address, autocommit=True) as connection:
        query = "SELECT 1 FROM pg_database WHERE datname = %s"
        if connection.execute(query, [DATABASE]).fetchone() is None:
            connection.execute(f"CREATE DATABASE {DATABASE}")


def _create(home: Home, guise: Guise, *, durable: bool) -> None:
    """Made beside and moved into place: a broken start leaves nothing half made."""
    draft = home.postgres.with_suffix(".new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    guise.give(draft)
    password(home)
    guise.give(home.password_file)
    options = [*_INITDB, f"--pwfile={home.password_file}", *([] if durable else ["--no-sync"])]
    run([str(binaries.postgres("initdb")), "-D", str(draft), *options], guise, draft)
    draft.rename(home.postgres)


def _refuse_other_major(folder: Path) -> None:
    version = folder / "PG_VERSION"
    if version.exists() and version.read_text("ascii").strip() != binaries.POSTGRES_MAJOR:
        raise EmbeddedError(
            f"{folder} was made by PostgreSQL {version.read_text('ascii').strip()}, this is"
            f" {binaries.POSTGRES_MAJOR}: restore a backup into a new KUNING_HOME"
        )


def _is_ready(folder: Path, pid: int) -> bool:
    try:
        lines = (folder / _PROCESS_FILE).read_text("utf-8").splitlines()
    except FileNotFoundError:
        return False
    ours = bool(lines) and lines[0] == str(pid)
    return ours and len(lines) > _READY_LINE and lines[_READY_LINE].strip() == "ready"

"""The folder of one installation: its lock, its data, its sockets, who serves it now.

Whoever holds the lock runs the servers; everybody else connects. The kernel lets go of
the lock when the holder dies, however it dies.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import secrets
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

SOCKET_PATH_MAX = 107
_LONGEST_SOCKET = ".s.PGSQL.5432"
# PostgreSQL reads its socket folders as a list, URLs have their own reserved characters.
_PLAIN = re.compile(r"[A-Za-z0-9_./-]+")


@dataclass(frozen=True, slots=True)
class Home:
    """Paths below one absolute folder, which is ours alone (0700)."""

    path: Path

    @classmethod
    def at(cls, path: Path) -> Home:
        """Make the folder where it is missing."""
        path = path.expanduser().absolute()
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        return cls(path)

    @property
    def postgres(self) -> Path:
        """PostgreSQL's data."""
        return self.path / "postgres"

    @property
    def valkey(self) -> Path:
        """Valkey's append-only file."""
        return self.path / "valkey"

    @property
    def logs(self) -> Path:
        """What the servers write."""
        return self.path / "logs"

    @property
    def password_file(self) -> Path:
        """The database password, 0600, made with the database."""
        return self.path / "postgres.password"

    @property
    def note(self) -> Path:
        """Where the holder of the lock says that the servers stand and where."""
        return self.path / "servers.json"

    def lock(self) -> Lock | None:
        """Take the home; None when another process holds it."""
        handle = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return None
        return Lock(handle)

    def announce(self, sockets: Path) -> None:
        """Tell other processes where to connect; written whole or not at all."""
        draft = self.note.with_suffix(".new")
        write_private(draft, json.dumps({"pid": os.getpid(), "sockets": str(sockets)}))
        draft.replace(self.note)

    def announced(self) -> Path | None:
        """Give the folder of the sockets, if somebody says that servers stand."""
        try:
            return Path(json.loads(self.note.read_text("utf-8"))["sockets"])
        except (FileNotFoundError, ValueError, KeyError):
            return None

    def open_sockets(self) -> Path:
        """Make a private folder whose sockets have a path the kernel takes."""
        self.close_sockets()
        near = self.path / "run"
        if _fits(near):
            near.mkdir(mode=0o700, exist_ok=True)
            return near
        return Path(tempfile.mkdtemp(prefix="kuning-", dir=_short_place()))

    def close_sockets(self) -> None:
        """Withdraw the note and remove a socket folder outside the home, if it is ours."""
        folder = self.announced()
        self.note.unlink(missing_ok=True)
        if folder is not None and folder.name.startswith("kuning-") and _ours(folder):
            shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Lock:
    """The right to run servers in a home."""

    handle: int

    def release(self) -> None:
        """Let the next process have it."""
        os.close(self.handle)


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner reads, and force it to the disk."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def password(home: Home) -> str:
    """Read the database password, or make it."""
    if not home.password_file.exists():
        write_private(home.password_file, secrets.token_urlsafe(32))
    return home.password_file.read_text("utf-8").strip()


def _fits(folder: Path) -> bool:
    longest = os.fsencode(folder / _LONGEST_SOCKET)
    return len(longest) <= SOCKET_PATH_MAX and _PLAIN.fullmatch(str(folder)) is not None


def _short_place() -> str:
    """Give a folder all users may write to; TMPDIR itself may be long or hold a space."""
    return "/tmp"  # noqa: S108 - mkdtemp makes a private folder in it


def _ours(folder: Path) -> bool:
    try:
        facts = folder.lstat()
    except FileNotFoundError:
        return False
    return facts.st_uid == os.geteuid() and not folder.is_symlink()

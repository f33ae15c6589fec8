"""As whom the servers run: PostgreSQL refuses to run as root, and it is right."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from runtime.embedded.errors import EmbeddedError

_SAME = -1
_ACCOUNTS = ("postgres", "nobody")
_USUAL = 1000


_ROOT = (
    "PostgreSQL may not run as root, and here it can neither take a user namespace nor an"
    " unprivileged user: start as a plain user"
)
_NAMELESS = (
    "PostgreSQL may not run as a user without a name, and here it can take no user namespace:"
    " add this user to /etc/passwd"
)


@dataclass(frozen=True, slots=True)
class Guise:
    """A prefix for commands, or a user to become; empty when we are a plain user already."""

    prefix: tuple[str, ...] = ()
    user: int = _SAME
    group: int = _SAME

    def give(self, path: Path) -> None:
        """Make a file or folder the guise's own; nothing to do unless a user is changed."""
        if self.user != _SAME:
            os.chown(path, self.user, self.group)


def choose(programs: Sequence[Path], folder: Path) -> Guise:
    """Choose how to run `programs` in `folder`; EmbeddedError if root finds no way."""
    if os.geteuid() != 0:
        return Guise() if _has_name(os.geteuid()) else _namespace() or _refuse(_NAMELESS)
    return _namespace() or _account(programs, folder) or _refuse(_ROOT)


def _namespace() -> Guise | None:
    """Root outside, user 1000 inside: the files stay root's, the server is unprivileged."""
    unshare, user = shutil.which("unshare"), _named_user()
    if unshare is None or user is None:
        return None
    prefix = (unshare, "--user", f"--map-user={user.pw_uid}", f"--map-group={user.pw_gid}", "--")
    return Guise(prefix) if _runs([*prefix, "/bin/true"]) else None


def _named_user() -> pwd.struct_passwd | None:
    """A plain user of this machine: initdb refuses to be somebody without a name."""
    plain = {entry.pw_uid: entry for entry in pwd.getpwall() if entry.pw_uid != 0}
    return plain.get(_USUAL) or next(iter(plain.values()), None)


def _has_name(number: int) -> bool:
    return any(entry.pw_uid == number for entry in pwd.getpwall())


def _account(programs: Sequence[Path], folder: Path) -> Guise | None:
    for name in _ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if _reaches(entry.pw_uid, entry.pw_gid, programs, folder):
            return Guise((), entry.pw_uid, entry.pw_gid)
    return None


def _reaches(user: int, group: int, programs: Sequence[Path], folder: Path) -> bool:
    """Whether every folder on the way is open to others; the last one is handed over."""
    way = (part for path in (*programs, folder) for part in path.resolve().parents)
    open_way = all(part.stat().st_mode & 0o001 for part in way if part != folder)
    return open_way and all(_runs([str(each), "--version"], user, group) for each in programs)


def _runs(command: Sequence[str], user: int | None = None, group: int | None = None) -> bool:
    try:
        done = subprocess.run(  # noqa: S603 - programs found above
            command,
            user=user,
            group=group,
            extra_groups=None if user is None else [],
            capture_output=True,
            timeout=20,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0


def _refuse(why: str) -> Guise:
    raise EmbeddedError(f"{why}, or set DATABASE_URL and REDIS_URL")

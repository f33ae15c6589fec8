"""The same test as root, as a plain user and as a stranger to the checkout.

Who runs the tests does not matter: a user namespace lends root to a plain user and a plain
user to root. Only a real root can become a third one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_NOBODY = 65534
# By their whole path: some tests take PATH away.
_UNSHARE = shutil.which("unshare") or "unshare"
_SETPRIV = shutil.which("setpriv") or "setpriv"
_ROOT = Path(__file__).parents[2]
IS_ROOT = os.geteuid() == 0


@dataclass(frozen=True, slots=True)
class Identity:
    """How to run Python as somebody; `owner` is who must own the folders given to it."""

    name: str
    prefix: tuple[str, ...]
    python: str = sys.executable
    owner: int = -1

    def environment(self, **extra: str) -> Mapping[str, str]:
        """Give the paths of this checkout and the packages of this Python, nothing else."""
        packages = [path for path in sys.path if path.endswith("-packages")]
        paths = os.pathsep.join([*extra.pop("first", "").split(), str(_ROOT), *packages])
        return {"PATH": os.environ["PATH"], "PYTHONPATH": paths} | extra

    @contextmanager
    def folder(self) -> Iterator[Path]:
        """Give a folder that this identity owns, in a place it can reach."""
        path = Path(tempfile.mkdtemp(prefix="kuning-test-", dir="/tmp"))
        try:
            os.chown(path, self.owner, self.owner)
            yield path
        finally:
            shutil.rmtree(path)


def root() -> Identity:
    """User 0, with all rights or with those of a namespace."""
    return Identity("root", () if IS_ROOT else (_UNSHARE, "--user", "--map-root-user"))


def plain() -> Identity:
    """A user without rights."""
    return Identity("plain", _UNSHARED if IS_ROOT else ())


def stranger(needs: str) -> Identity:
    """A user who owns neither checkout nor environment, where we may become one.

    `needs` are the modules he must be able to import: root's own Python may lie in root's
    home, and the system's may be too old for a package. Without one he is a plain user.
    """
    prefix = (_SETPRIV, f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups", "env")
    python = _readable_python(prefix, needs) if IS_ROOT else None
    return Identity("stranger", prefix, python, _NOBODY) if python else plain()


def lonely() -> Identity:
    """Root of a namespace in which there is no network but loopback."""
    script = str(Path(__file__).with_name("lonely.py"))
    unshare = (_UNSHARE, "--user", "--map-root-user", "--net", "--")
    return Identity("lonely", (*unshare, sys.executable, script))


def everybody(needs: str) -> tuple[Identity, ...]:
    """Root, a plain user, and a stranger if there can be one."""
    return tuple(dict.fromkeys((root(), plain(), stranger(needs))))


_UNSHARED = (_UNSHARE, "--user", "--map-user=1000", "--map-group=1000")


def _readable_python(prefix: tuple[str, ...], needs: str) -> str | None:
    version = f"import sys; assert sys.version_info[:2] == {sys.version_info[:2]}"
    environment = Identity("", ()).environment()
    for python in (sys.executable, "/usr/bin/python3"):
        command = [*prefix, python, "-c", f"{version}; import {needs}"]
        done = subprocess.run(command, env=environment, capture_output=True, check=False)
        if done.returncode == 0:
            return python
    return None

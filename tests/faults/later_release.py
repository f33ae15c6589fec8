"""A later release of Kuning, made up: the same rooms with one screen in new words and a migration.

The migration is what a release may do: a column that may be empty, a table, an index.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import requests

from storage import migrate
from tests.faults.stack import Stack
from tests.support.free_port import free_port
from tests.support.processes import until

__all__ = ["REVISION", "WORDS", "Release", "later", "ours"]

REVISION = "9999"
WORDS = "Ketik nama panggilan Anda"
"""How the later release asks for the name."""

_ROOT = Path(__file__).parents[2]
_ROOMS = ("domain", "menus", "sms", "storage", "services", "runtime", "workers", "ussd_app")
_MIGRATION = '''"""A made-up step."""

from alembic import op

revision = "{revision}"
down_revision = "{before}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column, a table and an index."""
    op.get_bind().exec_driver_sql(
        "alter table card_requests add column made_up text;"
        "create table made_up (id uuid primary key);"
        "create index ix_made_up on card_requests (made_up)"
    )
'''


@dataclass(frozen=True, slots=True)
class Release:
    """The code of one release, in a folder."""

    folder: Path

    def upgrades(self, stack: Stack) -> str:
        """Bring the tables of an installation up to this release; what it says."""
        done = subprocess.run(
            [*_COMMAND, "db", "upgrade"],
            cwd=self.folder,
            env=stack.environment(),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    @contextmanager
    def serves(self, stack: Stack, **settings: str) -> Iterator[Stack]:
        """Run a web process of this release for an installation; gives it as seen through that."""
        port = free_port()
        seen = replace(stack, port=port, settings=stack.settings | settings)
        log = stack.home.parent / f"web-{port}.log"
        with log.open("ab") as output:
            process = subprocess.Popen(
                [*_COMMAND, "web"],
                cwd=self.folder,
                env=seen.environment(),
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        try:
            until(lambda: _answers(seen, process), 60)
            yield seen
        finally:
            process.terminate()
            process.wait(30)


_COMMAND = (sys.executable, "-m", "ussd_app.cli")


def ours() -> Release:
    """Give the release that is being tested."""
    return Release(_ROOT)


def later(folder: Path) -> Release:
    """Make the later one in a folder."""
    for room in _ROOMS:
        shutil.copytree(_ROOT / room, folder / room, ignore=shutil.ignore_patterns("__pycache__"))
    flow = folder / "menus" / "flows" / "register.yaml"
    words = flow.read_text("utf-8")
    assert "ask: Ketik nama panggilan\n" in words
    flow.write_text(words.replace("Ketik nama panggilan\n", f"{WORDS}\n"), "utf-8")
    step = folder / "storage" / "migrations" / "versions" / f"{REVISION}_made_up.py"
    step.write_text(_MIGRATION.format(revision=REVISION, before=migrate.head()), "utf-8")
    return Release(folder)


def _answers(stack: Stack, process: subprocess.Popen[bytes]) -> bool:
    assert process.poll() is None, "the web process ended"
    with requests.Session() as http:
        http.trust_env = False
        try:
            return http.get(f"{stack.url}/healthz", timeout=5).status_code == 200
        except requests.ConnectionError:
            return False

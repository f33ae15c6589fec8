"""PostgreSQL and Redis on another machine, as it were: not `kuning up`'s own, but ours to hurt."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url

__all__ = ["Elsewhere", "elsewhere"]

_ROOT = Path(__file__).parents[2]


@dataclass(slots=True)
class Elsewhere:
    """Both servers of a home that nobody else uses; they may be stopped and started again."""

    home: Path
    database_url: str = ""
    redis_url: str = ""
    _process: subprocess.Popen[str] | None = None

    def starts(self) -> str:
        """Start them; give PostgreSQL's URL, the same each time."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.serving", str(self.home)],
            cwd=_ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        told = json.loads(self._process.stdout.readline())
        self.database_url, self.redis_url = told["database_url"], told["redis_url"]
        return self.database_url

    def stops(self) -> None:
        """Stop them, if they run."""
        if self._process is not None:
            self._process.terminate()
            self._process.communicate(timeout=60)
            self._process = None

    def forgets(self) -> None:
        """Let Redis lose all it wrote, as one without persistence does; only while stopped."""
        shutil.rmtree(self.home / "valkey")

    @property
    def redis(self) -> Path:
        """Redis's socket."""
        return Path(self.redis_url.removeprefix("unix://"))

    @property
    def postgres(self) -> Path:
        """PostgreSQL's socket."""
        return self.redis.with_name(".s.PGSQL.5432")

    def database_url_by(self, port: int) -> str:
        """PostgreSQL's URL by way of a proxy."""
        url = make_url(self.database_url).set(host="127.0.0.1", port=port, query={})
        return url.render_as_string(hide_password=False)


@contextmanager
def elsewhere(folder: Path) -> Iterator[Elsewhere]:
    """Run both servers for the length of a `with`."""
    servers = Elsewhere(folder / "elsewhere")
    servers.starts()
    try:
        yield servers
    finally:
        servers.stops()

"""Which tables this release works on, without Alembic: it takes 9 MB, and the web only asks."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, text

_VERSIONS: Final = Path(__file__).parent / "migrations" / "versions"
_NAME: Final = re.compile(r"(\d{4})_\w+\.py")  # a migration's file begins with its revision
_TABLE: Final = text("select to_regclass('alembic_version') is not null")
_REVISION: Final = text("select version_num from alembic_version")


def head() -> str:
    """Return the revision that this code expects."""
    return max(ours())


def current(connection: Connection) -> str | None:
    """Return the revision that the database has, None for an empty one."""
    return connection.scalar(_REVISION) if connection.scalar(_TABLE) else None


def fits(connection: Connection) -> bool:
    """Say whether this code works on these tables: its own, or those of a later release."""
    revision = current(connection)
    return revision == head() or is_later(revision)


def is_later(revision: str | None) -> bool:
    """Say whether a revision is of a release after this one."""
    return revision is not None and revision not in ours()


@cache
def ours() -> frozenset[str]:
    """Return the revisions that this release knows; no other process changes its files."""
    names = (_NAME.fullmatch(path.name) for path in _VERSIONS.iterdir())
    return frozenset(name[1] for name in names if name)

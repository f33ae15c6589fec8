"""Brings a database to the shape that this code expects, from Python and without an ini file.

Expand, then contract: a release may only add (tables, nullable columns, indexes), because for a
moment the old processes run beside the new schema; what it no longer reads or writes is dropped by
a migration of the release after it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, NullPool, create_engine, text

from storage.database import driver_url

_SCRIPTS = Path(__file__).parent / "migrations"
# Any number will do as long as every process that migrates takes the same one.
_LOCK = 32_103_374


def upgrade(url: str) -> None:
    """Bring the database at `url` to `head`; processes that start at once wait for one another.

    One transaction: a migration that fails leaves nothing behind. Runs without the time limits of
    `Database`, since an index on a large table may take minutes. Tables of a later release stay as
    they are: this release works on them.
    """
    engine = create_engine(driver_url(url), poolclass=NullPool, hide_parameters=True)
    with engine.begin() as connection:
        connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        if not _is_later(current(connection)):
            command.upgrade(_config(connection), "head")


def head() -> str:
    """Return the revision that this code expects."""
    revision = ScriptDirectory.from_config(_config(None)).get_current_head()
    if revision is None:
        raise RuntimeError("the package holds no migration")
    return revision


def current(connection: Connection) -> str | None:
    """Return the revision that the database has, None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def fits(connection: Connection) -> bool:
    """Say whether this code works on these tables: its own, or those of a later release."""
    revision = current(connection)
    return revision == head() or _is_later(revision)


def _is_later(revision: str | None) -> bool:
    return revision is not None and revision not in _ours()


@cache
def _ours() -> frozenset[str]:
    """Return the revisions that this release knows; no other process changes its files."""
    scripts = ScriptDirectory.from_config(_config(None))
    return frozenset(script.revision for script in scripts.walk_revisions())


def _config(connection: Connection | None) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    return config

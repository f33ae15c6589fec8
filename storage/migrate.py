"""Brings a database to the shape that this code expects, from Python and without an ini file.

Expand, then contract: a release may only add (tables, nullable columns, indexes), because for a
moment the old processes run beside the new schema; what it no longer reads or writes is dropped by
a migration of the release after it.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, NullPool, create_engine, text

from storage.database import driver_url
from storage.revisions import current, fits, head, is_later

__all__ = ["current", "fits", "head", "upgrade"]

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
        if not is_later(current(connection)):
            command.upgrade(_config(connection), "head")


def _config(connection: Connection | None) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    return config

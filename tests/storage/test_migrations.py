"""The migrations lead to the tables that the code believes in."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, create_engine, text

from storage import migrate
from storage.database import driver_url
from storage.tables import metadata

# What the catalogue says of each column, constraint and index of a schema, as PostgreSQL words it.
_SHAPE = """
select table_name, column_name, data_type, is_nullable, column_default, is_identity
from information_schema.columns where table_schema = :schema
union all
select conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', '', ''
from pg_constraint where connamespace = cast(:schema as regnamespace) and contype <> 'n'
union all
select tablename, indexname, indexdef, '', '', ''
from pg_indexes where schemaname = :schema
"""


@pytest.fixture
def engine(postgres_url: str) -> Iterator[Engine]:
    engine = create_engine(driver_url(postgres_url))
    yield engine
    engine.dispose()


def test_a_migrated_database_needs_no_further_migration(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, metadata) == []


def test_migrations_and_tables_agree_in_every_column_constraint_and_index(engine: Engine) -> None:
    with engine.begin() as connection:
        migrated = _shape(connection, "public")
        connection.execute(text("create schema believed"))
        connection.execute(text("set local search_path to believed"))
        metadata.create_all(connection)
        believed = _shape(connection, "believed")
    assert migrated == believed
    assert len(migrated) > 200


def test_a_migrated_database_says_that_it_stands_at_the_head(engine: Engine) -> None:
    with engine.connect() as connection:
        assert migrate.current(connection) == migrate.head()


def test_an_empty_database_has_no_revision_and_two_processes_may_upgrade_it_at_once(
    postgres_url: str, engine: Engine
) -> None:
    with engine.begin() as connection:
        connection.execute(text("drop schema public cascade"))
        connection.execute(text("create schema public"))
        assert migrate.current(connection) is None
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(migrate.upgrade, [postgres_url] * 4))
    with engine.connect() as connection:
        assert migrate.current(connection) == migrate.head()


def test_tables_of_a_later_release_are_left_as_they_are_and_fit(
    postgres_url: str, engine: Engine
) -> None:
    with engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = 'later'"))
    migrate.upgrade(postgres_url)
    with engine.connect() as connection:
        assert migrate.current(connection) == "later"
        assert migrate.fits(connection)


def test_tables_of_an_older_release_do_not_fit(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = '0001'"))
        assert not migrate.fits(connection)


def _shape(connection: Connection, schema: str) -> set[tuple[str, ...]]:
    rows = connection.execute(text(_SHAPE), {"schema": schema})
    cells = [tuple(str(cell).replace(f"{schema}.", "") for cell in row) for row in rows]
    return {row for row in cells if row[0] != "alembic_version"}

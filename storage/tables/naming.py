"""The one `MetaData` with its naming convention, and the column shapes that all tables share."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, DateTime, ForeignKey, MetaData, Text, Uuid

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def text(name: str, **options: Any) -> Column[str]:
    """Return a text column that may not be null."""
    return Column(name, Text, nullable=False, **options)


def maybe_text(name: str) -> Column[str]:
    """Return a text column that may be null."""
    return Column(name, Text, nullable=True)


def moment(name: str) -> Column[Any]:
    """Return a column for a point in time (UTC) that may not be null."""
    return Column(name, DateTime(timezone=True), nullable=False)


def maybe_moment(name: str) -> Column[Any]:
    """Return a column for a point in time (UTC) that may be null."""
    return Column(name, DateTime(timezone=True), nullable=True)


def identity(name: str = "id") -> Column[str]:
    """Return a UUID primary key; Python sees its text form, as URLs and job arguments do."""
    return Column(name, Uuid(as_uuid=False), primary_key=True)


def reference(name: str, target: str, *, nullable: bool = False, **options: Any) -> Column[str]:
    """Return a UUID column that points at `target` ("table.column")."""
    return Column(name, Uuid(as_uuid=False), ForeignKey(target), nullable=nullable, **options)


def office(*, nullable: bool = False, primary_key: bool = False) -> Column[str]:
    """Return the column that says whose row this is ("32.10")."""
    return Column(
        "office", Text, ForeignKey("offices.code"), nullable=nullable, primary_key=primary_key
    )

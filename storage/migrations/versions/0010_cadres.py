"""Cadres, and whom they helped; nobody is one before an officer enrols him."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_SQL = Path(__file__).parent.parent / "sql" / "0010_cadres.sql"


def upgrade() -> None:
    """Add the two tables."""
    op.get_bind().exec_driver_sql(_SQL.read_text("utf-8"))

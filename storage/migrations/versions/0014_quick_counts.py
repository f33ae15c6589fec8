"""Indexes for what is counted again and again."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_SQL = Path(__file__).parent.parent / "sql" / "0014_quick_counts.sql"


def upgrade() -> None:
    """Create the four indexes."""
    op.get_bind().exec_driver_sql(_SQL.read_text("utf-8"))

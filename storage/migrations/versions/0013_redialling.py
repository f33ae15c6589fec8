"""Drafts know whom to tell that he can go on, and when he was told."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_SQL = Path(__file__).parent.parent / "sql" / "0013_redialling.sql"


def upgrade() -> None:
    """Add the two columns."""
    op.get_bind().exec_driver_sql(_SQL.read_text("utf-8"))

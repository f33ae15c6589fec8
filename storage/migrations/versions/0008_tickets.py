"""Tickets of callers, questions asked by SMS, and who wants help at the visit."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_SQL = Path(__file__).parent.parent / "sql" / "0008_tickets.sql"


def upgrade() -> None:
    """Add two tables and a column with a default; releases before this one do without."""
    op.get_bind().exec_driver_sql(_SQL.read_text("utf-8"))

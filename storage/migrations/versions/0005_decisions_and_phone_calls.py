"""Decisions that can be taken back for ten seconds, and the phone calls of a person's page."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_SQL = Path(__file__).parent.parent / "sql" / "0005_decisions_and_phone_calls.sql"


def upgrade() -> None:
    """Add both tables; releases before this one neither read nor write them."""
    op.get_bind().exec_driver_sql(_SQL.read_text("utf-8"))

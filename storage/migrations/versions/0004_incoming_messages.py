"""SMS that came in: what was written, by whom, and whether somebody has answered."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_SQL = Path(__file__).parent.parent / "sql" / "0004_incoming_messages.sql"


def upgrade() -> None:
    """Add the table; releases before this one neither read nor write it."""
    op.get_bind().exec_driver_sql(_SQL.read_text("utf-8"))

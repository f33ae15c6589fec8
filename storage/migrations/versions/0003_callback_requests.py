"""People who asked to be rung back; no office offers it before it says how many a day."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_SQL = Path(__file__).parent.parent / "sql" / "0003_callback_requests.sql"


def upgrade() -> None:
    """Add the table, and the two facts of an office with defaults that old code may leave out."""
    op.get_bind().exec_driver_sql(_SQL.read_text("utf-8"))

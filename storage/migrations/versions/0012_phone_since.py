"""Since when a number was last known to be its owner's."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_SQL = Path(__file__).parent.parent / "sql" / "0012_phone_since.sql"


def upgrade() -> None:
    """Add a column; releases before this one neither read nor write it."""
    op.get_bind().exec_driver_sql(_SQL.read_text("utf-8"))

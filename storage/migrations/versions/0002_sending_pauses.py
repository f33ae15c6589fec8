"""A switch that stops the sending of SMS, in the database so that a restored copy keeps it."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_SQL = Path(__file__).parent.parent / "sql" / "0002_sending_pauses.sql"


def upgrade() -> None:
    """Add the table; no row means that SMS are sent."""
    op.get_bind().exec_driver_sql(_SQL.read_text("utf-8"))

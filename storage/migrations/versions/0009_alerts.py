"""Who wants to hear of which vacancies, how often, and who was told."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_SQL = Path(__file__).parent.parent / "sql" / "0009_alerts.sql"


def upgrade() -> None:
    """Add columns and tables; releases before this one neither read nor write them."""
    op.get_bind().exec_driver_sql(_SQL.read_text("utf-8"))

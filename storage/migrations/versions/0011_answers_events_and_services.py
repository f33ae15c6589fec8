"""An office's own answers, its fairs and trainings, and its services besides the card."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_SQL = Path(__file__).parent.parent / "sql" / "0011_answers_events_and_services.sql"


def upgrade() -> None:
    """Add the tables; releases before this one neither read nor write them."""
    op.get_bind().exec_driver_sql(_SQL.read_text("utf-8"))

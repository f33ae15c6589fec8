"""What holders report by phone, numbers that change or fell silent, and more words by SMS."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_SQL = Path(__file__).parent.parent / "sql" / "0007_card_life_by_phone.sql"


def upgrade() -> None:
    """Add columns and tables; releases before this one neither read nor write them."""
    op.get_bind().exec_driver_sql(_SQL.read_text("utf-8"))

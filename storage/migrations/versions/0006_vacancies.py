"""Vacancies, and who wants one."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_SQL = Path(__file__).parent.parent / "sql" / "0006_vacancies.sql"


def upgrade() -> None:
    """Add both tables; releases before this one neither read nor write them."""
    op.get_bind().exec_driver_sql(_SQL.read_text("utf-8"))

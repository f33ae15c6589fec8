"""The first tables: offices, officers, card requests, callers, the dialogue and the outbox.

Written as SQL so that it reads as the database will have it; tests/storage compares the outcome
with `storage.tables` column by column. There is no way down: a release is undone by the next one,
a disaster by a backup.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_SQL = Path(__file__).parent.parent / "sql"


def upgrade() -> None:
    """Create everything, in the order in which one table needs another."""
    for script in sorted(_SQL.glob("0001_*.sql")):
        op.get_bind().exec_driver_sql(script.read_text("utf-8"))

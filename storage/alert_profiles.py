"""What an applicant wants to hear of: a consent of its own, each answer kept alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, case, select
from sqlalchemy.dialects.postgresql import insert

from storage import rows
from storage.tables import alert_profiles


@dataclass(frozen=True, slots=True)
class AlertProfile:
    """The wishes of one card request; None where the question was not reached."""

    request_id: str
    office: str
    consented_at: datetime
    education: str | None
    sector: str | None
    reach: str | None
    withdrawn_at: datetime | None


def get(conn: Connection, request_id: str) -> AlertProfile | None:
    """Return the wishes of a request, None without a consent."""
    query = select(alert_profiles).where(alert_profiles.c.request_id == request_id)
    return rows.one(conn, query, AlertProfile)


def keep(  # noqa: PLR0913 - one optional answer each
    conn: Connection,
    request_id: str,
    office: str,
    now: datetime,
    *,
    education: str | None = None,
    sector: str | None = None,
    reach: str | None = None,
) -> None:
    """Keep a consent and the answers that are given; earlier answers stay, a withdrawal ends.

    The time of the first consent stays, unless it had been withdrawn.
    """
    answers = {"education": education, "sector": sector, "reach": reach}
    given = {name: value for name, value in answers.items() if value is not None}
    statement = insert(alert_profiles).values(
        request_id=request_id, office=office, consented_at=now, **given
    )
    anew = (alert_profiles.c.withdrawn_at.is_not(None), statement.excluded.consented_at)
    consented = case(anew, else_=alert_profiles.c.consented_at)
    conn.execute(
        statement.on_conflict_do_update(
            index_elements=["request_id"],
            set_={**given, "withdrawn_at": None, "consented_at": consented},
        )
    )

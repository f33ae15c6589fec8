"""What an applicant wants to hear of: a consent of its own, each answer kept alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Uuid, case, literal, select, update
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
    sectors: tuple[str, ...] | None
    pace: str

    def __post_init__(self) -> None:
        # An array comes as a list.
        object.__setattr__(self, "sectors", tuple(self.sectors) if self.sectors else None)

    @property
    def wanted(self) -> tuple[str, ...]:
        """The kinds of work wanted, at most three; none where the question was not reached."""
        return self.sectors or ((self.sector,) if self.sector else ())


def get(conn: Connection, request_id: str) -> AlertProfile | None:
    """Return the wishes of a request, None without a consent."""
    query = select(alert_profiles).where(alert_profiles.c.request_id == request_id)
    return rows.one(conn, query, AlertProfile)


def keep(conn: Connection, request_id: str, office: str, now: datetime) -> None:
    """Keep a consent; earlier answers stay, a withdrawal ends.

    The time of the first consent stays, unless it had been withdrawn.
    """
    statement = insert(alert_profiles).values(
        request_id=request_id, office=office, consented_at=now
    )
    anew = (alert_profiles.c.withdrawn_at.is_not(None), statement.excluded.consented_at)
    consented = case(anew, else_=alert_profiles.c.consented_at)
    conn.execute(
        statement.on_conflict_do_update(
            index_elements=["request_id"],
            set_={"withdrawn_at": None, "consented_at": consented},
        )
    )


def answer(conn: Connection, request_id: str, **answers: str | tuple[str, ...]) -> bool:
    """Keep answers by their column; False without a consent, which no answer gives by itself."""
    values: dict[str, Any] = dict(answers)
    if "sectors" in values:
        values["sectors"] = list(values["sectors"])
        values["sector"] = values["sectors"][0]  # read by the release before this one
    standing = alert_profiles.c.request_id == request_id
    return conn.execute(update(alert_profiles).where(standing).values(values)).rowcount == 1


def withdraw(conn: Connection, request_id: str, now: datetime) -> bool:
    """End a consent; False when none stood."""
    standing = (alert_profiles.c.request_id == request_id, alert_profiles.c.withdrawn_at.is_(None))
    ended = update(alert_profiles).where(*standing).values(withdrawn_at=now)
    return conn.execute(ended).rowcount == 1


def follow(conn: Connection, old: str, new: str, office: str) -> bool:
    """Take a person's wishes along to his new request, consent included; False without any.

    What the new request has of its own stays.
    """
    kept = [name for name in alert_profiles.c.keys() if name not in {"request_id", "office"}]  # noqa: SIM118 - a collection of columns, no dict
    theirs = select(
        literal(new, Uuid(as_uuid=False)),
        literal(office),
        *(alert_profiles.c[name] for name in kept),
    )
    copied = insert(alert_profiles).from_select(
        ["request_id", "office", *kept], theirs.where(alert_profiles.c.request_id == old)
    )
    taken = copied.on_conflict_do_nothing().returning(alert_profiles.c.request_id)
    return conn.execute(taken).first() is not None

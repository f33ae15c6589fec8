"""Short claims of officers at work on a request, so that two do not take up the same one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, and_, case, delete, or_, select
from sqlalchemy.dialects.postgresql import insert

from domain.card import State
from storage.desk import WAITING, Listing, When, belongs
from storage.tables import card_requests, case_claims, officers

_of = case_claims.c
_request = card_requests.c


def claim(
    conn: Connection, request_id: str, officer_id: str, *, until: datetime, now: datetime
) -> bool:
    """Claim a request for an officer; False when another's claim is still good.

    One statement decides, whatever two officers saw before it.
    """
    office = select(card_requests.c.office).where(card_requests.c.id == request_id)
    fresh = insert(case_claims).values(
        request_id=request_id, office=office.scalar_subquery(), officer_id=officer_id, until=until
    )
    statement = fresh.on_conflict_do_update(
        index_elements=["request_id"],
        set_={"officer_id": fresh.excluded.officer_id, "until": fresh.excluded.until},
        where=(_of.until <= now) | (_of.officer_id == officer_id),
    )
    return conn.execute(statement.returning(_of.request_id)).first() is not None


def candidate(  # noqa: PLR0913 - who asks, where and when
    conn: Connection, office: str, officer_id: str, *, when: When, hour: str, now: datetime
) -> str | None:
    """Return the request to take up next, None when nobody waits for this officer.

    First who stands at the counter, then questions, then who was promised an hour up to `hour`
    ("09:59") today, by that hour, then cards that wait for a signature; the longest wait first.
    Passed over is what another officer holds; what this one took up last comes after all else.
    """
    promised = and_(belongs(Listing.TODAY, when), _request.hour <= hour)
    rank = case(
        (_request.state == State.CAME, 0),
        (belongs(Listing.ANSWER, when), 1),
        (promised, 2),
        (_request.state == State.SIGNING, 3),
    )
    turn = case((promised, _request.hour), else_="")
    held = and_(_of.request_id == _request.id, _of.until > now)
    query = (
        select(_request.id)
        .join_from(card_requests, case_claims, held, isouter=True)
        .where(_request.office == office, _request.state.in_(WAITING), rank.is_not(None))
        .where(or_(_of.officer_id.is_(None), _of.officer_id == officer_id))
        .order_by(_of.until.asc().nulls_first(), rank, turn, _request.updated_at, _request.id)
    )
    return conn.execute(query.limit(1)).scalar()


def holder(conn: Connection, request_id: str, now: datetime) -> tuple[str, str] | None:
    """Return (id, name) of the officer whose claim on a request is good."""
    query = (
        select(officers.c.id, officers.c.name)
        .join(case_claims, _of.officer_id == officers.c.id)
        .where(_of.request_id == request_id, _of.until > now)
    )
    row = conn.execute(query).first()
    return None if row is None else (row.id, row.name)


def drop_ended(conn: Connection, now: datetime) -> int:
    """Forget the claims that ran out; return how many they were."""
    return conn.execute(delete(case_claims).where(_of.until <= now)).rowcount

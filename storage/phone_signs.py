"""Signs of life of a phone number: its calls, its SMS, and those of ours that reached it.

A number is its owner's as long as no two signs lie further apart than half a year. One that came
after such a gap proves nothing: it may be the first of somebody else. So the whole chain is looked
at, from when the number was last known to be the owner's.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, text

from domain.recycling import SILENT_AFTER

__all__ = ["FIRST", "KNOWN", "Chain", "Look", "holds", "page", "prove", "silence", "since"]

_GAP: Final = """
exists (
    select from (
        select at, lead(at, 1, cast(:now as timestamptz)) over (order by at) as following from (
            select {since} as at
            union all select began_at from phone_calls
                where phone_index = {phone} and began_at > {since}
            union all select last_seen_at from callers
                where phone_index = {phone} and last_seen_at > {since}
            union all select created_at from incoming_messages
                where phone_index = {phone} and created_at > {since}
            union all select final_at from messages
                where phone_index = {phone} and status = 'delivered' and final_at > {since}
        ) signs
    ) chain where following - at > interval '{days} days'
)
"""
_SINCE: Final = "coalesce(r.phone_since, r.created_at)"
_DAYS: Final = SILENT_AFTER.days
_BROKEN: Final = _GAP.format(since=_SINCE, phone="r.phone_index", days=_DAYS)
_WHOLE: Final = f"{_SINCE} > cast(:now as timestamptz) - interval '{_DAYS} days' or not {_BROKEN}"
KNOWN: Final = f"r.phone_silent_at is null and ({_WHOLE})"
"""Whether the number of request `r` is still its owner's at `:now`, as PostgreSQL asks it.

For most only the first two conditions are looked at.
"""

_WORTH_A_WRITE: Final = timedelta(days=30)
_NEVER: Final = datetime.fromtimestamp(0, UTC)
_LAST: Final = """
greatest(
    coalesce(r.phone_since, r.created_at),
    (select max(began_at) from phone_calls where phone_index = r.phone_index),
    (select last_seen_at from callers where phone_index = r.phone_index),
    (select max(created_at) from incoming_messages where phone_index = r.phone_index),
    (select max(final_at) from messages
        where phone_index = r.phone_index and status = 'delivered')
)
"""
_PAGE: Final = text(f"""
select cast(r.id as text), {_SINCE}, not ({_WHOLE}), {_LAST} from (
    select * from card_requests r
    where r.office = :office and r.phone_index is not null and r.phone_silent_at is null
      and {_SINCE} < :before and ({_SINCE}, r.id) > (:since, cast(:id as uuid))
    order by {_SINCE}, r.id limit :limit
) r order by {_SINCE}, r.id
""")  # noqa: S608 - parts of our own, no word of anybody's
_ONE: Final = text(f"select {KNOWN} from card_requests r where r.id = :id")  # noqa: S608 - the same
_SILENCE: Final = text("update card_requests set phone_silent_at = :now where id = :id")
_PROVE: Final = text(
    "update card_requests set phone_silent_at = null, phone_since = :now where id = :id"
)
_SINCE_THEN: Final = text("update card_requests set phone_since = :at where id = :id")


class Chain(NamedTuple):
    """The number of one request: whether its chain is `broken`, and its `last` sign.

    `since` is when it was last known to be the owner's.
    """

    id: str
    since: datetime
    broken: bool
    last: datetime

    @property
    def grown(self) -> bool:
        """Tell whether the chain reaches so far beyond what is kept that it is worth a write."""
        return self.last > self.since + _WORTH_A_WRITE


class Look(NamedTuple):
    """A look through an office's numbers known before `before`, `limit` at a time."""

    office: str
    before: datetime
    now: datetime
    limit: int


FIRST: Final = Chain(str(UUID(int=0)), _NEVER, broken=False, last=_NEVER)
"""What the first page comes after."""


def holds(conn: Connection, request_id: str, now: datetime) -> bool:
    """Tell whether the number of a request is still its owner's, by its signs."""
    return bool(conn.scalar(_ONE, {"id": request_id, "now": now}))


def page(conn: Connection, look: Look, after: Chain) -> list[Chain]:
    """Return the numbers that follow `after`, the longest known first, whatever became of them.

    A page is cut before signs are looked at: a statement's time does not grow with the office.
    """
    told = {**look._asdict(), "since": after.since, "id": after.id}
    return [Chain(*row) for row in conn.execute(_PAGE, told)]


def silence(conn: Connection, request_id: str, now: datetime) -> None:
    """Mark the number of a request as silent; no change of the request, so its version stays."""
    conn.execute(_SILENCE, {"id": request_id, "now": now})


def since(conn: Connection, request_id: str, at: datetime) -> None:
    """Note that the chain is whole up to a moment."""
    conn.execute(_SINCE_THEN, {"id": request_id, "at": at})


def prove(conn: Connection, request_id: str, now: datetime) -> None:
    """Note that a number was proved to be the owner's just now."""
    conn.execute(_PROVE, {"id": request_id, "now": now})

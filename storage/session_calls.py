"""Calls of a dialogue made once: the row is claimed before the fact and committed with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final

from msgspec import Struct
from sqlalchemy import Connection, and_, bindparam, delete, select, text, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from storage.phone_calls import Reached
from storage.quick import Asks, Rows, Statement
from storage.tables import session_calls as table

# The row of the phone call goes with it, in one statement: see `phone_calls.note`.
_MADE: Final = """
    made as (
      insert into session_calls (gateway, session_id, position, ordinal, call, at, result_sealed)
      select :gateway, :session, cast(:position as integer), cast(:ordinal as integer), :call,
        cast(:at as timestamptz), :sealed
      where {condition} and set_config('synchronous_commit', 'off', true) = 'off'
      on conflict do nothing
      returning gateway, session_id, at
    ), noted as (
      insert into phone_calls
        (gateway, session_id, phone_index, language, reached, began_at, last_at)
      select gateway, session_id, :caller, :language, :reached, at, at from made
      on conflict (gateway, session_id) do update
        set language = excluded.language, reached = excluded.reached, last_at = excluded.last_at
        where phone_calls.last_at <= excluded.last_at
    )
"""
_SLOTS: Final = (
    *("gateway", "session", "position", "ordinal", "call", "sealed"),
    *("caller", "language", "reached", "at"),
)
_RECORD: Final = Statement(
    "session_call",
    f"with {_MADE.format(condition='true')} select 1 from made",  # noqa: S608 - ours
    _SLOTS,
)
_KEY = (table.c.gateway, table.c.session_id, table.c.position, table.c.ordinal)
# Built once: to build a statement costs as much as to run it, and each call needs them.
_IS = and_(
    table.c.gateway == bindparam("of_gateway"),
    table.c.session_id == bindparam("of_session"),
    table.c.position == bindparam("of_position"),
    table.c.ordinal == bindparam("of_ordinal"),
)
_CLAIM: Final = insert(table).on_conflict_do_nothing().returning(table.c.ordinal)
_COMPLETE: Final = update(table).where(_IS).values(result_sealed=bindparam("result"))
_LOOK: Final = select(table.c.call, table.c.result_sealed).where(_IS)


class Place(Struct, frozen=True):
    """Where in a session a call stands: after `position` answers, the `ordinal`th since then."""

    gateway: str
    session_id: str
    position: int
    ordinal: int


class Made(Struct, frozen=True):
    """A call that was made: its name and what it brought, sealed."""

    call: str
    result_sealed: str


def claim(conn: Connection, place: Place, call: str, at: datetime) -> bool:
    """Take the place for our transaction; False when another has committed a call there.

    Waits while another transaction holds the place, so that of two at once one performs.
    """
    row = {
        "gateway": place.gateway,
        "session_id": place.session_id,
        "position": place.position,
        "ordinal": place.ordinal,
        "call": call,
        "at": at,
    }
    return conn.execute(_CLAIM, row).first() is not None


def complete(conn: Connection, place: Place, result_sealed: str) -> None:
    """Write down what the claimed call brought."""
    conn.execute(_COMPLETE, {**_at(place), "result": result_sealed})


def record(asks: Asks, place: Place, made: Made, reached: Reached) -> bool:
    """Write down a call that only read, with what it brought; False when one stands there.

    How far the phone call has come is noted with it; a repeat that comes late notes nothing.
    It does not wait for the disk, see `need_not_wait`.
    """
    return bool(asks.ask(_RECORD, _values(place, made, reached)))


@dataclass(frozen=True, slots=True)
class Found:
    """What a statement brought, and whether the call was written down with it."""

    rows: Rows
    recorded: bool


def find_and_record(  # noqa: PLR0913, PLR0917 - what is asked, and what `record` is told
    asks: Asks,
    find: Statement,
    values: Sequence[str],
    place: Place,
    made: Made,
    reached: Reached,
) -> Found:
    """Ask `find`, and if it has nothing to tell, `record` the call too, all in one trip."""
    both = asks.ask(_find_and_record(find), (*values, *_values(place, made, reached)))
    return Found([row[:-1] for row in both], recorded=any(row[-1] for row in both))


@cache
def _find_and_record(find: Statement) -> Statement:
    strange = "(select bool_and(found is null) from found)"
    return Statement(
        f"{find.name}_recorded",
        f"with found as materialized ({find.sql}), {_MADE.format(condition=strange)}"  # noqa: S608 - ours
        "select found.*, (select '1' from made) from found",
        (*find.slots, *_SLOTS),
    )


def _values(place: Place, made: Made, reached: Reached) -> tuple[str, ...]:
    where = (place.gateway, place.session_id, str(place.position), str(place.ordinal))
    far = (reached.phone_index, reached.language, reached.state, reached.at.isoformat())
    return (*where, made.call, made.result_sealed, *far)


def need_not_wait(conn: Connection) -> None:
    """Let this transaction's commit not wait for the disk, for it told something and saved nothing.

    A crash of PostgreSQL (not of ours) may lose it, 0.6 s at most. Saves half a first hop's time.
    """
    conn.execute(text("SET LOCAL synchronous_commit TO off"))


def made(conn: Connection, place: Place) -> Made | None:
    """Return the call made at a place."""
    row = conn.execute(_LOOK, _at(place)).first()
    return None if row is None or row.result_sealed is None else Made(row.call, row.result_sealed)


def of_session(conn: Connection, gateway: str, session_id: str) -> dict[tuple[int, int], Made]:
    """Return all calls of a session by (position, ordinal)."""
    columns = (table.c.position, table.c.ordinal, table.c.call, table.c.result_sealed)
    rows = conn.execute(
        select(*columns).where(table.c.gateway == gateway, table.c.session_id == session_id)
    )
    return {
        (row.position, row.ordinal): Made(row.call, row.result_sealed)
        for row in rows
        if row.result_sealed is not None
    }


def drop_before(conn: Connection, moment: datetime, most: int = 50_000) -> int:
    """Delete the oldest calls of sessions that can no longer be replayed; return how many.

    `most` at a time: more would not end in a statement's time, and then nothing would ever go.
    """
    old = select(*_KEY).where(table.c.at < moment).order_by(table.c.at).limit(most)
    return conn.execute(delete(table).where(tuple_(*_KEY).in_(old))).rowcount


def _at(place: Place) -> dict[str, str | int]:
    return {
        "of_gateway": place.gateway,
        "of_session": place.session_id,
        "of_position": place.position,
        "of_ordinal": place.ordinal,
    }

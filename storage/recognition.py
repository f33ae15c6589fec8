"""What a number has with us, all that the first screen asks, in one statement."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.card import State
from storage.phone_signs import KNOWN
from storage.quick import Asks, Statement

_FIND: Final = Statement(
    "recognition",
    f"""
    select d.state_flow, c.language, cast(r.id as text), r.call_name, r.nik_index
    from (select cast(:phone as text) as phone) caller
    left join drafts d on d.phone_index = caller.phone
      and d.saved_at >= cast(:since as timestamptz) and d.sealed <> ''
      and (d.saved_at >= cast(:shortly as timestamptz)
        or d.state_flow = any(string_to_array(:lasting, ',')))
    left join callers c on c.phone_index = caller.phone
    left join card_requests r on r.phone_index = caller.phone
      and (r.state = any(string_to_array(:live, ','))
        or r.state = any(string_to_array(:ended, ','))
          and r.updated_at > cast(:shown as timestamptz)
        or exists (select from decisions t where t.until > cast(:now as timestamptz)
          and t.undone_at is null and r.id = any(t.concerned)))
      and {KNOWN}
    order by r.created_at desc, r.id
    """,  # noqa: S608 - a part of our own, no word of anybody's
    ("phone", "since", "shortly", "lasting", "live", "ended", "shown", "now"),
    strange=((None,) * 5,),
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody for whom the number asked for a card: the request's id and the name to call."""

    request: str
    name: str


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a number has: a draft, a language it chose, its people, newest request first.

    `left` is the flow that the draft stands in, None when there is no draft.
    """

    left: str | None
    language: str | None
    people: tuple[Person, ...]


def find(  # noqa: PLR0913 - what is told, each part named by its caller
    asks: Asks,
    phone_index: str,
    *,
    drafts_since: datetime,
    others_since: datetime,
    lasting: Collection[str],
    live: Collection[State],
    ended: Collection[State],
    ended_after: datetime,
    now: datetime,
) -> Recognised:
    """Return what a number has: its draft of late, its requests, one a person.

    A draft counts when it is of a `lasting` flow, or was saved since `others_since`.
    Told are requests in a state `live`, those `ended` whose last change is of late, and those of
    which a decision can still be taken back.
    """
    draft = (drafts_since.isoformat(), others_since.isoformat(), ",".join(sorted(lasting)))
    words = (",".join(sorted(live)), ",".join(sorted(ended)))
    moments = (ended_after.isoformat(), now.isoformat())
    rows = asks.ask(_FIND, (phone_index, *draft, *words, *moments))
    people: dict[str | None, Person] = {}
    for *_, request, name, nik in rows:
        if request is not None:
            people.setdefault(nik, Person(request, name or ""))
    left, language, *_ = rows[0]
    return Recognised(left, language, tuple(people.values()))

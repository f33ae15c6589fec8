"""A town of callers and officers: who dials makes calls as a flow would, with what he knows.

Each call is one transaction, and each answer is held against the promise of the vocabulary.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, event, select

from domain import msisdn
from domain.card import State
from menus.definition import StateId
from menus.events import Answered
from menus.vocabulary import CALLS
from services.calls import HANDLERS, CallContext, Caller
from services.cards import changes, counter
from storage import card_requests, officers, places
from storage import offices as stored_offices
from storage.card_requests import CardRequest
from storage.database import Database
from storage.officers import Officer
from storage.offices import Office
from storage.tables import audit, messages, slots
from storage.tables import card_requests as requests
from storage.tables import cards as cards_table
from storage.tables import offices as offices_table
from storage.vault import Vault

SUNDAY = datetime(2026, 11, 22, 3, tzinfo=UTC)  # ten in the morning, Majalengka
SITI = "3210115508980001"
BUDI = "3210111508980001"
MAJALENGKA, SEMARANG = "32.10", "33.74"
JATIWANGI, TEMBALANG = "32.10.11", "33.74.10"


def nik(serial: int) -> str:
    """A man born with Budi, the so-and-so-many-th of that day."""
    return f"321011150898{serial:04}"


def number(last: int) -> str:
    """A mobile number of the story."""
    return f"+62812{last:08}"


@dataclass(slots=True)
class Line:
    """One phone in a session: it knows what it answered and what it was told."""

    town: Town
    phone: str
    language: str = "id"
    known: dict[str, str] = field(default_factory=dict)
    nudges: int = 0
    screen: StateId | None = None

    def call(self, name: str, /, **answers: str) -> Answered:
        """Make a call, in a transaction of its own, and keep what it brought."""
        self.known |= answers
        after: list[Any] = []
        with self.town.database.begin() as conn:
            answered = HANDLERS[name](self._context(conn, after))
        for thing in after:
            thing()
        keeps_its_promise(name, answered)
        self.known |= answered.facts
        return answered

    def hears(self, name: str, /, **answers: str) -> str:
        """Make a call and return its outcome."""
        return self.call(name, **answers).outcome

    def chooses(self, nik: str = SITI, name: str = "Siti", home: str = JATIWANGI) -> Line:
        """Answer everything up to the free hour that is offered."""
        assert self.hears("applicant.read", nik=nik) == "sound"
        assert self.hears("home.office", name=name, home=home) == "served"
        assert self.hears("slots.offer") == "free"
        return self

    def registers(self, nik: str = SITI, name: str = "Siti", home: str = JATIWANGI) -> Answered:
        """Ask for a card, from the NIK to the booking."""
        return self.chooses(nik, name, home).call("card.book")

    def _context(self, conn: Any, after: list[Any]) -> CallContext:
        read = msisdn.read(self.phone)
        return CallContext(
            conn=conn,
            vault=self.town.vault,
            caller=Caller(
                msisdn=read.e164 if read else None,
                phone_index=self.town.vault.index("phone", self.phone),
                registrable=bool(read and read.registrable),
            ),
            known=self.known,
            language=self.language,
            now=self.town.now,
            offices=self.town.served,
            tariff="Rp 550 sekali",
            gateway="simulator",
            session_id="s1",
            screen=self.screen,
            after_commit=after,
            nudge=self._nudged,
        )

    def _nudged(self) -> None:
        self.nudges += 1


def keeps_its_promise(name: str, answered: Answered) -> None:
    """Hold an answer against the vocabulary: outcome, facts, lines of lists."""
    spec = CALLS[name]
    assert answered.outcome in spec.outcomes, f"{name} answered {answered.outcome}"
    assert spec.outcomes[answered.outcome] <= set(answered.facts)
    for source, promised in spec.items.get(answered.outcome, {}).items():
        lines = (answered.items or {})[source]
        assert lines
        assert all(promised | {"value"} <= set(line) for line in lines)


@dataclass(frozen=True, slots=True)
class Moment:
    """What a use case works with when nobody is on the line or at the desk."""

    conn: Connection
    vault: Vault
    now: datetime


@dataclass(slots=True)
class Town:
    """The database, its vault and a clock that stands until it is turned."""

    database: Database
    vault: Vault
    now: datetime = SUNDAY
    served: frozenset[str] = frozenset({MAJALENGKA, SEMARANG})

    def dials(self, last: int = 1, language: str = "id") -> Line:
        """A phone of the town in a new session."""
        return Line(self, number(last), language)

    def after(self, **time: float) -> None:
        """Let time pass."""
        self.now += timedelta(**time)

    def request(self, request_id: str) -> CardRequest:
        """A request as it stands."""
        with self.database.begin() as conn:
            found = card_requests.get(conn, request_id)
        assert found
        return found

    def sms(self, last: int) -> list[tuple[str, Mapping[str, str]]]:
        """Templates and facts queued for a phone, oldest first."""
        index = self.vault.index("phone", number(last))
        query = select(messages).where(messages.c.phone_index == index)
        with self.database.begin() as conn:
            rows = conn.execute(query.order_by(messages.c.created_at, messages.c.template)).all()
        return [
            (
                row.template,
                json.loads(self.vault.open(row.params_sealed, where=places.message_params(row.id))),
            )
            for row in rows
        ]

    def told(self, last: int) -> list[str]:
        """Only the templates of :meth:`sms`."""
        return [template for template, _ in self.sms(last)]

    def taken(self, office: str = MAJALENGKA) -> int:
        """How many places of all hours are taken."""
        with self.database.begin() as conn:
            found = conn.execute(select(slots.c.taken).where(slots.c.office == office)).scalars()
            return sum(found)

    def audited(self, request_id: str) -> list[str]:
        """What was done to a request, in order."""
        query = select(audit.c.action).where(audit.c.request_id == request_id)
        with self.database.begin() as conn:
            return list(conn.execute(query.order_by(audit.c.id)).scalars())

    def office(self, code: str = MAJALENGKA, **changes: Any) -> Office:
        """An office, after changing it."""
        where = offices_table.c.code == code
        with self.database.begin() as conn:
            if changes:
                conn.execute(offices_table.update().where(where).values(changes))
            office = stored_offices.get(conn, code)
        assert office
        return office

    def hires(self, name: str = "Ibu Rina", office: str = MAJALENGKA) -> Officer:
        """An officer of an office."""
        officer = Officer(
            id=str(uuid4()),
            office=office,
            email=f"{uuid4().hex}@example.go.id",
            name=name,
            role="officer",
            language="id",
            active=True,
        )
        with self.database.begin() as conn:
            officers.add(conn, officer, "x", self.now)
        return officer

    def does(
        self, move: Any, request_id: str, *args: Any, by: Officer, version: int | None = None
    ) -> counter.Outcome:
        """An officer makes a move, in a transaction of its own, on what he just saw."""
        seen = self.request(request_id).version if version is None else version
        with self.database.begin() as conn:
            desk = counter.Desk(conn, self.vault, by, self.now)
            outcome: counter.Outcome = move(desk, request_id, seen, *args)
            return outcome

    def misses(self, request_id: str) -> None:
        """Somebody did not come on his day, as the clock notes it."""
        with self.database.begin() as conn:
            request = card_requests.lock(conn, request_id)
            assert request
            changes.move(Moment(conn, self.vault, self.now), request, State.NO_SHOW)

    def puts(self, request_id: str, state: State) -> None:
        """Put a request into a state, past all rules."""
        where = requests.c.id == request_id
        with self.database.begin() as conn:
            conn.execute(requests.update().where(where).values(state=state, holds_slot=False))

    def forget_card(self, request_id: str) -> None:
        """Undo the issue of a card."""
        with self.database.begin() as conn:
            conn.execute(cards_table.delete().where(cards_table.c.request_id == request_id))

    @contextmanager
    def counting(self) -> Iterator[list[str]]:
        """Collect the statements that reach PostgreSQL meanwhile."""
        seen: list[str] = []

        def note(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
            seen.append(statement)

        event.listen(self.database.engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(self.database.engine, "before_cursor_execute", note)

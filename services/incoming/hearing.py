"""Takes an SMS in: kept once, whatever it is, and what it asks for done in the same transaction.

A gateway repeats a callback for hours until it hears 200, and may say the same thing in several
places at once. The row (gateway, id) is there once; who comes second changes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from sqlalchemy import Connection

from domain.words import LANGUAGES, spoken
from services.incoming import about_tickets, about_vacancies, answers, questions, registering
from services.incoming.about_tickets import AboutTicket, Judged
from services.incoming.about_vacancies import Agreed
from services.incoming.answers import Answer, Heard
from services.incoming.questions import Asked, Told
from services.incoming.sender import Sender, cards, language, sender
from sms import keywords
from sms.gateway import IncomingSms
from sms.keywords import Keyword
from storage import cadres, incoming, locks, offices, places, sms_questions
from storage.database import Database
from storage.incoming import Incoming
from storage.offices import Office
from storage.vault import Vault

__all__ = ["Hearing"]

AN_HOUR: Final = 5
A_DAY: Final = 20
"""SMS of one number that are answered by rule; beyond it a machine answers a machine."""

_LATE: Final = timedelta(days=3)
"""Gateways repeat for half a day; an older date is a clock gone wrong, or a sample."""

_EARLY: Final = timedelta(minutes=5)
_ID_LENGTH: Final = 100


@dataclass(frozen=True, slots=True)
class Hearing:
    """Takes SMS in. `regions`: countries whose numbers are answered; `nudge` wakes the sender.

    `languages` are those that may be spoken to the public.
    """

    database: Database
    vault: Vault
    regions: frozenset[str]
    nudge: Callable[[], object]
    languages: Collection[str] = LANGUAGES

    def hear(
        self, gateway: str, sms: IncomingSms, now: datetime, *, arrived: datetime | None = None
    ) -> bool:
        """Keep and understand one SMS; False when it came before. Raises `DatabaseDown`.

        `arrived` is when the gateway told of it, where that was not just now.
        """
        who = sender(self.vault, sms.phone, self.regions)
        keyword = keywords.read(sms.text)
        with self.database.begin() as conn:
            # One number's SMS one after another: what is counted below is not counted twice.
            locks.hold(conn, f"sms.in:{who.index}")
            quiet = not who.answerable or _unheard(conn, who, keyword, now)
            heard = self._heard(conn, gateway, _dated(sms, arrived or now), who, now)
            asked = None if quiet else _asked(heard, keyword, sms.text)
            done = isinstance(asked, Told | Judged | Agreed)
            state = "answered" if done else _state(keyword, quiet=quiet)
            if not incoming.add(conn, self._row(heard, sms, keyword, state)):
                return False
            # What a word does is done for everybody; only the answer needs somebody to hear it.
            said = list(_said(heard, sms, keyword, asked))
            queued = 0 if quiet else answers.send(heard, said)
        if queued or done:
            self.nudge()
        return True

    def _heard(
        self, conn: Connection, gateway: str, sms: IncomingSms, who: Sender, now: datetime
    ) -> Heard:
        own = cards(conn, who, now)
        chosen = language(conn, who, own)
        return Heard(
            conn=conn,
            vault=self.vault,
            now=now,
            sent_at=sms.sent_at or now,
            id=str(uuid4()),
            gateway=gateway,
            sender=who,
            office=_office(conn, sms, own[0].office if own else ""),
            language=chosen,
            spoken=spoken(chosen, self.languages),
            own=tuple(own),
        )

    def _row(self, heard: Heard, sms: IncomingSms, keyword: Keyword, state: str) -> Incoming:
        who = heard.sender
        return Incoming(
            id=heard.id,
            gateway=heard.gateway,
            gateway_id=_id(sms.gateway_id),
            sent_to=sms.to[:_ID_LENGTH],
            phone_sealed=self.vault.seal(who.phone, where=places.incoming_phone(heard.id)),
            phone_index=who.index,
            phone_last4=who.last4,
            text_sealed=self.vault.seal(_kept(sms, keyword), where=places.incoming_text(heard.id)),
            kind=keyword.value,
            state=state,
            office=heard.office.code if heard.office else None,
            # Of several people's phone nobody knows who wrote.
            request_id=heard.own[0].id if len(heard.own) == 1 else None,
            received_at=heard.sent_at,
            created_at=heard.now,
            updated_at=heard.now,
        )


def _asked(heard: Heard, keyword: Keyword, text: str) -> Asked | AboutTicket | Agreed | None:
    """Read what a word alone does not tell: a ticket's code, or a text of one's own.

    A lone digit answers what this number was last asked.
    """
    if keyword is Keyword.STATUS:
        return about_tickets.wanted(heard, text)
    if keyword is not Keyword.FREE:
        return None
    if judged := about_tickets.judged(heard, text):
        return judged
    if agreed := about_vacancies.agreed(heard, text):
        return agreed
    said = text.strip(" .)")
    standing = sms_questions.standing(heard.conn, heard.sender.index, heard.now)
    if standing and standing.about == questions.ABOUT and said in {"1", "2", "3"}:
        return questions.picked(heard, standing, int(said))
    return questions.read(heard, text)


def _said(
    heard: Heard, sms: IncomingSms, keyword: Keyword, asked: Asked | AboutTicket | Agreed | None
) -> Iterable[Answer]:
    if keyword is Keyword.REGISTER:
        return [registering.register(heard, sms.text)]
    if isinstance(asked, AboutTicket):
        return about_tickets.say(heard, asked)
    if isinstance(asked, Agreed):
        return about_vacancies.say(heard, asked)
    return questions.ask(heard, asked) if asked else answers.answer(heard, keyword)


def _kept(sms: IncomingSms, keyword: Keyword) -> str:
    """Return what is kept of the words: of a registration neither the PIN nor the NIK."""
    return registering.KEPT if keyword is Keyword.REGISTER else sms.text


def _unheard(conn: Connection, who: Sender, keyword: Keyword, now: datetime) -> bool:
    """Tell whether an SMS gets no answer; a cadre's number of people a day is counted elsewhere."""
    if keyword is Keyword.STOP or (
        keyword is Keyword.REGISTER and cadres.active(conn, who.index) is not None
    ):
        return False
    return _a_loop(conn, who, now)


def _a_loop(conn: Connection, who: Sender, now: datetime) -> bool:
    lately = incoming.heard_since(conn, who.index, now - timedelta(hours=1))
    return lately >= AN_HOUR or (
        incoming.heard_since(conn, who.index, now - timedelta(days=1)) >= A_DAY
    )


def _office(conn: Connection, sms: IncomingSms, code: str) -> Office | None:
    """Return whose SMS it is: by the sender's card, by our number, or because there is but one."""
    every = offices.every(conn)
    if len(every) == 1:
        return every[0]
    theirs = (one for one in every if one.code == code)
    ours = (one for one in every if one.sms_sender == sms.to)
    return next(theirs, None) or next(ours, None)


def _state(keyword: Keyword, *, quiet: bool) -> str:
    if keyword is Keyword.FREE:
        return "new"
    return "closed" if quiet else "answered"


def _dated(sms: IncomingSms, arrived: datetime) -> IncomingSms:
    """Return it with when it was sent as the gateway says it, our own time where that cannot be."""
    told = sms.sent_at
    if told and arrived - _LATE < told < arrived + _EARLY:
        return sms
    return replace(sms, sent_at=arrived)


def _id(told: str) -> str:
    """Return an id that fits an index: one that is too long by its digest."""
    return told if len(told) <= _ID_LENGTH else hashlib.sha256(told.encode()).hexdigest()

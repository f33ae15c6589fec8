"""What a keyword is answered with: templates and facts, queued in the transaction of the SMS.

Each answer can be repeated at any time: its key is that of the SMS it answers, so one SMS is never
answered twice, and what must be said once (a STOP) or once a day (that we have read) is so by key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from domain.card import LIVE
from services.cards import numbers, status
from services.incoming.sender import Sender
from sms.keywords import Keyword
from sms.message import Lane
from sms.templates import wanted
from storage import alert_profiles, audit, card_requests, offices, optouts, outbox
from storage.card_requests import CardRequest
from storage.offices import Office
from storage.vault import Vault

__all__ = ["Answer", "Heard", "answer", "send"]

MOST_CARDS: Final = 5
"""Cards told by one STATUS; more are only counted."""

_GOOD_FOR: Final = timedelta(hours=1)
"""How long the answer to a question may lie at a gateway that is down and still be one."""

_NOWHERE: Final = "Disnaker"
"""What we call ourselves to a number of which we do not know whose it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """An SMS that was just kept, and what is known of its sender. `own` are the cards to tell.

    `sent_at` is when it was sent, as far as that is known; `language` is the sender's own, `spoken`
    the one he is answered in.
    """

    conn: Connection
    vault: Vault
    now: datetime
    sent_at: datetime
    id: str
    gateway: str
    sender: Sender
    office: Office | None
    language: str
    spoken: str
    own: tuple[CardRequest, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One SMS to be. `once` replaces the key that is made of the SMS it answers."""

    template: str
    facts: Mapping[str, str]
    request: CardRequest | None = None
    once: str = ""
    lasting: bool = False


def answer(heard: Heard, keyword: Keyword) -> Iterator[Answer]:
    """Do what a keyword asks for, and yield what is said to it; nothing to a text of one's own."""
    match keyword:
        case Keyword.STATUS:
            yield from _status(heard)
        case Keyword.HELP:
            yield Answer("help", {})
        case Keyword.STOP:
            yield from _stop(heard)
        case Keyword.START:
            yield from _start(heard)
        case Keyword.NOT_ME:
            yield from _not_me(heard)


def send(heard: Heard, answers: Iterable[Answer]) -> int:
    """Queue answers in the urgent lane, somebody waits for them; how many are new."""
    return sum(_send(heard, place, one) for place, one in enumerate(answers))


def _status(heard: Heard) -> Iterator[Answer]:
    told, left = heard.own[:MOST_CARDS], len(heard.own) - MOST_CARDS
    # Held until the answers are queued: an officer's move then finds them, and takes them back.
    held = {one.id: card_requests.lock(heard.conn, one.id) for one in sorted(told, key=_id)}
    for request in filter(None, (held[one.id] for one in told)):
        office = offices.get(heard.conn, request.office)
        if office is not None:
            answered = status.of(heard.conn, request, office, heard.now)
            facts = {**answered.facts, "phone": office.phone}
            yield Answer(f"status_{answered.outcome}", facts, request)
    if left > 0:
        yield Answer("status_more", {"count": str(left)})
    if not told:
        yield Answer("dial", {})


def _id(request: CardRequest) -> str:
    return request.id


def _stop(heard: Heard) -> Iterator[Answer]:
    """Let it be in force with this transaction; only the first of several is confirmed."""
    new = optouts.add(
        heard.conn,
        phone_index=heard.sender.index,
        source=heard.gateway,
        now=heard.now,
        at=heard.sent_at,
    )
    if new:
        yield Answer("stopped", {}, lasting=True)


def _start(heard: Heard) -> Iterator[Answer]:
    """End a STOP, but none that was sent later. Consents come back only for cards still told."""
    if optouts.stands_after(heard.conn, heard.sender.index, heard.sent_at):
        return
    optouts.end(heard.conn, heard.sender.index)
    renewed = [one for one in heard.own if one.state in LIVE and _renew(heard, one)]
    yield Answer("started" if renewed else "dial", {})


def _not_me(heard: Heard) -> Iterator[Answer]:
    """Let the number go from all its cards; where one of them is about to leave it, stop that."""
    if numbers.disowned(heard, heard.sender.index):
        yield Answer("let_go", {}, lasting=True)


def _renew(heard: Heard, request: CardRequest) -> bool:
    wishes = alert_profiles.get(heard.conn, request.id)
    if wishes is None:
        return False
    alert_profiles.keep(heard.conn, request.id, request.office, heard.now)
    audit.add(
        heard.conn,
        heard.now,
        action="alerts.consented",
        office=request.office,
        request_id=request.id,
    )
    return True


def _send(heard: Heard, place: int, said: Answer) -> bool:
    facts = {"place": heard.office.place if heard.office else _NOWHERE, **said.facts}
    return outbox.add(
        heard.conn,
        heard.vault,
        office=_paying(heard, said),
        request_id=said.request.id if said.request else None,
        lane=Lane.URGENT,
        template=said.template,
        language=heard.language,
        params={name: facts[name] for name in wanted(said.template)},
        to=heard.sender.phone,
        dedupe_key=said.once or f"in:{heard.id}:{place}",
        now=heard.now,
        expires_at=None if said.lasting else heard.now + _GOOD_FOR,
    )


def _paying(heard: Heard, said: Answer) -> str:
    """Return the office an answer goes out from; of one that nobody knows, the first."""
    if said.request:
        return said.request.office
    return (heard.office or offices.every(heard.conn)[0]).code

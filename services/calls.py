"""The calls a flow may name, each with its use case.

A test proves that this table and the vocabulary of the menus name the same calls.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from services import alerts, callers, drafts, homes, nik_parts, slots
from services.callbacks import asking
from services.cards import booking, finding, status
from services.context import CallContext, Caller, Handler

from services.vacancies import looking, wanting
__all__ = ["HANDLERS", "CallContext", "Caller", "Handler"]

HANDLERS: Mapping[str, Handler] = MappingProxyType(
    {
        "caller.recognise": callers.recognise,
        "language.keep": callers.keep_language,
        "draft.resume": drafts.resume,
        "draft.prove": drafts.prove,
        "draft.discard": drafts.discard,
        "nik.way": nik_parts.way,
        "nik.first": nik_parts.first,
        "nik.middle": nik_parts.middle,
        "nik.join": nik_parts.join,
        "applicant.read": callers.read_applicant,
        "home.suggest": homes.suggest,
        "home.search": homes.search,
        "home.office": homes.office,
        "slots.offer": slots.offer,
        "slots.list": slots.listed,
        "card.book": booking.book,
        "card.find": finding.find,
        "status.tell": status.tell,
        "alerts.consent": alerts.consent,
        "alerts.education": alerts.education,
        "alerts.sector": alerts.sector,
        "alerts.place": alerts.place,
        "callback.stuck": asking.stuck,
        "callback.offer": asking.offer,
        "callback.ask": asking.ask,
    }
        "cadre.know": cadre_calls.know,
        "cadre.enter": cadre_calls.enter,
        "cadre.read": cadre_calls.read,
        "vacancies.look": looking.look,
        "vacancies.places": looking.places,
        "vacancies.read": looking.read,
        "vacancies.terms": looking.terms,
        "vacancies.turn": looking.turn,
        "vacancies.want": wanting.wants,
        "vacancies.send": wanting.sends,
)

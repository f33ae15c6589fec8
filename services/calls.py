"""The calls a flow may name, each with its use case.

A test proves that this table and the vocabulary of the menus name the same calls.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from services import callers, drafts, homes, nik_parts, slots
from services.alerts import offering, switching, wishes
from services.cadres import calls as cadre_calls
from services.callbacks import asking
from services.cards import changing, finding, helping, numbers_by_phone, reporting, status
from services.context import CallContext, Caller, Handler
from services.info import doors, events, questions, visits
from services.privacy import asking as privacy
from services.tickets import filing, rating, telling
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
        "card.book": cadre_calls.book,
        "visit.help": helping.want,
        "card.find": finding.find,
        "status.tell": status.tell,
        "card.report": reporting.report,
        "report.sector": reporting.sector,
        "report.place": reporting.place,
        "change.look": changing.look,
        "change.day": changing.day,
        "change.offices": changing.other_offices,
        "card.withdraw": changing.withdraw,
        "phone.look": numbers_by_phone.look,
        "phone.detach": numbers_by_phone.detach,
        "phone.stop": numbers_by_phone.stop,
        "phone.take": numbers_by_phone.take,
        "alerts.open": switching.open_,
        "alerts.consent": wishes.consent,
        "alerts.renew": wishes.renew,
        "alerts.education": wishes.education,
        "alerts.sector": wishes.sector,
        "alerts.rest": wishes.rest,
        "alerts.another": wishes.another,
        "alerts.place": wishes.place,
        "alerts.pace": wishes.pace,
        "alerts.off": switching.switch_off,
        "alerts.nearby": offering.nearby,
        "alerts.matches": offering.matches,
        "alerts.send": offering.send,
        "alerts.finish": switching.finish,
        "info.office": doors.choose,
        "info.place": doors.tell,
        "info.services": visits.listed,
        "info.service": visits.read,
        "service.offer": visits.offer,
        "service.days": visits.days,
        "service.book": visits.book,
        "service.cancel": visits.cancel,
        "info.events": events.listed,
        "info.event": events.read,
        "training.sign": events.sign,
        "training.withdraw": events.withdraw,
        "info.ask": questions.ask,
        "info.questions": questions.listed,
        "info.answer": questions.answer,
        "info.turn": questions.turn,
        "callback.stuck": asking.stuck,
        "callback.offer": asking.offer,
        "callback.ask": asking.ask,
        "tickets.begin": telling.begin,
        "tickets.file": filing.file,
        "tickets.mine": telling.mine,
        "tickets.tell": telling.tell,
        "tickets.rate": rating.rate,
        "data.stop_alerts": privacy.stop_alerts,
        "data.ask": privacy.ask,
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
    }
)

"""All tables, by noun, under one `metadata`; no query and no logic comes in here.

Times are stored with zone in UTC. Columns that end in `_sealed` hold `Vault.seal`, columns that end
in `_index` hold `Vault.index`. Names and birth dates are plain so that officers can search.
"""

from __future__ import annotations

from storage.tables.alerts import alert_rounds, alerts
from storage.tables.cadres import cadre_registrations, cadres
from storage.tables.callbacks import callback_requests
from storage.tables.callers import alert_profiles, attempts, callers, drafts
from storage.tables.card_life import card_reports, phone_changes
from storage.tables.card_requests import card_requests, case_claims
from storage.tables.cards import card_sequences, cards
from storage.tables.content import (
    answers,
    events,
    service_slots,
    service_types,
    service_visits,
    sign_ups,
)
from storage.tables.decisions import decisions
from storage.tables.dialogue import books, funnel, phone_calls, session_calls, session_ends
from storage.tables.incoming import incoming_messages
from storage.tables.messages import delivery_reports, messages, optouts, sending_pauses
from storage.tables.naming import metadata
from storage.tables.officers import audit, officer_sessions, officers
from storage.tables.offices import holidays, offices, slots
from storage.tables.tickets import sms_questions, tickets
from storage.tables.vacancies import vacancies, vacancy_interests

__all__ = [
    "alert_profiles",
    "alert_rounds",
    "alerts",
    "answers",
    "attempts",
    "audit",
    "books",
    "cadre_registrations",
    "cadres",
    "callback_requests",
    "callers",
    "card_reports",
    "card_requests",
    "card_sequences",
    "cards",
    "case_claims",
    "decisions",
    "delivery_reports",
    "drafts",
    "events",
    "funnel",
    "holidays",
    "incoming_messages",
    "messages",
    "metadata",
    "officer_sessions",
    "officers",
    "offices",
    "optouts",
    "phone_calls",
    "phone_changes",
    "sending_pauses",
    "service_slots",
    "service_types",
    "service_visits",
    "session_calls",
    "session_ends",
    "sign_ups",
    "slots",
    "sms_questions",
    "tickets",
    "vacancies",
    "vacancy_interests",
]

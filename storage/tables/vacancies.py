"""Vacancies of the offices, and the phones whose callers said that they want one."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    Table,
    UniqueConstraint,
)
from sqlalchemy import text as sql

from storage.tables.naming import (
    identity,
    maybe_moment,
    maybe_text,
    metadata,
    moment,
    office,
    reference,
    text,
)

vacancies = Table(
    "vacancies",
    metadata,
    identity(),
    office(),
    maybe_text("reference"),
    text("title"),
    text("employer"),
    Column("employer_checked", Boolean, nullable=False, server_default=sql("false")),
    text("sector", doc="key of domain.terms.sectors"),
    maybe_text("education"),
    text("place", doc="regency code, 32.10, or abroad"),
    maybe_text("district"),
    Column("seats", Integer, nullable=False, server_default="1"),
    maybe_text("wage"),
    maybe_text("description"),
    text("apply_place", doc="where to go"),
    text("apply_open", doc="when, as an office's open: 1-5 08:00-15:00"),
    text("bring", doc="keys of domain.terms, with commas"),
    Column("closes_on", Date, nullable=False, doc="the last day to apply"),
    text("state", server_default="draft"),
    maybe_moment("published_at"),
    maybe_moment("closed_at"),
    Column("version", Integer, nullable=False, server_default="1"),
    moment("created_at"),
    moment("updated_at"),
    UniqueConstraint("office", "reference"),
    CheckConstraint("state in ('draft', 'published', 'closed')", name="state"),
    CheckConstraint("state <> 'published' or employer_checked", name="checked"),
    CheckConstraint("state <> 'published' or published_at is not null", name="published"),
    CheckConstraint("seats > 0", name="seats"),
)

# Browsing and matching read only what is published: a small part of all that ever was.
Index(
    "ix_vacancies_published",
    vacancies.c.place,
    vacancies.c.sector,
    vacancies.c.published_at,
    postgresql_where=sql("state = 'published'"),
)
Index("ix_vacancies_office_state", vacancies.c.office, vacancies.c.state)
Index("ix_vacancies_state_closes_on", vacancies.c.state, vacancies.c.closes_on)

vacancy_interests = Table(
    "vacancy_interests",
    metadata,
    identity(),
    reference("vacancy_id", "vacancies.id"),
    office(),
    reference("request_id", "card_requests.id", nullable=True),
    text("phone_sealed"),
    text("phone_index"),
    text("phone_last4"),
    text("language"),
    text("gateway"),
    text("state", server_default="new"),
    reference("officer_id", "officers.id", nullable=True),
    Column("version", Integer, nullable=False, server_default="1"),
    moment("created_at"),
    moment("updated_at"),
    UniqueConstraint("vacancy_id", "phone_index"),
    CheckConstraint("state in ('new', 'told', 'closed')", name="state"),
)
Index(
    "ix_vacancy_interests_office_state_created_at",
    vacancy_interests.c.office,
    vacancy_interests.c.state,
    vacancy_interests.c.created_at,
)
Index("ix_vacancy_interests_phone_index", vacancy_interests.c.phone_index)
Index("ix_vacancy_interests_request_id", vacancy_interests.c.request_id)
Index("ix_vacancy_interests_updated_at", vacancy_interests.c.updated_at)

"""Who was told of which vacancy, or is to be, and the vacancies that are still to be matched."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, Text, Uuid, func
from sqlalchemy import text as sql

from storage.tables.naming import maybe_moment, metadata, moment, office, reference

alerts = Table(
    "alerts",
    metadata,
    reference("vacancy_id", "vacancies.id", primary_key=True),
    Column("phone_index", Text, primary_key=True),
    reference("request_id", "card_requests.id"),
    office(),
    Column("message_id", Uuid(as_uuid=False), nullable=True, doc="none: waits for the weekly SMS"),
    moment("created_at"),
)

# One person hears once of one vacancy, also when his number has changed since.
Index("uq_alerts_vacancy_id_request_id", alerts.c.vacancy_id, alerts.c.request_id, unique=True)
Index("ix_alerts_request_id", alerts.c.request_id)
Index("ix_alerts_message_id", alerts.c.message_id)
Index(
    "ix_alerts_waiting",
    alerts.c.office,
    alerts.c.phone_index,
    postgresql_where=sql("message_id is null"),
)
# What is due on a phone's weekday, without what waits for another.
Index(
    "ix_alerts_due",
    alerts.c.office,
    func.mod(func.ascii(alerts.c.phone_index), sql("5")),
    alerts.c.created_at,
    postgresql_where=sql("message_id is null"),
)

alert_rounds = Table(
    "alert_rounds",
    metadata,
    reference("vacancy_id", "vacancies.id", primary_key=True),
    moment("asked_at"),
    maybe_moment("done_at"),
)

Index(
    "ix_alert_rounds_asked_at",
    alert_rounds.c.asked_at,
    postgresql_where=sql("done_at is null"),
)

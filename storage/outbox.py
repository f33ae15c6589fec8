"""The outbox: every SMS is a row before it is a request.

A row is added in the transaction of the fact it tells about, so neither exists without the other.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import insert

from sms.message import Lane, Status
from storage.tables import messages
from storage.vault import Vault

__all__ = ["add"]


def add(  # noqa: PLR0913 - a message has that many parts, and each caller names them
    conn: Connection,
    vault: Vault,
    *,
    office: str,
    request_id: UUID | None,
    lane: Lane,
    template: str,
    language: str,
    params: Mapping[str, str],
    to: str,
    dedupe_key: str,
    now: datetime,
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
) -> bool:
    """Queue one SMS in the caller's transaction; False when `dedupe_key` is already there.

    `to` is an E.164 number with its plus sign; `params` are the template's facts in their
    canonical form. Both are sealed, bound to the row's id.
    """
    row_id = uuid4()
    row = {
        "id": row_id,
        "office": office,
        "request_id": request_id,
        "lane": lane.value,
        "template": template,
        "language": language,
        "params_sealed": vault.seal(json.dumps(dict(params)), where=f"messages.params:{row_id}"),
        "phone_sealed": vault.seal(to, where=f"messages.phone:{row_id}"),
        "phone_index": vault.index("phone", to),
        "dedupe_key": dedupe_key,
        "status": Status.QUEUED.value,
        "not_before": not_before or now,
        "expires_at": expires_at,
        "created_at": now,
        "updated_at": now,
    }
    added = insert(messages).values(row).on_conflict_do_nothing(index_elements=["dedupe_key"])
    return conn.execute(added.returning(messages.c.id)).first() is not None

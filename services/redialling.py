"""The SMS to who was cut off in the middle of registering: he can go on, and what to dial.

Only after the NIK, for before it nothing is lost; once for a call that broke off, and at most once
a day for a number. Who has dialled again meanwhile, and gone on or begun anew, is told nothing.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from menus.leaving import REGISTERING
from menus.session import Session
from services.dialogue import drafts as dialogue_drafts
from sms.message import Lane
from storage import drafts, offices, outbox, places
from storage.database import Database
from storage.drafts import BrokenOff
from storage.offices import Office
from storage.vault import Unsealable, Vault

__all__ = ["tell"]

_log = logging.getLogger(__name__)

BROKEN_OFF: Final = timedelta(minutes=5)
"""A session lasts three minutes at most; who has not answered for five was cut off or gave up."""

NO_LONGER: Final = timedelta(hours=12)
"""After an outage of ours nobody is told of a call that he has forgotten."""

APART: Final = timedelta(days=1)
_AT_ONCE: Final = 200
_TEMPLATE: Final = "redial"


@dataclass(frozen=True, slots=True)
class _Round:
    """One look of the clock, in its transaction."""

    conn: Connection
    vault: Vault
    now: datetime
    served: tuple[Office, ...]

    def tell(self, left: BrokenOff) -> bool:
        drafts.told(self.conn, left.phone_index, self.now)
        session, to = self._opened(left)
        if session is None or not session.known.get("born"):
            return False
        return outbox.add(
            self.conn,
            self.vault,
            office=(office := self._office(session)).code,
            request_id=None,
            lane=Lane.URGENT,
            template=_TEMPLATE,
            language=session.language,
            params={"place": office.place},
            to=to,
            dedupe_key=f"{_TEMPLATE}:{left.phone_index}:{left.saved_at.timestamp():.6f}",
            now=self.now,
            expires_at=self.now + NO_LONGER,
        )

    def _opened(self, left: BrokenOff) -> tuple[Session | None, str]:
        """Return what was left and by whom; the number may be sealed with an older key."""
        index = left.phone_index
        try:
            to = self.vault.open(left.phone_sealed, where=places.draft_phone(index))
            return dialogue_drafts.open_draft(self.vault, index, left.sealed), to
        except (Unsealable, ValueError, TypeError) as error:
            _log.warning("a draft cannot be read: %s", type(error).__name__)
            return None, ""

    def _office(self, session: Session) -> Office:
        """Return the office of his home, else of where his NIK was given out, else the first."""
        nik = session.known.get("nik", "")
        likely = (session.known.get("office"), f"{nik[:2]}.{nik[2:4]}")
        found = (office for code in likely for office in self.served if office.code == code)
        return next(found, self.served[0])


def tell(database: Database, vault: Vault, now: datetime) -> int:
    """Queue an SMS to each who broke off a registration; return how many. The clock's work."""
    with database.begin() as conn:
        left = drafts.broken_off(
            conn,
            flows=REGISTERING,
            since=now - NO_LONGER,
            until=now - BROKEN_OFF,
            told_before=now - APART,
            limit=_AT_ONCE,
        )
        if not left or not (served := tuple(offices.every(conn))):
            return 0
        turn = _Round(conn, vault, now, served)
        return sum(map(turn.tell, left))

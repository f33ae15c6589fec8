"""What an administrator does by hand: look at messages, hold them back, send again, try out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain import msisdn
from sms.gateway import Gateway, Result
from sms.message import OutgoingSms
from storage import outbox_counts, outbox_results, sending_pauses
from storage.database import Database
from storage.outbox_counts import Waiting
from storage.vault import Vault

__all__ = ["Outbox", "look", "pause", "resend", "resume", "send_test"]

TEST_TEXT = "Uji kirim dari Kuning. Abaikan SMS ini."


@dataclass(frozen=True, slots=True)
class Outbox:
    """What is not over, by lane and state, and why sending is paused (None: it is not)."""

    waiting: tuple[Waiting, ...]
    paused: str | None


def look(database: Database) -> Outbox:
    """Count the outbox."""
    with database.begin() as conn:
        return Outbox(tuple(outbox_counts.waiting(conn)), sending_pauses.paused(conn))


def pause(database: Database, why: str, now: datetime) -> None:
    """Send nothing from now on; a request that is under way is not called back."""
    with database.begin() as conn:
        sending_pauses.pause(conn, why, now)


def resume(database: Database) -> bool:
    """Send again; False when nothing was held back."""
    with database.begin() as conn:
        return sending_pauses.resume(conn)


def resend(database: Database, vault: Vault, message_id: str, now: datetime) -> bool:
    """Queue a message that did not arrive once more, as a row of its own marked `resent_of`.

    False when there is no such message, when it may still arrive or is no longer so, or when it
    was resent before: then the later row is the one to send again. Raises `Unsealable` without its
    data key.
    """
    with database.begin() as conn:
        message = outbox_results.not_arrived(conn, message_id, now)
        return message is not None and outbox_results.resend(conn, vault, message, now)


def send_test(gateway: Gateway, phone: str, regions: frozenset[str]) -> Result | None:
    """Send one fixed text straight to a number, past the outbox; None for an unfit number."""
    number = msisdn.read(phone, regions)
    if number is None or not number.registrable:
        return None
    return gateway.send([OutgoingSms("test", number.e164, TEST_TEXT, gateway.line.sender)])[0]

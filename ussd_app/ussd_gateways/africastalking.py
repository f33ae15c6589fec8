"""Africa's Talking: form fields in, `CON ` or `END ` out; nothing else knows these words.

Source: its USSD pages "Overview", "Handle Sessions" and "Notifications". A reply must begin with
one of the two words; it must be 200, for a 40x ends the caller's session.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from domain import villages
from menus.events import Screen
from services.dialogue.turn import Turn
from storage.session_ends import SessionEnd
from ussd_app.ussd_gateways.wire import Form, Unreadable, Wire

GATEWAY: Final = "africastalking"
_NEEDED: Final = ("sessionId", "phoneNumber", "serviceCode", "text")
# ATUid_ and 32 hex digits today; we only ask that it can be a key.
_SESSION: Final = re.compile(r"[!-~]{1,128}")
_PHONE: Final = re.compile(r"\+?[0-9][0-9 ().-]{3,24}")
# 182 characters a hop in a session of 180 s cannot be more; to hear it again must stay cheap.
_TEXT_LENGTH: Final = 2_000
_TEXT_PARTS: Final = 256
_STATUS: Final = {"Success", "Incomplete", "Failed"}


def read(form: Form) -> Turn | Unreadable:
    """Read a callback; `networkCode` may be missing, and unknown service codes are served."""
    for name in _NEEDED:
        if name not in form:
            return Unreadable(f"{name} is missing")
    text = form["text"]
    if fault := _fault(form["sessionId"], form["phoneNumber"], text):
        return Unreadable(fault)
    poster, answers = villages.off_the_poster(text)
    return Turn(
        GATEWAY,
        form["sessionId"],
        form["phoneNumber"],
        form["serviceCode"],
        answers,
        network=form.get("networkCode", ""),
        poster=poster,
    )


def write(screen: Screen) -> str:
    """Write the reply: END closes the session, CON waits for the next answer."""
    return f"END {screen.text}" if screen.ends else f"CON {screen.text}"


def ended(form: Form, now: datetime) -> SessionEnd | Unreadable:
    """Read the notice that a session ended, but neither `input` nor the phone number.

    Statuses other than Success, Incomplete and Failed become "unknown"; a number that cannot be
    read becomes None.
    """
    session = form.get("sessionId", "")
    if not _SESSION.fullmatch(session):
        return Unreadable("sessionId is missing or odd")
    status = form.get("status", "")
    return SessionEnd(
        gateway=GATEWAY,
        session_id=session,
        status=status if status in _STATUS else "unknown",
        duration_ms=_number(form.get("durationInMillis", "")),
        hops=_number(form.get("hopsCount", "")),
        at=now,
    )


def _fault(session: str, phone: str, text: str) -> str | None:
    if not _SESSION.fullmatch(session):
        return "sessionId is odd"
    if not _PHONE.fullmatch(phone):
        return "phoneNumber is no number"
    if len(text) > _TEXT_LENGTH or text.count("*") >= _TEXT_PARTS:
        return "text is too long"
    return None


def _number(text: str) -> int | None:
    """Read a count as PostgreSQL's integer can hold it."""
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None


WIRE: Final = Wire(read=read, write=write, ended=ended)

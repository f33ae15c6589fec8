"""Officers: sign-in, their sessions, who may let whom in. What they do with cards is elsewhere."""

from __future__ import annotations

from services.officers.rights import Right, Role, may
from services.officers.sessions import (
    ABSOLUTE,
    IDLE,
    Session,
    end_session,
    load_session,
    open_session,
    save_session,
    set_language,
    sign_out,
)
from services.officers.signing_in import SignedIn, TooMany, Wrong, sign_in
from services.officers.staff import (
    Added,
    Refusal,
    Refused,
    add,
    disable,
    enable,
    first,
    of_office,
    reset,
)
from storage.officers import Officer

__all__ = [
    "ABSOLUTE",
    "IDLE",
    "Added",
    "Officer",
    "Refusal",
    "Refused",
    "Right",
    "Role",
    "Session",
    "SignedIn",
    "TooMany",
    "Wrong",
    "add",
    "disable",
    "enable",
    "end_session",
    "first",
    "load_session",
    "may",
    "of_office",
    "open_session",
    "reset",
    "save_session",
    "set_language",
    "sign_in",
    "sign_out",
]

"""What the desk shows: three lists, search, the next case, one person, for one office at a time.

Everything asks for the officer's office and finds nothing of another one. NIK and phone leave this
room masked; `reveal` is the one exception, and it leaves a trace. What changes a card request
does not come in: that is `services.cards`.
"""

from __future__ import annotations

from services.desk.actions import Action, Choice, choice
from services.desk.following import next_one
from services.desk.lists import (
    Counts,
    Front,
    Row,
    coming_today,
    counts,
    front,
    not_issued,
    to_answer,
)
from services.desk.person import Person, person
from services.desk.resending import resend
from services.desk.reveal import Reason, Secret, reveal
from services.desk.searching import Found, Narrowing, Search, Visit, search
from services.desk.timeline import Call, Entry, Event, Letter, Sms

__all__ = [
    "Action",
    "Call",
    "Choice",
    "Counts",
    "Entry",
    "Event",
    "Found",
    "Front",
    "Letter",
    "Narrowing",
    "Person",
    "Reason",
    "Row",
    "Search",
    "Secret",
    "Sms",
    "Visit",
    "choice",
    "coming_today",
    "counts",
    "front",
    "next_one",
    "not_issued",
    "person",
    "resend",
    "reveal",
    "search",
    "to_answer",
]

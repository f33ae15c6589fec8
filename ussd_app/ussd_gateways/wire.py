"""What a USSD gateway's module gives: how to read its callbacks and how to write its replies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from menus.events import Screen
from services.dialogue.turn import Turn
from storage.session_ends import SessionEnd

Form = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a callback cannot be read: a 4xx `status` and plain words, never what was sent."""

    words: str
    status: int = 400


@dataclass(frozen=True, slots=True)
class Wire:
    """One gateway: a form becomes a turn, a screen becomes a reply, a notice becomes an end."""

    read: Callable[[Form], Turn | Unreadable]
    write: Callable[[Screen], str]
    ended: Callable[[Form, datetime], SessionEnd | Unreadable]

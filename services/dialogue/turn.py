"""What a gateway told us of one hop, and which part of it is news.

Gateways like Africa's Talking send all answers of the session, joined by `*`, at every hop and
escape nothing; callers do type `*`. So the news is what follows the text already heard.
"""

from __future__ import annotations

from msgspec import Struct


class Turn(Struct, frozen=True):
    """One callback, as any gateway may tell it.

    `phone` is the number as the gateway wrote it, `history` all answers of the session so far
    joined by `*` ("" when it was only dialled), `network` the gateway's own word for the phone
    company ("" when it told none), `poster` the number of the poster whose code was dialled, which
    is no part of the history ("" for the plain code).
    """

    gateway: str
    session_id: str
    phone: str
    service_code: str
    history: str
    network: str = ""
    poster: str = ""


def news(heard: str, history: str) -> str | None:
    """Return what was typed since `heard`; None when nothing new can be told.

    The same history is a retry; a shorter one came late; one that does not go on from what was
    heard contradicts it. To all of them the screen on record is the answer.
    """
    if history == heard:
        return None
    if not heard:
        return history
    return history[len(heard) + 1 :] if history.startswith(f"{heard}*") else None


def one_more(heard: str, history: str) -> bool:
    """Say whether a history goes on from `heard` with one answer, and no star in it."""
    if not heard:
        return history != "" and "*" not in history
    return history.startswith(f"{heard}*") and "*" not in history[len(heard) + 1 :]


def parts(history: str) -> int:
    """Count the parts of a history: how far it goes, whatever the answers were."""
    return history.count("*") + 1 if history else 0

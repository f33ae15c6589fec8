"""Where sealed values live: the `where` of `Vault.seal` and `Vault.open`, written down once.

A value only opens at the place it was sealed for, so both sides must spell it alike.
"""

from __future__ import annotations


def nik(request_id: str) -> str:
    """Return the place of a card request's NIK."""
    return f"card_requests.nik:{request_id}"


def phone(request_id: str) -> str:
    """Return the place of a card request's phone number."""
    return f"card_requests.phone:{request_id}"


def new_phone(change_id: str) -> str:
    """Return the place of the number that is to take another's place."""
    return f"phone_changes.phone:{change_id}"


def caller_phone(phone_index: str) -> str:
    """Return the place of a caller's phone number."""
    return f"callers.phone:{phone_index}"


def draft(phone_index: str) -> str:
    """Return the place of a caller's unfinished session."""
    return f"drafts.sealed:{phone_index}"


def draft_phone(phone_index: str) -> str:
    """Return the place of the number of who left a registration unfinished."""
    return f"drafts.phone:{phone_index}"


def call_result(gateway: str, session_id: str, position: int, ordinal: int) -> str:
    """Return the place of what a call of a session brought."""
    return f"session_calls.result:{gateway}/{session_id}/{position}/{ordinal}"


def message_phone(message_id: str) -> str:
    """Return the place of the number a message goes to."""
    return f"messages.phone:{message_id}"


def message_params(message_id: str) -> str:
    """Return the place of what fills a message's template."""
    return f"messages.params:{message_id}"


def incoming_phone(message_id: str) -> str:
    """Return the place of whoever sent an SMS to us."""
    return f"incoming_messages.phone:{message_id}"


def incoming_text(message_id: str) -> str:
    """Return the place of the words of an SMS to us."""
    return f"incoming_messages.text:{message_id}"


def ticket_phone(ticket_id: str) -> str:
    """Return the place of the number that a ticket came from."""
    return f"tickets.phone:{ticket_id}"


def ticket_text(ticket_id: str) -> str:
    """Return the place of the words of a ticket."""
    return f"tickets.text:{ticket_id}"


def ticket_answer(ticket_id: str) -> str:
    """Return the place of what an officer answered to a ticket."""
    return f"tickets.answer:{ticket_id}"


def callback_phone(callback_id: str) -> str:
    """Return the place of the number that somebody wants to be rung on."""
    return f"callback_requests.phone:{callback_id}"


def interest_phone(wish_id: str) -> str:
    """Return the place of the number of somebody who wants a vacancy."""
    return f"vacancy_interests.phone:{wish_id}"


def sign_up_phone(sign_up_id: str) -> str:
    """Return the place of the number of somebody who signed up for a training."""
    return f"sign_ups.phone:{sign_up_id}"


def visit_phone(visit_id: str) -> str:
    """Return the place of the number of somebody who booked a day for another service."""
    return f"service_visits.phone:{visit_id}"


def cadre_phone(cadre_id: str) -> str:
    """Return the place of a cadre's phone number."""
    return f"cadres.phone:{cadre_id}"

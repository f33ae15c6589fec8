"""Passwords: made by us, kept as argon2id, compared in the same time whoever asks.

Parameters: OWASP's Password Storage Cheat Sheet, argon2id with 19 MiB, 2 passes, 1 lane: some
40 ms on one core, so that a sign-in cannot starve the callers on a small machine. ASVS 5.0 6.4.6:
nobody chooses another's password, hence they are generated.
"""

from __future__ import annotations

import secrets
from functools import cache
from typing import Final

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1, type=Type.ID)
# Without what is mistaken for something else on paper: 0 O 1 l i.
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS: Final = 4
_GROUP: Final = 5
_LONGEST: Final = 512


def generate() -> str:
    """Return a new password of 99 random bits: "k7mqd-...", four groups of five."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def hashed(password: str) -> str:
    """Return the argon2id hash of a password, with its parameters and a salt of its own."""
    return _HASHER.hash(password)


def matches(known: str | None, password: str) -> bool:
    """Tell whether `password` has the hash `known`; None takes as long and is never right."""
    typed = password.strip()[:_LONGEST].encode(errors="replace")
    try:
        _HASHER.verify(_nobody() if known is None else known, typed)
    except (VerificationError, InvalidHashError):
        return False
    return known is not None


def is_dated(known: str) -> bool:
    """Tell whether a hash was made with other parameters than today's."""
    return _HASHER.check_needs_rehash(known)


@cache
def _nobody() -> str:
    return hashed(generate())

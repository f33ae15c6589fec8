"""Who may do what: one table."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from storage.officers import Officer


class Role(StrEnum):
    """What an officer is in his office; an admin also lets people in at other offices."""

    OFFICER = "officer"
    HEAD = "head"
    ADMIN = "admin"


class Right(StrEnum):
    """What can be allowed."""

    WORK = "work"
    """Handle card requests of the own office."""
    SHOW_NIK = "show_nik"
    """See a full NIK of the own office, with a reason."""
    MANAGE_OFFICERS = "manage_officers"
    """Add officers to the own office, reset and disable them."""
    MANAGE_OFFICES = "manage_offices"
    """The same in every office."""


_HEAD: Final = frozenset({Right.WORK, Right.SHOW_NIK, Right.MANAGE_OFFICERS})
RIGHTS: Final[Mapping[Role, frozenset[Right]]] = MappingProxyType(
    {
        Role.OFFICER: frozenset({Right.WORK, Right.SHOW_NIK}),
        Role.HEAD: _HEAD,
        Role.ADMIN: _HEAD | {Right.MANAGE_OFFICES},
    }
)


def may(officer: Officer, right: Right) -> bool:
    """Tell whether an officer has a right now; an inactive one has none."""
    return officer.active and right in RIGHTS[Role(officer.role)]


def may_manage(by: Officer, office: str, role: Role) -> bool:
    """Tell whether `by` may manage officers of `role` in `office`: nobody lifts above himself."""
    if may(by, Right.MANAGE_OFFICES):
        return True
    return may(by, Right.MANAGE_OFFICERS) and by.office == office and role is not Role.ADMIN

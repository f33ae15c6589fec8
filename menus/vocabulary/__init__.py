"""All that the flows may name: checks, calls with their outcomes, and lists loaded at start.

The flows are one half of a promise and the handlers in ``services`` the other; this room is the
promise, a module for each noun. A slot on a screen is known because an answer was saved under its
name, or because a call on the way brought it as a fact: which facts, is said here. Nothing here
does what a call promises.
"""

from __future__ import annotations

from collections.abc import Mapping

from domain import terms
from menus.vocabulary import (
    alerts,
    cadre,
    callback,
    caller,
    change,
    complaint,
    data,
    info,
    register,
    report,
    status,
    vacancies,
    visit,
)
from menus.vocabulary.checks import CHECKS
from menus.vocabulary.specs import (
    CallSpec,
    CheckSpec,
    Facts,
    ListSpec,
    Passed,
    Vocabulary,
    options,
)

__all__ = [
    "CALLS",
    "CHECKS",
    "LISTS",
    "VOCABULARY",
    "CallSpec",
    "CheckSpec",
    "Facts",
    "ListSpec",
    "Passed",
    "Vocabulary",
]

CALLS: Mapping[str, CallSpec] = {
    **caller.CALLS,
    **register.CALLS,
    **visit.CALLS,
    **status.CALLS,
    **report.CALLS,
    **change.CALLS,
    **alerts.CALLS,
    **callback.CALLS,
    **cadre.CALLS,
    **complaint.CALLS,
    **data.CALLS,
    **info.CALLS,
    **vacancies.CALLS,
}

LISTS: Mapping[str, ListSpec] = {
    "sectors": options("sector", terms.sectors()),
    "education": options("education", terms.educations()),
}

VOCABULARY = Vocabulary(CHECKS, CALLS, LISTS)

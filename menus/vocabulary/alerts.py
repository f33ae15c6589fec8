"""News of vacancies: each answer is stored by itself."""

from __future__ import annotations

from collections.abc import Mapping

from menus.vocabulary.specs import CallSpec, kept

CALLS: Mapping[str, CallSpec] = {
    "alerts.consent": kept("code"),
    "alerts.education": kept("code education"),
    "alerts.sector": kept("code sector"),
    "alerts.place": kept("code reach"),
}

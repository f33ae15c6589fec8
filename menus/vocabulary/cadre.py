"""Cadres: let in by their PIN, and whose NIK they typed."""

from __future__ import annotations

from collections.abc import Mapping

from menus.vocabulary.specs import CallSpec, facts

CALLS: Mapping[str, CallSpec] = {
    "cadre.know": CallSpec(
        {"known": facts(), "locked": facts(), "full": facts("count"), "stranger": facts()},
    ),
    "cadre.enter": CallSpec(
        {
            "good": facts("cadre pin request"),  # the PIN is forgotten; he asks for somebody new
            "wrong": facts("count"),
            "locked": facts(),
            "full": facts("count"),
            "stranger": facts(),
        },
        needs=facts("pin"),
    ),
    "cadre.read": CallSpec(
        {
            "sound": facts("born sex request"),
            "young": facts("minimum"),
            "implausible": facts("count"),
        },
        needs=facts("nik"),
    ),
}

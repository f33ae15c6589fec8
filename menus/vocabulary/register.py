"""What a registration reads: the NIK, whole or in parts, and the home."""

from __future__ import annotations

from collections.abc import Mapping

from menus.vocabulary.specs import CallSpec, facts

CALLS: Mapping[str, CallSpec] = {
    # In parts when `cut` is known: `caller.recognise` may bring it, if the call before was cut.
    "nik.way": CallSpec({"whole": facts("cadre"), "parts": facts("cadre")}, pure=True),
    "nik.first": CallSpec(
        {"part": facts("district"), "whole": facts("nik")},
        needs=facts("nik_first"),
        pure=True,
    ),
    "nik.middle": CallSpec({"heard": facts("born")}, needs=facts("nik_middle"), pure=True),
    "nik.join": CallSpec(
        {"whole": facts("nik")}, needs=facts("nik_first nik_middle nik_last"), pure=True
    ),
    "applicant.read": CallSpec(
        {
            "sound": facts("born sex request"),
            "young": facts("minimum"),
            "implausible": facts("count"),
            "already": facts("request"),
            "foreign": facts(),
        },
        needs=facts("nik"),
        commits=frozenset({"already"}),
    ),
    "home.suggest": CallSpec(
        {"here": facts("district home"), "unknown": facts()}, needs=facts("nik"), pure=True
    ),
    "home.search": CallSpec(
        {"found": facts(), "none": facts()},
        items={"found": {"home.matches": facts("district regency")}},
        needs=facts("letters"),
        pure=True,
    ),
    "home.office": CallSpec(
        {
            "served": facts("office place"),
            "unserved": facts("regency"),
            "young": facts("minimum"),
        },
        needs=facts("home born"),
    ),
}

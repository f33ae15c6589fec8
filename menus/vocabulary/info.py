"""What an office tells and offers: its hours, services, fairs and trainings, and its answers."""

from __future__ import annotations

from collections.abc import Mapping

from menus.vocabulary.specs import CallSpec, facts

_DOORS = facts("place counter address open office_phone")
_DAY = facts("day hour visit_slot")
_MINE = facts("guest service day hour visit")
_EVENT = facts("event day hour venue rest")
_WHERE = facts("place open")
_TITLES = facts("title")

CALLS: Mapping[str, CallSpec] = {
    "info.office": CallSpec(
        {"one": facts("info_office"), "several": facts(), "none": facts()},
        items={"several": {"info.offices": facts("place")}},
    ),
    "info.place": CallSpec(
        {"open": _DOORS | facts("count came"), "closed": _DOORS | facts("day")},
        needs=facts("info_office"),
    ),
    "info.services": CallSpec(
        {"some": facts()},
        items={"some": {"info.services": facts("service")}},
        needs=facts("info_office"),
    ),
    "info.service": CallSpec(
        {
            "card": facts("papers"),
            "told": facts("service papers note"),
            "booked": facts("service papers note"),
            "mine": _MINE,
            "gone": facts(),
        },
        needs=facts("info_office service_id"),
    ),
    "service.offer": CallSpec(
        {"free": _DAY, "full": facts("until"), "mine": _MINE, "gone": facts()},
        needs=facts("info_office service_id"),
    ),
    "service.days": CallSpec(
        {"free": facts(), "full": facts("until")},
        items={"free": {"service.free": facts("day hour")}},
        needs=facts("info_office service_id"),
    ),
    "service.book": CallSpec(
        {
            "booked": facts("day hour papers"),
            "taken": facts(),
            "mine": _MINE,
            "foreign": _WHERE,
            "gone": facts(),
        },
        needs=facts("info_office service_id guest visit_slot"),
        commits=frozenset({"booked"}),
    ),
    "service.cancel": CallSpec(
        {"cancelled": facts()},
        needs=facts("info_office visit"),
        commits=frozenset({"cancelled"}),
    ),
    "info.events": CallSpec(
        {"some": facts(), "none": facts()},
        items={"some": {"info.events": facts("event day")}},
        needs=facts("info_office"),
    ),
    "info.event": CallSpec(
        {
            "fair": _EVENT,
            "training": _EVENT,
            "full": _EVENT,
            "signed": _EVENT | facts("learner"),
            "gone": facts(),
        },
        needs=facts("info_office event_id"),
    ),
    "training.sign": CallSpec(
        {"signed": facts(), "full": facts(), "foreign": _WHERE, "gone": facts()},
        needs=facts("info_office event_id learner"),
        commits=frozenset({"signed"}),
    ),
    "training.withdraw": CallSpec(
        {"withdrawn": facts()},
        needs=facts("info_office event_id learner"),
        commits=frozenset({"withdrawn"}),
    ),
    "info.ask": CallSpec(
        {
            "told": facts("rest"),
            "near": facts(),
            "kept": facts(),
            "many": facts(),
            "unanswerable": _WHERE,
        },
        items={"near": {"info.near": _TITLES}},
        needs=facts("info_office typed"),
        commits=frozenset({"kept"}),
    ),
    "info.questions": CallSpec(
        {"some": facts()},
        items={"some": {"info.questions": _TITLES}},
        needs=facts("info_office"),
    ),
    # What none of the nearest answers fits goes to an officer, as it was typed.
    "info.answer": CallSpec(
        {
            "told": facts("rest"),
            "kept": facts(),
            "many": facts(),
            "unanswerable": _WHERE,
            "gone": facts(),
        },
        needs=facts("info_office question"),
        commits=frozenset({"kept"}),
    ),
    "info.turn": CallSpec(
        {"more": facts("detail rest"), "last": facts("detail rest")},
        needs=facts("rest"),
        pure=True,
    ),
}

"""News of vacancies: one switch, and answers that are each stored by themselves."""

from __future__ import annotations

from collections.abc import Mapping

from menus.vocabulary.specs import CallSpec, Facts, facts

_REQUEST = facts("request")


def _stored(needs: str, outcomes: str = "kept") -> CallSpec:
    """Return a call that keeps one answer for good; the caller may go back and answer anew."""
    return CallSpec(
        {name: facts() for name in outcomes.split()},
        needs=_REQUEST | facts(needs),
        lasting=frozenset({"kept"}),
    )


def _consent(*others: str) -> CallSpec:
    outcomes: dict[str, Facts] = {name: facts() for name in ("kept", "as_before", *others)}
    return CallSpec(outcomes, needs=_REQUEST, lasting=frozenset({"kept", "as_before"}))


CALLS: Mapping[str, CallSpec] = {
    "alerts.open": CallSpec(
        {
            "on": facts("request name sectors reach"),
            "off": facts("request name"),
            "stopped": facts("request name"),
            "several": facts(),
            "nobody": facts(),
        },
        items={"several": {"alerts.people": facts("name")}},
    ),
    "alerts.consent": _consent("stopped"),
    "alerts.renew": _consent(),
    "alerts.education": _stored("education"),
    "alerts.sector": _stored("sector"),
    "alerts.rest": CallSpec(
        {"some": facts(), "full": facts()},
        items={"some": {"alerts.rest": facts("another")}},
        needs=_REQUEST,
    ),
    "alerts.another": _stored("another", "kept enough"),
    "alerts.place": _stored("reach"),
    "alerts.pace": _stored("pace"),
    "alerts.off": CallSpec({"off": facts()}, needs=_REQUEST, commits=frozenset({"off"})),
    # What is near who has just booked, of the work looked for in this call or of any; it is noted
    # for whom, so that his visit is told at the end.
    "alerts.nearby": CallSpec(
        {
            "none": facts("just_booked"),
            "some": facts("count just_booked"),
            "of_work": facts("count just_booked sectors"),
        },
        needs=_REQUEST,
    ),
    "alerts.matches": CallSpec(
        {"none": facts(), "near": facts("count sectors"), "some": facts("count sectors")},
        needs=_REQUEST,
    ),
    "alerts.send": CallSpec({"sent": facts()}, needs=_REQUEST, lasting=frozenset({"sent"})),
    "alerts.finish": CallSpec(
        {
            "visit": facts("name day hour place papers"),
            "weekly": facts(),
            "now": facts(),
        },
        needs=_REQUEST,
        commits=frozenset({"visit", "weekly", "now"}),
    ),
}

"""Are most screens short: what fits a handset may still be much to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median_high

from domain.words import LANGUAGES
from menus.issues.issue import Issue, Rule, Subject
from menus.walk import View

MOST_SEPTETS = 90


def long_median(subject: Subject) -> Iterator[Issue]:
    """In each language at least half of all screens, at their widest, have at most 90 septets.

    Told at a text just above that, for there a few letters less are enough.
    """
    seen = subject.views
    for language in LANGUAGES:
        mine = [view for view in seen if view.language == language]
        if (middle := median(mine)) > MOST_SEPTETS:
            longer = (view for view in mine if view.septets > MOST_SEPTETS)
            nearest = min(longer, key=lambda view: view.septets)
            what = f"the median screen [{language}] has {middle} septets (at most {MOST_SEPTETS})"
            where = subject.where(nearest.blame, language)
            yield Issue(where, f"{what}: shorten what is just above, as {nearest.state}")


def median(seen: Sequence[View]) -> int:
    """Return what half of these screens do not exceed, in septets; 0 for no screen."""
    return median_high(view.septets for view in seen) if seen else 0


RULES: tuple[Rule, ...] = (long_median,)

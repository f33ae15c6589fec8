"""Words that mean something when they are the whole of an SMS.

Permenkominfo 1/2009 articles 18 and 19: who is sent broadcasts must be able to refuse, and sending
after a refusal is forbidden. So the word is understood in each of our languages and in the two
spellings that phones make of it, but only alone: "jangan stop" is no refusal.
"""

from __future__ import annotations

import re

__all__ = ["STOP", "is_stop"]

STOP = frozenset(
    {
        "BERHENTI",
        "STOP",
        "UNREG",
        "EUREUN",
        "LEREN",
        "MANDHEG",
        "MANDEG",
        "QUIT",
        "UNSUBSCRIBE",
    }
)
"""Indonesian, the trade's own (STOP, UNREG), Sundanese, Javanese, English."""

_EDGES = re.compile(r"^[\s\"'.!*#]+|[\s\"'.!*#]+$")


def is_stop(text: str) -> bool:
    """Tell whether an SMS, as a whole, says that no more shall come."""
    return _EDGES.sub("", text).upper() in STOP

"""What happened in a hop, packed for the stream that the funnel is counted from."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Final

from domain import calendar
from menus.definition import StateId, flow_of
from menus.events import Effect, Entered
from menus.session import Session
from storage.funnel import Met
from storage.vault import Vault

_WHERE: Final = "effects"
_ZONE: Final = "WIB"  # one day for the whole funnel, as most offices count it


def seal(vault: Vault, session: Session, effects: Sequence[Effect], now: datetime) -> str:
    """Return the hop's effects sealed; "" when there were none."""
    if not effects:
        return ""
    told = [f"{'+' if isinstance(effect, Entered) else '-'}{effect.state}" for effect in effects]
    office = session.known.get("office", "")
    packed = json.dumps([int(now.timestamp()), office, session.language, told])
    return vault.seal(packed, where=_WHERE)


def counted(vault: Vault, sealed: Iterable[str]) -> Counter[Met]:
    """Count what is in sealed effects; raise `Unsealable` for what is not ours."""
    counts: Counter[Met] = Counter()
    for one in sealed:
        at, office, language, told = json.loads(vault.open(one, where=_WHERE))
        day = calendar.local_day(datetime.fromtimestamp(at, UTC), _ZONE)
        for word in told:
            state = StateId(word[1:])
            event = "entered" if word[0] == "+" else "refused"
            flow = flow_of(state)
            counts[Met(day, office, flow, state[len(flow) + 1 :], event, language)] += 1
    return counts

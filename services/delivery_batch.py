"""From claimed rows to requests: opened, put into words, and equal texts together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from sms.gateway import Line
from sms.message import OutgoingSms
from storage.outbox import Claimed
from storage.vault import Unsealable, Vault

__all__ = ["Render", "Request", "prepare", "waves"]

Render = Callable[[str, Mapping[str, str], str, Line], str]
"""(template, facts, language, line) -> the text; KeyError for an unknown template or slot."""


Request = tuple[OutgoingSms, ...]
"""What one request to a gateway carries: messages of one text and one sender."""


def prepare(
    claimed: Iterable[Claimed],
    senders: Mapping[str, str | None],
    vault: Vault,
    render: Render,
    line: Line,
) -> tuple[list[Request], list[Claimed]]:
    """Return the requests, and the rows that cannot be opened or put into words.

    A row of the second kind must not hold up the others: it is tried again, then given up.
    """
    texts: dict[tuple[str, str | None], list[OutgoingSms]] = {}
    spoiled = []
    for row in claimed:
        sender = senders.get(row.office) or line.sender
        try:
            text = render(row.template, row.params(vault), row.language, line)
            sms = OutgoingSms(row.id, row.phone(vault), text, sender)
        except (Unsealable, KeyError, ValueError):
            spoiled.append(row)
        else:
            texts.setdefault((text, sender), []).append(sms)
    return [part for group in texts.values() for part in _parts(group, line)], spoiled


def waves(requests: Sequence[Request], in_flight: int) -> list[Sequence[Request]]:
    """Cut requests into waves that are sent at the same time."""
    return [requests[at : at + in_flight] for at in range(0, len(requests), in_flight)]


def _parts(group: Sequence[OutgoingSms], line: Line) -> Iterator[Request]:
    """Cut equal texts into what one request may carry; no number stands in one twice.

    Answers are by number, so two messages to one number could not be told apart.
    """
    rest = list(group)
    while rest:
        part: dict[str, OutgoingSms] = {}
        later = []
        for sms in rest:
            if len(part) < max(line.batch, 1) and sms.to not in part:
                part[sms.to] = sms
            else:
                later.append(sms)
        rest = later
        yield tuple(part.values())

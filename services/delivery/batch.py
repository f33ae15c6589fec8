"""From claimed rows to requests: opened, put into words, and equal texts together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from domain import msisdn
from sms.gateway import Line, Refused, Result, Unreachable
from sms.message import OutgoingSms
from storage.outbox import Claimed
from storage.vault import Unsealable, Vault

__all__ = ["Batch", "Press", "Render", "Request", "Told", "waves"]

Render = Callable[[str, Mapping[str, str], str, Line], str]
"""(template, facts, language, line) -> the text; KeyError for an unknown template or slot."""


Told = Mapping[str, Mapping[str, str]]
"""Facts by the ids of messages that hold none themselves."""

Request = tuple[OutgoingSms, ...]
"""What one request to a gateway carries: messages of one text and one sender."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Requests to be made, and rows that no request can be made of, with the reason."""

    requests: list[Request]
    aside: list[tuple[Claimed, Result]]


@dataclass(frozen=True, slots=True)
class Press:
    """Opens rows and puts them into words. `regions`: countries whose numbers are served."""

    vault: Vault
    render: Render
    regions: frozenset[str]

    def prepare(
        self,
        claimed: Iterable[Claimed],
        senders: Mapping[str, str | None],
        line: Line,
        told: Told = MappingProxyType({}),
    ) -> Batch:
        """Group messages of equal text and sender into requests that the line can carry.

        `told` fills the templates of those whose words are not in their rows, by id.

        A row that cannot be opened or worded must not hold up the others: it is tried again
        later, then given up. A number that is not served is refused here once more, whoever
        queued it: a foreign one costs many times as much.
        """
        texts: dict[tuple[str, str | None], list[OutgoingSms]] = {}
        aside: list[tuple[Claimed, Result]] = []
        for row in claimed:
            made = self._word(row, senders.get(row.office) or line.sender, line, told)
            if isinstance(made, OutgoingSms):
                texts.setdefault((made.text, made.sender), []).append(made)
            else:
                aside.append((row, made))
        return Batch([part for group in texts.values() for part in _parts(group, line)], aside)

    def _word(
        self, row: Claimed, sender: str | None, line: Line, told: Told
    ) -> OutgoingSms | Result:
        try:
            phone = row.phone(self.vault)
            facts = told[row.id] if row.of_vacancies else row.params(self.vault)
            text = self.render(row.template, facts, row.language, line)
        except (Unsealable, KeyError, ValueError):
            return Unreachable("spoiled")
        number = msisdn.read(phone, self.regions)
        if number is None or not number.registrable:
            return Refused("not_served")
        return OutgoingSms(row.id, number.e164, text, sender)


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

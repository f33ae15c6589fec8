"""The invariants: what must hold whatever was killed, cut or filled. Each can fail: see its test.

I1 who was told "Tersimpan" has exactly one request, and nobody has two; I2 every change that is
told has exactly one message; I3 the gateway accepted each message once, an unknown one at most;
I4 nothing is held or waits beyond its time; I5 a status never goes back; I6 counted places, cards
and rows agree; I7 the audit tells every move; I8 nobody is named outside sealed columns.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from domain.card import MOVES as CARD_MOVES
from domain.card import State
from services.cards.notices import OF_STATE
from sms.message import FINAL, MOVES, RETURNS, Status
from tests.faults.evidence import Evidence, Row, hidden

__all__ = ["INVARIANTS", "Finding", "Verdict", "check_invariants"]

_CODE = re.compile(r"Tersimpan\. Kode (\d{3} \d{3} \d{3})")
_NAME = re.compile(r"Siti[a-j]{4}")
_PATIENCE = timedelta(seconds=30)
"""How long after its time a message may wait: the sweep comes every ten seconds."""

_TAKEN: Final = {Status.SENT, Status.DELIVERED, Status.UNDELIVERED}
_DOUBTFUL: Final = {Status.UNKNOWN, Status.SENDING}
_HELD: Final = {Status.CLAIMED, Status.SENDING}


class Kind(StrEnum):
    """What a broken invariant means for people."""

    LOST = "lost"
    DOUBLED = "doubled"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken invariant, in words for whoever mends it."""

    invariant: str
    kind: Kind
    what: str


Found = Iterator[tuple[Kind, str]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a checker found, and the counts that are printed."""

    findings: tuple[Finding, ...]
    callers: int
    hops: int
    unknown: int
    resent: int

    @property
    def lost(self) -> int:
        """Promises without a row, rows without a message, messages nobody took."""
        return self._count(Kind.LOST)

    @property
    def doubled(self) -> int:
        """Second rows for one person, second sendings of one message."""
        return self._count(Kind.DOUBLED)

    @property
    def holds(self) -> bool:
        """Whether every invariant holds."""
        return not self.findings

    def __str__(self) -> str:
        lines = [f"{one.invariant} {one.kind}: {one.what}" for one in self.findings[:20]]
        return "\n".join([f"{len(self.findings)} broken", *lines])

    def _count(self, kind: Kind) -> int:
        return sum(one.kind is kind for one in self.findings)


def check_invariants(evidence: Evidence) -> Verdict:
    """Judge the evidence by every invariant."""
    findings = tuple(
        Finding(name, kind, what)
        for name, invariant in INVARIANTS.items()
        for kind, what in invariant(evidence)
    )
    messages = evidence.rows["messages"]
    return Verdict(
        findings,
        callers=len({reply.caller for reply in evidence.replies}),
        hops=sum(reply.status == 200 for reply in evidence.replies),
        unknown=sum(row["status"] == Status.UNKNOWN for row in messages),
        resent=sum(row["resent_of"] is not None for row in messages),
    )


def _promises(evidence: Evidence) -> Found:
    """I1: a promise is a row; one live request a person; nobody hears another's name."""
    told = defaultdict(set)
    names = {person.name: person.number for person in evidence.people}
    for reply in evidence.replies:
        told[reply.caller].update(_CODE.findall(reply.words))
        for name in _NAME.findall(reply.words):
            if names.get(name) != reply.caller:
                yield Kind.WRONG, f"caller {reply.caller} heard of caller {names.get(name)}"
    for person in evidence.people:
        codes = {row["code"] for row in evidence.of(person)}
        promised = {code.replace(" ", "") for code in told[person.number]}
        if promised - codes:
            yield Kind.LOST, f"caller {person.number} was told a code that no row has"
        if len(codes) > 1:
            yield Kind.DOUBLED, f"caller {person.number} has {len(codes)} requests"
    live = Counter(
        row["nik_index"]
        for row in evidence.rows["requests"]
        if CARD_MOVES[State(row["state"])] and row["contested_with"] is None
    )
    yield from (
        (Kind.DOUBLED, f"a NIK is held {times} times") for times in live.values() if times > 1
    )


def _notices(evidence: Evidence) -> Found:
    """I2: each move that the applicant is told of has one message, and none has two."""
    keys = Counter(row["dedupe_key"] for row in evidence.rows["messages"])
    yield from ((Kind.DOUBLED, "a key stands twice") for times in keys.values() if times > 1)
    queued = Counter(
        (row["request_id"], row["template"])
        for row in evidence.rows["messages"]
        if row["resent_of"] is None
    )
    moves = Counter((row["request_id"], row["action"]) for row in evidence.rows["audit"])
    for request in evidence.rows["requests"]:
        if request["phone"] is None or moves[request["id"], "card.contested"]:
            continue
        for state, template in OF_STATE.items():
            due = moves[request["id"], f"card.{state}"]
            there = queued[request["id"], template]
            if there != due:
                kind = Kind.LOST if there < due else Kind.DOUBLED
                yield kind, f"{due} times {state}, but {there} messages {template}"


def _accepts(evidence: Evidence) -> Found:
    """I3: what the rows say was sent is what the gateway took, no more and no less."""
    groups: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in evidence.rows["messages"]:
        groups[row["phone"], row["text"]].append(row)
    taken = Counter((str(line["to"]), str(line["text"])) for line in evidence.accepted)
    for key, rows in groups.items():
        statuses = [Status(row["status"]) for row in rows]
        sure = sum(map(_was_taken, rows))
        most = sure + sum(status in _DOUBTFUL for status in statuses)
        label = f"{rows[0]['template']} of {rows[0]['created_at']:%H:%M:%S} ({', '.join(statuses)})"
        if taken[key] < sure:
            yield Kind.LOST, f"{label}: taken {taken[key]} times"
        if taken[key] > most:
            yield Kind.DOUBLED, f"{label}: taken {taken[key]} times"
    strange = sum(times for key, times in taken.items() if key not in groups)
    if strange:
        yield Kind.WRONG, f"the gateway took {strange} texts that no row asked for"


def _was_taken(row: Row) -> bool:
    """Whether a row says for sure that the gateway has it; failed and expired may follow that."""
    return row["status"] in _TAKEN or (row["status"] != Status.UNKNOWN and bool(row["gateway_id"]))


def _limbo(evidence: Evidence) -> Found:
    """I4: no lease has run out long ago, and nothing that is due still waits."""
    for row in evidence.rows["messages"]:
        late = evidence.now - _PATIENCE
        if row["status"] in _HELD and row["lease_until"] < late:
            yield Kind.LOST, f"a {row['template']} is {row['status']} beyond its lease"
        if row["status"] == Status.QUEUED and row["lane"] == "urgent" and row["not_before"] < late:
            yield Kind.LOST, f"a {row['template']} waits since {row['not_before']:%H:%M:%S}"


def _forward(evidence: Evidence) -> Found:
    """I5: seen again and again, a status only went on; what is final says when it became so."""
    before: dict[str, Status] = {}
    for look in evidence.seen:
        for message, word in look.items():
            old, new = before.get(message, Status.QUEUED), Status(word)
            if new not in _AFTER[old]:
                yield Kind.WRONG, f"a message went from {old} to {new}"
            before[message] = new
    heard = {
        row["gateway_id"]
        for row in evidence.rows["reports"]
        # Stored in one transaction and applied in the next, or by the next sweep.
        if row["status"] == "delivered"
        and (row["applied_at"] or row["received_at"] < evidence.now - _PATIENCE)
    }
    for row in evidence.rows["messages"]:
        if (row["status"] in FINAL) != (row["final_at"] is not None):
            yield Kind.WRONG, f"a message is {row['status']}, final at {row['final_at']}"
        if row["gateway_id"] in heard and row["status"] in {Status.SENT, Status.FAILED}:
            yield Kind.WRONG, f"a message is {row['status']} though its handset has it"


def _counts(evidence: Evidence) -> Found:
    """I6: places taken are places held, numbers given out are cards, every status has a name."""
    for slot in evidence.rows["slots"]:
        if slot["taken"] != slot["held"]:
            yield Kind.WRONG, f"{slot['taken']} places taken of {slot['day']}, {slot['held']} held"
        if slot["taken"] > slot["capacity"]:
            yield Kind.DOUBLED, f"{slot['taken']} places taken of {slot['capacity']}"
    for sequence in evidence.rows["sequences"]:
        if sequence["last"] != sequence["issued"]:
            yield Kind.WRONG, f"{sequence['last']} numbers given out, {sequence['issued']} cards"
    known = sum(row["status"] in set(Status) for row in evidence.rows["messages"])
    if known != len(evidence.rows["messages"]):
        yield Kind.LOST, "a message has a status that there is not"


def _audited(evidence: Evidence) -> Found:
    """I7: the audit's moves lead, each allowed, to the state of the row."""
    told: defaultdict[str, list[str]] = defaultdict(list)
    for row in evidence.rows["audit"]:
        told[row["request_id"]].append(str(row["action"]).removeprefix("card."))
    for request in evidence.rows["requests"]:
        moves = [State(word) for word in told[request["id"]] if word in set(State)]
        if not moves or moves[0] != State.REQUESTED:
            yield Kind.LOST, "a request whose beginning the audit does not know"
        elif "undone" not in told[request["id"]]:
            if moves[-1] != request["state"]:
                yield Kind.LOST, f"a request is {request['state']}, the audit says {moves[-1]}"
            for old, new in pairwise(moves):
                if new not in CARD_MOVES[old]:
                    yield Kind.DOUBLED, f"the audit has {old}, then {new}"


def _unnamed(evidence: Evidence) -> Found:
    """I8: no NIK and no phone stands whole in a log, a key, a job, a label or a command line."""
    secrets = hidden(evidence.people)
    for place, text in evidence.texts.items():
        for secret, whose in secrets.items():
            if secret in text:
                yield Kind.WRONG, f"{place} holds the {whose}"


def _reach(old: Status) -> frozenset[Status]:
    """Return where a look may find a message that stood at `old` at the look before."""
    found, ahead = {old}, [old]
    while ahead:
        status = ahead.pop()
        back = {Status.QUEUED} if status in RETURNS else set()
        ahead += [new for new in (MOVES[status] | back) if new not in found]
        found |= MOVES[status] | back
    return frozenset(found)


_AFTER: Final = {status: _reach(status) for status in Status}
INVARIANTS: Final[Mapping[str, Callable[[Evidence], Found]]] = {
    "I1": _promises,
    "I2": _notices,
    "I3": _accepts,
    "I4": _limbo,
    "I5": _forward,
    "I6": _counts,
    "I7": _audited,
    "I8": _unnamed,
}

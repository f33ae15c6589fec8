"""Sessions in Redis: one read and one compare-and-set a hop, over connections that are ours.

Redis may vanish at any time: every fault is `SessionsDown`, and for `REST` seconds after one we do
not even ask.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import redis
from msgspec import Struct

from storage import session_scripts as scripts
from storage.redis_line import Line
from storage.seen import NOTHING, Seen, Stored, value_of

TIMEOUT: Final = 0.3  # seconds: a caller waits for this once, then the breaker is open
REST: Final = 2.0
EFFECTS_KEPT: Final = 100_000
_DIRTY: Final = "kuning:dirty"
_EFFECTS: Final = "kuning:effects"


class SessionsDown(Exception):  # noqa: N818 - said as a fact: go on without Redis
    """Redis gave no answer in time, or refused; carries no values."""


class Resume(StrEnum):
    """What becomes with this hop of that which is kept for the phone.

    A draft that waits to be written behind is kept or dropped; where none waits, a hint of where
    the caller is may lie in its place, or be forgotten. It is never written behind.
    """

    LEAVE = "leave"
    KEEP = "keep"
    DROP = "drop"
    HINT = "hint"
    FORGET = "forget"


class Hop(Struct, frozen=True):
    """One hop to save: `key` and `phone` are HMACs, `blob`, `effects` and `hint` are sealed.

    It steps from `before` to the next turn, and is saved only while that stands in Redis and
    nobody else has claimed the step. `claim` is what this hop claims it with, whether it did so
    before or not: the try that died may have, see `RedisSessions.claim`. `last` tells that
    nothing can follow it.
    `ttl` (of the session) and `keep` (of the draft or the hint) are seconds, `marked_at`
    milliseconds since 1970.
    """

    key: str
    phone: str
    before: Stored
    blob: str
    effects: str
    ttl: int
    keep: int
    marked_at: int
    resume: Resume = Resume.LEAVE
    hint: str = ""
    claim: str = ""
    last: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """A draft that waits for PostgreSQL; `mark` says which version of it was read."""

    phone: str
    mark: str
    blob: str | None


@dataclass(frozen=True, slots=True)
class Effect:
    """One entry of the stream of effects, sealed."""

    id: str
    sealed: str


class RedisSessions:
    """All that a dialogue keeps in Redis. `url` is redis-py's: unix://, redis://, rediss://."""

    def __init__(
        self,
        url: str,
        *,
        timeout: float = TIMEOUT,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._pool = redis.ConnectionPool.from_url(
            url, socket_timeout=timeout, socket_connect_timeout=timeout, protocol=2
        )
        self._idle: deque[Line] = deque(maxlen=64)  # the last used on top
        self._seen = Seen()
        self._monotonic = monotonic
        self._resting_until = 0.0

    def load(self, key: str, phone: str) -> tuple[Stored, Stored]:
        """Return the session under `key` and what is kept for the phone, in one trip."""
        session, resume = self._ask("MGET", _session(key), _resume(phone))
        return _stored(session), _stored(resume)

    def recall(self, key: str) -> Stored:
        """Return the session as this process saved it last; Redis may hold another by now.

        What is stepped from it is saved only if Redis does not: the scripts compare.
        """
        return self._seen.get(key)

    def claim(self, key: str, before: Stored, claim: str, milliseconds: int) -> bool:
        """Reserve the step from `before` for `claim`; False when it went or is taken.

        `claim` begins with three digits, how long the history is; a longer one may take the place
        of a shorter one that Redis heard no more of.
        """
        self._seen.drop(key)
        arguments = (before.mark, claim, milliseconds)
        return bool(self._run(scripts.CLAIM, (_session(key), _claim(key)), arguments))

    def save(self, hop: Hop) -> bool:
        """Save the hop whole, in one trip, or nothing: False when another hop was first."""
        self._seen.drop(hop.key)
        keys = (_session(hop.key), _claim(hop.key), _resume(hop.phone), _DIRTY, _EFFECTS)
        turn = hop.before.turn + 1
        session = (hop.before.mark, hop.claim, value_of(turn, hop.blob), hop.ttl)
        draft = (hop.resume.value, hop.keep, hop.phone, hop.marked_at)
        arguments = (*session, *draft, hop.effects, EFFECTS_KEPT, value_of(0, hop.hint))
        saved = bool(self._run(scripts.SAVE, keys, arguments))
        if saved and not hop.last:
            self._seen.note(hop.key, Stored(turn, hop.blob))
        return saved

    def marked(self, limit: int) -> list[Marked]:
        """Return up to `limit` drafts that wait to be written behind, oldest first."""
        flat = self._ask("ZRANGE", _DIRTY, 0, limit - 1, "WITHSCORES")
        marks = _pairs(flat)
        if not marks:
            return []
        blobs = self._ask("MGET", *(_resume(phone) for phone, _ in marks))
        return [
            Marked(phone, mark, _stored(blob).blob)
            for (phone, mark), blob in zip(marks, blobs, strict=True)
        ]

    def settle(self, written: Sequence[Marked]) -> None:
        """Forget drafts that are in PostgreSQL now, but for those marked again since."""
        for draft in written:
            self._run(scripts.SETTLE, (_DIRTY, _resume(draft.phone)), (draft.phone, draft.mark))

    def effects(self, limit: int) -> list[Effect]:
        """Return the oldest effects; they stay until `forget`."""
        entries = self._ask("XRANGE", _EFFECTS, "-", "+", "COUNT", limit)
        return [Effect(entry, fields[1]) for entry, fields in entries]

    def forget(self, effects: Sequence[Effect]) -> None:
        """Drop effects that were counted."""
        if effects:
            self._ask("XDEL", _EFFECTS, *(effect.id for effect in effects))

    def close(self) -> None:
        """Close the idle connections; the object stays usable."""
        while self._idle:
            with suppress(IndexError):
                self._idle.pop().close()

    def _run(self, script: scripts.Script, keys: Sequence[str], arguments: Sequence[object]) -> Any:
        rest = (len(keys), *keys, *arguments)
        try:
            return self._ask("EVALSHA", script.sha, *rest)
        except redis.exceptions.NoScriptError:
            return self._ask("EVAL", script.text, *rest)

    def _ask(self, *command: Any) -> Any:
        if self._monotonic() < self._resting_until:
            raise SessionsDown("Redis was down a moment ago")
        try:
            return self._once_more(command)
        except redis.exceptions.NoScriptError:
            raise
        except (redis.RedisError, OSError) as error:
            self._resting_until = self._monotonic() + REST
            raise SessionsDown(type(error).__name__) from None

    def _once_more(self, command: tuple[Any, ...]) -> Any:
        """Ask over an idle connection; a stale one (Redis restarted) gets one fresh successor."""
        try:
            line = self._idle.pop()
        except IndexError:
            return self._over(Line(self._pool), command)
        try:
            return self._over(line, command)
        except TimeoutError:
            raise  # Redis hangs: a second wait would only keep the caller longer
        except (redis.exceptions.ConnectionError, OSError):
            return self._over(Line(self._pool), command)

    def _over(self, line: Line, command: tuple[Any, ...]) -> Any:
        try:
            answer = line.ask(command)
        except redis.exceptions.ResponseError:
            self._idle.append(line)
            raise
        except BaseException:
            line.close()
            raise
        self._idle.append(line)
        return answer


def _session(key: str) -> str:
    return f"kuning:session:{key}"


def _claim(key: str) -> str:
    return f"kuning:claim:{key}"


def _resume(phone: str) -> str:
    return f"kuning:resume:{phone}"


def _stored(value: str | None) -> Stored:
    return NOTHING if value is None else Stored(int(value[:6]), value[6:])


def _pairs(flat: Sequence[Any]) -> list[tuple[str, str]]:
    """Read member and score as RESP2 (flat, text) or RESP3 (pairs, floats) tell them."""
    if flat and isinstance(flat[0], list):
        return [(member, repr(int(score))) for member, score in flat]
    return [(flat[i], repr(int(float(flat[i + 1])))) for i in range(0, len(flat), 2)]

"""One connection to Redis with nothing between us and the socket but hiredis.

redis-py opens it (TLS, password, database); then a command costs one pack, one send, one read.
Through redis-py's own connection it costs about 40 us more.
"""

from __future__ import annotations

import socket
import struct
from typing import Any, Final

import hiredis
import redis

_AT_ONCE: Final = 16 * 1024  # bytes; the answer to a hop is under 4,000
_TIMEVAL: Final = "@ll"  # seconds and microseconds, as the kernel takes them


class Line:
    """A connection for one command at a time; whoever has it has it alone."""

    __slots__ = ("_connection", "_reader", "_socket")

    def __init__(self, pool: redis.ConnectionPool) -> None:
        """Connect as `pool` would, without being counted: a pool never counts down what it made.

        Raises redis-py's errors.
        """
        connection: Any = pool.connection_class(**pool.connection_kwargs)
        connection.connect()
        self._connection = connection
        # What redis-py calls private is what it has after its greetings: the bare socket.
        self._socket = connection._sock  # noqa: SLF001
        _let_the_kernel_wait(self._socket)
        self._reader = hiredis.Reader(encoding="utf-8")

    def ask(self, command: tuple[Any, ...]) -> Any:
        """Send a command and return the answer; raises `ResponseError` for a refusal.

        Any other error (redis-py's or OSError) leaves the connection of no use.
        """
        try:
            answer = self._answer(hiredis.pack_command(command))
        except BlockingIOError:  # what the kernel says when its watch ran out
            raise TimeoutError("Redis said nothing") from None
        if isinstance(answer, hiredis.ReplyError):
            raise _error(str(answer))
        return answer

    def _answer(self, packed: bytes) -> Any:
        self._socket.sendall(packed)
        while (answer := self._reader.gets()) is False:
            received = self._socket.recv(_AT_ONCE)
            if not received:
                raise redis.ConnectionError("Redis hung up")
            self._reader.feed(received)
        return answer

    def close(self) -> None:
        """Hang up."""
        self._connection.disconnect()


def _let_the_kernel_wait(bare: socket.socket) -> None:
    """Hand the time limit to the kernel: Python's own costs a poll before each send and read."""
    seconds = bare.gettimeout()
    if type(bare) is not socket.socket or not seconds:
        return  # TLS reads and writes by turns, and must not be left half way
    limit = struct.pack(_TIMEVAL, int(seconds), int(seconds % 1 * 1e6))
    bare.settimeout(None)
    for way in (socket.SO_SNDTIMEO, socket.SO_RCVTIMEO):
        bare.setsockopt(socket.SOL_SOCKET, way, limit)


def _error(told: str) -> redis.ResponseError:
    kind = redis.exceptions.NoScriptError if told.startswith("NOSCRIPT") else redis.ResponseError
    return kind(told)

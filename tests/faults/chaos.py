"""A small proxy between Kuning and one of its servers that can misbehave as networks do.

It listens on a port of its own and forwards to a socket or another port: as it is, late, slowly,
not at all while it keeps the line open, or not even that. One thread, ended with the `with`.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

__all__ = ["Proxy", "proxy"]

_CHUNK = 65536
_PATIENCE = 10
Upstream = Path | int
"""A unix socket, or a port of this machine."""


class Proxy:
    """One line to one server; what it is told holds until it is told otherwise."""

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._server: asyncio.Server | None = None
        self._open: asyncio.Event | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._delay = 0.0
        self._rate = 0
        self.port = 0

    def start(self) -> None:
        """Listen."""
        self._thread.start()
        self._do(self._begin())

    def stop(self) -> None:
        """Cut every line and end."""
        self._do(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_PATIENCE)
        self._loop.close()

    def to(self, upstream: Upstream) -> None:
        """Forward to another server from now on; lines that stand are cut."""
        self._upstream = upstream
        self.cuts()

    def passes(self) -> None:
        """Forward everything as it comes, whatever was told before."""
        self._delay, self._rate = 0.0, 0
        self._do(self._listen())

    def delays(self, seconds: float) -> None:
        """Let every word to the server and from it come this much later."""
        self._delay = seconds

    def throttles(self, bytes_a_second: int) -> None:
        """Let no more than so much through, on each line and way."""
        self._rate = bytes_a_second

    def hangs(self) -> None:
        """Take every connection and every word, and forward nothing."""
        self._do(self._hang())

    def refuses(self) -> None:
        """Cut every line and let nobody connect."""
        self._do(self._refuse())

    def cuts(self) -> None:
        """Cut every line that stands now; new ones are served."""
        self._do(self._cut())

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(_PATIENCE)

    async def _begin(self) -> None:
        self._open = asyncio.Event()
        await self._listen()

    async def _listen(self) -> None:
        self._flow.set()
        if self._server is None:
            self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
            self.port = self._server.sockets[0].getsockname()[1]

    async def _hang(self) -> None:
        self._flow.clear()

    async def _refuse(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        await self._cut()

    async def _end(self) -> None:
        await self._refuse()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _cut(self) -> None:
        for writer in list(self._writers):
            writer.transport.abort()
        self._writers.clear()

    @property
    def _flow(self) -> asyncio.Event:
        assert self._open is not None
        return self._open

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        await self._flow.wait()
        try:
            there, back = await self._connect()
        except OSError:
            writer.transport.abort()
            return
        self._writers.add(back)
        await asyncio.gather(self._pump(reader, back), self._pump(there, writer))
        self._writers -= {writer, back}

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if isinstance(self._upstream, Path):
            return await asyncio.open_unix_connection(self._upstream)
        return await asyncio.open_connection("127.0.0.1", self._upstream)

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while words := await reader.read(min(self._rate, _CHUNK) or _CHUNK):
                await asyncio.sleep(self._delay + (len(words) / self._rate if self._rate else 0))
                await self._flow.wait()
                writer.write(words)
                await writer.drain()
        writer.close()


@contextmanager
def proxy(upstream: Upstream) -> Iterator[Proxy]:
    """Run one for the length of a `with`."""
    one = Proxy(upstream)
    one.start()
    try:
        yield one
    finally:
        one.stop()

"""HTTP to the letter: what no client library would send."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from http.client import HTTPResponse


@dataclass(frozen=True, slots=True)
class Request:
    """A request as its bytes; without `length` no Content-Length is told unless given."""

    path: str
    body: bytes = b""
    method: str = "POST"
    headers: tuple[str, ...] = ("Content-Type: application/x-www-form-urlencoded",)
    chunked: bool = False

    def wire(self) -> bytes:
        """Return the request as it goes over the wire."""
        told = any(header.lower().startswith("content-length") for header in self.headers)
        length = () if told else (f"Content-Length: {len(self.body)}",)
        headers = ("Transfer-Encoding: chunked",) if self.chunked else length
        head = (f"{self.method} {self.path} HTTP/1.1", "Host: kuning", "Connection: close")
        lines = "\r\n".join((*head, *self.headers, *headers))
        return lines.encode("latin-1") + b"\r\n\r\n" + self._content()

    def _content(self) -> bytes:
        if not self.chunked:
            return self.body
        pieces = [self.body[at : at + 4000] for at in range(0, len(self.body), 4000)]
        sizes = [b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces]
        return b"".join(sizes) + b"0\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Response:
    """What came back."""

    status: int
    kind: str
    text: str
    allow: str


def send(port: int, request: Request) -> Response:
    """Send a request to a server on this machine, in 10 seconds at most."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        _write(line, request.wire())
        answer = HTTPResponse(line, method=request.method)
        answer.begin()
        text = answer.read().decode()
        kind = answer.headers.get("Content-Type", "")
        return Response(answer.status, kind, text, answer.headers.get("Allow", ""))


def _write(line: socket.socket, data: bytes) -> None:
    try:
        line.sendall(data)
    except (BrokenPipeError, ConnectionResetError):
        return  # a server need not read all of what it refuses; its answer is there

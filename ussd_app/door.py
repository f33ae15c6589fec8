"""The door: `POST /ussd/<gateway>/<token>` enters here, before Flask; all else goes on to Flask.

A Flask view costs about 100 us a request and the door 20, beside some 190 for all the rest of a hop
(processor time of one core). The door may stay only while it is under 120 lines and a plain Flask
view (`ussd_app.ussd`) passes the same tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from ussd_app.callback import LIMIT, Callback, Reply
from ussd_app.ussd_gateways.wire import Unreadable

if TYPE_CHECKING:
    from _typeshed.wsgi import InputStream, StartResponse, WSGIApplication, WSGIEnvironment

_STATUS: Final = {
    200: "200 OK",
    400: "400 Bad Request",
    404: "404 Not Found",
    405: "405 Method Not Allowed",
    413: "413 Content Too Large",
}
_TOO_LARGE: Final = Unreadable("the form is too large", 413)
_PARTS: Final = 4  # "", "ussd", gateway, token


class Door:
    """A WSGI callable in front of another: it keeps the hops, and passes the rest on."""

    def __init__(self, behind: WSGIApplication, callback: Callback) -> None:
        self._behind = behind
        self._callback = callback

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a hop; pass everything else to the application behind."""
        path = environ.get("PATH_INFO", "").split("/")
        if len(path) != _PARTS or path[1] != "ussd":
            return self._behind(environ, start_response)
        reply = self._callback.answer(
            environ["REQUEST_METHOD"], path[2], path[3], lambda: read(environ)
        )
        return _send(reply, start_response)


def read(environ: WSGIEnvironment) -> bytes | Unreadable:
    """Read the request's body, 16 KiB at most, with or without a Content-Length."""
    stream: InputStream = environ["wsgi.input"]
    told = environ.get("CONTENT_LENGTH") or ""
    if not told:
        return _read_chunked(stream) if _ends_by_itself(environ) else b""
    if not (told.isascii() and told.isdigit()):
        return Unreadable("Content-Length is no number")
    if len(told) > 9 or int(told) > LIMIT:
        return _TOO_LARGE
    body = _read(stream.read, int(told))
    return body if len(body) == int(told) else Unreadable("the form was cut off")


def _read_chunked(stream: InputStream) -> bytes | Unreadable:
    body = _read(stream.read, LIMIT + 1)
    return _TOO_LARGE if len(body) > LIMIT else body


def _ends_by_itself(environ: WSGIEnvironment) -> bool:
    # Without a length a read of the bare socket would wait for ever.
    chunked = "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "").lower()
    return chunked or bool(environ.get("wsgi.input_terminated"))


def _read(read: Callable[[int], bytes], size: int) -> bytes:
    """Read until `size` or the end: a stream may give less than it is asked for."""
    body = read(size)
    while len(body) < size and (more := read(size - len(body))):
        body += more
    return body


def _send(reply: Reply, start_response: StartResponse) -> Iterable[bytes]:
    body = reply.text.encode()
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
    ]
    if reply.status == 405:
        headers.append(("Allow", "POST"))
    start_response(_STATUS[reply.status], headers)
    return [body]  # granian is quicker with a list

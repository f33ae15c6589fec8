"""The floor of what a reply can cost: a WSGI callable that keeps nothing and knows nobody.

It reads the form, tells from the history alone what comes next, and answers. No session, no words
in four languages, no check, no seal, no log.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer one callback."""
    length = int(environ.get("CONTENT_LENGTH") or 0)
    form = dict(parse_qsl(environ["wsgi.input"].read(length).decode(), keep_blank_values=True))
    body = _screen(form["text"].split("*")).encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]


def _screen(answers: list[str]) -> str:
    match answers:
        case [""]:
            return "CON Selamat datang\n1. Daftar\n2. Keluar"
        case ["1"]:
            return "CON Ketik nama"
        case ["1", name]:
            return f"CON {name}, simpan?\n1. Ya\n2. Tidak"
        case ["1", name, "1"]:
            return f"END Tersimpan, {name}"
    return "END Sampai jumpa"

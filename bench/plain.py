"""What a newcomer writes first: a Flask view that keeps the session in Redis by redis-py."""

from __future__ import annotations

import json
import os
from typing import Final, cast

import redis
from flask import Flask, Response, request

SECONDS: Final = 300

application = Flask(__name__)
_sessions = redis.Redis.from_url(os.environ["BENCH_REDIS_URL"], decode_responses=True)


@application.post("/ussd")
def hop() -> Response:
    """Answer one callback: read the session, go on, keep it."""
    key = f"plain:{request.form['sessionId']}"
    kept = cast("str | None", _sessions.get(key))
    session: dict[str, str] = json.loads(kept) if kept else {}
    typed = request.form["text"].rsplit("*", 1)[-1]
    screen = _screen(session, typed)
    _sessions.setex(key, SECONDS, json.dumps(session))
    return Response(screen, mimetype="text/plain")


def _screen(session: dict[str, str], typed: str) -> str:
    match session.get("at"):
        case None:
            session["at"] = "welcome"
            return "CON Selamat datang\n1. Daftar\n2. Keluar"
        case "welcome" if typed == "1":
            session["at"] = "name"
            return "CON Ketik nama"
        case "name":
            session.update(at="confirm", name=typed)
            return f"CON {typed}, simpan?\n1. Ya\n2. Tidak"
        case "confirm" if typed == "1":
            session["at"] = "end"
            return f"END Tersimpan, {session['name']}"
    return "END Sampai jumpa"

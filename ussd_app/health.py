"""Whether it lives, whether it can work, and its figures, for whoever watches over it.

`/healthz` asks nobody. `/readyz` fails without PostgreSQL only: without Redis callers are
served and SMS still flow. `/metrics` answers this machine, or who holds the token.
"""

from __future__ import annotations

import hmac
import ipaddress

from flask import Blueprint, Flask, Response, abort, jsonify, request
from prometheus_client import CollectorRegistry, GCCollector, PlatformCollector, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from redis import Redis
from redis.exceptions import RedisError

from runtime.wiring import House
from services.delivery.metrics import OutboxCollector
from services.guessing_figures import GuessingCollector
from storage.database import Database, DatabaseDown
from storage.revisions import fits
from ussd_app import current

_FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-Ip")
_REDIS_SECONDS = 0.3
_PROBE, _PROBE_SECONDS = "kuning:ready", 10
_blueprint = Blueprint("health", __name__)


def install(app: Flask, house: House) -> None:
    """Add the three pages to the app."""
    app.extensions["kuning.metrics"] = registry(house)
    app.register_blueprint(_blueprint)


def registry(house: House) -> CollectorRegistry:
    """Collect what this process and the tables say of themselves; no label is a person."""
    collected = CollectorRegistry()
    ProcessCollector(registry=collected)
    PlatformCollector(registry=collected)
    GCCollector(registry=collected)
    collected.register(OutboxCollector(house.database, house.clock))
    collected.register(GuessingCollector(house.database, house.clock))
    return collected


@_blueprint.get("/healthz")
def healthz() -> Response:
    """Answer: this process serves."""
    return Response("ok\n", mimetype="text/plain")


@_blueprint.get("/readyz")
def readyz() -> tuple[Response, int]:
    """Answer 200 when calls can be answered, 503 when PostgreSQL or its tables are missing."""
    house = current.house()
    database, redis = _database(house.database), _redis(house.redis_url)
    return jsonify(database=database, redis=redis), 200 if database == "ok" else 503


@_blueprint.get("/metrics")
def metrics() -> Response:
    """Answer with Prometheus's text format; 404 to strangers."""
    if not (_is_near() or _holds_token()):
        abort(404)
    from flask import current_app  # noqa: PLC0415 - the name is taken by our own room

    text = generate_latest(current_app.extensions["kuning.metrics"])
    return Response(text, content_type=CONTENT_TYPE_LATEST)


def _is_near() -> bool:
    """Whether this very machine asks; behind a proxy everybody seems to."""
    if any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def _holds_token() -> bool:
    token = current.house().settings.metrics_token
    told = request.authorization
    held = told.token if told is not None and told.type == "bearer" else None
    if token is None or held is None:
        return False
    return hmac.compare_digest(token.encode(), held.encode())


def _database(database: Database) -> str:
    try:
        with database.begin() as conn:
            return "ok" if fits(conn) else "tables of an older release: run kuning db upgrade"
    except DatabaseDown:
        return "down"


def _redis(url: str) -> str:
    limits = {"socket_timeout": _REDIS_SECONDS, "socket_connect_timeout": _REDIS_SECONDS}
    try:
        with Redis.from_url(url, **limits) as connection:
            # A PING is answered, and a read too, by one that is full or that only follows another.
            connection.set(_PROBE, b"", ex=_PROBE_SECONDS)
    except RedisError:
        return "down"
    return "ok"

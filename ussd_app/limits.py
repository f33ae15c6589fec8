"""How often one officer or one address may ask; counted in Redis, in memory while it is away.

These stand before the work; the limit on passwords that fail is kept in PostgreSQL by
`services.officers`, where it survives a restart.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, cast

from flask import Flask, request
from flask_limiter import Limiter

from runtime.wiring import House
from ussd_app import current
from ussd_app.desk import guard

LIMITS: Final[Mapping[str, str]] = MappingProxyType(
    {
        # A whole office may sit behind one address.
        "desk.sign_in": "30 per minute; 300 per hour",
        # Against somebody who tries NIKs or phone numbers one after another.
        "desk.search": "40 per minute; 600 per hour",
        "desk.reveal": "30 per hour",
        "desk.officers": "60 per hour",
        "desk.officer": "60 per hour",
        # Each may cost an SMS.
        "desk.reply": "60 per hour",
        # An answer is looked at, then sent; a whole training is accepted at once.
        "desk.answer_ticket": "120 per hour",
        "desk.seat": "240 per hour",
        # Each may show a whole number, or make a PIN.
        "desk.interest_deed": "60 per hour",
        "desk.cadres": "60 per hour",
        "desk.cadre": "60 per hour",
        "phone.inbox": "120 per minute",
    }
)
"""Endpoint -> how often its POST may be asked for by one officer, or one address of visitors."""

# Seconds that a page may wait for the counter before it counts by itself.
_PATIENCE: Final[dict[str, Any]] = {"socket_timeout": 0.3, "socket_connect_timeout": 0.3}


def install(app: Flask, house: House) -> None:
    """Wrap the views named in `LIMITS`."""
    limiter = Limiter(
        _who,
        app=app,
        storage_uri=_storage(house.redis_url),
        storage_options=_PATIENCE,
        in_memory_fallback_enabled=True,
        key_prefix="desk",
    )
    for endpoint in LIMITS.keys() & app.view_functions.keys():
        limited = limiter.limit(LIMITS[endpoint], methods=["POST"])
        app.view_functions[endpoint] = limited(cast("Any", app.view_functions[endpoint]))


def _who() -> str:
    """Name whoever asks without naming anybody: an officer's id, or an address by its index."""
    officer = guard.visit().officer
    address = request.remote_addr or ""
    return officer.id if officer else current.house().vault.index("address", address)


def _storage(redis_url: str) -> str:
    # The limits library has its own spelling for sockets.
    return redis_url.replace("unix://", "redis+unix://", 1) if "unix://" in redis_url else redis_url

"""Every setting by name, with one line that says what it is for.

`docs/settings.md` and `.env.example` are proved against this table.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

NAMES: Mapping[str, str] = {
    "PORT": "port of the web server",
    "KUNING_BIND": "address the web server listens on",
    "KUNING_URL": "address under which gateways and officers reach it",
    "KUNING_TRUSTED_PROXIES": "how many proxies in front may say who calls",
    "KUNING_WEB_WORKERS": "processes of the web server",
    "DATABASE_URL": "PostgreSQL; unset: one of our own",
    "REDIS_URL": "Redis or Valkey; unset: one of our own",
    "KUNING_HOME": "folder of the embedded servers and generated secrets",
    "KUNING_SECRET_KEY": "signs cookies and form tokens",
    "KUNING_DATA_KEYS": "seal personal data: id:base64,... the first seals, all open",
    "KUNING_INDEX_KEY": "finds sealed data again (base64)",
    "KUNING_WEBHOOK_TOKENS": "secret parts of the webhook addresses, comma separated",
    "KUNING_ADMIN_EMAIL": "e-mail of the first officer",
    "KUNING_ADMIN_PASSWORD": "password of the first officer",
    "KUNING_OFFICES": "codes of the offices served: 32.10,33.74",
    "KUNING_GATEWAY": "who carries USSD and SMS; unset: the simulator and the demo",
    "KUNING_SERVICE_CODE": "what people dial: *123*3#",
    "KUNING_TARIFF": "what a call costs, as told on the first screen",
    "KUNING_SANDBOX_REGIONS": "countries besides ID whose numbers may register (gateway tests)",
    "KUNING_SESSION_SECONDS": "seconds the network lets a call last: the funnel, `menus effort`",
    "KUNING_IDLE_SECONDS": "seconds the network waits for an answer: for the same",
    "KUNING_LANGUAGES": "languages offered besides Indonesian: su,jv,en",
    "KUNING_SMS_DAILY_BUDGET": "most SMS of the bulk lane in a day",
    "KUNING_METRICS_TOKEN": "bearer token for /metrics from elsewhere than this machine",
    "KUNING_LOG_LEVEL": "debug, info, warning or error",
    "KUNING_SIMULATOR_LOG": "file in which the simulator notes each SMS it takes",
    "KUNING_FAILPOINT": "tests only: where to die once, name:exit,...",
    "AT_USERNAME": "user name at Africa's Talking",
    "AT_API_KEY": "API key at Africa's Talking",
    "AT_BASE_URL": "another address of Africa's Talking's API (tests, mirrors)",
}


def strangers(names: Iterable[str]) -> list[str]:
    """Say what is wrong with names that look like settings and are none: a typing slip."""
    odd = sorted(n for n in names if n.startswith("KUNING_") and n not in NAMES)
    return [f"{name}: there is no such setting{_guess(name)}" for name in odd]


def _guess(name: str) -> str:
    close = difflib.get_close_matches(name, NAMES, n=1, cutoff=0.75)
    return f", did you mean {close[0]}?" if close else ""

"""Secrets of the demo: made once, kept in the home for its owner's eyes only.

With them the demo seals personal data exactly as production does. Production never reads
them: there each secret is set by a person and its absence is a mistake.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from runtime.embedded.home import Home, write_private

_FILE = "secrets.json"


def complete(environ: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Fill in the secrets that the environment does not set; it has the last word."""
    return _kept(Home.at(folder).path / _FILE) | {k: v for k, v in environ.items() if v}


def _kept(path: Path) -> dict[str, str]:
    if not path.exists():
        _make(path)
    made: dict[str, str] = json.loads(path.read_text("utf-8"))
    return made


def _make(path: Path) -> None:
    """Of two processes that start at once, the first link wins and both read the same."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    write_private(draft, json.dumps(_fresh(), indent=1))
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _fresh() -> dict[str, str]:
    return {
        "KUNING_SECRET_KEY": secrets.token_urlsafe(48),
        "KUNING_DATA_KEYS": f"demo1:{_key()}",
        "KUNING_INDEX_KEY": _key(),
        "KUNING_WEBHOOK_TOKENS": secrets.token_urlsafe(24),
    }


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()

"""Addresses of our own files: each carries a hash of its content, so browsers may keep it."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

from flask import Flask, url_for

_HASH_LENGTH = 12


@cache
def _hash(name: str) -> str:
    content = files("ussd_app").joinpath("static", *name.split("/")).read_bytes()
    return hashlib.sha256(content).hexdigest()[:_HASH_LENGTH]


def asset(name: str) -> str:
    """Give the address of a file in `static`; FileNotFoundError when there is none."""
    return url_for("static", filename=name, v=_hash(name))


def install(app: Flask) -> None:
    """Let templates name assets."""
    app.jinja_env.globals["asset"] = asset

"""From the text of one setting to its value; ValueError says what is wrong, never the value.

Values may be secret, so no message repeats one.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from domain import gsm7
from domain.words import LANGUAGES

KEY_BYTES = 32
_SECRET_MIN = 32
_PASSWORD_MIN = 12
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22,128}")  # 22 base64 characters are 128 bits
_OFFICE = re.compile(r"\d\d\.\d\d", re.ASCII)
_SERVICE_CODE = re.compile(r"\*\d{2,5}(\*\d{1,5}){0,3}#", re.ASCII)
_TARIFF_SEPTETS = 24
_LEVELS = ("debug", "info", "warning", "error")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def whole(text: str, low: int, high: int) -> int:
    """Read a whole number between two bounds."""
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII) or not low <= int(text) <= high:
        raise ValueError(f"a whole number from {low} to {high}")
    return int(text)


def web_address(text: str) -> str:
    """Read an http or https address without a path."""
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query:
        raise ValueError("an address that begins with https://")
    return text.rstrip("/")


def public_address(text: str) -> str:
    """Read the address of a real installation: encrypted, save on this very machine."""
    address = web_address(text)
    parts = urlsplit(address)
    if parts.scheme != "https" and parts.hostname not in {"127.0.0.1", "localhost", "::1"}:
        raise ValueError("an address that begins with https://")
    return address


def database(text: str) -> str:
    """Read a PostgreSQL URL in any common spelling; give SQLAlchemy's with psycopg."""
    scheme, separator, rest = text.partition("://")
    if not separator or scheme not in {"postgres", "postgresql", "postgresql+psycopg"}:
        raise ValueError("an address that begins with postgresql://")
    return f"postgresql+psycopg://{rest}"


def redis(text: str) -> str:
    """Read a Redis URL."""
    if not text.startswith(("redis://", "rediss://", "unix://")):
        raise ValueError("an address that begins with redis://, rediss:// or unix://")
    return text


def folder(text: str) -> Path:
    """Read the path of a folder; `~` is the user's own."""
    return Path(text).expanduser().absolute()


def secret(text: str) -> str:
    """Read a long secret."""
    if len(text) < _SECRET_MIN:
        raise ValueError(f"at least {_SECRET_MIN} characters")
    return text


def key(text: str) -> bytes:
    """Read 32 bytes in base64, with either alphabet."""
    try:
        value = base64.b64decode(text.replace("-", "+").replace("_", "/"), validate=True)
    except (binascii.Error, ValueError):
        raise ValueError(f"{KEY_BYTES} bytes in base64") from None
    if len(value) != KEY_BYTES:
        raise ValueError(f"{KEY_BYTES} bytes in base64")
    return value


def keys(text: str) -> Mapping[str, bytes]:
    """Read `id:base64,...`; the order stays, the first is the one that seals."""
    pairs = [part.partition(":") for part in items(text)]
    if not pairs or not all(re.fullmatch(r"[a-z0-9]{1,16}", name) for name, _, _ in pairs):
        raise ValueError("id:base64,id:base64 with ids of 1 to 16 small letters and digits")
    if len({name for name, _, _ in pairs}) != len(pairs):
        raise ValueError("each key id once")
    return MappingProxyType({name: key(value) for name, _, value in pairs})


def tokens(text: str) -> tuple[str, ...]:
    """Read tokens for webhook addresses: at least 128 bits each, safe in a URL."""
    found = items(text)
    if not found or not all(map(_TOKEN.fullmatch, found)):
        raise ValueError("one or more of 22 to 128 letters, digits, - and _, comma separated")
    return found


def password(text: str) -> str:
    """Read an officer's password; NIST SP 800-63B asks for length, not for signs."""
    if len(text) < _PASSWORD_MIN:
        raise ValueError(f"at least {_PASSWORD_MIN} characters")
    return text


def email(text: str) -> str:
    """Read an e-mail address."""
    if not _EMAIL.fullmatch(text):
        raise ValueError("an e-mail address")
    return text


def offices(text: str) -> tuple[str, ...]:
    """Read office codes."""
    found = items(text)
    if not found or not all(map(_OFFICE.fullmatch, found)) or len(set(found)) != len(found):
        raise ValueError("regency codes as in 32.10,33.74, each once")
    return found


def service_code(text: str) -> str:
    """Read what people dial."""
    if not _SERVICE_CODE.fullmatch(text):
        raise ValueError("a code as in *123# or *123*3#")
    return text


def tariff(text: str) -> str:
    """Read the words for the price of a call; they must fit their place on the first screen."""
    if gsm7.foreign(text) or gsm7.septets(text) > _TARIFF_SEPTETS:
        raise ValueError(f"at most {_TARIFF_SEPTETS} characters that every phone can show")
    return text


def regions(text: str) -> frozenset[str]:
    """Read ISO country codes."""
    found = items(text)
    if not all(re.fullmatch(r"[A-Z]{2}", each) for each in found):
        raise ValueError("ISO country codes as in KE,UG")
    return frozenset(found)


def languages(text: str) -> tuple[str, ...]:
    """Read language codes; Indonesian is always among them, and first."""
    found = {*items(text), LANGUAGES[0]}
    if not found <= set(LANGUAGES):
        raise ValueError("some of " + ", ".join(LANGUAGES))
    return tuple(language for language in LANGUAGES if language in found)


def level(text: str) -> str:
    """Read a log level."""
    if text.lower() not in _LEVELS:
        raise ValueError("one of " + ", ".join(_LEVELS))
    return text.lower()


def failpoints(text: str) -> frozenset[str]:
    """Read `name:exit,...`; give the names."""
    found = [part.partition(":") for part in items(text)]
    if not all(name and action == "exit" for name, _, action in found):
        raise ValueError("name:exit, comma separated")
    return frozenset(name for name, _, _ in found)


def items(text: str) -> tuple[str, ...]:
    """Split a comma separated list; empty parts are dropped."""
    return tuple(part.strip() for part in text.split(",") if part.strip())

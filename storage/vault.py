"""Sealed columns: AES-256-GCM bound to one place, and keyed indexes to find what is sealed.

A NIK has about 10,000 candidates once birthday, sex and sub-district are known, so a plain hash
hides nothing: the index is an HMAC with a key that never lies in the database. Sealed text is
bound to its table, column and row, so that swapping two rows' values is found out.
"""

from __future__ import annotations

import binascii
import os
import re
from binascii import a2b_base64, b2a_base64
from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

if TYPE_CHECKING:
    from _hashlib import HASH

NONCE_BYTES = 12  # the size GCM is made for, NIST SP 800-38D 8.2.2
KEY_BYTES = 32
_KEY_ID = re.compile(r"[a-z0-9]{1,16}", re.ASCII)
_INDEX_VERSION = "v1"
_BLOCK = 64  # bytes of SHA-256's blocks, RFC 2104


class Unsealable(Exception):  # noqa: N818 - said as a fact about the value, not as a fault
    """A sealed value cannot be opened; the message names its place, never its content."""


class UnknownKey(Unsealable):
    """The value was sealed with a data key that this installation was not given."""


class Vault:
    """Seals, opens and indexes text with the keys of one installation.

    `data_keys` maps key ids (1 to 16 of a-z0-9) to 32 bytes each, `current` is the id that seals;
    the others only open. `index_key` is at least 32 bytes and none of the data keys. Raises
    ValueError, without any key in it, when they are not so.
    """

    __slots__ = ("_ciphers", "_current", "_inner", "_outer")

    def __init__(self, data_keys: Mapping[str, bytes], current: str, index_key: bytes) -> None:
        _check(data_keys, current, index_key)
        self._ciphers = {name: AESGCM(key) for name, key in data_keys.items()}
        self._current = current
        self._inner, self._outer = _begun(index_key)

    def seal(self, text: str, *, where: str) -> str:
        """Return "k1:base64" that only opens at `where`, "table.column:row id"."""
        nonce = os.urandom(NONCE_BYTES)
        secret = self._ciphers[self._current].encrypt(nonce, text.encode(), where.encode())
        return f"{self._current}:{b2a_base64(nonce + secret, newline=False).decode()}"

    def open(self, sealed: str, *, where: str) -> str:
        """Return the text sealed at `where`; raise `UnknownKey` or `Unsealable`."""
        name, _, body = sealed.partition(":")
        if (cipher := self._ciphers.get(name)) is None:
            raise UnknownKey(f"{where}: no such data key")
        try:
            raw = a2b_base64(body, strict_mode=True)
            return cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], where.encode()).decode()
        except (InvalidTag, binascii.Error, ValueError) as error:
            raise Unsealable(f"{where}: altered, or sealed somewhere else") from error

    def index(self, kind: str, value: str) -> str:
        """Return 64 hex digits that are equal for equal values of a kind: "nik", "phone", "email".

        Equality leaks to whoever reads the table, membership to whoever may ask: limit look-ups.
        """
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(f"{kind}:{_INDEX_VERSION}:{value}".encode())
        outer.update(inner.digest())
        return outer.hexdigest()


def _begun(key: bytes) -> tuple[HASH, HASH]:
    """Return the two hashes of an HMAC-SHA256 with its key heard, for each index to go on from.

    The same as `hmac.digest` (a test says so) in half the time, and a hop has three.
    """
    short = sha256(key).digest() if len(key) > _BLOCK else key
    block = short.ljust(_BLOCK, b"\0")
    return sha256(bytes(x ^ 0x36 for x in block)), sha256(bytes(x ^ 0x5C for x in block))


def _check(data_keys: Mapping[str, bytes], current: str, index_key: bytes) -> None:
    if current not in data_keys:
        raise ValueError("the current data key is not among the data keys")
    if not all(_KEY_ID.fullmatch(name) for name in data_keys):
        raise ValueError("a data key's id must be 1 to 16 small letters or digits")
    if any(len(key) != KEY_BYTES for key in data_keys.values()):
        raise ValueError(f"a data key must be {KEY_BYTES} bytes")
    if len(index_key) < KEY_BYTES or index_key in data_keys.values():
        raise ValueError(f"the index key must be its own, of {KEY_BYTES} bytes or more")

"""What can go wrong before the embedded servers stand, told to a person."""

from __future__ import annotations


class EmbeddedError(Exception):
    """The embedded servers cannot be had; the message says why and what to do instead."""

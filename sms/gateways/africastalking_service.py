"""The seam between Africa's Talking's SDK and our wire: the SDK builds, a pooled session carries.

The SDK's own carrier opens a connection per message and bounds no total time; its own reader
drops the status code (a 401, a 429 and a 500 become one exception) and answers a string instead
of a dict when a charset follows the content type. One method of it, `_make_request`, stands
between building and carrying. Overriding it on a service object of our own leaves the SDK's
modules untouched: `africastalking.initialize`, which sets module globals, is never called, and two
accounts can live in one process.
"""

from __future__ import annotations

from typing import Any

from africastalking.SMS import SMSService

from sms.answers import Answer, Failure
from sms.wire import Wire

__all__ = ["Service"]


class Service(SMSService):  # type: ignore[misc]  # the SDK ships no types
    """The SDK's sender; `send` answers what the wire brought."""

    def __init__(self, username: str, api_key: str, base: str | None, wire: Wire) -> None:
        """`base` may end in `/version1` or not; None is the SDK's own address for the account."""
        super().__init__(username, api_key)
        self._wire = wire
        if base:
            self._baseUrl = base.rstrip("/").removesuffix("/version1") + "/version1"

    def _make_request(self, url: str, *_: object, **parts: Any) -> Answer | Failure:
        return self._wire.post(url, parts["data"], parts["headers"])

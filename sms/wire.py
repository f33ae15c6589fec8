"""The wire to a gateway that speaks HTTP: a pooled session, a total deadline, answers as values.

No text of an exception leaves this module: it would carry the address, and a gateway's address
may carry a secret. Reasons are short words of ours.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from http.cookiejar import DefaultCookiePolicy
from queue import Empty, SimpleQueue

import requests
import requests.exceptions as faults
from requests.adapters import HTTPAdapter
from urllib3.exceptions import MaxRetryError, NewConnectionError

from sms.answers import Answer, Failure, retry_after
from sms.gateway import Misconfigured, OutcomeUnknown, Unreachable

__all__ = ["Wire"]

BODY_LIMIT = 1 << 20
"""Bytes read of an answer; no gateway has more to say to a hundred recipients."""

_SIP = 64
"""Bytes between two looks at the watch: `requests` returns nothing until it has so many, and a body
that drips must not keep its thread."""

_SORTED: tuple[tuple[type[Exception], Failure], ...] = (
    (faults.InvalidURL, Misconfigured("address")),
    (faults.MissingSchema, Misconfigured("address")),
    (faults.InvalidSchema, Misconfigured("address")),
    (faults.ConnectTimeout, Unreachable("connect_timeout")),
    # Raised only until the proxy is reached: it passed nothing on.
    (faults.ProxyError, Unreachable("proxy")),
    # Raised by the handshake, which is over before the request is written.
    (faults.SSLError, Unreachable("tls")),
    (faults.Timeout, OutcomeUnknown("timeout")),
)
"""The first kind that fits decides; some are kinds of others."""


class Wire:
    """A pool of kept-alive connections with a deadline for the whole of a request."""

    def __init__(
        self,
        *,
        connect: float = 3.05,
        read: float = 9.05,
        deadline: float = 12.0,
        pool: int = 32,
    ) -> None:
        """All times in seconds: to connect, between two reads, and for the request as a whole."""
        self._timeout = (connect, read)
        self._deadline = deadline
        self._session = requests.Session()
        # A gateway's cookie would be state that threads share; none of them needs one.
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(pool_connections=2, pool_maxsize=pool))

    def post(
        self,
        url: str,
        form: Mapping[str, object],
        headers: Mapping[str, str],
    ) -> Answer | Failure:
        """Post a form and answer within the deadline, come what may.

        The time-outs of `requests` count between two reads, so a gateway that drips one byte a
        second would hold a sender for ever. The request runs in a thread of its own and is given
        up when its time is over; the thread ends soon after, or with its connection.
        """
        box: SimpleQueue[Answer | Failure] = SimpleQueue()
        end = time.monotonic() + self._deadline

        def work() -> None:
            box.put(self._try(url, form, headers, end))

        threading.Thread(target=work, name="sms-wire", daemon=True).start()
        try:
            return box.get(timeout=self._deadline)
        except Empty:
            return OutcomeUnknown("deadline")

    def close(self) -> None:
        """Give the connections back."""
        self._session.close()

    def _try(
        self,
        url: str,
        form: Mapping[str, object],
        headers: Mapping[str, str],
        end: float,
    ) -> Answer | Failure:
        try:
            with self._session.post(
                url,
                data=form,
                headers=headers,
                timeout=self._timeout,
                stream=True,
                allow_redirects=False,
            ) as response:
                body = _read(response, end)
        except (faults.RequestException, OSError, ValueError) as error:
            return _sort(error)
        if body is None:
            return OutcomeUnknown("body")
        return Answer(response.status_code, body, retry_after(response.headers))


def _read(response: requests.Response, end: float) -> str | None:
    taken = bytearray()
    for chunk in response.iter_content(_SIP):
        taken += chunk
        if len(taken) > BODY_LIMIT or time.monotonic() > end:
            return None
    return taken.decode("utf-8", "replace")


def _sort(error: Exception) -> Failure:
    if isinstance(error, faults.ConnectionError) and _never_connected(error):
        return Unreachable("connect")
    found = (failure for kind, failure in _SORTED if isinstance(error, kind))
    return next(found, OutcomeUnknown("broken_off"))


def _never_connected(error: Exception) -> bool:
    """Whether no connection stood: refused, no route, no such host (urllib3 says it within)."""
    inner = error.args[0] if error.args else None
    if isinstance(inner, MaxRetryError):
        inner = inner.reason
    return isinstance(inner, NewConnectionError)

"""Who answers a handset: a gateway's webhook over HTTP, or the menus with a pretended office."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, Protocol

import requests

from menus.events import Screen
from menus.play import Play

SESSION_SECONDS: Final = 180
"""As long as Africa's Talking keeps a session."""

_ANSWER_SECONDS: Final = 10  # and as long as it waits for an answer
_NETWORK: Final = "99999"  # its sandbox
_NO_SERVICE: Final = {
    404: "it knows no such token (404): take one from its KUNING_WEBHOOK_TOKENS",
    400: "it could not read what was sent (400)",
}


class NoAnswerError(Exception):
    """The service did not answer as a gateway expects; plain words, without the token."""


class Line(Protocol):
    """One handset's connection. Every method but `over` may raise NoAnswerError."""

    @property
    def left(self) -> int | None:
        """Seconds the gateway still keeps this session; None where nobody counts."""

    def dial(self, first: str) -> Screen:
        """Begin a session, with what a long code brings along."""

    def answer(self, text: str) -> Screen:
        """Answer the screen."""

    def repeat(self) -> Screen:
        """Send what was sent last once more, as a gateway does that heard no answer."""

    def over(self, status: str) -> None:
        """Tell that the session is over: Success, Incomplete or Failed."""


@dataclass(frozen=True, slots=True)
class Service:
    """Where a service is, the secret part of its webhook, and what is dialled."""

    url: str
    token: str = field(repr=False)
    code: str = "*123#"


class GatewayLine:
    """Speaks to a service as Africa's Talking does: the whole history at every hop."""

    def __init__(
        self,
        service: Service,
        number: str,
        http: requests.Session,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.number = number
        self._address = f"{service.url}/ussd/africastalking/{service.token}"
        self._code = service.code
        self._http = http
        self._clock = clock
        self._session = ""
        self._begun = clock()
        self._parts: list[str] = []
        self._hops = 0
        self._last = ""

    @property
    def left(self) -> int | None:
        """Seconds the gateway still keeps this session."""
        return max(0, SESSION_SECONDS - int(self._clock() - self._begun))

    def dial(self, first: str) -> Screen:
        """Begin a session under an id of its own."""
        self._session = f"ATUid_{secrets.token_hex(16)}"
        self._begun, self._hops, self._last = self._clock(), 0, ""
        self._parts = [first] if first else []
        return self.repeat()

    def answer(self, text: str) -> Screen:
        """Add an answer to the history."""
        self._parts.append(text)
        return self.repeat()

    def repeat(self) -> Screen:
        """Send the history as it stands."""
        self._hops += 1
        self._last = self._post(self._address, {"text": "*".join(self._parts)})
        kind, _, text = self._last.partition(" ")
        if kind not in {"CON", "END"}:
            raise NoAnswerError("what it said is no answer to a gateway")
        return Screen(text, ends=kind == "END")

    def over(self, status: str) -> None:
        """Send the notice of a session's end; a gateway does not ask what became of it either."""
        told = {
            "status": status,
            "date": f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}",
            "cost": "0",
            "durationInMillis": str(int((self._clock() - self._begun) * 1000)),
            "hopsCount": str(self._hops),
            "input": "*".join(self._parts),
            "lastAppResponse": self._last,
        }
        try:
            self._post(f"{self._address}/ended", told)
        except NoAnswerError:
            return

    def _post(self, address: str, more: Mapping[str, str]) -> str:
        form = {
            "sessionId": self._session,
            "phoneNumber": self.number,
            "serviceCode": self._code,
            "networkCode": _NETWORK,
        }
        try:
            answer = self._http.post(
                address, data=form | dict(more), timeout=_ANSWER_SECONDS, allow_redirects=False
            )
        except requests.Timeout:
            raise NoAnswerError(f"it did not answer within {_ANSWER_SECONDS} seconds") from None
        except requests.RequestException:
            raise NoAnswerError("nobody answers there: is it up?") from None
        if answer.status_code != 200:
            status = answer.status_code
            raise NoAnswerError(_NO_SERVICE.get(status, f"it answered with HTTP {status}"))
        return answer.text


class PretendedLine:
    """The menus at hand, with a made-up caller and office: no server, no clock."""

    left: int | None = None

    def __init__(self, play: Play) -> None:
        self._play = play

    def dial(self, first: str) -> Screen:
        """Begin a session."""
        return self._play.dial(first)

    def answer(self, text: str) -> Screen:
        """Answer the screen."""
        return self._play.type(text)

    def repeat(self) -> Screen:
        """Give the screen again."""
        return self._play.screen

    def over(self, status: str) -> None:
        """Keep what a call that was not ended by the service left behind."""
        if status != "Success":
            self._play.cut_off()

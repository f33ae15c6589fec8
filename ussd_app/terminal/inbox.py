"""The SMS of a number, as the demo's browser phone shows them: by POST, and in the demo only.

In production the page is not there, and SMS go where they belong: to the phone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import requests

_SECONDS: Final = 5
_TOKEN: Final = re.compile(r'data-csrf="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Sms:
    """One SMS: who it comes from, when, its words."""

    id: str
    sender: str
    at: str
    text: str


class Inbox:
    """Looks for the SMS of one number; what was there at the first look is not new."""

    def __init__(self, url: str, number: str, http: requests.Session) -> None:
        self._url = url
        self._number = number
        self._http = http
        self._form_token: str | None = None
        self._seen: set[str] = set()

    @property
    def open(self) -> bool:
        """Whether the service shows SMS at all."""
        if self._form_token is None:
            found = _TOKEN.search(self._asked("GET", "/phone", {}))
            self._form_token = found[1] if found else ""
        return bool(self._form_token)

    def every(self) -> list[Sms]:
        """Give all SMS of the number, oldest first; none where they are not shown."""
        if not self.open:
            return []
        form = {"phone": self._number, "csrf_token": self._form_token or ""}
        said = self._answered("POST", "/phone/inbox", form)
        found = said.json()["messages"] if said is not None else []
        return [Sms(one["id"], one["sender"], one["at"], one["text"]) for one in reversed(found)]

    def new(self) -> list[Sms]:
        """Give the SMS that came since the last look."""
        news = [sms for sms in self.every() if sms.id not in self._seen]
        self._seen.update(sms.id for sms in news)
        return news

    def _asked(self, method: str, path: str, form: dict[str, str]) -> str:
        answer = self._answered(method, path, form)
        return answer.text if answer is not None else ""

    def _answered(self, method: str, path: str, form: dict[str, str]) -> requests.Response | None:
        try:
            answer = self._http.request(
                method, self._url + path, data=form, timeout=_SECONDS, allow_redirects=False
            )
        except requests.RequestException:
            return None
        return answer if answer.status_code == 200 else None

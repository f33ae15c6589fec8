"""A visitor of a served web: the same forms and links, over real HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

import requests

from tests.support.visitor import Visitor

if TYPE_CHECKING:
    from flask import Flask


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for."""

    url: str

    @property
    def path(self) -> str:
        """The address without server and query."""
        return urlsplit(self.url).path


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, by the names that a test client uses."""

    request: Asked
    status_code: int
    status: str
    text: str
    headers: Mapping[str, str]


class Wire:
    """As much of an application's test client as a visitor needs, before a real server."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._http = requests.Session()
        self._http.trust_env = False

    def test_client(self) -> Wire:
        return self

    def get(self, path: str) -> Answer:
        return self._told(self._http.get(self._url + path, allow_redirects=False, timeout=20))

    def post(self, path: str, data: Mapping[str, str | list[str]]) -> Answer:
        # A browser says where a form was sent from, and the desk wants to hear it.
        sent = self._http.post(
            self._url + path,
            data=data,
            headers={"Origin": self._url, "Sec-Fetch-Site": "same-origin"},
            allow_redirects=False,
            timeout=20,
        )
        return self._told(sent)

    def _told(self, answer: requests.Response) -> Answer:
        status = f"{answer.status_code} {answer.reason}"
        asked = Asked(answer.url)
        return Answer(asked, answer.status_code, status, answer.text, answer.headers)


def visitor(url: str) -> Visitor:
    """Open a browser without JavaScript before a served web."""
    return Visitor(cast("Flask", Wire(url)))

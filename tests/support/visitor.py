"""A browser without JavaScript: it opens pages, fills in the forms that stand on them, reads them.

A form can only be sent when the page has it, with what its hidden fields say, so every test that
uses this is also a test that the desk works with HTML alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Self

from flask import Flask
from werkzeug.test import TestResponse

PASSWORD = "rahasia-yang-panjang"


@dataclass(slots=True)
class Form:
    """One form of a page: where it goes and what it brings by itself."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)


class Page(HTMLParser):
    """The forms, the links and the text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self._written = ""
        self.feed(html)

    @property
    def text(self) -> str:
        """What a reader sees, in one line."""
        return " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(told.get("action", "")))
        elif tag == "a":
            self.links.append(told.get("href", ""))
        elif tag in {"input", "select", "button", "textarea"} and self.forms and "name" in told:
            self._enters(self.forms[-1], told)
            self._written = told["name"] if tag == "textarea" else ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._written = ""

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self._written:
            self.forms[-1].fields[self._written] = data

    def _enters(self, form: Form, told: dict[str, str]) -> None:
        form.names.add(told["name"])
        ticked = told.get("type") in {"radio", "checkbox"} and "checked" in told
        if told.get("type", "text") in {"hidden", "text", "email"} or ticked:
            form.fields[told["name"]] = told.get("value", "")


class Visitor:
    """Somebody at a browser; every verb returns the visitor, so that a visit is a sentence."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()
        self.answer: TestResponse = None  # type: ignore[assignment] # nothing is open yet
        self.addresses: list[str] = []

    @property
    def page(self) -> Page:
        """The page that is open."""
        return Page(self.answer.text)

    def opens(self, path: str, status: int = 200) -> Self:
        """Ask for a page and follow where it leads."""
        self.answer = self.client.get(path)
        return self._arrives(status)

    def sends(self, action: str, status: int = 200, **fields: str | list[str]) -> Self:
        """Send the form of the open page whose address ends so, with these fields filled in."""
        found = [form for form in self.page.forms if form.action.endswith(action)]
        assert found, f"no form goes to {action}: {[form.action for form in self.page.forms]}"
        unknown = fields.keys() - found[0].names
        assert not unknown, f"the form has no {unknown}"
        where = found[0].action or self.answer.request.path
        self.answer = self.client.post(where, data={**found[0].fields, **fields})
        return self._arrives(status)

    def signs_in(self, email: str, password: str = PASSWORD, status: int = 200) -> Self:
        """Open the front page, be asked, answer."""
        self.opens("/").sees("Masuk")
        return self.sends("", status, email=email, password=password)

    def sees(self, *parts: str) -> Self:
        """Every part can be read on the page."""
        text = self.page.text
        for part in parts:
            assert part in text, f"{part!r} cannot be read here:\n{text}"
        return self

    def does_not_see(self, *parts: str) -> Self:
        """None of the parts can be read on the page."""
        text = self.page.text
        for part in parts:
            assert part not in text, f"{part!r} can be read here:\n{text}"
        return self

    def is_at(self, path: str) -> Self:
        """The page that is open has this address."""
        assert self.answer.request.path == path
        return self

    def _arrives(self, status: int) -> Self:
        self.addresses.append(self.answer.request.url)
        while self.answer.status_code in {302, 303}:
            self.answer = self.client.get(self.answer.headers["Location"])
            self.addresses.append(self.answer.request.url)
        assert self.answer.status_code == status, self.answer.status
        return self

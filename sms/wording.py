"""A message's words: its template, its translations, and how one text is made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from domain import words
from sms.gateway import Line

ANSWER = "answer"
REPLY = "answer.reply"
DIAL = "answer.dial"


@dataclass(frozen=True, slots=True)
class Template:
    """One message: its Indonesian text and how its reader may answer.

    ``reply`` is the word to send back, ``keys`` the digits after the service code ("": the
    service code itself); None where there is no such answer. ``where`` is "messages.yaml:12".
    """

    name: str
    text: str
    reply: str | None
    keys: str | None
    where: str


@dataclass(frozen=True, slots=True)
class Translated:
    """One text of another language, and the Indonesian it was made from."""

    source: str
    text: str
    fuzzy: bool
    where: str


@dataclass(frozen=True, slots=True)
class Wording:
    """Every template, the two forms of an answer, and each language's texts by template name."""

    templates: Mapping[str, Template]
    answers: Mapping[str, Template]
    translations: Mapping[str, Mapping[str, Translated]]

    def text(self, template: Template, language: words.Language) -> str:
        """Return the text with its slots; the Indonesian one where no translation is sound."""
        found = self.translations.get(language, {}).get(template.name)
        if not found or found.fuzzy or found.source != template.text:
            return template.text
        return found.text or template.text

    def render(
        self, name: str, facts: Mapping[str, str], language: words.Language, line: Line
    ) -> str:
        """Return message ``name`` in ``language`` for ``line``; facts are in their stored form.

        Raises:
            KeyError: an unknown template, or a slot without its fact (named, never its value).
        """
        template = self.templates[name]
        text = self.text(template, language)
        answer = self._answer(template, language, line)
        if not answer:
            text = text.split(f" {{{ANSWER}:", 1)[0]
        return words.fill(text, {**facts, ANSWER: answer}, language)

    def _answer(self, template: Template, language: words.Language, line: Line) -> str:
        if template.reply is not None and line.can_receive:
            form = self.text(self.answers[REPLY], language)
            return words.fill(form, {"word": template.reply}, language)
        if template.keys is not None and line.ussd:
            form = self.text(self.answers[DIAL], language)
            return words.fill(form, {"keys": _long_code(line.ussd, template.keys)}, language)
        return ""


def _long_code(service_code: str, keys: str) -> str:
    return f"{service_code.removesuffix('#')}*{keys}#" if keys else service_code

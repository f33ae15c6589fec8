"""Every text of a language beside the Indonesian, as it stands on a screen or in an SMS."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from domain import gsm7, words
from domain.words import Language
from menus.catalog import load_catalog
from menus.definition import texts_of
from menus.engine import Engine
from menus.loader import load_book
from menus.usual import examples, usual
from menus.walk import views
from sms.templates import wording
from sms.wording import Template

MENUS, SMS = "layar", "SMS"
"""Where a text stands."""


@dataclass(frozen=True, slots=True)
class Row:
    """One text: its words and, beside each, how it looks; ``septets`` is its screen's widest."""

    where: str
    key: str
    source: str
    said: str
    source_example: str
    example: str
    septets: int


def rows(language: Language) -> tuple[Row, ...]:
    """Return a row for every text of the shipped menus and messages, in their order."""
    return (*_of_menus(language), *_of_messages(language))


def sources() -> Mapping[tuple[str, str], str]:
    """Return the Indonesian of every text, by where it stands and its name."""
    book, messages = load_book(), wording()
    texts = (*(text for state in book.states.values() for text in texts_of(state)),)
    found = {(MENUS, text.key): text.source for text in (*texts, *book.words.values())}
    templates = (*messages.templates.values(), *messages.answers.values())
    return {**found, **{(SMS, template.name): template.text for template in templates}}


def _of_menus(language: Language) -> Iterator[Row]:
    engine = Engine(load_book(), load_catalog())
    source, other = _screens(engine, words.LANGUAGES[0]), _screens(engine, language)
    widest = _widest(engine, language)
    say = engine.catalog.say
    for at, state in engine.book.states.items():
        for place, text in enumerate(texts_of(state)):
            shown = (source.get(at, ""), other.get(at, "")) if place == 0 else ("", "")
            size = widest.get(at, 0) if place == 0 else 0
            yield Row(MENUS, text.key, text.source, say(text, language), *shown, size)
    for text in engine.book.words.values():
        yield Row(MENUS, text.key, text.source, say(text, language), "", "", 0)


def _screens(engine: Engine, language: Language) -> Mapping[str, str]:
    """Return each state's screen; of one with several pages all of them, one below the other."""
    found: dict[str, str] = {}
    for seen in usual(engine, language):
        found[seen.state] = "\n--\n".join(filter(None, (found.get(seen.state), seen.screen)))
    return found


def _widest(engine: Engine, language: Language) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for view in views(engine.book, engine.catalog, engine.vocabulary):
        if view.language == language:
            found[view.state] = max(found.get(view.state, 0), view.septets)
    return found


def _of_messages(language: Language) -> Iterator[Row]:
    book = wording()
    for template in (*book.templates.values(), *book.answers.values()):
        said = book.text(template, language)
        yield Row(
            SMS,
            template.name,
            template.text,
            said,
            _filled(template, template.text, words.LANGUAGES[0]),
            _filled(template, said, language),
            gsm7.septets(words.widest(said)),
        )


def _filled(template: Template, text: str, language: Language) -> str:
    return words.fill(text, {**examples(text), "answer": template.reply or "..."}, language)

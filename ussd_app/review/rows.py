"""Every text of a language beside the Indonesian, as it stands on a screen or in an SMS."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from domain import gsm7, words
from domain.phrases import ANSWERS, phrases
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
_ANSWER, _WORD = "jawaban", "kata"
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
    """Return a row for every text of the shipped menus, messages and tables, in their order."""
    return (*_of_menus(language), *_of_messages(language), *_of_tables(language))


def texts(language: Language) -> Mapping[tuple[str, str], tuple[str, str]]:
    """Return every text, Indonesian and translated, by where it stands and its name."""
    book, messages, say = load_book(), wording(), load_catalog().say
    shown = (*(text for state in book.states.values() for text in texts_of(state)),)
    found = {
        (MENUS, text.key): (text.source, say(text, language))
        for text in (*shown, *book.words.values())
    }
    sent = (*messages.templates.values(), *messages.answers.values())
    found |= {(SMS, one.name): (one.text, messages.text(one, language)) for one in sent}
    return found | {
        (where(one.table), one.key): (one.source, one.said) for one in phrases(language)
    }


def where(table: str) -> str:
    """Return what the sheet calls the place of a table's texts."""
    return _ANSWER if table == ANSWERS else _WORD


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


def _of_tables(language: Language) -> Iterator[Row]:
    for one in phrases(language):
        shown = (_told(one.source, words.LANGUAGES[0]), _told(one.said, language))
        size = gsm7.septets(words.widest(one.said))
        yield Row(where(one.table), one.key, one.source, one.said, *shown, size)


def _told(text: str, language: Language) -> str:
    return words.fill(text, examples(text), language)

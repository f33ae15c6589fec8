"""The words on the screens: each language its own, and the pages about them true to the book."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

from domain.terms import all_keys, term
from domain.words import LANGUAGES, UNREAD
from menus.catalog import Catalog, load_catalog
from menus.catalog import reviewer as of_menus
from menus.definition import Ask, Book, Call, Choose, End, Go, List, Show, State, Text
from menus.loader import load_book
from sms.reading import reviewer as of_sms

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
OTHERS = LANGUAGES[1:]
SAME = Path(__file__).with_name("same_words.csv")
SLOT = re.compile(r"\{[^}]*\}")
ROW = re.compile(r"\| `([a-z_]+\.[a-z_]+)` \| (.+) \|")


@pytest.fixture(scope="module")
def book() -> Book:
    return load_book()


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def texts(state: State) -> Iterator[Text]:
    match state:
        case Ask(prompt=prompt, wrong=wrong):
            yield from (prompt, *wrong.values())
        case Choose(prompt=prompt, options=options):
            yield from (prompt, *(option.label for option in options))
        case List(prompt=prompt, item=item):
            yield from (prompt, item)
        case Show(pages=pages):
            yield from pages
        case End(text=text):
            yield text
        case Call() | Go():
            return


def every_text(book: Book) -> dict[str, Text]:
    found = [text for state in book.states.values() for text in texts(state)]
    return {text.key: text for text in (*book.words.values(), *found)}


def spoken(words: str) -> bool:
    return any(char.isalpha() for char in SLOT.sub("", words))


def allowed_same() -> set[tuple[str, str]]:
    with SAME.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert all(row["why"] for row in rows)
    return {(row["key"], language) for row in rows for language in row["languages"].split()}


def test_each_language_has_its_own_words_but_for_a_listed_few(book: Book, catalog: Catalog) -> None:
    same = {
        (key, language)
        for key, text in every_text(book).items()
        for language in OTHERS
        if spoken(text.source) and catalog.say(text, language) == text.source
    }
    same |= {
        (f"term.{key}", language)
        for key in all_keys()
        for language in OTHERS
        if term(key, language) == term(key, "id")
    }
    assert same == allowed_same()


def test_words_are_typed_as_people_type_them(book: Book, catalog: Catalog) -> None:
    for text in every_text(book).values():
        assert all(catalog.say(text, language).isascii() for language in LANGUAGES), text.key


@pytest.mark.parametrize("language", OTHERS)
def test_a_translator_finds_the_texts_in_the_order_of_the_screens(
    book: Book, language: str
) -> None:
    entries = polib.pofile(str(ROOT / "menus/locale" / language / "menus.po"))
    order = [str(entry.msgctxt) for entry in entries]
    for flow in {key.partition(".")[0] for key in order}:
        wanted = [key for key in every_text(book) if key.startswith(f"{flow}.")]
        assert [key for key in order if key.startswith(f"{flow}.")] == wanted


def test_free_is_said_of_the_card_and_never_of_the_call(book: Book) -> None:
    said = [text.source for text in every_text(book).values() if "gratis" in text.source.lower()]
    assert said
    assert all("kartu kuning gratis" in text.lower() for text in said)


def row(state: State) -> str:
    match state:
        case Choose(prompt=prompt, options=options):
            labels = (f"{place}. {option.label.source}" for place, option in enumerate(options, 1))
            said = " / ".join((prompt.source, *labels))
        case List(source=source, prompt=prompt, item=item):
            said = f"{prompt.source} / {item.source} (from `{source}`)"
        case Call(name=name, outcomes=outcomes):
            said = f"`{name}`: {', '.join(outcomes)}"
        case Go(to=to):
            said = f"`{to}`"
        case Ask(prompt=text) | End(text=text):
            said = text.source
        case Show(pages=pages):
            said = " / ".join(page.source for page in pages)
    return f"{type(state).__name__.lower()} | {said}"


def test_the_page_about_the_menus_tells_every_state_as_it_is(book: Book) -> None:
    page = (DOCS / "menus.md").read_text(encoding="utf-8")
    told = dict(ROW.findall(page))
    assert told == {str(name): row(state) for name, state in book.states.items()}


def test_the_page_about_the_menus_has_a_section_for_every_flow(book: Book) -> None:
    page = (DOCS / "menus.md").read_text(encoding="utf-8")
    sections = re.findall(r"^### `([a-z_]+)`", page, re.MULTILINE)
    assert set(sections) == {str(name).partition(".")[0] for name in book.states}


def test_the_page_about_languages_lists_them_all_and_who_has_read_each() -> None:
    page = (DOCS / "languages.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([a-z]+)` \| [^|]+ \| [^|]+ \| ([^|]+) \|", page, re.MULTILINE)
    assert [language for language, _ in listed] == list(LANGUAGES)
    for language, reader in listed[1:]:
        for room in ("menus", "sms"):
            po = polib.pofile(str(ROOT / room / "locale" / language / f"{room}.po"))
            assert po.metadata["Language"] == language
            assert po.metadata["X-Reviewed-By"] == reader.strip()
    # A name in the table stands for the words as they are shipped, not for later ones.
    names = {language: "" if name.strip() == UNREAD else name.strip() for language, name in listed}
    assert {name: (of_menus(name), of_sms(name)) for name in OTHERS} == {
        language: (name, name) for language, name in names.items() if language in OTHERS
    }


def test_a_reviewer_is_asked_about_texts_that_exist(book: Book) -> None:
    page = (DOCS / "languages.md").read_text(encoding="utf-8")
    asked = re.findall(r"^\| `([a-z0-9_]+\.[a-z0-9_.]+)` \|", page, re.MULTILINE)
    assert asked
    assert set(asked) <= set(every_text(book))

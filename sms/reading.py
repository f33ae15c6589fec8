"""Reads the words of our SMS: ``templates/messages.yaml`` and ``locale/*/sms.po``.

Every scalar is text (YAML's BaseLoader): a reply ``YA`` or a key ``016`` means what it says.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType

import polib
import yaml

from domain import phrases
from domain.words import LANGUAGES, Language
from sms.wording import Template, Translated, Wording

SOURCE: Language = "id"


class WordingError(ValueError):
    """A file of words that does not have the shape of the shipped one, with its place."""


def load(room: Traversable) -> Wording:
    """Return the wording found under ``room``, the folder that holds templates and locale.

    Raises:
        WordingError: a file that does not have the shape of the shipped one, with its place.
    """
    source = room.joinpath("templates", "messages.yaml").read_text(encoding="utf-8")
    sections = _parts(yaml.compose(source, Loader=yaml.BaseLoader), {"messages", "answers"})
    messages, answers = _parts(sections["messages"]), _parts(sections["answers"])
    return Wording(
        templates=MappingProxyType(
            {name: _template(name, node) for name, node in messages.items()}
        ),
        answers=MappingProxyType(
            {
                f"answer.{form}": Template(f"answer.{form}", _said(node), None, None, _at(node))
                for form, node in answers.items()
            }
        ),
        translations=MappingProxyType(
            {language: _translated(room, language) for language in LANGUAGES if language != SOURCE}
        ),
    )


def reviewer(language: Language) -> str:
    """Return who has read the shipped SMS of a language as they stand; "" while nobody has."""
    entries = polib.pofile(_po(files("sms"), language))
    texts = ((raw.msgctxt or "", raw.msgid, raw.msgstr) for raw in entries if not raw.obsolete)
    return phrases.reader(entries.metadata, texts, language)


def _template(name: str, node: yaml.Node) -> Template:
    said = {part: _said(value) for part, value in _parts(node, {"text", "reply", "keys"}).items()}
    if not said.get("text"):
        raise WordingError(f"{_at(node)}: {name} has no text")
    return Template(name, said["text"], said.get("reply"), said.get("keys"), _at(node))


def _translated(room: Traversable, language: Language) -> Mapping[str, Translated]:
    return MappingProxyType(
        {
            str(entry.msgctxt): Translated(
                entry.msgid, entry.msgstr, entry.fuzzy, f"{language}/sms.po:{entry.linenum}"
            )
            for entry in polib.pofile(_po(room, language))
            if not entry.obsolete
        }
    )


def _po(room: Traversable, language: Language) -> str:
    return room.joinpath("locale", language, "sms.po").read_text(encoding="utf-8")


def _parts(node: yaml.Node | None, known: set[str] | None = None) -> Mapping[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        raise WordingError(f"{_at(node)}: names and their texts are wanted here")
    found: dict[str, yaml.Node] = {}
    for key, value in node.value:
        if key.value in found or (known and key.value not in known):
            raise WordingError(f"{_at(key)}: {key.value} is said twice or not known here")
        found[key.value] = value
    return found


def _said(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise WordingError(f"{_at(node)}: a text is wanted here")
    return str(node.value)


def _at(node: yaml.Node | None) -> str:
    return f"messages.yaml:{node.start_mark.line + 1 if node else 1}"

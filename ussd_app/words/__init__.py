"""Words of the web pages, Indonesian and English, side by side in small YAML tables.

What comes in: `key: [Indonesian, English]`. What may not: markup, personal data, words of a screen
or an SMS (those have their own catalogues, in four languages). `{slot}` is filled by the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

LANGUAGES = ("id", "en")


class WordsError(ValueError):
    """A table that cannot be used; the message names file and key."""


def known(language: str | None) -> str:
    """Give the page language for any wish: `en` for English, else Indonesian."""
    return "en" if language == "en" else "id"


@cache
def tables() -> Mapping[str, Mapping[str, str]]:
    """Read every table once: language -> key -> words; a doubtful table raises `WordsError`."""
    spoken: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for table in sorted(files(__name__).iterdir(), key=lambda path: path.name):
        if table.name.endswith(".yaml"):
            read(table.name, table.read_text("utf-8"), spoken)
    return spoken


def read(name: str, text: str, spoken: dict[str, dict[str, str]]) -> None:
    """Read one table into `spoken`; `name` is for the message of a `WordsError`."""
    # Nodes, not a dict: a dict would keep the last of two equal keys and say nothing.
    table = yaml.compose(text, Loader=yaml.BaseLoader)
    for key, pair in table.value if table else ():
        nodes = pair.value if isinstance(pair, yaml.SequenceNode) else []
        said = [node.value for node in nodes if isinstance(node, yaml.ScalarNode)]
        if key.value in spoken["id"] or not len(nodes) == len(said) == len(LANGUAGES):
            raise WordsError(f"{name}: {key.value}")
        for language, words in zip(LANGUAGES, said, strict=True):
            spoken[language][key.value] = words


def say(language: str, key: str, /, **slots: object) -> str:
    """Give the words of `key`, its slots filled; an unknown key or slot raises `KeyError`."""
    return tables()[language][key].format_map(slots)

"""YAML as the flows are allowed to write it: text, mappings, sequences, each with its line.

Built on ``BaseLoader`` nodes: with ``safe_load`` a key ``yes`` turns boolean, ``016`` becomes 14,
and of a key written twice the first is silently lost.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import yaml


class BadBookError(ValueError):
    """A file of flows or words that cannot be read; ``where`` is ``file:line``."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.where, self.what = where, what


@dataclass(frozen=True, slots=True)
class Part:
    """One value of a flow file and the place where it stands."""

    file: str
    line: int
    node: yaml.Node

    @property
    def where(self) -> str:
        """``register.yaml:17``."""
        return f"{self.file}:{self.line}"

    def bad(self, what: str) -> BadBookError:
        """Build the error that names this place."""
        return BadBookError(self.where, what)

    def text(self) -> str:
        """Return the words, without the blanks round them. Raises BadBookError for none."""
        if not isinstance(self.node, yaml.ScalarNode) or not self.node.value.strip():
            raise self.bad("words expected")
        return str(self.node.value).strip()

    def number(self) -> int:
        """Return a count from 1 to 9."""
        if (text := self.text()) not in set("123456789"):
            raise self.bad(f"a number from 1 to 9 expected, not {text!r}")
        return int(text)

    def items(self) -> tuple[Part, ...]:
        """Return the parts of a sequence; at least one."""
        if not isinstance(self.node, yaml.SequenceNode) or not self.node.value:
            raise self.bad("a list [ ... ] expected")
        return tuple(_part(self.file, node) for node in self.node.value)

    def named(self) -> dict[str, Part]:
        """Return the parts of a mapping whose keys are free; at least one."""
        found = dict(self._pairs())
        if not found:
            raise self.bad("names with values expected")
        return found

    def fields(self, needed: Collection[str], allowed: Collection[str] = ()) -> dict[str, Part]:
        """Return the parts of a mapping that has all ``needed`` keys and none unknown."""
        found = dict(self._pairs())
        for key, part in found.items():
            if key not in needed and key not in allowed:
                raise part.bad(f"unknown key {key!r}")
        if missing := [key for key in needed if key not in found]:
            raise self.bad(f"{missing[0]!r} is missing")
        return found

    def _pairs(self) -> Iterator[tuple[str, Part]]:
        if not isinstance(self.node, yaml.MappingNode):
            raise self.bad("keys with values expected")
        seen = set()
        for key_node, value in self.node.value:
            key = Part(self.file, key_node.start_mark.line + 1, key_node)
            if (name := key.text()) in seen:
                raise key.bad(f"{name!r} is written twice")
            seen.add(name)
            # A value may begin lines below its key; a reader looks for the key.
            yield name, Part(self.file, key.line, value)


def read(file: str, text: str) -> Part:
    """Read the text of one flow file. Raises BadBookError where it is no YAML."""
    try:
        node = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadBookError(f"{file}:{line}", f"no YAML: {error.problem}") from None
    except yaml.YAMLError:
        raise BadBookError(f"{file}:1", "no YAML: a character that is not allowed") from None
    if node is None:
        raise BadBookError(f"{file}:1", "the file is empty")
    return Part(file, 1, node)


def _part(file: str, node: yaml.Node) -> Part:
    return Part(file, node.start_mark.line + 1, node)

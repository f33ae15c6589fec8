"""Files stay short, say what they are, and have names that a newcomer understands."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.architecture.repository import files, modules, read, told, tree

MOST_LINES = 300
_SUFFIXES = (".py", ".yaml", ".yml", ".html", ".css", ".js", ".toml", ".txt", ".sql")
# Translations, data, lock files and what others wrote may be as long as they are.
_LONG = ("ussd_app/static/vendor/", "domain/data/", "requirements/", "docs/bench/")
_NO_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "misc"}
# What only its author's machine knows, and where packages happen to come from.
_FOREIGN = re.compile(
    r"/(?:wor[k]|root|home|Users)/|\.\./share[d]|\.librar[y]|pypi\.or[g]|pythonhoste[d]"
    r"|registry\.npmj[s]|\b(?:cl[a]ude|anthro[p]ic|chatg[p]t|copilo[t])\b",
    re.IGNORECASE,
)
_HELD_BACK = re.compile(
    r"\bTOD[O]\b|\bFIXM[E]\b|\bXX[X]\b|NotImplementedErro[r]|mark\.(?:skip|xfai[l])"
    r"|pytest\.(?:skip|xfai[l]|importorski[p])\("
)
_EXCUSE = re.compile(r"#\s*(?:noqa|type:\s*ignore)(?P<rest>.*)$")


def test_no_file_is_longer_than_can_be_held_in_mind() -> None:
    long = [
        f"{path}: {lines} lines"
        for path in files(*_SUFFIXES)
        if not str(path).startswith(_LONG) and (lines := read(path).count("\n")) > MOST_LINES
    ]
    assert not long, told(long)


def test_every_module_says_what_it_is() -> None:
    silent = [
        path
        for path in modules()
        if not path.name.startswith("test_") and not ast.get_docstring(tree(path))
    ]
    assert not silent, told(silent)


def test_no_file_is_named_after_nothing() -> None:
    vague = [path for path in modules() if path.stem in _NO_NAMES]
    assert not vague, told(vague)


def test_nothing_names_the_machine_it_was_written_on() -> None:
    suffixes = (*_SUFFIXES, ".md", ".po", ".csv", ".in", ".cfg", ".ini", ".service", ".conf", "")
    odd = [
        f"{path}:{number}: {line.strip()[:80]}"
        for path in files(*suffixes)
        if not str(path).startswith("ussd_app/static/vendor/") and _is_text(path)
        for number, line in enumerate(read(path).splitlines(), 1)
        if _FOREIGN.search(line)
    ]
    assert not odd, told(odd)


def test_nothing_is_left_for_later() -> None:
    held = [
        f"{path}:{number}: {line.strip()[:80]}"
        for path in modules()
        for number, line in enumerate(read(path).splitlines(), 1)
        if _HELD_BACK.search(line)
    ]
    assert not held, told(held)


def test_every_exception_from_a_rule_names_the_rule() -> None:
    """`noqa` alone would hide whatever comes later; types are excused by their error's name."""
    bare = [
        f"{path}:{number}: {line.strip()[:80]}"
        for path in modules()
        for number, line in enumerate(read(path).splitlines(), 1)
        if (found := _EXCUSE.search(line)) and not re.match(r"\s*[:\[]\s*\S", found["rest"])
    ]
    assert not bare, told(bare)


def _is_text(path: Path) -> bool:
    try:
        read(path)
    except UnicodeDecodeError:
        return False
    return True

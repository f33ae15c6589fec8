"""Who may know whom, and what the lower floors may not touch."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest

from tests.architecture.repository import FLOORS, ROOT, modules, read, told, tree

PROJECT = tomllib.loads(read("pyproject.toml"))
_BELOW_RUNTIME = ("domain", "menus", "sms", "storage", "services")
# Reading the environment or the clock, by the last two names of the expression.
_OUTSIDE = {
    "os.environ",
    "os.getenv",
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
}


def test_every_package_has_its_floor() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "bench"}
    linter = PROJECT["tool"]["importlinter"]
    layers = {
        name.strip() for layer in linter["contracts"][0]["layers"] for name in layer.split("|")
    }
    assert packages == set(FLOORS)
    assert layers == packages
    assert set(linter["root_packages"]) == packages
    assert packages <= set(PROJECT["tool"]["mypy"]["packages"])
    found = PROJECT["tool"]["setuptools"]["packages"]["find"]["include"]
    assert {pattern.rstrip("*") for pattern in found} == packages


def test_every_package_is_typed_and_says_what_it_is_for() -> None:
    for floor in FLOORS:
        assert (ROOT / floor / "py.typed").exists(), floor
        assert ast.get_docstring(tree(Path(floor) / "__init__.py")), floor


@pytest.mark.parametrize("room", _BELOW_RUNTIME)
def test_nothing_below_runtime_reads_the_environment_or_the_clock(room: str) -> None:
    odd = [
        f"{path}:{node.lineno} {name}"
        for path in modules(room)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and (name := _name(node)) in _OUTSIDE
    ]
    assert not odd, told(odd)


def _name(node: ast.Attribute) -> str:
    inner = node.value
    owner = inner.attr if isinstance(inner, ast.Attribute) else getattr(inner, "id", "")
    return f"{owner}.{node.attr}"

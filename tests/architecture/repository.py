"""The files of this repository, as a fresh clone has them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
FLOORS = ("ussd_app", "workers", "runtime", "services", "storage", "menus", "sms", "domain")
# Nobody wrote these by hand.
_MADE = {"node_modules", "build", "dist", "__pycache__"}


def files(*suffixes: str, below: str = ".") -> Iterator[Path]:
    """Yield files with one of the suffixes, by path below the root."""
    for path in sorted((ROOT / below).rglob("*")):
        parts = path.relative_to(ROOT).parts
        hidden = any(part in _MADE or part.endswith(".egg-info") for part in parts)
        dotted = any(part.startswith(".") and part != ".ci" for part in parts[:-1])
        if path.is_file() and path.suffix in suffixes and not hidden and not dotted:
            yield path.relative_to(ROOT)


def modules(*rooms: str) -> Iterator[Path]:
    """Yield the Python files of rooms, or of all."""
    for room in rooms or (".",):
        yield from files(".py", below=room)


def read(path: Path | str) -> str:
    """Give the text of a file."""
    return (ROOT / path).read_text("utf-8")


def tree(path: Path) -> ast.Module:
    """Give the syntax tree of a module."""
    return ast.parse(read(path), str(path))


def told(found: object) -> str:
    """Put what was found in lines, for the message of a failed test."""
    return "\n".join(map(str, found)) if isinstance(found, list) else str(found)

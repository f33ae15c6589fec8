"""Expand, then contract: what a release takes away, the release before it would miss.

For a moment the processes of both run on the same tables. A step that takes something away says so
in its first line, `-- contract: <why nobody needs it any more>`, and comes a release later.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import storage

_MIGRATIONS = Path(storage.__file__).parent / "migrations"
_STEPS = [path for path in sorted((_MIGRATIONS / "sql").glob("*.sql")) if path.name[:4] > "0001"]
_CONTRACT = re.compile(r"-- contract: \S+ \S+")
_TAKES_AWAY = {
    "drops": r"\bdrop\s+(?!not\s+null|default)",
    "renames": r"\brename\b",
    "empties": r"\b(?:truncate|delete\s+from)\b",
    "changes a type": r"\balter\s+column\s+\S+\s+(?:set\s+data\s+)?type\b",
    "wants a value": r"\bset\s+not\s+null\b",
    "adds a column that old code leaves empty": (
        r"\badd\s+column\s+(?:if\s+not\s+exists\s+)?(?![^,;]*\bdefault\b)[^,;]*\bnot\s+null\b"
    ),
}
_CREATED = re.compile(r"\bcreate\s+table\s+(?:if\s+not\s+exists\s+)?(\w+)")
_UNIQUE = re.compile(r"\bcreate\s+unique\s+index\s+\S+\s+on\s+(\w+)")


def _faults(step: str) -> list[str]:
    """Say what a step takes away from the release before it; nothing when it says so itself."""
    if _CONTRACT.match(step):
        return []
    words = re.sub(r"--[^\n]*", "", step).lower()
    found = [fault for fault, pattern in _TAKES_AWAY.items() if re.search(pattern, words)]
    narrowed = set(_UNIQUE.findall(words)) - set(_CREATED.findall(words))
    return found + [f"makes {table} unique" for table in sorted(narrowed)]


@pytest.mark.parametrize("step", _STEPS, ids=lambda path: path.stem)
def test_a_step_only_adds(step: Path) -> None:
    assert _faults(step.read_text("utf-8")) == []


def test_steps_are_sql_alone_so_that_all_of_it_is_looked_at() -> None:
    for module in sorted((_MIGRATIONS / "versions").glob("[0-9]*.py")):
        asked = set(re.findall(r"\bop\.(\w+)", module.read_text("utf-8")))
        assert asked == {"get_bind"}, module.name


@pytest.mark.parametrize(
    "step",
    [
        "drop table offices;",
        "alter table offices drop column phone;",
        "alter table offices rename column phone to number;",
        "alter table offices alter column phone type integer;",
        "alter table offices alter column phone set not null;",
        "alter table offices add column fax text not null;",
        "alter table offices add column a text not null default '', add column b text not null;",
        "create unique index uq_offices_name on offices (name);",
        "truncate messages;",
        "delete from messages;",
        "-- contract:\ndrop table offices;",
    ],
)
def test_what_takes_away_is_found(step: str) -> None:
    assert _faults(step)


@pytest.mark.parametrize(
    "step",
    [
        "alter table offices add column fax text;",
        "alter table offices add column fax text not null default '';",
        "alter table offices alter column phone drop not null;",
        "create table faxes (id uuid not null);\ncreate unique index uq_faxes on faxes (id);",
        "create index ix_offices_name on offices (name);",
        "-- contract: nobody reads it since 0.3\nalter table offices drop column fax;",
    ],
)
def test_what_adds_is_let_through(step: str) -> None:
    assert _faults(step) == []

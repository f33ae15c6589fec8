"""The option ``--update-dialogues``: write the screens of today into tests/dialogues/*.txt."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-dialogues",
        action="store_true",
        help="rewrite the dialogue files with the screens shown now",
    )

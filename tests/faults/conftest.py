"""One installation for the tests that leave it whole, a fresh one for those that do not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults import counter
from tests.faults.judging import Judge
from tests.faults.stack import Stack, stack


@pytest.fixture
def judge(tmp_path: Path, record_property: Callable[[str, object], None]) -> Judge:
    """Waits until all is well again after a fault, and lets the checker speak."""
    return Judge(tmp_path / "faults.txt", record_property)


@pytest.fixture
def tells(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Write a line of figures under the faults of the summary."""
    return lambda line: record_property("fault", line)


@pytest.fixture(scope="module")
def kuning(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with stack(tmp_path_factory.mktemp("kuning")) as running:
        yield running


@pytest.fixture(scope="package")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """One installation for all files whose tests only talk to it, and leave it as it was."""
    with stack(tmp_path_factory.mktemp("town")) as running:
        running.has_room()
        yield running


@pytest.fixture(scope="package")
def open_town(town: Stack) -> Stack:
    """The same, with the officers of the stories let in."""
    counter.opens(town)
    return town

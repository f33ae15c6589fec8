"""One installation for the tests that leave it whole, a fresh one for those that do not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.stack import Stack, stack


@pytest.fixture(scope="module")
def kuning(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with stack(tmp_path_factory.mktemp("kuning")) as running:
        yield running

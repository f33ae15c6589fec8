"""Each call that a flow may name has its use case, and none is left over."""

from __future__ import annotations

from menus.vocabulary import CALLS
from services.calls import HANDLERS


def test_each_declared_call_has_its_use_case() -> None:
    assert set(HANDLERS) == set(CALLS)

"""A session survives Redis, whatever it holds."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from menus.definition import StateId
from menus.session import Session, Wrong

TEXTS = st.text(max_size=12)
NAMES = st.text(min_size=1, max_size=12)
STATES = NAMES.map(StateId)
FACTS = st.dictionaries(TEXTS, TEXTS, max_size=3)
SESSIONS = st.builds(
    Session,
    book=NAMES,
    at=st.none() | STATES,
    language=st.sampled_from(["id", "su", "jv", "en"]),
    known=FACTS,
    lists=st.dictionaries(TEXTS, st.lists(FACTS, max_size=3).map(tuple), max_size=2),
    trail=st.lists(STATES, max_size=3).map(tuple),
    undo=st.dictionaries(STATES, FACTS, max_size=2),
    misses=st.integers(0, 9),
    page=st.integers(0, 9),
    fault=st.none() | st.builds(Wrong, STATES, TEXTS, TEXTS),
    saved=st.booleans(),
)


@given(SESSIONS)
def test_it_reads_what_it_wrote(session: Session) -> None:
    assert Session.from_json(session.to_json()) == session
    assert Session.from_json(session.to_json().encode()) == session


def test_what_is_as_in_a_new_session_is_not_written() -> None:
    assert json.loads(Session("b1").to_json()) == {"book": "b1"}


@pytest.mark.parametrize("text", ["", "null", "[]", "{}", '{"book":"b","who":"?"}', b"\xff"])
def test_what_it_did_not_write_is_refused(text: str | bytes) -> None:
    with pytest.raises((ValueError, TypeError)):
        Session.from_json(text)

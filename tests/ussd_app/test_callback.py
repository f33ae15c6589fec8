"""Forms are read as every other reader reads them, only more strictly."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ussd_app.callback import fields
from ussd_app.ussd_gateways.wire import Unreadable

WORDS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)


@given(st.dictionaries(WORDS, WORDS, max_size=12))
def test_a_form_is_read_as_it_was_written(form: dict[str, str]) -> None:
    assert fields(urlencode(form).encode()) == form


@given(st.binary(max_size=200))
def test_any_bytes_are_read_alike_or_refused(body: bytes) -> None:
    read = fields(body)
    if isinstance(read, Unreadable):
        assert read.status == 400
        return
    pairs = parse_qsl(body.decode(), keep_blank_values=True, errors="strict")
    ours = {name: value for name, value in read.items() if name or value}
    assert ours == {name: value for name, value in pairs if name or value}


@pytest.mark.parametrize(
    ("body", "form"),
    [
        (b"", {}),
        (b"a=1&b=", {"a": "1", "b": ""}),
        (b"a", {"a": ""}),
        (b"&&a=1&&b=2&", {"a": "1", "b": "2"}),
        (b"a=b=c", {"a": "b=c"}),
        (b"a=1+2%2B3", {"a": "1 2+3"}),
        (b"phoneNumber=%2B6281", {"phoneNumber": "+6281"}),
        (b"a=%2a%2A%zz%", {"a": "**%zz%"}),
    ],
)
def test_escapes_are_undone_once(body: bytes, form: dict[str, str]) -> None:
    assert fields(body) == form

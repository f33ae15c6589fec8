"""Sealed text opens at its place and nowhere else, and an index says nothing but equality."""

from __future__ import annotations

from base64 import b64decode, b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.vault import UnknownKey, Unsealable, Vault

KEY, OTHER, INDEX = b"1" * 32, b"2" * 32, b"3" * 32
VAULT = Vault({"k1": KEY}, current="k1", index_key=INDEX)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXTS, TEXTS)
def test_what_is_sealed_opens_at_the_same_place(text: str, where: str) -> None:
    assert VAULT.open(VAULT.seal(text, where=where), where=where) == text


@given(TEXTS, TEXTS, TEXTS)
def test_what_is_sealed_opens_nowhere_else(text: str, where: str, elsewhere: str) -> None:
    if where != elsewhere:
        with pytest.raises(Unsealable):
            VAULT.open(VAULT.seal(text, where=where), where=elsewhere)


@given(TEXTS, st.data())
def test_one_altered_bit_is_found_out(text: str, data: st.DataObject) -> None:
    sealed = VAULT.seal(text, where="here")
    raw = bytearray(b64decode(sealed.removeprefix("k1:")))
    bit = data.draw(st.integers(0, len(raw) * 8 - 1))
    raw[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Unsealable):
        VAULT.open(f"k1:{b64encode(raw).decode()}", where="here")


@given(TEXTS)
def test_anything_that_was_never_sealed_is_refused_clearly(rubbish: str) -> None:
    for sealed in (rubbish, f"k1:{rubbish}"):
        with pytest.raises(Unsealable):
            VAULT.open(sealed, where="here")


def test_the_same_text_never_looks_the_same_twice() -> None:
    seals = {VAULT.seal("3210115508980001", where="here") for _ in range(1000)}
    assert len(seals) == 1000
    assert all(seal.startswith("k1:") for seal in seals)


def test_a_second_key_takes_over_and_the_first_still_opens() -> None:
    old = VAULT.seal("Siti", where="here")
    rotated = Vault({"k2": OTHER, "k1": KEY}, current="k2", index_key=INDEX)
    assert rotated.open(old, where="here") == "Siti"
    assert rotated.seal("Siti", where="here").startswith("k2:")
    with pytest.raises(UnknownKey, match="here: no such data key"):
        VAULT.open(rotated.seal("Siti", where="here"), where="here")


def test_errors_tell_the_place_and_never_the_text() -> None:
    sealed = VAULT.seal("3210115508980001", where="here")
    with pytest.raises(Unsealable) as error:
        VAULT.open(sealed, where="there")
    assert str(error.value) == "there: altered, or sealed somewhere else"


@given(TEXTS, TEXTS)
def test_an_index_is_equal_for_equal_values_only(one: str, other: str) -> None:
    assert (VAULT.index("nik", one) == VAULT.index("nik", other)) == (one == other)


def test_an_index_depends_on_its_kind_and_on_a_key_of_its_own() -> None:
    elsewhere = Vault({"k1": KEY}, current="k1", index_key=b"4" * 32)
    rotated = Vault({"k2": OTHER}, current="k2", index_key=INDEX)
    index = VAULT.index("nik", "3210115508980001")
    assert len(index) == 64
    assert index != VAULT.index("phone", "3210115508980001")
    assert index != elsewhere.index("nik", "3210115508980001")
    assert index == rotated.index("nik", "3210115508980001")


@pytest.mark.parametrize(
    ("keys", "current", "index_key", "why"),
    [
        ({"k1": KEY}, "k2", INDEX, "not among"),
        ({}, "k1", INDEX, "not among"),
        ({"K 1": KEY}, "K 1", INDEX, "small letters"),
        ({"k:1": KEY}, "k:1", INDEX, "small letters"),
        ({"k1": b"short"}, "k1", INDEX, "must be 32 bytes"),
        ({"k1": KEY}, "k1", b"short", "index key"),
        ({"k1": KEY}, "k1", KEY, "its own"),
    ],
)
def test_keys_that_would_not_protect_are_refused_without_being_told(
    keys: dict[str, bytes], current: str, index_key: bytes, why: str
) -> None:
    with pytest.raises(ValueError, match=why) as error:
        Vault(keys, current=current, index_key=index_key)
    assert "short" not in str(error.value)

"""GSM-7 as counted by us agrees with two libraries that others wrote."""

from __future__ import annotations

import gsmcodecs  # registers the codec "gsm23.038"
import pytest
import smsutil
from hypothesis import given
from hypothesis import strategies as st

from domain import gsm7

GSM_TEXT = st.text(st.sampled_from(sorted(gsm7.ALPHABET)))
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def test_the_alphabet_is_the_standards_one() -> None:
    assert gsmcodecs.findCodec("gsm23.038")
    for code in range(0x10000):
        char = chr(code)
        if 0xD800 <= code < 0xE000 or char == "\x1b":  # the escape itself is no character
            continue
        try:
            octets = char.encode("gsm23.038")
        except UnicodeEncodeError:
            assert gsm7.foreign(char) == {char}
        else:
            assert not gsm7.foreign(char)
            assert gsm7.septets(char) == len(octets)


@given(GSM_TEXT)
def test_septets_are_the_octets_of_the_codec(text: str) -> None:
    assert gsm7.septets(text) == len(text.encode("gsm23.038"))


@given(st.text(st.sampled_from("aé€[~ \n😀字"), min_size=1, max_size=400))
def test_parts_are_as_many_as_smsutil_counts_and_lose_nothing(text: str) -> None:
    ours = gsm7.segments(text)
    theirs = smsutil.split(text)
    assert "".join(ours.parts) == text
    assert len(ours.parts) == len(theirs.parts)
    assert (ours.encoding == "GSM-7") == (theirs.encoding == "gsm0338")


@given(st.text(st.sampled_from("a€"), min_size=161, max_size=500))
def test_no_part_is_too_long_though_an_escape_is_never_split(text: str) -> None:
    parts = gsm7.segments(text).parts
    assert all(gsm7.septets(part) <= 153 for part in parts) or len(parts) == 1
    assert all(gsm7.septets(part) >= 152 for part in parts[:-1])


@pytest.mark.parametrize(
    ("text", "encoding", "parts"),
    [
        ("", "GSM-7", [0]),
        ("a" * 160, "GSM-7", [160]),
        ("a" * 161, "GSM-7", [153, 8]),
        ("€" * 80, "GSM-7", [80]),
        ("€" * 81, "GSM-7", [76, 5]),
        ("a" * 152 + "€" + "a" * 10, "GSM-7", [152, 11]),
        ("字" * 70, "UCS-2", [70]),
        ("字" * 71, "UCS-2", [67, 4]),
        ("字" * 66 + "😀" + "字" * 10, "UCS-2", [66, 11]),
    ],
)
def test_segments_at_their_borders(text: str, encoding: str, parts: list[int]) -> None:
    found = gsm7.segments(text)
    assert found.encoding == encoding
    assert [len(part) for part in found.parts] == parts


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Siti", "Siti"),
        ("Renée", "Renée"),
        ("Rene\u0301e", "Renée"),
        ("Ngrêrês", "Ngreres"),
        ("Ma\u2019u", "Ma'u"),
        ("\u201cAni\u201d", '"Ani"'),
        ("9\u201311", "9-11"),
        ("jam\u00a09", "jam 9"),
        ("tunggu\u2026", "tunggu..."),
        ("\u200bAni", "Ani"),
        ("Łukasz Đặng", "Lukasz Dang"),
        ("字", "?"),
        ("😀", "?"),
        ("\u0663", "?"),
        ("\x1b", "?"),
    ],
)
def test_folding_keeps_what_a_handset_can_show(typed: str, folded: str) -> None:
    assert gsm7.fold(typed) == folded


@given(ANY_TEXT)
def test_folded_text_is_in_the_alphabet_and_folding_again_changes_nothing(text: str) -> None:
    folded = gsm7.fold(text)
    assert not gsm7.foreign(folded)
    assert gsm7.fold(folded) == folded


@given(GSM_TEXT, st.integers(0, 60))
def test_cut_text_is_a_beginning_that_fits(text: str, width: int) -> None:
    short = gsm7.cut(text, width)
    assert text.startswith(short)
    assert gsm7.septets(short) <= width
    assert short == text or gsm7.septets(text) > width


def test_searching_knows_no_marks() -> None:
    assert gsm7.plain("Renée Łuñez Øst") == "Renee Lunez Ost"

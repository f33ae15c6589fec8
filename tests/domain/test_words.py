"""Slots: stored once in no language, said in each, never wider than declared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import gsm7, terms, words
from domain.words import Kind


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        (Kind.DAY, "2026-11-24", ("Sel 24 Nov", "Sal 24 Nop", "Sel 24 Nov", "Tue 24 Nov")),
        (Kind.DAY, "2027-02-07", ("Min 7 Feb", "Min 7 Peb", "Aha 7 Feb", "Sun 7 Feb")),
        (Kind.DATE, "1998-08-15", ("15-08-1998",) * 4),
        (Kind.HOUR, "09:00", ("9",) * 4),
        (Kind.HOUR, "09:30", ("9.30",) * 4),
        (Kind.HOUR, "13:00", ("13",) * 4),
        (Kind.WINDOW, "09:00-11:00", ("pagi", "enjing", "enjing", "morning")),
        (Kind.WINDOW, "11:00-13:00", ("siang", "siang", "siang", "morning")),
        (Kind.WINDOW, "13:00-15:00", ("siang", "siang", "siang", "afternoon")),
        (Kind.WINDOW, "15:30-16:00", ("sore", "sonten", "sonten", "afternoon")),
        (Kind.SPAN, "09:00-11:00", ("9-11",) * 4),
        (Kind.SPAN, "13:30-15:30", ("13.30-15.30",) * 4),
        (Kind.CODE, "482157906", ("482 157 906",) * 4),
        (
            Kind.TERMS,
            "ktp,diploma,photo2",
            (
                "KTP, ijazah, 2 foto",
                "KTP, ijazah, 2 poto",
                "KTP, ijazah, 2 foto",
                "KTP, diploma, 2 photos",
            ),
        ),
        (Kind.TERMS, "F", ("perempuan", "perempuan", "putri", "female")),
        (Kind.TERMS, "SKCK", ("SKCK",) * 4),
        (
            Kind.OPEN,
            "1-5 08:00-15:00",
            ("Sen-Jum 8-15", "Sen-Jum 8-15", "Sen-Jum 8-15", "Mon-Fri 8-15"),
        ),
        (Kind.OPEN, "6 07:30-12:00", ("Sab 7.30-12", "Sap 7.30-12", "Sab 7.30-12", "Sat 7.30-12")),
        (Kind.OPEN, "24 jam", ("24 jam",) * 4),
        (Kind.TEXT, "Siti", ("Siti",) * 4),
        (Kind.DAY, "", ("",) * 4),
    ],
)
def test_a_stored_value_is_said_in_each_language(
    kind: Kind, value: str, said: tuple[str, ...]
) -> None:
    assert tuple(words.say(kind, value, language) for language in words.LANGUAGES) == said


def test_a_slot_is_filled_by_its_name() -> None:
    template = "{name:20}, datang {day:10} jam {hour:5}. Kode {code:11}."
    facts = {"name": "Siti", "day": "2026-11-23", "hour": "09:00", "code": "482157906"}
    said = words.fill(template, facts, "id")
    assert said == "Siti, datang Sen 23 Nov jam 9. Kode 482 157 906."


def test_slots_are_listed_with_their_kinds() -> None:
    found = words.slots("{day:10} {name:20} {day:10}")
    assert [(slot.name, slot.width, slot.kind) for slot in found] == [
        ("day", 10, Kind.DAY),
        ("name", 20, Kind.TEXT),
        ("day", 10, Kind.DAY),
    ]


@pytest.mark.parametrize(
    "template", ["{name}", "{name:0}", "{Name:3}", "{name:3", "a}", "{0:3}", "{name:161}"]
)
def test_a_brace_that_is_no_slot_is_refused(template: str) -> None:
    with pytest.raises(words.SlotError):
        words.slots(template)


def test_a_fact_that_is_missing_is_an_error_that_names_no_person() -> None:
    with pytest.raises(KeyError, match="hour"):
        words.fill("{name:20} {hour:5}", {"name": "Siti"}, "id")


@pytest.mark.parametrize(
    ("slot", "value"),
    [("day", "besok"), ("born", "15-08-1998"), ("hour", "9"), ("window", "9-11")],
)
def test_a_stored_value_of_the_wrong_form_is_an_error_without_the_value(
    slot: str, value: str
) -> None:
    with pytest.raises(ValueError, match="stored") as refusal:
        words.fill(f"{{{slot}:10}}", {slot: value}, "id")
    assert value not in str(refusal.value)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("id", "KTP, ijazah, dll"),
        ("su", "KTP, ijazah, lsp"),
        ("jv", "KTP, ijazah, lsp"),
        ("en", "KTP, diploma, etc"),
    ],
)
def test_a_list_too_wide_drops_whole_items_and_says_so(language: str, said: str) -> None:
    facts = {"papers": "ktp,diploma,photo2,kk,certificate"}
    assert words.fill("{papers:17}", facts, language) == said


def test_three_papers_fit_their_screen_in_every_language() -> None:
    for language in words.LANGUAGES:
        said = words.say(Kind.TERMS, "ktp,diploma,photo2", language)
        assert words.fill("{papers:36}", {"papers": "ktp,diploma,photo2"}, language) == said


def test_a_name_that_is_too_long_is_cut_and_a_foreign_one_folded() -> None:
    assert words.fill("{name:4}.", {"name": "Sitiaminah"}, "id") == "Siti."
    assert words.fill("{name:20}.", {"name": "Ma\u2019ruf"}, "id") == "Ma'ruf."


VALUES = {
    "name": st.text(max_size=40),
    "day": st.dates().map(str),
    "born": st.dates().map(str),
    "hour": st.times().map(lambda time: f"{time:%H:%M}"),
    "code": st.integers(10**8, 10**9 - 1).map(str),
    "papers": st.lists(st.sampled_from(terms.all_keys()), min_size=1).map(",".join),
    "open": st.text(max_size=40),
    "count": st.integers(0, 99).map(str),
}


@given(
    st.lists(st.tuples(st.sampled_from(sorted(VALUES)), st.integers(1, 40)), max_size=6),
    st.fixed_dictionaries(VALUES),
    st.sampled_from(words.LANGUAGES),
)
def test_filled_is_never_wider_than_widest(
    parts: list[tuple[str, int]], facts: dict[str, str], language: str
) -> None:
    template = " ".join(f"{{{name}:{width}}}" for name, width in parts)
    filled = words.fill(template, facts, language)
    assert not gsm7.foreign(filled)
    assert gsm7.septets(filled) <= gsm7.septets(words.widest(template))
    assert len(words.slots(template)) == len(parts)


def test_braces_in_a_value_are_only_text() -> None:
    assert words.fill("{name:20}", {"name": "{day:10}"}, "id") == "{day:10}"

"""The picture shows every state once, with its real screen, and stands up to an XML reader."""

from __future__ import annotations

import re
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest

from domain.words import LANGUAGES
from menus import picture
from menus.definition import StateId
from menus.engine import Engine
from menus.picture import Place, Plan, Tally

_SVG = "{http://www.w3.org/2000/svg}"


def words(svg: str) -> list[str]:
    """All words of a picture, one string a line."""
    sheet = ET.fromstring(svg)  # noqa: S314 - our own picture
    return [node.text or "" for node in sheet.iter(f"{_SVG}text")]


@pytest.fixture(scope="module")
def plans(engine: Engine) -> dict[str, Plan]:
    """Every flow of the shipped book, laid out in Indonesian."""
    screens = picture.screens(engine, "id")
    return {
        flow: picture.planned(engine.book, flow, screens) for flow in picture.flows(engine.book)
    }


def test_every_state_stands_in_one_picture(engine: Engine, plans: dict[str, Plan]) -> None:
    placed = [at for plan in plans.values() for at in plan.places]
    assert sorted(placed) == sorted(engine.book.states)


def test_no_two_states_stand_in_one_place(plans: dict[str, Plan]) -> None:
    for plan in plans.values():
        for one, other in combinations(plan.places.values(), 2):
            assert apart(one, other), (one.node.at, other.node.at)
        assert all(place.x + 220 <= plan.width for place in plan.places.values())


def apart(one: Place, other: Place) -> bool:
    """Whether two states do not overlap."""
    beside = abs(one.x - other.x) >= 220
    upper, lower = sorted((one, other), key=lambda place: place.y)
    return beside or upper.y + upper.node.height <= lower.y


def test_a_screen_is_the_one_that_callers_see(engine: Engine, plans: dict[str, Plan]) -> None:
    told = " ".join(words(picture.draw(plans["register"], {}, "x")))
    assert "Lahir 15-08-1998, perempuan. Benar?" in told
    assert "1. Ya 2. Bukan, ketik lagi 0. Kembali" in told
    sundanese = picture.screens(engine, "su")
    assert "sapopoe" in sundanese[StateId("register.name")]


def test_every_way_is_a_line_or_is_told_in_words(plans: dict[str, Plan]) -> None:
    told = words(picture.draw(plans["status"], {}, "x"))
    assert "booked > status.booked" in told
    assert "1 > register.start" in told
    assert "unknown" in told


def test_where_every_tenth_call_breaks_off_stands_out(plans: dict[str, Plan]) -> None:
    tallies = {StateId("register.nik"): Tally(100, 20, 7, 3)}
    svg = picture.draw(plans["register"], tallies, "x")
    assert "100 masuk, 20 salah, 7 habis, 3 putus" in words(svg)
    assert svg.count('stroke="#b3261e"') == 1
    assert 'stroke="#b3261e"' not in picture.draw(plans["register"], {}, "x")


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_flows_make_one_sheet_without_style_or_script(engine: Engine, language: str) -> None:
    screens = picture.screens(engine, language)
    book = engine.book
    plans = [picture.planned(book, flow, screens) for flow in picture.flows(book)]
    svg = picture.draw_all(plans, "Menu & <kartu>")
    assert set(book.states) <= set(words(svg))
    assert not re.search(r"<style|<script|style=|href", svg)

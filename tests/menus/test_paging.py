"""Lists are cut into pages that fit exactly."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from domain.gsm7 import septets
from menus.paging import MOST_ON_PAGE, MOST_WORDS, Room, page_ends

LINES = st.lists(st.text("ab{ ", min_size=1, max_size=30), max_size=40)
ROOMS = st.builds(
    Room, first=st.integers(80, 150), other=st.integers(80, 150), more=st.integers(8, 12)
)


def pages(lines: list[str], room: Room) -> list[list[str]]:
    ends = page_ends(lines, room)
    return [lines[begin:end] for begin, end in zip((0, *ends), ends, strict=False)]


def cost(lines: list[str]) -> int:
    return sum(septets(line) + 1 for line in lines)


def words(lines: list[str]) -> int:
    return sum(line.count(" ") + 1 for line in lines)


@given(LINES, ROOMS)
def test_every_line_is_on_one_page_in_order(lines: list[str], room: Room) -> None:
    cut = pages(lines, room)
    assert [line for page in cut for line in page] == lines
    assert all(cut[:-1])
    assert all(len(page) <= MOST_ON_PAGE for page in cut)
    assert all(words(page) <= MOST_WORDS for page in cut if len(page) > 1)


@given(LINES, ROOMS)
def test_no_page_is_over_full_and_none_could_take_one_line_more(
    lines: list[str], room: Room
) -> None:
    cut = pages(lines, room)
    for number, page in enumerate(cut):
        left = (room.other if number else room.first) - (room.more if page is not cut[-1] else 0)
        assert cost(page) <= left
        if page is not cut[-1] and len(page) < MOST_ON_PAGE:
            fuller = [*page, cut[number + 1][0]]
            assert cost(fuller) > left or words(fuller) > MOST_WORDS


def test_a_list_of_nothing_has_one_empty_page() -> None:
    assert page_ends([], Room(100, 90, 9)) == (0,)


def test_what_fits_without_a_way_on_needs_none() -> None:
    # 3 lines of 10 and their breaks take 33, to which a way on would not be added.
    lines = ["0123456789"] * 3
    assert page_ends(lines, Room(33, 33, 9)) == (3,)
    assert page_ends(lines, Room(32, 33, 9)) == (2, 3)


def test_a_line_too_wide_stands_alone() -> None:
    assert page_ends(["x" * 200, "y", "z" * 200], Room(100, 90, 9)) == (1, 2, 3)


def test_days_and_hours_come_three_at_a_time() -> None:
    days = [f"{number}. Sel 24 Nov jam 9" for number in range(1, 8)]
    assert page_ends(days, Room(150, 140, 9)) == (3, 6, 7)

"""The chart shows every state and every way."""

from __future__ import annotations

from menus.chart import mermaid
from menus.definition import Book, ways_out


def test_the_chart_has_a_node_for_each_state_and_an_arrow_for_each_way(book: Book) -> None:
    lines = [line.strip() for line in mermaid(book).splitlines()]
    assert lines[0] == "flowchart TD"
    for at in book.states:
        assert any(line.startswith(at.replace(".", "__")) and at in line for line in lines)
    ways = sum(len(ways_out(state)) for state in book.states.values())
    assert sum("-->" in line for line in lines) == ways


def test_the_chart_says_how_one_gets_there(book: Book) -> None:
    chart = mermaid(book)
    assert 'main__welcome -->|"card"| register__start' in chart
    assert 'register__start -->|"parts"| register__nik_first' in chart
    assert 'visit__book -->|"taken"| visit__again' in chart
    assert "register__nik_middle --> register__nik_middle_heard" in chart
    assert 'main__resume -->|"resumed"| draft' in chart
    assert 'visit__book{{"visit.book<br>card.book"}}' in chart


def test_no_words_break_the_chart(book: Book) -> None:
    for line in mermaid(book).splitlines():
        assert line.count('"') in (0, 2)

"""The three pictures of a poster, in lines and plain colours, for who does not read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from fpdf import FPDF

SIDE: Final = 54.0  # millimetres: each picture is a square
INK: Final = (26, 26, 26)
YELLOW: Final = (255, 205, 0)
WHITE: Final = (255, 255, 255)
GREY: Final = (196, 196, 196)


def phone(pdf: FPDF, x: float, y: float, code: str) -> None:
    """Draw a plain phone with keys, the code on its screen and a finger's ring round one key."""
    _lines(pdf, 0.9)
    _fill(pdf, WHITE)
    pdf.rect(x + 14, y, 26, SIDE, style="DF", round_corners=True, corner_radius=3.5)
    _fill(pdf, YELLOW)
    pdf.rect(x + 17, y + 4, 20, 15, style="DF")
    pdf.set_font("helvetica", "B", 8)
    pdf.set_text_color(*INK)
    pdf.set_xy(x + 17, y + 8)
    pdf.cell(20, 6, code, align="C")
    _fill(pdf, GREY)
    for row in range(4):
        for column in range(3):
            pdf.rect(x + 17 + column * 7.2, y + 23 + row * 7.2, 5.6, 5, style="DF")
    _fill(pdf, (40, 150, 70))
    pdf.ellipse(x + 24.2, y + 20, 5.6, 2.4, style="F")


def calendar(pdf: FPDF, x: float, y: float) -> None:
    """Draw a month with one day marked: the day to come."""
    _lines(pdf, 0.9)
    _fill(pdf, WHITE)
    pdf.rect(x + 3, y + 5, 48, 46, style="DF", round_corners=True, corner_radius=2)
    _fill(pdf, YELLOW)
    pdf.rect(x + 3, y + 5, 48, 11, style="DF")
    for ring in (13, 27, 41):
        pdf.line(x + ring, y + 1, x + ring, y + 9)
    _lines(pdf, 0.4)
    for row in range(4):
        for column in range(5):
            _fill(pdf, YELLOW if (row, column) == (1, 2) else WHITE)
            pdf.rect(x + 6 + column * 8.6, y + 19 + row * 7.8, 7.2, 6.4, style="DF")
    _lines(pdf, 1.4)
    pdf.line(x + 24.2, y + 30, x + 26.4, y + 32.2)
    pdf.line(x + 26.4, y + 32.2, x + 30, y + 27.6)


def card(pdf: FPDF, x: float, y: float) -> None:
    """Draw the office, and before it a yellow card with a face and some lines."""
    _lines(pdf, 0.9)
    _fill(pdf, WHITE)
    pdf.polygon([(x + 6, y + 16), (x + 27, y + 2), (x + 48, y + 16)], style="DF")
    pdf.rect(x + 9, y + 16, 36, 14, style="DF")
    for column in (14, 22, 32, 40):
        pdf.line(x + column, y + 18, x + column, y + 30)
    _fill(pdf, YELLOW)
    pdf.rect(x + 5, y + 25, 44, 27, style="DF", round_corners=True, corner_radius=2.5)
    _fill(pdf, WHITE)
    pdf.rect(x + 9, y + 30, 12, 16, style="DF")
    _fill(pdf, INK)
    pdf.ellipse(x + 12.5, y + 32, 5, 6, style="F")
    pdf.rect(x + 11, y + 40, 8, 6, style="F")
    for line in range(4):
        pdf.line(x + 25, y + 32 + line * 4.4, x + (45 if line % 2 else 41), y + 32 + line * 4.4)


def _lines(pdf: FPDF, width: float) -> None:
    pdf.set_draw_color(*INK)
    pdf.set_line_width(width)


def _fill(pdf: FPDF, colour: tuple[int, int, int]) -> None:
    pdf.set_fill_color(*colour)

"""A4 sheets, one a village: what there is, what to dial, three pictures, and that it costs nothing.

Words are few, great and Indonesian; whoever reads none of them finds the code and the pictures.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from domain import regions
from domain.villages import Village
from ussd_app.posters import pictures
from ussd_app.posters.pictures import INK, SIDE, WHITE, YELLOW

_WIDE: Final = 210.0  # millimetres: A4
_EDGE: Final = 14.0
_KIND: Final = {"desa": "Desa", "kelurahan": "Kelurahan"}


@dataclass(frozen=True, slots=True)
class Line:
    """What is dialled, and what the phone company takes for it: ``*123#``, ``Rp 200``."""

    code: str
    tariff: str


def sheets(villages: Iterable[Village], line: Line) -> bytes:
    """Return a PDF with a page for each village."""
    pdf = FPDF(format="A4")
    pdf.set_title("Kartu kuning: poster desa")
    pdf.set_lang("id")
    pdf.set_auto_page_break(auto=False)
    for village in villages:
        pdf.add_page()
        _page(pdf, village, line)
    return bytes(pdf.output())


def deep_code(village: Village, line: Line) -> str:
    """Return what the poster of a village tells to dial: ``*123*9151#``."""
    return f"{line.code.removesuffix('#')}*{village.poster}#"


def _page(pdf: FPDF, village: Village, line: Line) -> None:
    code, office = deep_code(village, line), regions.regency_short(village.regency_code) or ""
    _head(pdf)
    _code(pdf, code)
    _pictures(pdf, code, office)
    _foot(pdf, village, line)


def _head(pdf: FPDF) -> None:
    pdf.set_fill_color(*YELLOW)
    pdf.rect(0, 0, _WIDE, 74, style="F")
    _say(pdf, 12, "Cari kerja?", 34)
    _say(pdf, 33, "KARTU KUNING", 58)
    _say(pdf, 55, "gratis, dari HP apa saja, tanpa internet", 24, bold=False)


def _code(pdf: FPDF, code: str) -> None:
    _say(pdf, 81, "Tekan di HP Anda:", 26)
    pdf.set_draw_color(*INK)
    pdf.set_line_width(2.2)
    pdf.set_fill_color(*WHITE)
    box = _WIDE - 2 * _EDGE
    pdf.rect(_EDGE, 95, box, 40, style="DF", round_corners=True, corner_radius=6)
    _say(pdf, 102, code, _fitting(pdf, code, box - 14, 92), tall=26)
    _say(pdf, 138, "lalu tekan tombol telepon", 24, bold=False)


def _pictures(pdf: FPDF, code: str, office: str) -> None:
    gap = (_WIDE - 2 * _EDGE - 3 * SIDE) / 2
    left = [_EDGE + place * (SIDE + gap) for place in range(3)]
    pictures.phone(pdf, left[0], 158, code)
    pictures.calendar(pdf, left[1], 158)
    pictures.card(pdf, left[2], 158)
    told = (
        "1. Tekan kode,\njawab pertanyaan",
        "2. Pilih\nhari datang",
        f"3. Ambil di\nDisnaker {office}",
    )
    for x, words in zip(left, told, strict=True):
        pdf.set_xy(x - 3, 214)
        pdf.set_font("helvetica", "B", 16)
        pdf.multi_cell(SIDE + 6, 7.6, words, align="C", new_x=XPos.RIGHT, new_y=YPos.TOP)


def _foot(pdf: FPDF, village: Village, line: Line) -> None:
    pdf.set_fill_color(*INK)
    pdf.rect(0, 240, _WIDE, 57, style="F")
    _say(pdf, 247, "Kartu gratis. Jangan bayar siapa pun.", 26, colour=YELLOW)
    _say(pdf, 262, f"Ongkos sekali telepon: {line.tariff}. Perlu: KTP.", 19, colour=WHITE)
    where = f"{_KIND[village.kind]} {village.name}, Kecamatan {village.district}"
    size = _fitting(pdf, where, _WIDE - 2 * _EDGE, 19)
    _say(pdf, 277, where, size, bold=False, colour=WHITE)


def _say(  # noqa: PLR0913 - where, what and how it is printed
    pdf: FPDF,
    y: float,
    words: str,
    size: float,
    *,
    bold: bool = True,
    colour: tuple[int, int, int] = INK,
    tall: float = 12,
) -> None:
    pdf.set_font("helvetica", "B" if bold else "", size)
    pdf.set_text_color(*colour)
    pdf.set_xy(0, y)
    pdf.cell(_WIDE, tall, words, align="C")


def _fitting(pdf: FPDF, words: str, room: float, size: float) -> float:
    """Return the greatest size, `size` at most, at which bold words take no more than the room."""
    pdf.set_font("helvetica", "B", size)
    return min(size, size * room / pdf.get_string_width(words))

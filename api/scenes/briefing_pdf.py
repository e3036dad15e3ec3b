"""A briefing as PDF: the same content as the page, figures as vectors; a marking and a number on each page.

Written by fpdf2 with the packaged font, so that it looks the same on every machine. Letters that the font does not hold
are shown as question marks. The same briefing gives the same bytes: the date in the file is the window's start.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from api.scenes.briefing_blocks import Block, Lines, Picture, Section, Table
from api.scenes.briefing_page import Paper, frame_texts
from ssa.briefing.texts import texts as texts_of

FONT = "Briefing Sans"
FONTS = Path(__file__).resolve().parents[1] / "templates" / "fonts"
_MARGIN_MM, _FOOT_MM = 15.0, 12.0
_INK, _SOFT, _RULE, _ALARM, _BAND = (28, 33, 38), (85, 91, 97), (201, 205, 209), (160, 24, 24), (28, 33, 38)
_HIGHEST_FIGURE_MM = 122.0


def briefing_pdf(
    answer: Mapping[str, Any], sections: Sequence[Section], *, paper: Paper = "A4", language: str = "en"
) -> bytes:  # fmt: skip
    """The document."""
    pdf = _document(answer, paper, language)
    pdf.add_page()
    _title(pdf, answer, language)
    for section in sections:
        _heading(pdf, section.title, _least_height_mm(pdf, section.blocks[0]))
        for block in section.blocks:
            _block(pdf, block)
    return bytes(pdf.output())


@cache
def letters() -> frozenset[int]:
    """The letters that the font holds."""
    from fontTools.ttLib import TTFont

    with TTFont(FONTS / "BriefingSans-Regular.ttf") as font:
        return frozenset(font.getBestCmap())


def shown(text: str) -> str:
    """A text in letters that the font holds, without control characters."""
    return "".join(letter if ord(letter) in letters() else "?" for letter in text)


def _document(answer: Mapping[str, Any], paper: Paper, language: str) -> Any:
    from fpdf import FPDF

    words = texts_of(language)
    marking = shown(answer["marking"] or "")
    made = shown(words["frame.made"].format(version=answer["software"], digest=answer["inputs_digest"][:16]))

    class Document(FPDF):
        def header(self) -> None:
            _marking(self, marking, 5.0)

        def footer(self) -> None:
            _marking(self, marking, self.h - 9.5)
            self.set_y(-_FOOT_MM - 4.0)
            self.set_font(FONT, size=7.5)
            self.set_text_color(*_SOFT)
            self.cell(0.0, 4.0, made)
            self.set_x(self.l_margin)
            page = words["frame.page"].format(page=self.page_no(), pages="{nb}")
            self.cell(0.0, 4.0, page, align="R")

    pdf = Document(format=paper.lower(), unit="mm")
    pdf.add_font(FONT, "", FONTS / "BriefingSans-Regular.ttf")
    pdf.add_font(FONT, "B", FONTS / "BriefingSans-Bold.ttf")
    pdf.set_margins(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    pdf.set_auto_page_break(True, _FOOT_MM + 6.0)
    pdf.set_title(shown(answer["title"]))
    pdf.set_creator(f"allied-ssa {answer['software']}")
    pdf.set_lang(language)
    pdf.set_creation_date(datetime.fromisoformat(answer["start"].replace("Z", "+00:00")))
    pdf.set_draw_color(*_RULE)
    pdf.set_line_width(0.2)
    pdf.c_margin = 0.0
    return pdf


def _marking(pdf: Any, marking: str, y: float) -> None:
    if not marking:
        return
    pdf.set_font(FONT, "B", 9.0)
    while pdf.get_string_width(marking) > pdf.epw - 4.0 and len(marking) > 4:
        marking = marking.rstrip("…")[:-1] + "…"
    pdf.set_fill_color(*_BAND)
    pdf.set_text_color(255, 255, 255)
    pdf.set_xy(pdf.l_margin, y)
    pdf.cell(0.0, 5.2, marking, align="C", fill=True)
    pdf.set_xy(pdf.l_margin, pdf.t_margin)
    pdf.set_text_color(*_INK)


def _title(pdf: Any, answer: Mapping[str, Any], language: str) -> None:
    head = frame_texts(answer, language)
    _text(pdf, answer["title"], 17.0, bold=True, line_mm=7.2)
    _text(pdf, head["window"], 11.5, line_mm=6.0)
    _text(pdf, head["catalogue"], 9.0, colour=_SOFT)
    if head["simulated"]:
        _text(pdf, head["simulated"], 11.0, bold=True, colour=_ALARM)
    pdf.ln(1.0)
    pdf.set_draw_color(*_INK)
    pdf.line(pdf.l_margin, pdf.get_y(), pdf.w - pdf.r_margin, pdf.get_y())
    pdf.set_draw_color(*_RULE)


def _least_height_mm(pdf: Any, block: Block) -> float:
    """What a block needs on the page of its heading: a figure all of it, others their first lines."""
    return _figure_mm(pdf, block)[1] + 10.0 if isinstance(block, Picture) else 26.0


def _heading(pdf: Any, title: str, room_mm: float) -> None:
    """A heading with room for what follows it."""
    if pdf.will_page_break(room_mm + 14.0):
        pdf.add_page()
    pdf.ln(5.0)
    _text(pdf, title, 13.0, bold=True, line_mm=6.2)
    pdf.line(pdf.l_margin, pdf.get_y(), pdf.w - pdf.r_margin, pdf.get_y())
    pdf.ln(2.0)


def _text(
    pdf: Any, text: str, size: float, *, bold: bool = False, colour: tuple[int, int, int] = _INK, line_mm: float = 4.6,
    left_mm: float = 0.0,
) -> None:  # fmt: skip
    pdf.set_font(FONT, "B" if bold else "", size)
    pdf.set_text_color(*colour)
    pdf.set_x(pdf.l_margin + left_mm)
    pdf.multi_cell(0.0, line_mm, shown(text), align="L", new_x="LMARGIN", new_y="NEXT")


def _block(pdf: Any, block: Block) -> None:
    if isinstance(block, Picture):
        _picture(pdf, block)
    elif isinstance(block, Table):
        _table(pdf, block)
    else:
        _lines(pdf, block)


def _lines(pdf: Any, block: Lines) -> None:
    size, line_mm = (11.5, 5.6) if block.large else (9.0, 4.5)
    for number, line in enumerate(block.lines, start=1):
        pdf.set_font(FONT, "", size)
        bullet = f"{number}." if block.large else "•" if block.listed else ""
        indent = 7.0 if block.large else 4.5 if block.listed else 0.0
        needed = pdf.multi_cell(pdf.epw - indent, line_mm, shown(line), align="L", dry_run=True, output="HEIGHT")
        if pdf.will_page_break(needed):
            pdf.add_page()
        y = pdf.get_y()
        pdf.set_text_color(*_INK)
        pdf.cell(indent, line_mm, bullet)
        pdf.set_y(y)
        _text(pdf, line, size, line_mm=line_mm, left_mm=indent)
        pdf.ln(1.6 if block.large else 0.5)


def _figure_mm(pdf: Any, block: Picture) -> tuple[float, float]:
    """Width and height of a figure on the page."""
    width_px, _, height_px = block.svg.partition('viewBox="0 0 ')[2].partition('"')[0].partition(" ")
    shape = float(height_px) / float(width_px)
    width = min(pdf.epw, _HIGHEST_FIGURE_MM / shape)
    return width, width * shape


def _picture(pdf: Any, block: Picture) -> None:
    width, height = _figure_mm(pdf, block)
    pdf.set_font(FONT, "", 8.0)
    caption_mm = pdf.multi_cell(0.0, 3.9, shown(block.caption), align="L", dry_run=True, output="HEIGHT")
    if pdf.will_page_break(height + caption_mm + 3.0):
        pdf.add_page()
    left = pdf.l_margin + (pdf.epw - width) / 2.0
    y = pdf.get_y()
    pdf.image(io.BytesIO(block.svg.encode()), x=left, y=y, w=width, h=height)
    pdf.set_draw_color(*_RULE)
    pdf.set_line_width(0.2)
    pdf.set_y(y + height + 1.0)
    _text(pdf, block.caption, 8.0, colour=_SOFT, line_mm=3.9)
    pdf.ln(2.5)


def _table(pdf: Any, block: Table) -> None:
    from fpdf.fonts import FontFace

    if pdf.will_page_break(26.0):
        pdf.add_page()
    if block.title:
        pdf.ln(1.0)
        _text(pdf, block.title, 9.5, bold=True)
    pdf.set_font(FONT, "", 8.5)
    pdf.set_text_color(*_INK)
    align = ["RIGHT" if column in block.right else "LEFT" for column in range(len(block.columns))]
    with pdf.table(
        width=pdf.epw, col_widths=block.widths, text_align=align, borders_layout="HORIZONTAL_LINES", line_height=4.3,
        headings_style=FontFace(emphasis="BOLD"), padding=(0.5, 1.6, 0.5, 0.4), first_row_as_headings=True,
    ) as table:  # fmt: skip
        for row in (block.columns, *block.rows):
            cells = table.row()
            for cell in row:
                cells.cell(shown(cell))
    pdf.ln(3.0)

"""A briefing as a file: HTML, light HTML, PDF or JSON; and its figures on their own, as SVG and PNG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import orjson

from api.scenes.briefing_content import pictures, sections
from api.scenes.briefing_page import Paper, briefing_html
from api.scenes.briefing_pdf import briefing_pdf
from api.scenes.png import png_of
from ssa.briefing.texts import texts
from ssa.briefing.tracks import tracks_of
from ssa.briefing.value import Briefing

Form = Literal["html", "light", "pdf", "json"]
MEDIA_TYPES: Mapping[Form, str] = {
    "html": "text/html; charset=utf-8", "light": "text/html; charset=utf-8", "pdf": "application/pdf",
    "json": "application/json",
}  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """How a briefing is laid out; `sections` are names of `briefing_content.NAMES`, None for all."""

    paper: Paper = "A4"
    language: str = "en"
    sections: Sequence[str] | None = None


def briefing_file(found: Briefing, answer: Mapping[str, Any], form: Form, layout: Layout) -> bytes:
    """The content of the file."""
    if form == "json":
        return orjson.dumps(answer, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    tracks = tracks_of(found.coverage, found.looks)
    shown = sections(found, answer, tracks, texts(layout.language), layout.sections)
    if form == "pdf":
        return briefing_pdf(answer, shown, paper=layout.paper, language=layout.language)
    page = briefing_html(
        found, answer, shown, tracks, light=form == "light", paper=layout.paper, language=layout.language
    )
    return page.encode("utf-8", "replace")


def briefing_figures(found: Briefing, answer: Mapping[str, Any], layout: Layout) -> dict[str, bytes]:
    """Every figure as `NAME.svg` and `NAME.png`."""
    tracks = tracks_of(found.coverage, found.looks)
    drawn = pictures(sections(found, answer, tracks, texts(layout.language), layout.sections))
    return {f"{name}.svg": svg.encode() for name, svg in drawn.items()} | {
        f"{name}.png": png_of(svg) for name, svg in drawn.items()
    }

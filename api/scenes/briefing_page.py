"""A briefing as one HTML file: opened from disk without a network, with a live globe, or light without it.

Everything that came from a feed or a caller is text: the template escapes it, figures and scripts escape their own.
The same briefing gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.scenes.briefing_blocks import Picture, Section
from ssa.briefing.texts import texts as texts_of
from ssa.briefing.tracks import Tracks
from ssa.briefing.value import Briefing
from ssa.words import clock, count

Paper = Literal["A4", "Letter"]
TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
_TALL_BELOW = 1.15  # a map higher than this share of its width stands beside the table


def briefing_html(
    found: Briefing, answer: Mapping[str, Any], sections: Sequence[Section], tracks: Tracks, *, light: bool = False,
    paper: Paper = "A4", language: str = "en",
) -> str:  # fmt: skip
    """The page; `light` leaves the globe out (300 kB at most), everything else reads the same."""
    head = frame_texts(answer, language)
    page = _environment().get_template("briefing.html.j2").render(
        answer=answer, sections=sections, texts=texts_of(language), language=language, paper=paper,
        style=_file("briefing.css"), globe=None if light else _globe(found, tracks), **head,
    )  # fmt: skip
    return (
        page.replace('<section id="part-coverage">', '<section id="part-coverage" class="tall">')
        if _tall(sections)
        else page
    )


def frame_texts(answer: Mapping[str, Any], language: str) -> dict[str, str]:
    """The lines below the title: the window, the catalogue, and whether it is simulated."""
    words, stamp = texts_of(language), answer["catalogue"]
    return {
        "window": words["frame.window"].format(start=_day(answer["start"]), end=_day(answer["end"])),
        "catalogue": words["frame.catalogue"].format(
            data_mode=stamp["data_mode"], as_of=_day(stamp["as_of"]), objects=count(stamp["objects"])
        ),
        "simulated": words["frame.simulated"] if stamp["data_mode"] == "SIMULATED" else "",
    }  # fmt: skip


def _day(time: str) -> str:
    day, _, hour = clock(time).rpartition(" ")
    return f"{day} {time[:4]} {hour}"


def _globe(found: Briefing, tracks: Tracks) -> dict[str, str]:
    from api.scenes.briefing_globe import globe_script
    from api.scenes.cesium_assets import base_map, offline_script, packed_cesium, widget_style

    return {
        "library": packed_cesium(), "base_map": base_map(), "offline": offline_script(), "page": _file("briefing.js"),
        "scene": globe_script(found, tracks), "style": widget_style(),
    }  # fmt: skip


def _tall(sections: Sequence[Section]) -> bool:
    maps = [block for section in sections for block in section.blocks if isinstance(block, Picture)]
    drawn = next((one.svg for one in maps if one.name == "map"), "")
    width, _, height = drawn.partition('viewBox="0 0 ')[2].partition('"')[0].partition(" ")
    return bool(width) and float(height) > float(width) / _TALL_BELOW


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip


@cache
def _file(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")

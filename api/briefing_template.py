"""A small TOML file that says how an office wants its briefings: title, marking, paper, sections and their order.

title = "Baltic watch"
marking = "UNCLASSIFIED"
paper = "Letter"
light = false
region_name = "Baltic states"
mission = "imaging"
sections = ["bottom_line", "globe", "coverage", "gaps", "method", "inputs"]
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args

from api.scenes.briefing_content import NAMES
from api.scenes.briefing_page import Paper
from orbits import InvalidValue
from ssa.names import nearest_names
from ssa.structured_text import parsed

PAPERS = get_args(Paper)
LONGEST_TEXT = 200
_TEXTS = ("title", "marking", "region_name", "mission", "paper")


@dataclass(frozen=True, slots=True)
class BriefingTemplate:
    """What a template says; None where it says nothing."""

    title: str | None = None
    marking: str | None = None
    region_name: str | None = None
    mission: str | None = None
    paper: Paper | None = None
    light: bool | None = None
    sections: tuple[str, ...] | None = None


def read_template(content: bytes, file: str) -> BriefingTemplate:
    """A template from TOML; raises `InvalidValue` for a key or value that is not there, with the nearest."""
    table = parsed(content, "toml", kind="briefing template", file=file)
    unknown = sorted(set(table) - {*_TEXTS, "light", "sections"})
    if unknown:
        raise InvalidValue("template", f"{file}: {unknown[0]}", f"is no key of a template{_nearest(unknown[0])}")
    values: dict[str, Any] = {name: checked_text(name, table[name]) for name in _TEXTS if name in table}
    if "paper" in values:
        values["paper"] = checked_paper(values["paper"])
    if "light" in table:
        if not isinstance(table["light"], bool):
            raise InvalidValue("light", table["light"], "is true or false")
        values["light"] = table["light"]
    if "sections" in table:
        values["sections"] = checked_sections(table["sections"])
    return BriefingTemplate(**values)


def checked_text(field: str, value: Any) -> str:
    """A short text."""
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_TEXT:
        raise InvalidValue(field, value, f"give a text of 1 to {LONGEST_TEXT} letters")
    return value.encode("utf-8", "replace").decode()  # half a letter is none: no file could hold it


def checked_paper(value: str) -> Paper:
    """A size of paper, in any case."""
    found = next((paper for paper in PAPERS if paper.casefold() == value.casefold()), None)
    if found is None:
        raise InvalidValue("paper", value, f"is no size of paper here; choose from {', '.join(PAPERS)}")
    paper: Paper = found
    return paper


def checked_sections(value: Any) -> tuple[str, ...]:
    """Names of sections, each once."""
    if not isinstance(value, list) or not value:
        raise InvalidValue("sections", value, f"give a list of {', '.join(NAMES)}")
    for name in value:
        if name not in NAMES:
            raise InvalidValue("sections", name, f"is no section; choose from {', '.join(NAMES)}")
    if len(set(value)) < len(value):
        raise InvalidValue("sections", ", ".join(value), "names a section twice")
    return tuple(value)


def _nearest(name: str) -> str:
    near = nearest_names(name, [*_TEXTS, "light", "sections"])
    return f"; did you mean {', '.join(near)}?" if near else f"; there are {', '.join([*_TEXTS, 'light', 'sections'])}"

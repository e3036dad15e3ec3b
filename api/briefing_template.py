"""A small TOML file that says how an office wants its briefings: title, marking, paper, sections and their order.

title = "Baltic watch"
marking = "UNCLASSIFIED"
paper = "Letter"
light = false
region_name = "Baltic states"
mission = "imaging"
miss_km = 5.0
policy = "cara"
grade = "yellow"
debris = true
decay_days = 60.0
sections = ["bottom_line", "globe", "coverage", "gaps", "conjunctions", "debris", "method", "inputs"]
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

from api.briefing_choice import THREATS
from api.scenes.briefing_content import NAMES
from api.scenes.briefing_page import Paper
from orbits import InvalidValue
from ssa.names import nearest_names
from ssa.structured_text import parsed

PAPERS = get_args(Paper)
LONGEST_TEXT = 200
_TEXTS = ("title", "marking", "region_name", "mission", "paper", "policy", "grade")
_SWITCHES, _NUMBERS = ("light", "debris"), ("miss_km", "decay_days")
_KEYS = (*_TEXTS, *_SWITCHES, *_NUMBERS, "sections")


@dataclass(frozen=True, slots=True)
class BriefingTemplate:
    """What a template says; None where it says nothing."""

    title: str | None = None
    marking: str | None = None
    region_name: str | None = None
    mission: str | None = None
    paper: Paper | None = None
    light: bool | None = None
    miss_km: float | None = None
    policy: str | None = None
    grade: str | None = None
    debris: bool | None = None
    decay_days: float | None = None
    sections: tuple[str, ...] | None = None

    def threats(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """What is asked of threats: what `asked` says, else the template, else the defaults."""
        return {
            name: value if value is not None else mine if (mine := getattr(self, name)) is not None else THREATS[name]
            for name, value in asked.items()
        }


def read_template(content: bytes, file: str) -> BriefingTemplate:
    """A template from TOML; raises `InvalidValue` for a key or value that is not there, with the nearest."""
    table = parsed(content, "toml", kind="briefing template", file=file)
    unknown = sorted(set(table) - set(_KEYS))
    if unknown:
        raise InvalidValue("template", f"{file}: {unknown[0]}", f"is no key of a template{_nearest(unknown[0])}")
    values: dict[str, Any] = {name: checked_text(name, table[name]) for name in _TEXTS if name in table}
    if "paper" in values:
        values["paper"] = checked_paper(values["paper"])
    for name in _SWITCHES:
        if name in table:
            if not isinstance(table[name], bool):
                raise InvalidValue(name, table[name], "is true or false")
            values[name] = table[name]
    for name in _NUMBERS:
        if name in table:
            if isinstance(table[name], bool) or not isinstance(table[name], (int, float)):
                raise InvalidValue(name, table[name], "is a number; 0 leaves the section out")
            values[name] = float(table[name])
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
    near = nearest_names(name, _KEYS)
    return f"; did you mean {', '.join(near)}?" if near else f"; there are {', '.join(_KEYS)}"

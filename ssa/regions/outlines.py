"""Outlines of countries, as Natural Earth draws them at 1:50 million.

They are drawings, not statements on borders: Natural Earth draws who controls the ground, so Northern Cyprus,
Somaliland and Kosovo have outlines of their own. One thing is changed: Crimea lies in Ukraine's (UN resolution 68/262).
At this scale a coast or border is within some kilometres of the ground, islands below about a square kilometre may be
missing, and there are no territorial waters. Origin and licence: `ssa/data/README.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import shapely

from ssa.countries import countries
from ssa.data import packed_facts
from ssa.errors import UnknownName
from ssa.names import folded, nearest_names
from ssa.regions.plane import polygons_of

OUTLINE_CAVEAT = (
    "outlines of countries are Natural Earth's at 1:50 million (who controls the ground, as drawn there; no "
    "territorial waters); they are no statement on borders"
)


@dataclass(frozen=True, eq=False)
class Outline:
    """One country's or territory's outline. `shape` is a multipolygon (deg); it may run past 180 degrees of longitude.

    `iso3` and `iso2` are None where ISO 3166-1 has no code; `territory_of` is the state that administers a territory
    with a code of its own, else None.
    """

    name: str
    iso3: str | None
    iso2: str | None
    drawn_as: str
    territory_of: str | None
    shape: Any


@cache
def outlines() -> tuple[Outline, ...]:
    """All packaged outlines, by ISO alpha-3 code, those without a code last."""
    table = packed_facts("country_outlines")
    step = 1.0 / table["steps_per_deg"]
    return tuple(
        Outline(
            row["name"], row["iso3"], row["iso2"], row["drawn_as"], row["territory_of"], _shape(row["polygons"], step)
        )
        for row in table["outlines"]
    )  # fmt: skip


def _shape(polygons: list[list[list[int]]], step_deg: float) -> Any:
    parts = []
    for polygon in polygons:
        rings = [np.cumsum(np.array(flat, dtype=np.int64).reshape(-1, 2), axis=0) * step_deg for flat in polygon]
        parts.append(shapely.Polygon(rings[0], rings[1:]))
    shape = shapely.MultiPolygon(parts)
    # one islet of Tuvalu touches itself at a vertex once rounded
    return shape if shapely.is_valid(shape) else polygons_of(shapely.make_valid(shape))


def find_outline(name: str) -> Outline:
    """The outline of a country or territory by ISO 3166-1 code (two or three letters) or name, in any case.

    Raises `UnknownName` with the nearest names.

    >>> find_outline("ee").name, find_outline("Turkey").iso3
    ('Estonia', 'TUR')
    """
    found = _by_spelling().get(folded(name))
    if found is None:
        raise UnknownName("country", name, nearest_names(name, [outline.name for outline in outlines()]))
    return found


@cache
def _by_spelling() -> dict[str, Outline]:
    spellings: dict[str, Outline] = {}
    for outline in outlines():
        also = countries()[outline.iso3].also if outline.iso3 in countries() else ()
        for text in (outline.iso3, outline.iso2, outline.name, *also, outline.drawn_as):
            if text:
                spellings.setdefault(folded(text), outline)
    return spellings

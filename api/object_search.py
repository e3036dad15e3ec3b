"""The search behind `/v1/objects`: filters, and pages that stay right while the catalogue changes.

A cursor names the last object of a page; the next page begins after it, whatever was added or left meanwhile.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

import numpy as np

from api.answers.objects import ServedSnapshot, matching
from api.models.queries import ObjectsQuery
from orbits import Instant, InvalidValue
from orbits.arrays import Booleans, Integers
from orbits.formats import parse_catalogue_number
from ssa.alliances import Alliance, find_alliance
from ssa.errors import UnknownName
from ssa.fleets import fleet_of
from ssa.names import nearest_names
from ssa.owners import owners


@dataclass(frozen=True, eq=False)
class Page:
    """The rows of one page, how many match in all, and where the next page begins."""

    rows: Integers
    total: int
    next_cursor: str | None
    caveats: tuple[str, ...]


def search_objects(served: ServedSnapshot, query: ObjectsQuery, groups: tuple[Alliance, ...], at: Instant) -> Page:
    """The page of objects that pass every filter; raises `InvalidValue` or `UnknownName`."""
    matches, caveats = _matches(served, query, groups, at)
    rows = np.flatnonzero(matches)
    total = len(rows)
    numbers = served.snapshot.elements.norad_id
    if query.cursor is not None:
        rows = rows[numbers[rows] > _number_of(query.cursor)]
    page = rows[: query.limit]
    more = len(rows) > len(page)
    return Page(page, total, _cursor_of(int(numbers[page[-1]])) if more else None, caveats)


def _matches(
    served: ServedSnapshot, query: ObjectsQuery, groups: tuple[Alliance, ...], at: Instant
) -> tuple[Booleans, tuple[str, ...]]:
    snapshot, elements = served.snapshot, served.snapshot.elements
    keep = np.ones(len(snapshot), dtype=bool)
    caveats: tuple[str, ...] = ()
    if query.owner is not None:
        known = {code.casefold(): code for code in (*owners(), *(code for code in set(snapshot.owner) if code))}
        if query.owner.casefold() not in known:
            raise UnknownName("owner", query.owner, nearest_names(query.owner, sorted(known.values())))
        keep &= snapshot.owner == known[query.owner.casefold()]
    if query.object_type is not None:
        keep &= snapshot.object_type == (None if query.object_type == "unknown" else query.object_type)
    if query.regime is not None:
        keep &= served.regimes == query.regime
    perigee, apogee = served.heights_km
    for name, column, lowest in (
        ("inclination_min_deg", elements.inclination_deg, True),
        ("inclination_max_deg", elements.inclination_deg, False),
        ("height_min_km", perigee, True),
        ("height_max_km", apogee, False),
    ):
        bound = getattr(query, name)
        if bound is not None:
            keep &= column >= bound if lowest else column <= bound
    if query.mission is not None:
        keep &= served.missions.serving(query.mission)
    if query.alliance is not None:
        fleet = fleet_of(
            find_alliance(query.alliance, groups), snapshot, on=query.on or at.date(), commercial=query.commercial
        )
        caveats = fleet.caveats
        mask = np.zeros(len(snapshot), dtype=bool)
        mask[fleet.rows] = True
        keep &= mask
    elif query.on is not None or query.commercial:
        field = "on" if query.on is not None else "commercial"
        raise InvalidValue(field, query.on or True, "goes with an alliance only; give one, or leave it out")
    if query.q is not None:
        keep &= matching(served, query.q)
    return keep, caveats


def _cursor_of(norad_id: int) -> str:
    return base64.urlsafe_b64encode(f"after {norad_id}".encode()).decode()


def _number_of(cursor: str) -> int:
    try:
        word, _, number = (
            base64.b64decode(cursor.encode("ascii"), altchars=b"-_", validate=True).decode("ascii").partition(" ")
        )
        if word == "after":
            return parse_catalogue_number(number)
    except (ValueError, binascii.Error):
        pass
    raise InvalidValue("cursor", cursor, "is not one that this service gave; take it from `next`")

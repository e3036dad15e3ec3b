"""What is wrong with a ring, where, and what to do: the checks before a GeoJSON polygon is believed.

A place is written as people count, from 1: `polygon 2, hole 1, position 5`.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import shapely

from orbits.arrays import Floats
from orbits.errors import InvalidValue

LONGEST_TURN_DEG = (
    540.0  # longitudes of a ring that crosses the antimeridian run past 180; nothing needs more than this
)
_ORDER = "GeoJSON positions are [longitude, latitude]"


def checked_ring(positions: Any, place: str) -> Floats:
    """The ring's longitudes and latitudes (n, 2) in degrees; raises `InvalidValue` that names the place."""
    if not isinstance(positions, (list, tuple)):
        raise InvalidValue("region", place, f"a ring is a list of positions, not {_kind(positions)}")
    points = [_checked_position(position, f"{place}, position {k}") for k, position in enumerate(positions, 1)]
    if len(points) < 4:
        raise InvalidValue("region", place, f"has {len(points)} positions; a ring needs four, the last like the first")
    if points[0] != points[-1]:
        raise InvalidValue(
            "region", f"{place}, position {len(points)} {_shown(points[-1])}",
            f"the ring is not closed; repeat its first position {_shown(points[0])} at its end",
        )  # fmt: skip
    ring = np.array(points, dtype=np.float64)
    if shapely.area(shapely.convex_hull(shapely.LineString(ring))) == 0.0:
        raise InvalidValue("region", place, "encloses no area: its positions lie on one line")
    return ring


def _checked_position(position: Any, place: str) -> tuple[float, float]:
    if not isinstance(position, (list, tuple)) or len(position) < 2:
        raise InvalidValue("region", place, f"is {_kind(position)}, not a position; {_ORDER}")
    if not all(isinstance(part, (int, float)) and not isinstance(part, bool) for part in position[:2]):
        raise InvalidValue("region", f"{place} {_shown(position)}", f"holds something that is no number; {_ORDER}")
    longitude, latitude = (float(part) if abs(part) < 1e300 else math.inf for part in position[:2])
    if not (math.isfinite(longitude) and math.isfinite(latitude)):
        raise InvalidValue("region", f"{place} {_shown(position)}", "holds a number that is not finite")
    if abs(latitude) > 90.0:
        swapped = "; are they the other way round here?" if abs(longitude) <= 90.0 and abs(latitude) <= 180.0 else ""
        reason = f"latitude {latitude:g} is outside -90 to 90; {_ORDER}{swapped}"
        raise InvalidValue("region", f"{place} {_shown(position)}", reason)
    if abs(longitude) > LONGEST_TURN_DEG:
        reason = f"longitude {longitude:g} is outside -{LONGEST_TURN_DEG:g} to {LONGEST_TURN_DEG:g}"
        raise InvalidValue("region", f"{place} {_shown(position)}", reason)
    return longitude, latitude


def checked_polygon(rings: list[Floats], place: str) -> Any:
    """A shapely polygon of checked rings, the outline first; raises where edges cross or a hole lies outside."""
    for k, ring in enumerate(rings):
        _refuse_invalid(shapely.Polygon(ring), [ring], [ring_place(place, k)])
    polygon = shapely.Polygon(rings[0], rings[1:])
    _refuse_invalid(polygon, rings, [ring_place(place, k) for k in range(len(rings))])
    return polygon


def ring_place(place: str, k: int) -> str:
    return f"{place}, outer ring" if k == 0 else f"{place}, hole {k}"


def _refuse_invalid(polygon: Any, rings: list[Floats], places: list[str]) -> None:
    if shapely.is_valid(polygon):
        return
    reason, _, spot = str(shapely.is_valid_reason(polygon)).partition("[")
    point = shapely.Point([float(part) for part in spot.rstrip("]").split()[:2]])
    edges = [shapely.linestrings(np.stack([ring[:-1], ring[1:]], axis=1)) for ring in rings]
    nearest = [shapely.distance(lines, point) for lines in edges]
    ring = int(np.argmin([distances.min() for distances in nearest]))
    position = int(np.argmin(nearest[ring])) + 1
    said = {
        "Hole lies outside shell": "the hole lies outside its outer ring; list it as a polygon of its own or remove it",
        "Holes are nested": "one hole lies in another; list the inner part as a polygon of its own",
        "Interior is disconnected": "the holes cut the polygon into parts; list each part as a polygon of its own",
    }.get(
        reason, "edges meet or cross here, as in a bow-tie; put the positions in order along the outline, or split it"
    )
    where = f"near [{point.x:g}, {point.y:g}]"
    raise InvalidValue("region", f"{places[ring]}, positions {position} to {position + 1}, {where}", said)


def _shown(position: Any) -> str:
    return f"[{', '.join(f'{part:g}' if isinstance(part, float) else str(part)[:20] for part in position[:2])}]"


def _kind(value: Any) -> str:
    names = {"dict": "an object", "list": "a list", "str": "a text", "NoneType": "null", "bool": "true or false"}
    return names.get(type(value).__name__, "a number")

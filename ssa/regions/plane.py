"""Rings in the longitude-latitude plane, and how they lie on the Earth.

GeoJSON (RFC 7946, section 3.1.1) says that an edge is straight in longitude and latitude. A ring that crosses the
antimeridian runs on past 180 degrees; a ring round a pole is closed along the pole's edge of the plane. Every shape is
then cut at the antimeridian and folded into the one turn from -180 to 180 degrees.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import shapely

from orbits.arrays import Floats

WHOLE_PLANE = shapely.box(-180.0, -90.0, 180.0, 90.0)


def unwrapped(longitude_deg: Floats) -> Floats:
    """Longitudes (n,) of a ring on the globe without jumps of more than half a turn, the first one kept."""
    return np.unwrap(longitude_deg, period=360.0)


def closed_over_the_pole(longitude_deg: Floats, latitude_deg: Floats, pole_deg: float) -> tuple[Floats, Floats]:
    """An unwrapped, closed ring; one that winds round the Earth is led over the pole at `pole_deg` (90 or -90)."""
    if abs(longitude_deg[-1] - longitude_deg[0]) < 180.0:
        return longitude_deg, latitude_deg
    longitude = np.concatenate([longitude_deg, [longitude_deg[-1], longitude_deg[0], longitude_deg[0]]])
    return longitude, np.concatenate([latitude_deg, [pole_deg, pole_deg, latitude_deg[0]]])


def folded_into_one_turn(shape: Any) -> Any:
    """The same shape, cut at the antimeridian, with longitudes from -180 to 180; pieces that overlap are joined."""
    west, _, east, _ = shape.bounds
    if west >= -180.0 and east <= 180.0:
        return shape
    turns = range(math.floor((west + 180.0) / 360.0), math.ceil((east + 180.0) / 360.0))
    pieces = []
    for turn in turns:
        window = shapely.box(-180.0 + 360.0 * turn, -90.0, 180.0 + 360.0 * turn, 90.0)
        cut = polygons_of(shapely.intersection(shape, window))
        pieces.append(shapely.transform(cut, lambda xy, by=360.0 * turn: xy - np.array([by, 0.0])))
    return shapely.union_all(pieces)


def polygons_of(shape: Any) -> Any:
    """The polygons of any geometry as one multipolygon: points and lines, which have no area, are dropped."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.multipolygons(shapely.get_parts(np.array(parts, dtype=object))) if parts else shapely.MultiPolygon()

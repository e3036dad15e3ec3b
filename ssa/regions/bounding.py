"""The smallest-looking cap that surely holds a region: what a search asks first."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from orbits.arrays import Floats, read_only
from orbits.frames import geodetic_to_itrs_km

_MOST_EDGE_DEG, _EDGES_ACROSS, _ROUNDS = 0.5, 50, 200


@dataclass(frozen=True, eq=False)
class BoundingCap:
    """All directions within `radius_deg` of `centre_itrs`, as seen from the Earth's centre.

    `centre_itrs` is a unit vector (3,). Directions are geocentric: those of points on the WGS84 ellipsoid.
    """

    centre_itrs: Floats
    radius_deg: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "centre_itrs", read_only(self.centre_itrs, np.float64))


def surface_directions(latitude_deg: Floats, longitude_deg: Floats) -> Floats:
    """Geocentric unit vectors (..., 3) in ITRS of points on the ellipsoid."""
    position = geodetic_to_itrs_km(latitude_deg, longitude_deg, np.zeros(np.shape(latitude_deg)))
    return np.asarray(position / np.linalg.norm(position, axis=-1, keepdims=True))


def cap_round(shape: Any) -> tuple[Floats, float]:
    """Centre (3,) and radius (deg) of a cap round the outlines of a shape; the shape may lie on either side of them.

    The centre is found by Badoiu and Clarkson 2003: steps of 1/k towards the farthest point, which end near the
    smallest cap's. The radius is that of the farthest vertex after edges are cut short, and half the longest edge more,
    so that no point of an edge lies outside.
    """
    west, south, east, north = shape.bounds
    step = min(_MOST_EDGE_DEG, max(east - west, north - south) / _EDGES_ACROSS)
    points = shapely.get_coordinates(shapely.segmentize(shape, step))
    directions = surface_directions(points[:, 1], points[:, 0])
    centre = directions.mean(axis=0)
    centre = directions[0] if np.linalg.norm(centre) < 1e-6 else centre / np.linalg.norm(centre)
    for k in range(2, _ROUNDS):
        farthest = directions[np.argmin(directions @ centre)]
        centre = centre + (farthest - centre) / k
        centre = farthest if np.linalg.norm(centre) < 1e-9 else centre / np.linalg.norm(centre)
    reach = float(np.max(np.linalg.norm(directions - centre, axis=1)))
    # half an edge; a geocentric angle is at most 1.007 of the geodetic one
    slack = 0.5 * step * 1.01
    return centre, min(180.0, math.degrees(2.0 * math.asin(min(1.0, reach / 2.0))) + slack)

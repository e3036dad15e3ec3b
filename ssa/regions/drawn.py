"""Regions from a few numbers: a box, a circle round a point, the whole Earth."""

from __future__ import annotations

import math

import numpy as np
import shapely
from geographiclib.geodesic import Geodesic

from orbits.errors import InvalidValue
from ssa.regions.plane import WHOLE_PLANE, closed_over_the_pole, folded_into_one_turn, polygons_of, unwrapped
from ssa.regions.region import Region

# Beyond it the geodesic circle folds over itself near the antipode (half a meridian is 20,004 km).
LARGEST_RADIUS_KM = 19_000.0
_CIRCLE_POINTS = 360  # an inscribed 360-gon lacks 0.005 % of the circle's area


def _checked(field: str, value: float, low: float, high: float) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
        raise InvalidValue(field, value, f"outside {low:g} to {high:g}")
    return float(value)


def world() -> Region:
    """The whole Earth.

    >>> round(world().area_km2)
    510065622
    """
    return Region("world", WHOLE_PLANE)


def box(west_deg: float, south_deg: float, east_deg: float, north_deg: float, *, name: str | None = None) -> Region:
    """Between two parallels, from a west meridian eastward to an east one; longitudes from -360 to 360 deg.

    An east side that is below the west side lies across the antimeridian. Raises
    `InvalidValue` for sides that enclose nothing or more than a full turn.

    >>> bool(box(170, -20, -170, -10).contains(-15, 180))
    True
    """
    west, east = _checked("west_deg", west_deg, -360.0, 360.0), _checked("east_deg", east_deg, -360.0, 360.0)
    south, north = _checked("south_deg", south_deg, -90.0, 90.0), _checked("north_deg", north_deg, -90.0, 90.0)
    told = f"{west_deg:g},{south_deg:g},{east_deg:g},{north_deg:g}"
    if north <= south:
        raise InvalidValue("box", told, "its north side must lie above its south side; write it as W,S,E,N")
    if east < west:
        east += 360.0 * math.ceil((west - east) / 360.0)
    if east == west:
        raise InvalidValue("box", told, "its west and east sides are the same meridian; all round is -180,S,180,N")
    if east - west > 360.0:
        raise InvalidValue("box", told, "spans more than a full turn of longitude")
    return Region(name or f"box {told}", shapely.box(west, south, east, north))


def circle(latitude_deg: float, longitude_deg: float, radius_km: float, *, name: str | None = None) -> Region:
    """All points within a geodesic distance of a point, as 360 positions on the WGS84 ellipsoid; up to 19,000 km.

    Raises `InvalidValue`. Source: Karney 2013, Algorithms for geodesics, J. Geodesy 87, by the package geographiclib.

    >>> round(circle(90, 0, 1000).area_km2)
    3135205
    """
    latitude = _checked("latitude_deg", latitude_deg, -90.0, 90.0)
    longitude = _checked("longitude_deg", longitude_deg, -360.0, 360.0)
    radius = _checked("radius_km", radius_km, 0.001, LARGEST_RADIUS_KM)
    rays = [
        Geodesic.WGS84.Direct(latitude, longitude, -360.0 * k / _CIRCLE_POINTS, radius * 1000.0)
        for k in range(_CIRCLE_POINTS)
    ]
    to_pole = Geodesic.WGS84.Inverse(latitude, longitude, 90.0, longitude)["s12"] / 1000.0
    pole = 90.0 if to_pole <= radius else -90.0
    ring = unwrapped(np.array([ray["lon2"] for ray in (*rays, rays[0])]))
    parallel = np.array([ray["lat2"] for ray in (*rays, rays[0])])
    shape = polygons_of(folded_into_one_turn(_polygon(*closed_over_the_pole(ring, parallel, pole))))
    here = shapely.Point(math.remainder(longitude, 360.0), latitude)
    # a circle wider than a hemisphere that holds both poles or none lies outside its ring
    held = shapely.intersects(shape, here) or abs(latitude) == 90.0
    shape = shape if held else shapely.difference(WHOLE_PLANE, shape)
    told = name or f"{radius_km:g} km round {latitude_deg:g},{longitude_deg:g}"
    return Region(told, shape)


def _polygon(longitude: np.ndarray, latitude: np.ndarray) -> shapely.Geometry:
    return shapely.make_valid(shapely.Polygon(np.stack([longitude, latitude], axis=1)))

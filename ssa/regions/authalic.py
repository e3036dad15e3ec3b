"""Areas on the WGS84 ellipsoid of shapes whose edges are straight in longitude and latitude.

The authalic map keeps areas: a surface element is `R^2 dlambda d(sin beta)`, with `beta` the authalic latitude and `R`
the radius of the sphere with the ellipsoid's surface. The area inside a ring is therefore a sum over its edges of
longitude step times the mean of `sin beta` along the edge, which sixteen Gauss-Legendre nodes give to rounding even
from pole to pole. Source: Snyder 1987, Map Projections, USGS PP 1395, equations 3-11 to 3-13.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import shapely

from orbits.arrays import Floats
from orbits.constants import WGS84_FLATTENING, WGS84_RADIUS_KM

_E = math.sqrt(WGS84_FLATTENING * (2.0 - WGS84_FLATTENING))
_Q_POLE = 1.0 + (1.0 - _E * _E) / _E * math.atanh(_E)

AUTHALIC_RADIUS_KM = WGS84_RADIUS_KM * math.sqrt(_Q_POLE / 2.0)  # 6371.0072 km
EARTH_AREA_KM2 = 4.0 * math.pi * AUTHALIC_RADIUS_KM**2  # 510,065,622 km2

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(16)


def sin_authalic(latitude_deg: Floats | float) -> Floats:
    """Sine of the authalic latitude of geodetic latitudes (deg): the fraction of area, from -1 to 1.

    >>> float(sin_authalic(90.0)), round(float(sin_authalic(45.0)), 6)
    (1.0, 0.705522)
    """
    sine = np.sin(np.radians(latitude_deg))
    q = (1.0 - _E * _E) * (sine / (1.0 - (_E * sine) ** 2) + np.arctanh(_E * sine) / _E)
    return np.asarray(q / _Q_POLE)


def latitude_of_sin_authalic(sin_beta: Floats | float) -> Floats:
    """Geodetic latitude (deg) of a sine of authalic latitude; within 1e-9 deg, 1e-7 beside a pole."""
    wanted = np.asarray(sin_beta, dtype=np.float64)
    sine = wanted.copy()
    for _ in range(6):  # Newton on the sine of the geodetic latitude: the slope is nearly 1 everywhere
        q = (1.0 - _E * _E) * (sine / (1.0 - (_E * sine) ** 2) + np.arctanh(_E * sine) / _E) / _Q_POLE
        slope = 2.0 * (1.0 - _E * _E) / (1.0 - (_E * sine) ** 2) ** 2 / _Q_POLE
        sine = np.clip(sine + (wanted - q) / slope, -1.0, 1.0)
    return np.asarray(np.degrees(np.arcsin(sine)))


def areas_km2(shapes: Any) -> Floats:
    """Areas (n,) in km2 of an array of polygons or multipolygons in the longitude-latitude plane (deg)."""
    parts, shape_of_part = shapely.get_parts(np.atleast_1d(shapes), return_index=True)
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    points, ring_of_point = shapely.get_coordinates(rings, return_index=True)
    if len(points) == 0:
        return np.zeros(len(np.atleast_1d(shapes)))
    same = ring_of_point[1:] == ring_of_point[:-1]
    west, east = points[:-1][same], points[1:][same]
    middle, half = (west[:, 1] + east[:, 1]) / 2.0, (east[:, 1] - west[:, 1]) / 2.0
    mean = sum(w / 2.0 * sin_authalic(middle + half * x) for x, w in zip(_NODES, _WEIGHTS, strict=True))
    pieces = np.radians(east[:, 0] - west[:, 0]) * mean * AUTHALIC_RADIUS_KM**2
    of_ring = np.abs(np.bincount(ring_of_point[:-1][same], pieces, len(rings)))
    # a part's first ring is its outline, the others are holes in it
    is_outline = np.concatenate([[True], part_of_ring[1:] != part_of_ring[:-1]])
    of_part = np.bincount(part_of_ring, np.where(is_outline, of_ring, -of_ring), len(parts))
    return np.asarray(np.bincount(shape_of_part, of_part, len(np.atleast_1d(shapes))))

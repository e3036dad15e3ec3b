"""Membership in an access rule by direct geometry in plain Python: no margins, no arrays, no formula of the product."""

from __future__ import annotations

import math
from itertools import pairwise

Vector = tuple[float, float, float]


def dot(a: Vector, b: Vector) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))


def cross(a: Vector, b: Vector) -> Vector:
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def minus(a: Vector, b: Vector) -> Vector:
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def scaled(a: Vector, size: float) -> Vector:
    return (a[0] * size, a[1] * size, a[2] * size)


def unit(a: Vector) -> Vector:
    return scaled(a, 1.0 / math.sqrt(dot(a, a)))


def apart_deg(a: Vector, b: Vector) -> float:
    return math.degrees(math.acos(max(-1.0, min(1.0, dot(unit(a), unit(b))))))


def elevation_deg(s: Vector, p: Vector, up: Vector) -> float:
    return 90.0 - apart_deg(minus(s, p), up)


def is_right_of_track(s: Vector, v: Vector, p: Vector) -> bool:
    return dot(minus(p, s), cross(v, s)) > 0.0


def is_in_rectangle(
    s: Vector, v: Vector, p: Vector, nadir: Vector, half_across_deg: float, half_along_deg: float, tilt_right_deg: float
) -> bool:
    """A field tilted about the flight direction: angles across and along in the two planes through the boresight."""
    forward = unit(minus(v, scaled(nadir, dot(v, nadir))))
    right = cross(nadir, forward)
    tilt = math.radians(tilt_right_deg)
    bore = tuple(math.cos(tilt) * d + math.sin(tilt) * r for d, r in zip(nadir, right, strict=True))
    side = tuple(math.cos(tilt) * r - math.sin(tilt) * d for d, r in zip(nadir, right, strict=True))
    line = minus(p, s)
    ahead = dot(line, bore)
    if ahead <= 0.0:
        return False
    across = math.degrees(math.atan(abs(dot(line, side)) / ahead))
    along = math.degrees(math.atan(abs(dot(line, forward)) / ahead))
    return across <= half_across_deg and along <= half_along_deg


def azimuth_deg(s: Vector, p: Vector, up: Vector) -> float:
    """Clockwise from north, by axes of latitude and longitude of the vertical."""
    longitude, latitude = math.atan2(up[1], up[0]), math.asin(up[2])
    east = (-math.sin(longitude), math.cos(longitude), 0.0)
    north = (
        -math.sin(latitude) * math.cos(longitude),
        -math.sin(latitude) * math.sin(longitude),
        math.cos(latitude),
    )
    return math.degrees(math.atan2(dot(minus(s, p), east), dot(minus(s, p), north))) % 360.0


def mask_deg(points: list[tuple[float, float]], azimuth: float) -> float:
    """A mask at an azimuth: straight from point to point, the first one again after the last."""
    round_ = [(points[-1][0] - 360.0, points[-1][1]), *points, (points[0][0] + 360.0, points[0][1])]
    for (a, low), (b, high) in pairwise(round_):
        if a <= azimuth <= b:
            return low + (high - low) * (azimuth - a) / (b - a)
    raise AssertionError(azimuth)

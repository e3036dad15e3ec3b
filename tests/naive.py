"""Slow plain twins: each kernel's answer computed the obvious way, to compare with."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from orbits import ElementSets, GroundSite, HorizonMask, Instants, TimeSpan, look_at, propagate, teme_to_itrs


def intervals_above_mask(
    elements: ElementSets, site: GroundSite, span: TimeSpan, mask: HorizonMask, step_s: float = 1.0
) -> list[tuple[float, float]]:
    """Start and end (s after the span's start) of each run of samples above the mask, one object, every `step_s`."""
    seconds = np.arange(0.0, span.duration_s + 1e-9, step_s)
    states = propagate(elements, Instants.after(span.start, seconds))
    look = look_at(teme_to_itrs(states), site)
    above = np.nan_to_num(look.elevation_deg[0], nan=-90.0) >= np.asarray(mask.at(np.nan_to_num(look.azimuth_deg[0])))
    edges = np.flatnonzero(np.diff(np.concatenate([[0], above.astype(int), [0]])))
    return [(float(seconds[a]), float(seconds[b - 1])) for a, b in edges.reshape(-1, 2)]


def is_inside(rings: list[list[tuple[float, float]]], longitude: float, latitude: float) -> bool:
    """Even-odd rule in the longitude-latitude plane over all rings, at the point and a turn to either side of it."""
    for turn in (-360.0, 0.0, 360.0):
        crossings = 0
        for ring in rings:
            for (x1, y1), (x2, y2) in pairwise(ring):
                if (y1 > latitude) != (y2 > latitude):
                    crossings += x1 + (latitude - y1) * (x2 - x1) / (y2 - y1) > longitude + turn
        if crossings % 2:
            return True
    return False


def area_by_strips_km2(rings: list[list[tuple[float, float]]], strips: int = 20_000) -> float:
    """Area of a polygon on WGS84: widths of thin strips of latitude, each with its own radii of curvature."""
    a, e2 = 6378.137, 0.0066943799901413165
    latitudes = [y for ring in rings for _, y in ring]
    low, high = min(latitudes), max(latitudes)
    step, total = (high - low) / strips, 0.0
    for k in range(strips):
        latitude = low + (k + 0.5) * step
        crossings = sorted(
            x1 + (latitude - y1) * (x2 - x1) / (y2 - y1)
            for ring in rings
            for (x1, y1), (x2, y2) in pairwise(ring)
            if (y1 > latitude) != (y2 > latitude)
        )
        width = sum(east - west for west, east in zip(crossings[::2], crossings[1::2], strict=True))
        w2 = 1.0 - e2 * math.sin(math.radians(latitude)) ** 2
        meridian, parallel = a * (1.0 - e2) / w2**1.5, a / math.sqrt(w2) * math.cos(math.radians(latitude))
        total += math.radians(width) * parallel * math.radians(step) * meridian
    return total

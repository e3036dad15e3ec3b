"""How large the cells of a region are when nobody says: about a thousand of them."""

from __future__ import annotations

import math

import numpy as np
import shapely

from ssa.regions.authalic import AUTHALIC_RADIUS_KM
from ssa.regions.region import Region

WANTED_CELLS = 1000


def default_cell_km(region: Region) -> float:
    """Side (km, two digits) that makes about 1,000 cells, those that the outline takes included.

    A region of area A and outline P touches about A / c^2 + P / (2 c) cells of side c.
    """
    perimeter = _perimeter_km(region)
    # c is the positive root of WANTED c^2 - P c / 2 - A = 0
    half = perimeter / 4.0
    side = (half + math.sqrt(half * half + WANTED_CELLS * region.area_km2)) / WANTED_CELLS
    return max(0.01, float(f"{side:.2g}"))


def _perimeter_km(region: Region) -> float:
    points, ring = shapely.get_coordinates(shapely.get_rings(shapely.get_parts(region.shape)), return_index=True)
    same = ring[1:] == ring[:-1]
    step = np.radians(np.diff(points, axis=0)[same])
    parallel = np.cos(np.radians((points[1:, 1] + points[:-1, 1]) / 2.0))[same]
    return float(np.sum(np.hypot(step[:, 0] * parallel, step[:, 1]))) * AUTHALIC_RADIUS_KM

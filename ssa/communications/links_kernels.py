"""How many satellites of a service stand above its lowest elevation at each point and epoch, summed as time goes on."""

from __future__ import annotations

import math

import numpy as np

from orbits.jit import column, entry, f8, i8, inner, out

# columns of `cells`, numbers of epochs all
LINKED, SATELLITES, LONGEST_OUTAGE, RUN, FIRST, LEAST, COLUMNS = 0, 1, 2, 3, 4, 5, 6
_SMALLEST_KM = 6335.0
_PAD_RAD = 0.006


@inner
def may_see(x, y, z, point, cos_reach):
    """Whether a satellite can stand above the mask at all: its direction lies within the widest circle of view."""
    r = math.sqrt(x * x + y * y + z * z)
    p = math.sqrt(point[0] * point[0] + point[1] * point[1] + point[2] * point[2])
    return x * point[0] + y * point[1] + z * point[2] >= r * p * cos_reach


@inner
def is_up(x, y, z, point, up, sin2_mask):
    dx, dy, dz = x - point[0], y - point[1], z - point[2]
    height = dx * up[0] + dy * up[1] + dz * up[2]
    return height * abs(height) >= sin2_mask * (dx * dx + dy * dy + dz * dz)


@entry(column(f8, 3), column(f8, 2), column(f8, 2), f8, i8, i8, i8, out(f8, 2), out(i8, 2), out(i8, 2))
def count_links_kernel(
    satellite_km, point_km, up, mask_rad, epochs_before, cell_from, cell_to, cells, at_least, counts
):
    """Add the epochs of `satellite_km` (n, t, 3; NaN is no state) to `cells` and `at_least` (c, folds).

    `counts` (c, t) becomes the number of satellites above the mask. `FIRST` stands at -1 until there is a link.
    """
    sin2 = math.sin(mask_rad) ** 2
    n = satellite_km.shape[0]
    cos_reach = np.empty(n)
    for k in range(satellite_km.shape[1]):
        for row in range(n):
            x, y, z = satellite_km[row, k, 0], satellite_km[row, k, 1], satellite_km[row, k, 2]
            cos_reach[row] = 2.0  # NaN: never
            if not math.isnan(x):
                r = math.sqrt(x * x + y * y + z * z)
                cos_reach[row] = math.cos(
                    math.acos(min(_SMALLEST_KM * math.cos(mask_rad) / r, 1.0)) - mask_rad + _PAD_RAD
                )
        for i in range(cell_from, cell_to):
            count = 0
            for row in range(n):
                x, y, z = satellite_km[row, k, 0], satellite_km[row, k, 1], satellite_km[row, k, 2]
                if may_see(x, y, z, point_km[i], cos_reach[row]) and is_up(x, y, z, point_km[i], up[i], sin2):
                    count += 1
            counts[i, k] = count
            cell = cells[i]
            cell[SATELLITES] += count
            cell[LEAST] = min(cell[LEAST], count)
            for fold in range(min(count, at_least.shape[1])):
                at_least[i, fold] += 1
            if count > 0:
                cell[LINKED] += 1.0
                cell[RUN] = 0.0
                if cell[FIRST] < 0.0:
                    cell[FIRST] = epochs_before + k
            else:
                cell[RUN] += 1.0
                cell[LONGEST_OUTAGE] = max(cell[LONGEST_OUTAGE], cell[RUN])

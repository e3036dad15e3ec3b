"""Rows of equal-area cells round the whole Earth.

Rows are about as high as a cell is wide, and each holds the whole number of cells nearest to its area; the parallels
between rows are then moved so that every cell of the Earth has exactly the same area. They are moved by less than a
twentieth of a row. Cells follow meridians and parallels, the first begins at longitude -180, and the same `cell_km`
gives the same cells whatever the region.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from orbits.arrays import Floats, Integers, read_only
from ssa.regions.authalic import AUTHALIC_RADIUS_KM, EARTH_AREA_KM2, latitude_of_sin_authalic


@dataclass(frozen=True, eq=False)
class CellRows:
    """Parallels (r + 1,) deg from the south, the parallel (r,) that halves each row's area, and cells per row (r,)."""

    edges_deg: Floats
    middle_deg: Floats
    cells: Integers

    def __post_init__(self) -> None:
        object.__setattr__(self, "edges_deg", read_only(self.edges_deg, np.float64))
        object.__setattr__(self, "middle_deg", read_only(self.middle_deg, np.float64))
        object.__setattr__(self, "cells", read_only(self.cells, np.int64))

    @property
    def cell_area_km2(self) -> float:
        """Area of every whole cell."""
        return EARTH_AREA_KM2 / float(self.cells.sum())


def equal_area_rows(cell_km: float) -> CellRows:
    """Rows of cells of about `cell_km` squared each.

    >>> rows = equal_area_rows(1000.0)
    >>> len(rows.cells), int(rows.cells.sum()), round(rows.cell_area_km2)
    (20, 508, 1004066)
    """
    count = max(2, round(math.pi * AUTHALIC_RADIUS_KM / cell_km))
    sines = np.sin(np.linspace(-math.pi / 2.0, math.pi / 2.0, count + 1))
    wanted = np.diff(sines) * 2.0 * math.pi * (AUTHALIC_RADIUS_KM / cell_km) ** 2
    # halves rounded down to the same on either side of the equator: rows are symmetrical
    cells = np.maximum(1, np.floor(wanted + 0.5 - 1e-9)).astype(np.int64)
    share = np.concatenate([[0], np.cumsum(cells)]) / cells.sum()
    return CellRows(
        latitude_of_sin_authalic(2.0 * share - 1.0), latitude_of_sin_authalic(share[1:] + share[:-1] - 1.0), cells
    )

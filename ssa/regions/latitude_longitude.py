"""A regular grid of latitude and longitude over the whole Earth, for maps."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from orbits.arrays import Floats, read_only
from orbits.errors import InvalidValue
from ssa.regions.authalic import AUTHALIC_RADIUS_KM, sin_authalic

FINEST_STEP_DEG = 0.05  # 3,600 x 7,200 cells


@dataclass(frozen=True)
class LatLonGrid:
    """Cells of `step_deg` by `step_deg`, rows from south to north, columns from -180 deg eastward.

    `step_deg` must divide 180 into whole rows. Raises `InvalidValue`.

    >>> grid = LatLonGrid(1.0)
    >>> grid.shape, float(grid.latitude_deg[0]), float(grid.longitude_deg[-1])
    ((180, 360), -89.5, 179.5)
    """

    step_deg: float

    def __post_init__(self) -> None:
        step = self.step_deg
        if isinstance(step, bool) or not isinstance(step, (int, float)) or not FINEST_STEP_DEG <= step <= 90.0:
            raise InvalidValue("step_deg", step, f"outside {FINEST_STEP_DEG:g} to 90")
        if not math.isclose(round(180.0 / step) * step, 180.0, rel_tol=1e-9):
            raise InvalidValue(
                "step_deg", step, "does not divide 180 degrees into whole rows; take 0.25, 0.5, 1, 2 or 5"
            )

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        rows = round(180.0 / self.step_deg)
        return rows, 2 * rows

    @cached_property
    def latitude_edges_deg(self) -> Floats:
        """(rows + 1,)"""
        return read_only(np.linspace(-90.0, 90.0, self.shape[0] + 1), np.float64)

    @cached_property
    def longitude_edges_deg(self) -> Floats:
        """(columns + 1,)"""
        return read_only(np.linspace(-180.0, 180.0, self.shape[1] + 1), np.float64)

    @cached_property
    def latitude_deg(self) -> Floats:
        """Geodetic latitude of the middle of each row (rows,)."""
        return read_only((self.latitude_edges_deg[1:] + self.latitude_edges_deg[:-1]) / 2.0, np.float64)

    @cached_property
    def longitude_deg(self) -> Floats:
        """Longitude of the middle of each column (columns,)."""
        return read_only((self.longitude_edges_deg[1:] + self.longitude_edges_deg[:-1]) / 2.0, np.float64)

    @cached_property
    def area_km2(self) -> Floats:
        """Area of one cell of each row (rows,), exact on WGS84."""
        band = 2.0 * math.pi * AUTHALIC_RADIUS_KM**2 * np.diff(sin_authalic(self.latitude_edges_deg))
        return read_only(band / self.shape[1], np.float64)

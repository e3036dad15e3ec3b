"""A region as cells: the points at which coverage is asked, and how much area each stands for.

Cells come from one grid of equal areas round the Earth (`ssa.regions.cell_rows`). A cell belongs to a region when they
share area; it then counts with exactly the area they share, and its point is its centre, or, where the centre lies
outside, a point of the region in it. So the smallest island has a point, and areas sum to the region's. What one point
says of its cell is good to the cell's size: halve `cell_km` to see how much an answer depends on it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from orbits.arrays import Floats, read_only
from orbits.errors import InvalidValue
from orbits.frames import geodetic_to_itrs_km
from ssa.regions.authalic import EARTH_AREA_KM2
from ssa.regions.cell_clipping import TooManyCells, TouchedCells, all_cells, touched_cells
from ssa.regions.cell_geojson import cell_features
from ssa.regions.cell_rows import CellRows, equal_area_rows
from ssa.regions.default_cell import default_cell_km
from ssa.regions.drawn import world
from ssa.regions.latitude_longitude import LatLonGrid
from ssa.regions.point_checks import checked_points
from ssa.regions.region import Region

MOST_CELLS = 200_000
SMALLEST_CELL_KM, LARGEST_CELL_KM = 0.01, 10_000.0


@dataclass(frozen=True, eq=False)
class CellGrid:
    """Cells of a region, one row each: columns (n,), read-only.

    `latitude_deg` (geodetic) and `longitude_deg` are the points. `area_km2` is the region's area in the cell, None for
    points without areas. `west_deg`, `south_deg`, `east_deg`, `north_deg` are the edges of whole cells, None for
    points. `cell_km` is the side of a whole cell, None where there is none.
    """

    region_name: str
    latitude_deg: Floats
    longitude_deg: Floats
    area_km2: Floats | None = None
    region_area_km2: float | None = None
    cell_km: float | None = None
    west_deg: Floats | None = None
    south_deg: Floats | None = None
    east_deg: Floats | None = None
    north_deg: Floats | None = None

    def __post_init__(self) -> None:
        columns = ("latitude_deg", "longitude_deg", "area_km2", "west_deg", "south_deg", "east_deg", "north_deg")
        for name in columns:
            if getattr(self, name) is not None:
                object.__setattr__(self, name, read_only(getattr(self, name), np.float64))

    def __len__(self) -> int:
        return len(self.latitude_deg)

    @classmethod
    def over(cls, region: Region, cell_km: float | None = None) -> CellGrid:
        """The cells of a region, south to north and west to east; about 1,000 of them without `cell_km`.

        Raises `InvalidValue` for a `cell_km` that makes more than 200,000 cells.

        >>> from ssa.regions import box
        >>> grid = CellGrid.over(box(20, 53, 29, 60), cell_km=50)
        >>> len(grid), abs(grid.area_error_fraction) < 1e-6
        (202, True)
        """
        side = default_cell_km(region) if cell_km is None else _checked_side(cell_km)
        if region.area_km2 / side**2 > MOST_CELLS:
            raise _too_many(region, side)
        rows = equal_area_rows(side)
        if region.area_km2 >= EARTH_AREA_KM2 * (1.0 - 1e-12):
            return _from_cells(region, side, rows, all_cells(rows))
        try:
            return _from_cells(region, side, rows, touched_cells(region.shape, rows, MOST_CELLS))
        except TooManyCells:
            raise _too_many(region, side) from None

    @classmethod
    def world(cls, cell_km: float | None = None, *, step_deg: float | None = None) -> CellGrid:
        """The whole Earth in cells of equal area, or of `step_deg` in latitude and longitude; not both."""
        if step_deg is None:
            return cls.over(world(), cell_km)
        if cell_km is not None:
            raise InvalidValue("step_deg", step_deg, "give either cell_km or step_deg")
        grid = LatLonGrid(step_deg)
        rows, columns = grid.shape
        if rows * columns > MOST_CELLS:
            raise InvalidValue(
                "step_deg", step_deg, f"makes {rows * columns} cells, at most {MOST_CELLS}; take 0.6 or more"
            )
        south, north = (
            np.repeat(edges, columns) for edges in (grid.latitude_edges_deg[:-1], grid.latitude_edges_deg[1:])
        )
        west, east = (np.tile(edges, rows) for edges in (grid.longitude_edges_deg[:-1], grid.longitude_edges_deg[1:]))
        return cls(
            "world", np.repeat(grid.latitude_deg, columns), np.tile(grid.longitude_deg, rows),
            np.repeat(grid.area_km2, columns), EARTH_AREA_KM2, None, west, south, east, north,
        )  # fmt: skip

    @classmethod
    def from_points(
        cls,
        latitude_deg: npt.ArrayLike,
        longitude_deg: npt.ArrayLike,
        area_km2: npt.ArrayLike | None = None,
        *,
        name: str = "points",
    ) -> CellGrid:
        """Points (n,) as they are, with the areas (n,) they stand for, or all alike. Raises `InvalidValue`."""
        latitude, longitude, area = checked_points(latitude_deg, longitude_deg, area_km2, MOST_CELLS)
        return cls(name, latitude, longitude, area, None if area is None else float(area.sum()))

    @cached_property
    def weights(self) -> Floats:
        """The share of each cell in the whole (n,), summing to 1: by area, or equal for points without areas."""
        area = np.ones(len(self)) if self.area_km2 is None else self.area_km2
        return read_only(area / area.sum(), np.float64)

    @property
    def area_error_fraction(self) -> float | None:
        """Sum of the cells' areas over the region's, less 1; None for points without areas."""
        if self.area_km2 is None or self.region_area_km2 is None:
            return None
        return float(self.area_km2.sum()) / self.region_area_km2 - 1.0

    @cached_property
    def position_itrs_km(self) -> Floats:
        """The points on the ellipsoid (n, 3)."""
        return read_only(geodetic_to_itrs_km(self.latitude_deg, self.longitude_deg, np.zeros(len(self))), np.float64)

    def to_geojson(self, **columns: npt.ArrayLike) -> dict[str, Any]:
        """A FeatureCollection of whole cells (or points), with `area_km2` and the given columns (n,) as properties."""
        return cell_features(self, {"area_km2": self.area_km2, **columns})


def _checked_side(cell_km: float) -> float:
    if isinstance(cell_km, bool) or not isinstance(cell_km, (int, float)):
        raise InvalidValue("cell_km", cell_km, "is not a number of kilometres")
    if not SMALLEST_CELL_KM <= cell_km <= LARGEST_CELL_KM:
        raise InvalidValue("cell_km", cell_km, f"outside {SMALLEST_CELL_KM:g} to {LARGEST_CELL_KM:g} km")
    return float(cell_km)


def _too_many(region: Region, side: float) -> InvalidValue:
    enough = max(math.sqrt(region.area_km2 / MOST_CELLS), side) * 1.1
    return InvalidValue(
        "cell_km", side, f"makes more than {MOST_CELLS} cells of {region.name}; take {float(f'{enough:.2g}'):g} or more"
    )  # fmt: skip


def _from_cells(region: Region, side: float, rows: CellRows, cells: TouchedCells) -> CellGrid:
    width = 360.0 / rows.cells[cells.row]
    west = -180.0 + cells.column * width
    return CellGrid(
        region.name, cells.latitude_deg, cells.longitude_deg, cells.area_km2, region.area_km2, side,
        west, rows.edges_deg[cells.row], west + width, rows.edges_deg[cells.row + 1],
    )  # fmt: skip

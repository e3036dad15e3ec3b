"""Which cells a shape touches, how much of each it holds, and a point of the shape in each.

The shape is halved by rows until each strip is one row high, so that no cell meets more of an outline than lies in its
row; cells well inside are whole, and the others are cut exactly.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from orbits.arrays import Floats, Integers
from ssa.regions.authalic import areas_km2
from ssa.regions.cell_rows import CellRows
from ssa.regions.plane import polygons_of

_LEAST_SHARE = 1e-6  # of a cell: less is rounding of a shared edge


class TooManyCells(Exception):
    """The shape touches more cells than allowed."""


@dataclass(frozen=True, eq=False)
class TouchedCells:
    """Per cell (n,): row, column, the area (km2) that the shape holds of it, and a point of the shape in it (deg)."""

    row: Integers
    column: Integers
    area_km2: Floats
    latitude_deg: Floats
    longitude_deg: Floats


def touched_cells(shape: Any, rows: CellRows, most: int) -> TouchedCells:
    """The cells of `rows` that share area with `shape`, south to north and west to east; raises `TooManyCells`.

    The point is the cell's centre where the shape holds it.
    """
    _, south, _, north = shape.bounds
    first = max(0, int(np.searchsorted(rows.edges_deg, south, side="right")) - 1)
    last = min(len(rows.cells), int(np.searchsorted(rows.edges_deg, north, side="left")))
    found, count = [], 0
    for row, strip in _strips(shape, rows.edges_deg, first, last):
        columns = _columns(strip, 360.0 / rows.cells[row], int(rows.cells[row]))
        count += len(columns)
        if count > most:
            raise TooManyCells
        found.append(_cut(strip, rows, row, columns))
    return TouchedCells(*(np.concatenate(parts) for parts in zip(*found, strict=True)))


def all_cells(rows: CellRows) -> TouchedCells:
    """Every cell of the Earth, whole."""
    row = np.repeat(np.arange(len(rows.cells)), rows.cells)
    column = np.arange(len(row)) - np.repeat(np.cumsum(rows.cells) - rows.cells, rows.cells)
    longitude = -180.0 + (column + 0.5) * 360.0 / rows.cells[row]
    return TouchedCells(row, column, np.full(len(row), rows.cell_area_km2), rows.middle_deg[row], longitude)


def _strips(shape: Any, edges_deg: Floats, first: int, last: int) -> Iterator[tuple[int, Any]]:
    if shape.is_empty:
        return
    if last - first == 1:
        yield first, shape
        return
    middle = (first + last) // 2
    for low, high in ((first, middle), (middle, last)):
        window = shapely.box(-180.0, edges_deg[low], 180.0, edges_deg[high])
        yield from _strips(polygons_of(shapely.intersection(shape, window)), edges_deg, low, high)


def _columns(strip: Any, width_deg: float, cells: int) -> Integers:
    """The columns that the parts of a strip reach into."""
    bounds = shapely.bounds(shapely.get_parts(strip))
    west = np.clip(np.floor((bounds[:, 0] + 180.0) / width_deg), 0, cells - 1).astype(np.int64)
    east = np.clip(np.ceil((bounds[:, 2] + 180.0) / width_deg), west + 1, cells).astype(np.int64)
    # parts open and close runs of columns; a column is reached while any run is open
    length = int(east.max() - west.min()) + 1
    opened, closed = (np.bincount(edge - west.min(), minlength=length) for edge in (west, east))
    return np.asarray(np.flatnonzero(np.cumsum(opened - closed) > 0) + west.min(), dtype=np.int64)


def _cut(strip: Any, rows: CellRows, row: int, columns: Integers) -> tuple[Any, ...]:
    width = 360.0 / rows.cells[row]
    west = -180.0 + columns * width
    boxes = shapely.box(west, rows.edges_deg[row], west + width, rows.edges_deg[row + 1])
    shapely.prepare(strip)
    area = np.where(shapely.covers(strip, boxes), rows.cell_area_km2, 0.0)
    latitude, longitude = np.full(len(columns), rows.middle_deg[row]), west + width / 2.0
    edge = np.flatnonzero((area == 0.0) & shapely.intersects(strip, boxes))
    parts = np.array([polygons_of(part) for part in shapely.intersection(boxes[edge], strip)], dtype=object)
    if len(edge):
        area[edge] = np.minimum(areas_km2(parts), rows.cell_area_km2)
        moved = ~shapely.intersects_xy(parts, longitude[edge], latitude[edge]) & ~shapely.is_empty(parts)
        inner = shapely.get_coordinates(shapely.point_on_surface(parts[moved]))
        longitude[edge[moved]], latitude[edge[moved]] = inner[:, 0], inner[:, 1]
    kept = area > _LEAST_SHARE * rows.cell_area_km2
    return np.full(int(kept.sum()), row), columns[kept], area[kept], latitude[kept], longitude[kept]

"""Cells as GeoJSON, to draw them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from orbits.errors import InvalidValue

if TYPE_CHECKING:
    from ssa.regions.cells import CellGrid


def cell_features(grid: CellGrid, columns: Mapping[str, npt.ArrayLike | None]) -> dict[str, Any]:
    """A FeatureCollection of whole cells as polygons (or points), with columns (n,) as properties; NaN becomes null."""
    lists = {name: _values(name, column, len(grid)) for name, column in columns.items() if column is not None}
    features = [
        {"type": "Feature", "properties": {name: column[k] for name, column in lists.items()}, "geometry": geometry}
        for k, geometry in enumerate(_geometries(grid))
    ]
    return {"type": "FeatureCollection", "name": grid.region_name, "features": features}


def _values(name: str, column: npt.ArrayLike, count: int) -> list[Any]:
    values = np.asarray(column)
    if values.shape != (count,):
        raise InvalidValue(name, values.shape, f"a column has one value for each of {count} cells")
    found: list[Any] = values.tolist()
    return [None if isinstance(value, float) and not np.isfinite(value) else value for value in found]


def _geometries(grid: CellGrid) -> list[dict[str, Any]]:
    if grid.west_deg is None or grid.south_deg is None or grid.east_deg is None or grid.north_deg is None:
        points = zip(grid.longitude_deg.tolist(), grid.latitude_deg.tolist(), strict=True)
        return [{"type": "Point", "coordinates": list(point)} for point in points]
    edges = np.stack([grid.west_deg, grid.south_deg, grid.east_deg, grid.north_deg], axis=1).tolist()
    return [{"type": "Polygon", "coordinates": [[[w, s], [e, s], [e, n], [w, n], [w, s]]]} for w, s, e, n in edges]

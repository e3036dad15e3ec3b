"""The frame of a flat map: longitude and latitude to pixels, outlines as paths, lines of longitude and latitude.

Equirectangular, true to scale along the middle parallel; across the antimeridian longitudes run past 180. Numbers are
written with one decimal, so that equal maps have equal bytes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from orbits.arrays import Floats
from ssa.regions import CellGrid

_WIDEST_PX, _HIGHEST_PX = 960.0, 620.0
_PADDING, _LEAST_PADDING_DEG, _LEAST_SCALE = 0.06, 0.02, 0.15
_LINE_STEPS_DEG = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60)


@dataclass(frozen=True, slots=True)
class MapFrame:
    """What a map shows (deg; `east_deg` may pass 180) and how large (px)."""

    west_deg: float
    south_deg: float
    east_deg: float
    north_deg: float
    width_px: float
    height_px: float

    @classmethod
    def around(cls, cells: CellGrid) -> MapFrame:
        """The frame that holds all cells with a margin, cut where the widest stretch of longitude is free of cells."""
        west, east, south, north = cell_edges(cells)
        left, right = _turn(west, east)
        bottom, top = float(south.min()), float(north.max())
        pad_deg = max(_PADDING * max(right - left, top - bottom), _LEAST_PADDING_DEG)
        bottom, top = max(bottom - pad_deg, -90.0), min(top + pad_deg, 90.0)
        shrink = max(math.cos(math.radians((bottom + top) / 2.0)), _LEAST_SCALE)
        left, right = left - pad_deg / shrink, right + pad_deg / shrink
        if right - left >= 360.0:
            left, right = -180.0, 180.0
        scale = min(_WIDEST_PX / ((right - left) * shrink), _HIGHEST_PX / (top - bottom))
        return cls(left, bottom, right, top, (right - left) * shrink * scale, (top - bottom) * scale)

    def x_px(self, longitude_deg: Any) -> Any:
        return (longitude_deg - self.west_deg) / (self.east_deg - self.west_deg) * self.width_px

    def y_px(self, latitude_deg: Any) -> Any:
        return (self.north_deg - latitude_deg) / (self.north_deg - self.south_deg) * self.height_px

    def turned(self, longitude_deg: Floats) -> Floats:
        """Longitudes in the turn that the frame shows."""
        return np.asarray(np.mod(longitude_deg - self.west_deg + 1e-9, 360.0) + self.west_deg - 1e-9)

    def path(self, shapes: Iterable[Any]) -> str:
        """The parts of shapes (deg) inside the frame as one SVG path, without what is below a pixel."""
        pixel_deg = (self.north_deg - self.south_deg) / self.height_px
        rings: list[str] = []
        for shape in shapes:
            parts = [self._part(shape, turn_deg) for turn_deg in (-360.0, 0.0, 360.0)]
            seen = [part for part in parts if not part.is_empty]
            whole = shapely.union_all(seen) if len(seen) > 1 else seen[0] if seen else None
            if whole is not None:  # joined, so that no edge is drawn along the antimeridian
                rings += self._rings(shapely.simplify(whole, 0.4 * pixel_deg))
        return "".join(rings)

    def _part(self, shape: Any, turn_deg: float) -> Any:
        west, east = self.west_deg - turn_deg, self.east_deg - turn_deg
        part = shapely.clip_by_rect(shape, west, self.south_deg, east, self.north_deg)
        return shapely.transform(part, lambda points: points + np.array([turn_deg, 0.0]))

    def _rings(self, shape: Any) -> Iterator[str]:
        for ring in shapely.get_rings(shapely.get_parts(shape)):
            points = shapely.get_coordinates(ring)[:-1]
            x, y = self.x_px(points[:, 0]).tolist(), self.y_px(points[:, 1]).tolist()
            yield "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in zip(x, y, strict=True)) + "Z"

    def lines(self) -> tuple[list[float], list[float]]:
        """Round longitudes and latitudes inside the frame, some five of each."""
        return _round_degrees(self.west_deg, self.east_deg), _round_degrees(self.south_deg, self.north_deg)


def cell_edges(cells: CellGrid) -> tuple[Floats, Floats, Floats, Floats]:
    """West, east, south and north (deg) of every cell; of points, a small square about each."""
    if cells.west_deg is None or cells.east_deg is None or cells.south_deg is None or cells.north_deg is None:
        half = 0.25
        latitude, longitude = cells.latitude_deg, cells.longitude_deg
        return longitude - half, longitude + half, latitude - half, latitude + half
    return cells.west_deg, cells.east_deg, cells.south_deg, cells.north_deg


def _turn(west_deg: Floats, east_deg: Floats) -> tuple[float, float]:
    order = np.argsort(west_deg, kind="stable")
    west, east = west_deg[order], np.maximum.accumulate(east_deg[order])
    free = np.append(west[1:], west[0] + 360.0) - east
    widest = int(np.argmax(free))
    if free[widest] <= 1e-6:
        return -180.0, 180.0
    left = float(west[(widest + 1) % len(west)])
    right = float(east[widest])
    return left, right if right > left else right + 360.0


def _round_degrees(low: float, high: float) -> list[float]:
    step = next((step for step in _LINE_STEPS_DEG if (high - low) / step <= 6.5), _LINE_STEPS_DEG[-1])
    first, last = math.ceil(low / step + 1e-9), math.floor(high / step - 1e-9)
    return [round(number * step, 6) for number in range(first, last + 1)]

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

from api.scenes.graticule import Graticule, Label, latitude_words, longitude_words, round_degrees
from orbits.arrays import Floats
from ssa.regions import CellGrid

WIDEST_PX, HIGHEST_PX = 960.0, 620.0
_PADDING, _LEAST_PADDING_DEG, _LEAST_SCALE = 0.06, 0.02, 0.15


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
        scale = min(WIDEST_PX / ((right - left) * shrink), HIGHEST_PX / (top - bottom))
        return cls(left, bottom, right, top, (right - left) * shrink * scale, (top - bottom) * scale)

    def x_px(self, longitude_deg: Any) -> Any:
        return (longitude_deg - self.west_deg) / (self.east_deg - self.west_deg) * self.width_px

    def y_px(self, latitude_deg: Any) -> Any:
        return (self.north_deg - latitude_deg) / (self.north_deg - self.south_deg) * self.height_px

    def points_px(self, longitude_deg: Floats, latitude_deg: Floats) -> tuple[Floats, Floats]:
        """Where points lie (px), the frame's upper left corner being (0, 0)."""
        return np.asarray(self.x_px(longitude_deg)), np.asarray(self.y_px(latitude_deg))

    @property
    def pixel_deg(self) -> float:
        """The arc of one pixel."""
        return (self.north_deg - self.south_deg) / self.height_px

    def turned(self, longitude_deg: Floats) -> Floats:
        """Longitudes in the turn that the frame shows."""
        return np.asarray(np.mod(longitude_deg - self.west_deg + 1e-9, 360.0) + self.west_deg - 1e-9)

    def path(self, shapes: Iterable[Any]) -> str:
        """The parts of shapes (deg) inside the frame as one SVG path, without what is below a pixel."""
        rings: list[str] = []
        for shape in shapes:
            parts = [self._part(shape, turn_deg) for turn_deg in (-360.0, 0.0, 360.0)]
            seen = [part for part in parts if not part.is_empty]
            whole = shapely.union_all(seen) if len(seen) > 1 else seen[0] if seen else None
            if whole is not None:  # joined, so that no edge is drawn along the antimeridian
                shown = shapely.simplify(whole, 0.4 * self.pixel_deg)
                rings += rings_of(shapely.transform(shown, lambda edge: np.column_stack(self.points_px(*edge.T))))
        return "".join(rings)

    def _part(self, shape: Any, turn_deg: float) -> Any:
        west, east = self.west_deg - turn_deg, self.east_deg - turn_deg
        part = shapely.clip_by_rect(shape, west, self.south_deg, east, self.north_deg)
        return shapely.transform(part, lambda points: points + np.array([turn_deg, 0.0]))

    def cell_path(self, west_deg: float, east_deg: float, south_deg: float, north_deg: float) -> str:
        """A cell, or several side by side, as a closed path; longitudes in the frame's turn."""
        left, right, top, bottom = (
            self.x_px(west_deg), self.x_px(east_deg), self.y_px(north_deg), self.y_px(south_deg)
        )  # fmt: skip
        return f"M{left:.1f} {top:.1f}H{right:.1f}V{bottom:.1f}H{left:.1f}Z"

    def graticule(self) -> Graticule:
        """Round longitudes and latitudes inside the frame, some five of each, named below and on the left."""
        found = Graticule()
        for degrees in round_degrees(self.west_deg, self.east_deg):
            x = self.x_px(degrees)
            found.lines.append([(x, 0.0), (x, self.height_px)])
            found.labels.append(Label(longitude_words(degrees), x, self.height_px + 14.0))
        for degrees in round_degrees(self.south_deg, self.north_deg):
            y = self.y_px(degrees)
            found.lines.append([(0.0, y), (self.width_px, y)])
            found.labels.append(Label(latitude_words(degrees), -5.0, y + 3.5, "end"))
        return found


def rings_of(shape: Any) -> Iterator[str]:
    """The rings of a shape (px) as closed SVG paths."""
    for ring in shapely.get_rings(shapely.get_parts(shape)):
        points = shapely.get_coordinates(ring)[:-1].tolist()
        yield "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z"


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

"""The frame of a map about a middle: azimuthal equal-area (Lambert), for regions that come near a pole.

A flat map of longitude and latitude tears such regions apart; this one shows areas true, and shapes nearly so: 40 deg
from the middle, lengths along and across the radius are 6 % off. North is up at the middle; where the middle is a pole,
a longitude that suits the region points down (up, at the south pole).

Numbers are written with one decimal, so that equal maps have equal bytes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from api.scenes.graticule import Graticule, Label, Points, latitude_words, longitude_words, round_degrees
from api.scenes.map_frame import HIGHEST_PX, WIDEST_PX, MapFrame, cell_edges, rings_of
from orbits.arrays import Floats
from ssa.regions import CellGrid
from ssa.regions.authalic import sin_authalic
from ssa.regions.plane import polygons_of

FROM_LATITUDE_DEG = 70.0  # a region that reaches so far is shown in this frame
WIDEST_RADIUS_DEG = 40.0  # unless it is wider than that about its middle
_POLE_AT_DEG = 85.0  # a middle beyond is taken at the pole
_PADDING, _LEAST_PADDING = 0.1, 0.004  # of the frame's size; of the Earth's radius
_TURNS_DEG = (-135.0, -45.0, 135.0, 45.0, -15.0)  # between meridians, in order of liking
_GRID_PX = 0.01  # on which edges that fall onto one another meet
_LEAST_BEND_PX = 0.2
_ARC_DEG, _NEAR = 1.0, 1.25  # pieces of an edge; how much farther than the frame's corner an outline may begin


@dataclass(frozen=True, slots=True)
class AzimuthalFrame:
    """What a map shows: its middle (deg), what lies left and above it (Earth radii), pixels to one Earth radius."""

    latitude_deg: float
    longitude_deg: float
    left: float
    top: float
    scale_px: float
    width_px: float
    height_px: float

    @classmethod
    def around(cls, cells: CellGrid, latitude_deg: float, longitude_deg: float) -> AzimuthalFrame:
        """The frame about a middle that holds all cells with a margin."""
        west, east, south, north = cell_edges(cells)
        x, y = [], []
        for share in (0.0, 0.25, 0.5, 0.75, 1.0):
            for latitude in (south, north):
                across, up = _projected(latitude_deg, longitude_deg, west + share * (east - west), latitude)
                x.append(across)
                y.append(up)
        left, right = float(np.min(x)), float(np.max(x))
        bottom, top = float(np.min(y)), float(np.max(y))
        pad = max(_PADDING * max(right - left, top - bottom), _LEAST_PADDING)
        left, right, bottom, top = left - pad, right + pad, bottom - pad, top + pad
        scale = min(WIDEST_PX / (right - left), HIGHEST_PX / (top - bottom))
        return cls(latitude_deg, longitude_deg, left, top, scale, (right - left) * scale, (top - bottom) * scale)

    @property
    def pixel_deg(self) -> float:
        """The arc of one pixel in the middle."""
        return math.degrees(1.0 / self.scale_px)

    def points_px(self, longitude_deg: Any, latitude_deg: Any) -> tuple[Floats, Floats]:
        """Where points lie (px), the frame's upper left corner being (0, 0)."""
        x, y = _projected(self.latitude_deg, self.longitude_deg, longitude_deg, latitude_deg)
        return (x - self.left) * self.scale_px, (self.top - y) * self.scale_px

    def turned(self, longitude_deg: Floats) -> Floats:
        """Longitudes in the turn about the middle."""
        return np.asarray(np.mod(longitude_deg - self.longitude_deg + 180.0, 360.0) + self.longitude_deg - 180.0)

    def path(self, shapes: Iterable[Any]) -> str:
        """The parts of shapes (deg) inside the frame as one SVG path, without what is below a pixel."""
        return "".join(ring for shape in shapes for ring in rings_of(self._seen(shape)))

    def _seen(self, shape: Any) -> Any:
        """A shape (deg) on the map (px), cut at the frame."""
        near = self._reach_deg * _NEAR
        parts = []
        for part in shapely.get_parts(shapely.segmentize(shape, _ARC_DEG)):
            points = shapely.get_coordinates(part)
            away = _away_deg(self.latitude_deg, self.longitude_deg, points[:, 0], points[:, 1])
            if away.min() <= near:  # what is wholly beyond may hold the point opposite, which has no place on the map
                parts.append(
                    shapely.transform(part, lambda edge: np.column_stack(self.points_px(edge[:, 0], edge[:, 1])))
                )
        if not parts:
            return shapely.MultiPolygon()
        # edges along the antimeridian and at a pole fall onto one another, on a grid exactly: they are none
        snapped = shapely.set_precision(parts, _GRID_PX, mode="pointwise")
        whole = shapely.union_all([polygons_of(part) for part in shapely.make_valid(snapped)], grid_size=_GRID_PX)
        return shapely.simplify(shapely.clip_by_rect(whole, 0.0, 0.0, self.width_px, self.height_px), _LEAST_BEND_PX)

    @property
    def _reach_deg(self) -> float:
        """How far from the middle the farthest corner of the frame is."""
        right, bottom = self.left + self.width_px / self.scale_px, self.top - self.height_px / self.scale_px
        far = math.hypot(max(abs(self.left), abs(right)), max(abs(self.top), abs(bottom)))
        return math.degrees(2.0 * math.asin(min(far / 2.0, 1.0)))

    def cell_path(self, west_deg: float, east_deg: float, south_deg: float, north_deg: float) -> str:
        """A cell, or several side by side, as a closed path."""
        steps = max(1, math.ceil((east_deg - west_deg) / 3.0))
        along = np.linspace(west_deg, east_deg, steps + 1)
        x, y = self.points_px(
            np.append(along, along[::-1]), np.append(np.full(steps + 1, south_deg), np.full(steps + 1, north_deg))
        )
        return "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in zip(x.tolist(), y.tolist(), strict=True)) + "Z"

    def graticule(self) -> Graticule:
        """Meridians named where they leave the frame, parallels named on the map."""
        reach = self._reach_deg
        low, high = max(self.latitude_deg - reach, -90.0), min(self.latitude_deg + reach, 90.0)
        holds_pole = high >= 90.0 or low <= -90.0
        latitudes = round_degrees(low, high)
        wide = 180.0 if holds_pole else math.degrees(math.asin(
            min(math.sin(math.radians(reach)) / math.cos(math.radians(self.latitude_deg)), 1.0)
        ))  # fmt: skip
        first = self.longitude_deg - wide
        longitudes = [
            float(degrees) for degrees in range(-180, 180, 30)
        ] if holds_pole else round_degrees(first, first + 2.0 * wide, 8.5)  # fmt: skip
        found = Graticule()
        # meridians end at the last parallel before a pole, where they would run together
        most = max((abs(latitude) for latitude in latitudes if abs(latitude) < 90.0), default=80.0)
        ends = (max(low, -most), min(high, most))
        for degrees in longitudes:
            along = np.linspace(*ends, 90)
            for line in self._lines(np.full(len(along), degrees), along):
                found.lines.append(line)
                end = line[0] if self.latitude_deg >= 0.0 else line[-1]
                label = self._outside(longitude_words(degrees), *end)
                if label is not None:
                    found.labels.append(label)
        turn = self._best_turn(latitudes) if holds_pole else None
        for degrees in latitudes:
            if abs(degrees) == 90.0:
                continue
            along = np.linspace(first, first + 2.0 * wide, 361)
            lines = self._lines(along, np.full(len(along), degrees))
            found.lines.extend(lines)
            for x, y in self._on_parallel(degrees, lines, turn):
                found.labels.append(Label(latitude_words(degrees), x, y, is_on_map=True))
        return found

    def _lines(self, longitude_deg: Floats, latitude_deg: Floats) -> list[Points]:
        """A line of points on the map, cut at the frame."""
        x, y = self.points_px(longitude_deg, latitude_deg)
        cut = shapely.clip_by_rect(
            shapely.LineString(np.column_stack([x, y])), 0.0, 0.0, self.width_px, self.height_px
        )  # fmt: skip
        joined = shapely.line_merge(cut) if cut.geom_type == "MultiLineString" else cut
        lines = [part for part in shapely.get_parts(joined) if part.geom_type == "LineString" and part.length > 2.0]
        return [[(float(a), float(b)) for a, b in shapely.get_coordinates(line)] for line in lines]

    def _outside(self, words: str, x: float, y: float) -> Label | None:
        """The name of a line that ends at the frame's edge, beside it; None for one that ends on the map."""
        if y >= self.height_px - 0.5:
            return Label(words, x, self.height_px + 14.0)
        if y <= 0.5:
            return Label(words, x, -5.0)
        if x <= 0.5:
            return Label(words, -5.0, y + 3.5, "end")
        return Label(words, self.width_px + 5.0, y + 3.5, "start") if x >= self.width_px - 0.5 else None

    def _on_parallel(self, latitude_deg: float, lines: list[Points], turn_deg: float | None) -> Points:
        """Where a parallel is named, if anywhere: on a meridian turned from the middle, else near its left end."""
        if turn_deg is not None:
            x, y = (float(one) for one in self.points_px(self.longitude_deg + turn_deg, latitude_deg))
        elif lines:
            points = max(lines, key=len)
            x, y = points[min(len(points) // 12 + 1, len(points) - 1)]
        else:
            return []
        inside = 18.0 <= x <= self.width_px - 18.0 and 12.0 <= y <= self.height_px - 12.0
        return [(x, y + 3.5)] if inside else []

    def _best_turn(self, latitudes: list[float]) -> float:
        """The turn from the middle's meridian on which most parallels about a pole can be named."""
        return max(_TURNS_DEG, key=lambda turn: sum(len(self._on_parallel(one, [], turn)) for one in latitudes))


Frame = MapFrame | AzimuthalFrame


def frame_around(cells: CellGrid) -> Frame:
    """The frame for a region's cells: azimuthal where they reach beyond 70 deg of latitude, flat elsewhere."""
    west, east, south, north = cell_edges(cells)
    longitude = np.radians(np.concatenate([west, 0.5 * (west + east), east] * 2))
    latitude = np.radians(np.concatenate([south] * 3 + [north] * 3))
    if np.abs(cells.latitude_deg).max() < FROM_LATITUDE_DEG:  # their points, which lie in the region
        return MapFrame.around(cells)
    across = np.cos(latitude)
    points = np.column_stack([across * np.cos(longitude), across * np.sin(longitude), np.sin(latitude)])
    middle = points.mean(axis=0)
    size = float(np.linalg.norm(middle))
    if size < 1e-6:
        return MapFrame.around(cells)
    middle /= size
    at_deg = math.degrees(math.asin(float(np.clip(middle[2], -1.0, 1.0))))
    turned_deg = math.degrees(math.atan2(middle[1], middle[0]))
    if abs(at_deg) > _POLE_AT_DEG or np.degrees(np.abs(latitude).max()) > 90.0 - 1e-6:
        # a region all round has no side of its own: Greenwich points down
        lopsided = math.hypot(middle[0], middle[1]) > 0.05
        at_deg, turned_deg = math.copysign(90.0, at_deg), turned_deg if lopsided else 0.0
    centre = np.array([
        math.cos(math.radians(at_deg)) * math.cos(math.radians(turned_deg)),
        math.cos(math.radians(at_deg)) * math.sin(math.radians(turned_deg)),
        math.sin(math.radians(at_deg)),
    ])  # fmt: skip
    if np.degrees(np.arccos(np.clip(points @ centre, -1.0, 1.0))).max() > WIDEST_RADIUS_DEG:
        return MapFrame.around(cells)
    return AzimuthalFrame.around(cells, at_deg, turned_deg)


def _projected(
    middle_latitude_deg: float, middle_longitude_deg: float, longitude_deg: Any, latitude_deg: Any
) -> tuple[Floats, Floats]:
    """Right and up of the middle, in Earth radii (Snyder 1987, USGS PP 1395, equations 24-2 to 24-4)."""
    towards, right, up = _direction(middle_latitude_deg, middle_longitude_deg, longitude_deg, latitude_deg)
    size = np.sqrt(2.0 / np.maximum(1.0 + towards, 1e-9))
    return size * right, size * up


def _direction(
    middle_latitude_deg: float, middle_longitude_deg: float, longitude_deg: Any, latitude_deg: Any
) -> tuple[Floats, Floats, Floats]:
    """Unit vectors on the authalic sphere: towards the middle, right and up of it."""
    turn = np.radians(np.asarray(longitude_deg) - middle_longitude_deg)
    sine_of_middle, sine = sin_authalic(middle_latitude_deg), sin_authalic(latitude_deg)
    cosine_of_middle, cosine = (np.sqrt(np.maximum(1.0 - one * one, 0.0)) for one in (sine_of_middle, sine))
    return (
        sine_of_middle * sine + cosine_of_middle * cosine * np.cos(turn),
        cosine * np.sin(turn),
        cosine_of_middle * sine - sine_of_middle * cosine * np.cos(turn),
    )


def _away_deg(middle_latitude_deg: float, middle_longitude_deg: float, longitude_deg: Any, latitude_deg: Any) -> Floats:
    towards, _, _ = _direction(middle_latitude_deg, middle_longitude_deg, longitude_deg, latitude_deg)
    return np.degrees(np.arccos(np.clip(towards, -1.0, 1.0)))

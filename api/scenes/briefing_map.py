"""The maps of a briefing: coverage place by place, and ground tracks over a flat Earth.

Nothing is clipped by the reader of the picture: cells are cut at the region's outline here, so that every PDF writer
draws the same.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import numpy as np
import shapely

from api.scenes.azimuthal_frame import Frame, frame_around
from api.scenes.chart import INK, SOFT, Chart
from api.scenes.colour_scale import ColourScale
from api.scenes.map_frame import MapFrame, cell_edges
from orbits.arrays import Floats
from ssa.briefing.tracks import Track, Tracks
from ssa.coverage.question import Coverage
from ssa.regions.outlines import outlines

_SEA, _LAND, _BORDER, _GRID, _NONE = "#e6ecf1", "#ffffff", "#6a7279", "#9aa2a9", "#c9cdd1"
_MARGIN_PX, _LEGEND_PX = 46.0, 58.0
_TRACK_INKS = ("#12305e", "#a01818", "#2f6b3a", "#7a4a00", "#5b2a6e")
TRACKS_NAMED = 8
_NEAR_POLE = 0.95  # sine of the latitude above which a region has no side of its own


def coverage_figure(found: Coverage, title: str, measure: str = "covered_fraction") -> str:
    """The region with its cells shaded by a measure, a legend with its unit below."""
    values = np.asarray(getattr(found.cell_measures, measure), dtype=np.float64)
    scale = ColourScale.of(values, measure)
    frame = frame_around(found.cells)
    legend_px = 48.0 * len(scale.colours) + 130.0
    width = max(frame.width_px + 2 * _MARGIN_PX, legend_px)
    chart = Chart(title, frame.height_px + 24.0 + _LEGEND_PX, width)
    left, top = (width - frame.width_px) / 2.0, 8.0
    sheet = _Sheet(chart, frame, left, top)
    sheet.ground()
    for kind, shape in _classes(found, scale.classes(values)):
        sheet.shape([shape], fill=scale.colours[kind] if kind >= 0 else _NONE)
    sheet.borders()
    sheet.shape([found.region.shape], stroke=INK, width=1.6)
    sheet.lines()
    _legend(chart, scale, top + frame.height_px + 40.0)
    return chart.svg()


def tracks_figure(found: Coverage, tracks: Tracks, title: str) -> str:
    """The whole Earth, the region, and one turn of each satellite from the window's start, the first ones named."""
    west = _west_edge(found)
    frame = MapFrame(west, -90.0, west + 360.0, 90.0, 880.0, 440.0)
    chart = Chart(title, frame.height_px + 52.0, frame.width_px + 2 * _MARGIN_PX)
    sheet = _Sheet(chart, frame, _MARGIN_PX, 8.0)
    sheet.ground(stroke=_BORDER)
    sheet.shape([found.region.shape], fill="#e8c75a")
    for place, track in enumerate(tracks.tracks[:TRACKS_NAMED]):
        sheet.track(track, tracks.times.step_s, _TRACK_INKS[place % len(_TRACK_INKS)])
    sheet.shape([found.region.shape], stroke=INK, width=1.6)
    for place, track in enumerate(tracks.tracks[:TRACKS_NAMED]):
        sheet.start(track, _TRACK_INKS[place % len(_TRACK_INKS)], place + 1)
    sheet.lines()
    named = [f"{place + 1} {track.name}" for place, track in enumerate(tracks.tracks[:TRACKS_NAMED])]
    slot = frame.width_px / max(len(named) // 2, 4)
    for place, name in enumerate(named):
        column, row = place % max(len(named) // 2, 4), place // max(len(named) // 2, 4)
        chart.text(name, _MARGIN_PX + slot * column, frame.height_px + 40.0 + 13.0 * row, size=10.5,
                   most=int(slot / 5.4))  # fmt: skip
    chart.height_px += 16.0
    return chart.svg()


def _west_edge(found: Coverage) -> float:
    """Where a map of the Earth is cut: at the antimeridian, or opposite a region that lies near it."""
    x, y, z = (float(part) for part in found.region.bounding_cap.centre_itrs)
    middle = math.degrees(math.atan2(y, x))
    anywhere = abs(z) > _NEAR_POLE or found.region.bounding_cap.radius_deg > 90.0
    return -180.0 if anywhere or abs(middle) <= 100.0 else round(middle / 30.0) * 30.0 - 180.0


def _classes(found: Coverage, classes: Any) -> list[tuple[int, Any]]:
    """Each class with the part of the region that its cells hold."""
    west, east, south, north = cell_edges(found.cells)
    boxes = shapely.box(west, south, east, north)
    turned = shapely.box(west - 360.0, south, east - 360.0, north)
    over = east > 180.0
    drawn = []
    for kind in np.unique(classes).tolist():
        mine = classes == kind
        whole = shapely.union_all([*boxes[mine], *turned[mine & over]])
        drawn.append((int(kind), shapely.intersection(shapely.make_valid(whole), found.region.shape)))
    return drawn


def _legend(chart: Chart, scale: ColourScale, y: float) -> None:
    box_px, labels = 48.0, scale.labels()
    for place, colour in enumerate(scale.colours):
        chart.rect(_MARGIN_PX + place * box_px, y, box_px, 12.0, colour, INK)
    for place, label in enumerate(labels):
        x = _MARGIN_PX + (place * box_px if len(labels) > 1 else box_px / 2.0)
        chart.text(label, x, y + 26.0, size=11.0, anchor="middle")
    chart.text(scale.unit, _MARGIN_PX + len(scale.colours) * box_px + 10.0, y + 10.5)


class _Sheet:
    """A frame laid on a chart: its paths are moved to where the frame lies."""

    def __init__(self, chart: Chart, frame: Frame, left: float, top: float) -> None:
        self.chart, self.frame, self.left, self.top = chart, frame, left, top
        self.land = list(_land(round(frame.pixel_deg, 3)))

    def shape(self, shapes: list[Any], *, fill: str = "none", stroke: str = "none", width: float = 1.0) -> None:
        areas = [_areas(shape) for shape in shapes]
        self.chart.path(self._moved(self.frame.path(areas)), fill=fill, stroke=stroke, width=width)

    def ground(self, *, stroke: str = "none", width: float = 0.4) -> None:
        self.chart.rect(self.left, self.top, self.frame.width_px, self.frame.height_px, _SEA)
        self.shape(self.land, fill=_LAND, stroke=stroke, width=width)

    def borders(self, width: float = 0.7) -> None:
        self.shape(self.land, stroke=_BORDER, width=width)

    def lines(self) -> None:
        """Lines of longitude and latitude with their names, and the edge."""
        frame, chart = self.frame, self.chart
        graticule = frame.graticule()
        for points in graticule.lines:
            chart.line([(self.left + x, self.top + y) for x, y in points], stroke=_GRID, width=0.4)
        for label in graticule.labels:
            x, y = self.left + label.x_px, self.top + label.y_px
            if label.is_on_map:
                chart.rect(x - 3.4 * len(label.words), y - 9.5, 6.8 * len(label.words), 12.5, "#ffffff")
            chart.text(label.words, x, y, size=11.0, anchor=label.anchor, fill=SOFT)
        edge = f"M{self.left:.1f} {self.top:.1f}h{frame.width_px:.1f}v{frame.height_px:.1f}h{-frame.width_px:.1f}Z"
        chart.path(edge, stroke=INK, width=1.0)

    def track(self, track: Track, step_s: float, ink: str) -> None:
        steps = min(int(track.period_s / step_s) + 2, len(track.latitude_deg))
        x, y = self._points(track.longitude_deg[:steps], track.latitude_deg[:steps])
        breaks = np.flatnonzero(np.abs(np.diff(x)) > self.frame.width_px / 2.0) + 1
        for xs, ys, ok in zip(
            np.split(x, breaks), np.split(y, breaks), np.split(track.usable[:steps], breaks), strict=True
        ):
            if ok.all():
                self.chart.line(list(zip(xs.tolist(), ys.tolist(), strict=True)), stroke=ink, width=1.1)

    def start(self, track: Track, ink: str, number: int) -> None:
        if track.usable[0]:
            x, y = (float(one[0]) for one in self._points(track.longitude_deg[:1], track.latitude_deg[:1]))
            self.chart.dot(x, y, 7.5, ink)
            self.chart.text(str(number), x, y + 3.8, size=10.0, anchor="middle", fill="#ffffff", weight="bold")

    def _points(self, longitude_deg: Floats, latitude_deg: Floats) -> tuple[Floats, Floats]:
        x, y = self.frame.points_px(self.frame.turned(longitude_deg), latitude_deg)
        return self.left + x, self.top + y

    def _moved(self, path: str) -> str:
        """A path of the frame, moved by its place on the chart; it holds M and L with pairs, and Z."""
        rings = []
        for ring in filter(None, path.split("Z")):
            pairs = [point.split(" ") for point in ring[1:].split("L")]
            rings.append("M" + "L".join(f"{float(x) + self.left:.1f} {float(y) + self.top:.1f}" for x, y in pairs))
        return "Z".join([*rings, ""])


@lru_cache(maxsize=8)
def _land(pixel_deg: float) -> tuple[Any, ...]:
    """Outlines without islands that no eye would see, to about a pixel."""
    shapes = []
    for outline in outlines():
        parts = shapely.get_parts(outline.shape)
        seen = parts[shapely.area(parts) > 4.0 * pixel_deg * pixel_deg]
        shapes += list(shapely.simplify(seen, 0.7 * pixel_deg, preserve_topology=True))
    return tuple(shapely.MultiPolygon([shape]) for shape in shapes)


def _areas(shape: Any) -> Any:
    """The polygons of a shape; where areas only touch, points and lines are no area."""
    parts = [part for part in shapely.get_parts(shapely.get_parts(shape)) if part.geom_type == "Polygon"]
    return shapely.MultiPolygon(parts)

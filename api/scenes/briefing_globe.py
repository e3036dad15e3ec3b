"""The globe of a briefing: what stands still is drawn through cesiumpy, what moves is CZML.

Static: the region with its coverage, ground tracks of one turn, and the first looks with their cones. In motion: the
satellites that see most of the region, at most a day of them, in the Earth-fixed frame, so that the page needs no table
of the Earth's orientation. Positions are written every 3 minutes, to 10 m: a picture, not an ephemeris.
"""

from __future__ import annotations

import base64
import io
from typing import Any

import numpy as np
import shapely

from api.scenes.cesium_globe import Globe
from api.scenes.cesiumpy_compat import CzmlSource, Overlay, cesiumpy
from api.scenes.colour_scale import ColourScale
from api.scenes.map_frame import MapFrame, cell_edges
from orbits import Instant
from ssa.briefing.tracks import Track, Tracks
from ssa.briefing.value import Briefing
from ssa.coverage.question import Coverage
from ssa.words import clock

INKS = ("#56b4e9", "#e69f00", "#2fd09a", "#f0a6d0", "#f0e442", "#ff7a59")  # apart for every kind of colour vision
_KEEP_EVERY = 3  # of the samples a minute apart
_TRACKED, _FIRST_LOOKS = 6, 1
_OVERLAY_PX, _OVERLAY_ALPHA = 512, 170
_WHOLE_EARTH_DEG, _OVER_SATELLITES = 120.0, 1.8
_OVERLAY_HEIGHT_M, _OUTLINE_WIDTH = 3000.0, 2.0
_OUTLINE_POINTS, _EDGE_DEG = 1500, 1.0  # edges are straight in longitude and latitude, lines of CesiumJS are not


def globe_script(found: Briefing, tracks: Tracks) -> str:
    """The script that draws it all on an element `globe`, for a page that carries CesiumJS."""
    globe = Globe("globe")
    _region(globe, found.coverage)
    for place, track in enumerate(tracks.tracks[:_TRACKED]):
        _ground_track(globe, track, tracks, INKS[place % len(INKS)])
    _first_looks(globe, found, tracks)
    globe.dataSources.add(CzmlSource(motion(found, tracks)))
    _camera(globe, found.coverage, tracks)
    return globe.carried_script()


def motion(found: Briefing, tracks: Tracks) -> list[dict[str, Any]]:
    """CZML packets: the clock, and each satellite with its path and how far it looks (`reach_m`)."""
    start, end = (_iso(tracks, row) for row in (0, tracks.times.count - 1))
    document = {
        "id": "document", "name": found.title, "version": "1.0",
        "clock": {"interval": f"{start}/{end}", "currentTime": start, "multiplier": 60, "range": "LOOP_STOP",
                  "step": "SYSTEM_CLOCK_MULTIPLIER"},
    }  # fmt: skip
    return [document, *(_satellite(track, tracks, place) for place, track in enumerate(tracks.tracks))]


def _iso(tracks: Tracks, row: int) -> str:
    return tracks.times.start.plus_s(row * tracks.times.step_s).isoformat(0)


def _satellite(track: Track, tracks: Tracks, place: int) -> dict[str, Any]:
    ink = [int(INKS[place % len(INKS)][at : at + 2], 16) for at in (1, 3, 5)] + [255]
    kept = np.arange(0, tracks.times.count, _KEEP_EVERY)
    if kept[-1] != tracks.times.count - 1:
        kept = np.append(kept, tracks.times.count - 1)
    usable = np.flatnonzero(track.usable)
    packet: dict[str, Any] = {
        "id": f"norad-{track.norad_id}", "name": track.name,
        "properties": {"norad_id": track.norad_id, "reach_m": track.reach_km * 1000.0},
    }  # fmt: skip
    kept = kept[np.isin(kept, usable)]
    if len(kept) < 2 or len(usable) != usable[-1] - usable[0] + 1:
        return packet  # states with a hole in them are not drawn: a line across it would say what nobody knows
    samples = np.column_stack([kept * tracks.times.step_s, np.round(track.position_itrs_km[kept] * 1000.0, -1)])
    position = {
        "epoch": _iso(tracks, 0), "referenceFrame": "FIXED", "interpolationAlgorithm": "LAGRANGE",
        "interpolationDegree": 5, "cartesian": samples.astype(np.int64).ravel().tolist(),
    }  # fmt: skip
    label = {
        "text": track.name, "font": "12px sans-serif", "pixelOffset": {"cartesian2": [0, -14]},
        "fillColor": {"rgba": [255, 255, 255, 255]}, "outlineColor": {"rgba": [0, 0, 0, 255]}, "outlineWidth": 3,
        "style": "FILL_AND_OUTLINE", "show": False,  # briefing.js shows those that do not cover one another
    }  # fmt: skip
    quarter = min(track.period_s, 7200.0) / 4.0
    return packet | {
        "availability": f"{_iso(tracks, int(kept[0]))}/{_iso(tracks, int(kept[-1]))}", "position": position,
        "point": {"pixelSize": 7, "color": {"rgba": ink}, "outlineColor": {"rgba": [0, 0, 0, 255]}, "outlineWidth": 1},
        "label": label,
        "path": {"leadTime": quarter, "trailTime": quarter, "width": 1.5, "resolution": 60,
                 "material": {"solidColor": {"color": {"rgba": ink}}}},
    }  # fmt: skip


def _region(globe: Globe, found: Coverage) -> None:
    shape = found.region.shape
    tolerance = 0.002
    while shapely.get_num_coordinates(shape) > _OUTLINE_POINTS:
        shape, tolerance = shapely.simplify(found.region.shape, tolerance), tolerance * 2.0
    picture, (west, south, east, north) = _overlay(found)
    globe.entities.add(
        cesiumpy.Rectangle(
            (west, south, east if east <= 180.0 else east - 360.0, north), height=_OVERLAY_HEIGHT_M,
            material=Overlay(picture), name=found.region.name,
        )
    )  # fmt: skip
    for ring in shapely.get_rings(shapely.get_parts(shapely.segmentize(shape, _EDGE_DEG))):
        points = shapely.get_coordinates(ring).round(4)
        on_the_cut = (np.abs(points[:-1, 0]) == 180.0) & (np.abs(points[1:, 0]) == 180.0)  # no edge of the region
        for line in np.split(points, np.flatnonzero(on_the_cut) + 1):
            if len(line) > 1:
                white = cesiumpy.color.Color.fromString("#ffffff")
                globe.entities.add(
                    cesiumpy.Polyline(line.ravel(), width=_OUTLINE_WIDTH, material=white, name=found.region.name)
                )


def _overlay(found: Coverage) -> tuple[str, tuple[float, float, float, float]]:
    """The region's coverage as a small picture (PNG, an address of its own) and what it covers, in degrees."""
    from PIL import Image, ImageDraw

    values = np.asarray(found.cell_measures.covered_fraction, dtype=np.float64)
    scale = ColourScale.of(values, "covered_fraction")
    classes = scale.classes(values)
    frame = MapFrame.around(found.cells)
    size = (
        _OVERLAY_PX,
        max(int(_OVERLAY_PX * (frame.north_deg - frame.south_deg) / (frame.east_deg - frame.west_deg)), 8),
    )
    sheet, mask = Image.new("RGB", size), Image.new("L", size, 0)

    def at(longitude: Any, latitude: Any) -> tuple[Any, Any]:
        x = (longitude - frame.west_deg) / (frame.east_deg - frame.west_deg) * size[0]
        return x, (frame.north_deg - latitude) / (frame.north_deg - frame.south_deg) * size[1]

    west, east, south, north = cell_edges(found.cells)
    left_deg = frame.turned(west)
    left, top = at(left_deg, north)
    right, bottom = at(left_deg + (east - west), south)
    draw, cut = ImageDraw.Draw(sheet), ImageDraw.Draw(mask)
    for row, kind in enumerate(classes.tolist()):
        if kind >= 0:
            draw.rectangle((left[row], top[row], right[row], bottom[row]), fill=scale.colours[kind])
    for polygon in shapely.get_parts(found.region.shape):
        for turn in (-360.0, 0.0, 360.0):
            for ring, fill in ((polygon.exterior, _OVERLAY_ALPHA), *((hole, 0) for hole in polygon.interiors)):
                points = shapely.get_coordinates(ring)
                x, y = at(points[:, 0] + turn, points[:, 1])
                if x.max() > 0.0 and x.min() < size[0]:
                    cut.polygon(list(zip(x.tolist(), y.tolist(), strict=True)), fill=fill)
    sheet.putalpha(mask)
    written = io.BytesIO()
    sheet.save(written, "PNG", optimize=True)
    address = f"data:image/png;base64,{base64.b64encode(written.getvalue()).decode()}"
    return address, (frame.west_deg, frame.south_deg, frame.east_deg, frame.north_deg)


def _ground_track(globe: Globe, track: Track, tracks: Tracks, ink: str) -> None:
    steps = min(int(track.period_s / tracks.times.step_s) + 2, tracks.times.count)
    if not track.usable[:steps].all():
        return
    points = np.column_stack([track.longitude_deg[:steps], track.latitude_deg[:steps]]).round(3)
    colour = cesiumpy.color.Color.fromString(ink).withAlpha(0.6)
    globe.entities.add(cesiumpy.Polyline(points.ravel(), width=1.0, material=colour, name=track.name))


def _first_looks(globe: Globe, found: Briefing, tracks: Tracks) -> None:
    """The first satellites to look, where they stand in the middle of their look, each with its cone."""
    start = found.coverage.span.start
    known = {track.row: track for track in tracks.tracks}
    first: dict[int, tuple[float, float]] = {}
    for row, begin, end in zip(found.looks.object_row, found.looks.start_s, found.looks.end_s, strict=True):
        if int(row) in known:
            first.setdefault(int(row), (float(begin), float(end)))
    for place, (row, (begin, end)) in enumerate(list(first.items())[:_FIRST_LOOKS]):
        track = known[row]
        step = round((begin + end) / 2.0 / tracks.times.step_s)
        if step < tracks.times.count and track.usable[step] and track.reach_km > 0.0:
            _cone(globe, track, step, start.plus_s(begin), INKS[place])


def _cone(globe: Globe, track: Track, step: int, begins: Instant, ink: str) -> None:
    longitude, latitude = float(track.longitude_deg[step]), float(track.latitude_deg[step])
    height_m, reach_m = float(track.altitude_km[step]) * 1000.0, track.reach_km * 1000.0
    colour = cesiumpy.color.Color.fromString(ink)
    globe.entities.add(cesiumpy.Cylinder(
        (longitude, latitude, height_m / 2.0), length=height_m, topRadius=0.0, bottomRadius=reach_m,
        fill=False, outline=True, outlineColor=colour, numberOfVerticalLines=12, name=track.name,
    ))  # fmt: skip
    globe.entities.add(cesiumpy.Point((longitude, latitude, height_m), color=ink_of(ink), pixelSize=5, name=track.name))
    globe.entities.add(cesiumpy.Label(
        (longitude, latitude, height_m), text=f"{track.name}, {clock(begins)}", scale=0.5, name=track.name,
        pixelOffset=(0, -14), outlineWidth=2,
    ))  # fmt: skip


def ink_of(ink: str) -> Any:
    """A colour of cesiumpy."""
    return cesiumpy.color.Color.fromString(ink)


def _camera(globe: Globe, found: Coverage, tracks: Tracks) -> None:
    """Above the region, high enough for it and for half of the satellites; over Africa where it is the whole Earth."""
    cap = found.region.bounding_cap
    x, y, z = (float(part) for part in cap.centre_itrs)
    longitude, latitude = float(np.degrees(np.arctan2(y, x))), float(np.degrees(np.arctan2(z, np.hypot(x, y))))
    if cap.radius_deg > _WHOLE_EARTH_DEG:
        longitude, latitude = 15.0, 20.0
    heights = [float(track.altitude_km[track.usable].mean()) * 1000.0 for track in tracks.tracks if track.usable.any()]
    over_satellites_m = _OVER_SATELLITES * float(np.median(heights)) if heights else 0.0
    height_m = max(min(5.4e6 + cap.radius_deg * 2.6e5, 1.7e7), min(over_satellites_m, 9.0e7))
    globe.camera.flyTo((longitude, latitude, height_m))

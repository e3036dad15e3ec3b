"""The examples of cesiumpy's own documents, one of each kind of entity that is drawn, and an orbit in CZML."""

from __future__ import annotations

import math
from typing import Any

from api.scenes.cesiumpy_compat import CzmlSource, cesiumpy

RED, BLUE, GREEN, AQUA = "red", "blue", "green", "aqua"


def entities(name: str = "example") -> dict[str, Any]:
    """One entity of each kind, by the name of its class; every one carries `name`."""
    return {
        "Point": cesiumpy.Point(position=(-120, 40, 0), color=BLUE, pixelSize=20, name=name),
        "Label": cesiumpy.Label(position=(-115, 40, 0), text=name, scale=0.8, fillColor=RED, name=name),
        "Billboard": cesiumpy.Billboard(
            position=(-110, 40, 0), image=cesiumpy.Pin.fromText(name[:20], color=cesiumpy.color.GREEN), name=name
        ),
        "Box": cesiumpy.Box(position=(-105, 40, 0), dimensions=(40e4, 30e4, 50e4), material=RED, name=name),
        "Ellipse": cesiumpy.Ellipse((-100, 40, 0), semiMinorAxis=25e4, semiMajorAxis=40e4, material=BLUE, name=name),
        "Cylinder": cesiumpy.Cylinder(
            (-95, 40, 0), length=50e4, topRadius=10e4, bottomRadius=20e4, material=AQUA, name=name
        ),
        "Polygon": cesiumpy.Polygon([-90, 40, -95, 40, -95, 45, -90, 40], material=RED, name=name),
        "Rectangle": cesiumpy.Rectangle((-85, 40, -80, 45), material=GREEN, name=name),
        "Ellipsoid": cesiumpy.Ellipsoid((-70, 40, 0), radii=(20e4, 20e4, 30e4), material=GREEN, name=name),
        "Wall": cesiumpy.Wall(
            [-60, 40, -65, 40, -65, 45, -60, 45], maximumHeights=[10e4] * 4, minimumHeights=[0] * 4, material=RED,
            name=name,
        ),
        "Corridor": cesiumpy.Corridor([-120, 30, -90, 35, -50, 30], width=2e5, material=RED, name=name),
        "Polyline": cesiumpy.Polyline([-120, 25, -90, 30, -50, 25], width=2, material=BLUE, name=name),
        "PolylineVolume": cesiumpy.PolylineVolume(
            [-120, 20, -90, 25, -50, 20], [-5e4, -5e4, 5e4, -5e4, 5e4, 5e4, -5e4, 5e4], material=GREEN, name=name
        ),
    }  # fmt: skip


def orbit(name: str = "example") -> CzmlSource:
    """A circle of 7,000 km about the Earth in 100 minutes, with clock, label and path."""
    span = "2026-03-10T00:00:00Z/2026-03-10T01:40:00Z"
    samples: list[float] = []
    for second in range(0, 6001, 60):
        angle = 2.0 * math.pi * second / 6000.0
        samples += [second, 7.0e6 * math.cos(angle), 7.0e6 * math.sin(angle), 0.0]
    clock = {"interval": span, "currentTime": span.partition("/")[0], "multiplier": 60}
    position = {
        "epoch": span.partition("/")[0], "referenceFrame": "FIXED", "interpolationAlgorithm": "LAGRANGE",
        "interpolationDegree": 5, "cartesian": samples,
    }  # fmt: skip
    return CzmlSource([
        {"id": "document", "name": name, "version": "1.0", "clock": clock},
        {"id": "orbit", "name": name, "availability": span, "position": position, "point": {"pixelSize": 8},
         "label": {"text": name, "font": "12px sans-serif"}, "path": {"width": 2}},
    ])  # fmt: skip

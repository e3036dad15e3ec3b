"""CZML of one conjunction: both objects for some minutes about it, the closest approach marked, a line between them.

Names are data: CesiumJS draws labels as text, and no packet holds a description, which would be HTML.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from api.scenes.czml import czml_document
from orbits import TimeGrid
from orbits.frames import teme_to_itrs, teme_to_itrs_km
from orbits.propagation import propagate
from orbits.times import Instants
from ssa.conjunctions.examination import Examination

HALF_S = 300.0
_STEP_S = 10.0
_RED = {"rgba": [213, 94, 0, 255]}


def conjunction_czml(one: Examination) -> list[dict[str, Any]]:
    """The packets: the clock (at the closest approach), the primary, the secondary, the mark and the line."""
    rows = list(one.rows)
    elements = one.snapshot.elements[rows]
    start = one.tca.plus_s(-HALF_S)
    itrs = teme_to_itrs(propagate(elements, TimeGrid(start, _STEP_S, int(2 * HALF_S / _STEP_S) + 1), threads=1))
    names = [str(name) for name in elements.name]
    document, *objects = czml_document(
        itrs, names, title=f"{names[0]} and {names[1]}", period_s=(elements.period_min * 60.0).tolist(),
        data_mode=one.snapshot.data_mode,
    )  # fmt: skip
    tca = one.tca.isoformat(3)
    names_aside = (("RIGHT", -12), ("LEFT", 12))  # they meet, so that names would lie over one another
    for packet, (side, away_px) in zip(objects, names_aside, strict=True):
        if "label" in packet:
            packet["label"] |= {"horizontalOrigin": side, "pixelOffset": {"cartesian2": [away_px, -14]}}
    document["clock"] |= {"currentTime": tca, "multiplier": 10}
    times = Instants(np.array([one.tca.jd_day]), np.array([one.tca.day_fraction]))
    place = teme_to_itrs_km(one.encounter.primary.position_km[None], times)[0] * 1000.0
    mark = {
        "id": "closest-approach",
        "name": f"Closest approach {tca}",
        "properties": {"tca": tca, "miss_distance_km": round(one.encounter.miss_distance_km, 5)},
        "position": {"referenceFrame": "FIXED", "cartesian": np.round(place, 3).tolist()},
        "point": {"pixelSize": 10, "color": _RED, "outlineColor": {"rgba": [255, 255, 255, 255]}, "outlineWidth": 1},
        "label": {
            "text": f"{one.encounter.miss_distance_km:.3f} km, {tca}", "font": "12px sans-serif",
            "pixelOffset": {"cartesian2": [0, 18]},
        },
    }  # fmt: skip
    line = {
        "id": "between",
        "name": "Between the two",
        "polyline": {
            "positions": {"references": [f"{packet['id']}#position" for packet in objects]},
            "arcType": "NONE", "width": 1, "material": {"solidColor": {"color": _RED}},
        },
    }  # fmt: skip
    if all("availability" in packet and isinstance(packet["availability"], str) for packet in objects):
        line["availability"] = _shared([packet["availability"] for packet in objects])
        return [document, *objects, mark, line]
    return [document, *objects, mark]


def _shared(intervals: list[str]) -> str:
    """What two intervals, written alike, have in common: both hold the closest approach."""
    starts, ends = zip(*(interval.split("/") for interval in intervals), strict=True)
    return f"{max(starts)}/{min(ends)}"

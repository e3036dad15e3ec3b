"""CZML for CesiumJS: sampled positions of objects, their names, paths and the times for which they hold.

Positions are in the Earth-fixed frame (ITRS, CZML `FIXED`), metres, so that a client needs no table of the Earth's
orientation. Velocities are not sent: SGP4's are not quite the derivative of its positions. Times without a state are
left out of `availability`: nothing is drawn there. Names are data in JSON; a client draws them as text, never as HTML.

Source: CZML Guide, github.com/AnalyticalGraphicsInc/czml-writer/wiki.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from orbits.arrays import Booleans
from orbits.ephemeris import ItrsEphemeris
from orbits.times import Instants, TimeGrid

_INTERPOLATION_DEGREE = 5  # 60 s apart: below a metre in low orbit
_COLOURS = ((86, 180, 233, 255), (230, 159, 0, 255), (0, 158, 115, 255), (204, 121, 167, 255), (240, 228, 66, 255))


def czml_document(
    ephemeris: ItrsEphemeris, names: list[str], *, title: str, period_s: list[float], data_mode: str
) -> list[dict[str, Any]]:
    """The packets of a document: one for the clock, one for each object.

    `period_s` (n,) sets how much of each path is drawn.
    """
    instants = ephemeris.times.instants if isinstance(ephemeris.times, TimeGrid) else ephemeris.times
    seconds = _seconds(instants)
    start, end = instants[0].isoformat(3), instants[len(instants) - 1].isoformat(3)
    document = {
        "id": "document",
        "name": f"{title} (SIMULATED)" if data_mode == "SIMULATED" else title,
        "version": "1.0",
        "clock": {"interval": f"{start}/{end}", "currentTime": start, "multiplier": 60, "range": "LOOP_STOP"},
    }
    packets = [
        _object(ephemeris, row, names[row], instants, seconds, period_s[row]) for row in range(len(ephemeris.norad_id))
    ]
    return [document, *packets]


def _object(
    ephemeris: ItrsEphemeris, row: int, name: str, instants: Instants, seconds: Any, period_s: float
) -> dict[str, Any]:
    usable = ephemeris.status[row] == 0
    colour = {"solidColor": {"color": {"rgba": list(_COLOURS[row % len(_COLOURS)])}}}
    packet: dict[str, Any] = {
        "id": f"norad-{int(ephemeris.norad_id[row])}",
        "name": name,
        "properties": {"norad_id": int(ephemeris.norad_id[row])},
    }
    availability = _intervals(usable, instants)
    if not availability:
        return packet
    samples = np.column_stack(
        [
            np.round(seconds[usable], 6),
            np.round(ephemeris.position_itrs_km[row][usable] * 1000.0, 3),
        ]
    )
    return packet | {
        "availability": availability[0] if len(availability) == 1 else availability,
        "position": {
            "epoch": instants[0].isoformat(6),
            "referenceFrame": "FIXED",
            "interpolationAlgorithm": "LAGRANGE",
            "interpolationDegree": _INTERPOLATION_DEGREE,
            "cartesian": samples.ravel().tolist(),
        },
        "point": {"pixelSize": 6, "color": {"rgba": list(_COLOURS[row % len(_COLOURS)])}},
        "label": {"text": name, "font": "12px sans-serif", "pixelOffset": {"cartesian2": [0, -14]}},
        "path": {"leadTime": period_s / 2.0, "trailTime": period_s / 2.0, "width": 1, "material": colour},
    }


def _seconds(instants: Instants) -> Any:
    first = instants[0]
    return ((instants.jd_day - first.jd_day) + (instants.day_fraction - first.day_fraction)) * 86400.0


def _intervals(usable: Booleans, instants: Instants) -> list[str]:
    """The intervals of usable states, as CZML writes them; a single state has no interval."""
    places = np.flatnonzero(usable)
    runs = np.split(places, np.flatnonzero(np.diff(places) > 1) + 1) if len(places) else []
    return [
        f"{instants[int(run[0])].isoformat(3)}/{instants[int(run[-1])].isoformat(3)}" for run in runs if len(run) > 1
    ]

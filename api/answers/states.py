"""The answer of `propagate` and of an object's ephemeris: states in TEME and ITRS, with status and age."""

from __future__ import annotations

from typing import Any

import numpy as np

from api.answers.columns import number, numbers
from api.answers.envelope import age_caveats, answer
from api.selection import Selection
from orbits import Instant
from orbits.earth_orientation import EarthOrientation
from orbits.ephemeris import ItrsEphemeris, TemeEphemeris
from orbits.frames import itrs_to_geodetic
from orbits.sgp4_core import STATUS_TEXT
from ssa.catalogue.snapshot import CatalogueSnapshot

FRAMES_CAVEAT = (
    "TEME is SGP4's frame (true equator, mean equinox of date); ITRS uses UT1 and polar motion. Element sets are good "
    "to about 1 km at epoch and lose accuracy with age."
)


def states_answer(
    snapshot: CatalogueSnapshot, selection: Selection, teme: TemeEphemeris, itrs: ItrsEphemeris
) -> dict[str, Any]:
    """Every state of every object; `status` 0 is a usable state, the others have null vectors and a reason."""
    instants = teme.instants
    first, last = instants[0], instants[len(instants) - 1]
    times = [instants[place].isoformat(6) for place in range(len(instants))]
    objects = selection.objects
    rows = [
        _object_states(objects, row, times, instants.jd_day, instants.day_fraction, teme, itrs)
        for row in range(len(objects))
    ]
    failed = [
        {
            "norad_id": int(objects.elements.norad_id[row]),
            "name": str(objects.elements.name[row]),
            "status": int(status),
            "reason": STATUS_TEXT.get(int(status), "no state"),
            "states": int((teme.status[row] == status).sum()),
        }
        for row in range(len(objects))
        for status in np.unique(teme.status[row][teme.status[row] != 0])
    ]
    orientation = EarthOrientation.bundled().caveat(last)
    caveats = [FRAMES_CAVEAT, *age_caveats(objects, first, last), *selection.caveats]
    body = {
        "start": times[0],
        "end": times[-1],
        "objects": rows,
        "failed": failed,
        "skipped": [skipped.row() for skipped in selection.skipped],
        "left_out": dict(selection.left_out),
    }
    return answer(snapshot, first, body, [*caveats, orientation] if orientation else caveats)


def _object_states(
    objects: CatalogueSnapshot, row: int, times: list[str], jd_day: Any, day_fraction: Any, teme: TemeEphemeris,
    itrs: ItrsEphemeris,
) -> dict[str, Any]:  # fmt: skip
    assert teme.velocity_teme_km_s is not None
    assert itrs.velocity_itrs_km_s is not None
    elements = objects.elements
    ages = (jd_day - elements.epoch_jd_day[row]) + (day_fraction - elements.epoch_day_fraction[row])
    latitude, longitude, altitude = itrs_to_geodetic(itrs.position_itrs_km[row])
    columns = zip(
        times, numbers(ages, 6), teme.status[row].tolist(),
        *(_vectors(vectors[row], digits) for vectors, digits in (
            (teme.position_teme_km, 6), (teme.velocity_teme_km_s, 9),
            (itrs.position_itrs_km, 6), (itrs.velocity_itrs_km_s, 9),
        )),
        numbers(latitude, 7), numbers(longitude, 7), numbers(altitude, 6), strict=True,
    )  # fmt: skip
    return {
        "norad_id": int(elements.norad_id[row]),
        "name": str(elements.name[row]),
        "epoch": elements.epoch(row).isoformat(),
        "states": [
            {
                "time": time,
                "elements_age_days": age,
                "status": status,
                "reason": STATUS_TEXT.get(status, "no state"),
                "position_teme_km": position_teme,
                "velocity_teme_km_s": velocity_teme,
                "position_itrs_km": position_itrs,
                "velocity_itrs_km_s": velocity_itrs,
                "latitude_deg": lat,
                "longitude_deg": lon,
                "altitude_km": alt,
            }
            for time, age, status, position_teme, velocity_teme, position_itrs, velocity_itrs, lat, lon, alt in columns
        ],
    }


def _vectors(vectors: Any, digits: int) -> list[list[float] | None]:
    rounded = np.round(vectors, digits) + 0.0
    usable = np.isfinite(rounded).all(axis=-1).tolist()
    return [vector if ok else None for vector, ok in zip(rounded.tolist(), usable, strict=True)]


def age_days(epoch: Instant, at: Instant) -> float | None:
    """Days from an epoch to a time, for people."""
    return number(at.days_since(epoch), 4)

"""Every object of three real catalogues, +-7 days, 50 odd times, against the `sgp4` package (2.27, WGS72, improved).

The times are odd on purpose: drawn once from a seeded generator, so that no step of any integrator is hit.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from sgp4.api import WGS72, Satrec, SatrecArray

from orbits import ElementSets, Instant, Instants, TimeGrid
from orbits.constants import TAU
from orbits.propagation import propagate

pytestmark = pytest.mark.real_data

ONE_MILLIMETRE = 1e-6  # km
ONE_MICROMETRE_S = 1e-9  # km/s
ONE_CENTIMETRE = 1e-5  # km
TEN_MICROMETRES_S = 1e-8  # km/s


# name, first time in minutes, step in seconds, count: each way of going through a grid, at both ends of the fortnight
GRIDS = (
    ("one minute", -7 * 1440, 60.0, 200),
    ("one minute", 7 * 1440 - 200, 60.0, 200),
    ("five seconds", 5 * 1440, 5.0, 300),
    ("odd", 3 * 1440, 437.3, 60),
    ("ten steps", -2 * 1440, 60.0, 10),
)


def reference_of(elements: ElementSets) -> list[Satrec]:
    """The same numbers handed to the reference directly: its own readers refuse nine-digit catalogue numbers."""
    made = []
    for row in range(len(elements)):
        satellite = Satrec()
        satellite.sgp4init(
            WGS72, "i", 1,
            float(elements.epoch_jd_day[row] + elements.epoch_day_fraction[row] - 2433281.5),
            float(elements.bstar_per_earth_radius[row]), 0.0, 0.0,
            float(elements.eccentricity[row]), float(np.radians(elements.argument_of_perigee_deg[row])),
            float(np.radians(elements.inclination_deg[row])), float(np.radians(elements.mean_anomaly_deg[row])),
            float(elements.mean_motion_rev_day[row] * TAU / 1440.0), float(np.radians(elements.raan_deg[row])),
        )  # fmt: skip
        # sgp4init rounds the epoch to one float; the two parts are set again
        satellite.jdsatepoch = float(elements.epoch_jd_day[row])
        satellite.jdsatepochF = float(elements.epoch_day_fraction[row])
        made.append(satellite)
    return made


CATALOGUES = pytest.mark.parametrize(
    ("name", "start", "objects"),
    [
        ("gp_2026-03-10_merged.csv.gz", "2026-03-10T00:00:00Z", 21_569),
        ("gp_2024-11-01_on-orbit.csv.gz", "2024-11-01T00:00:00Z", 26_834),
        ("tle_2023-04-01_full.3le.gz", "2023-04-01T00:00:00Z", 24_548),
    ],
)


@CATALOGUES
def test_states_and_statuses_agree_for_every_object(shared: Path, name: str, start: str, objects: int) -> None:
    elements = ElementSets.read(shared / "data" / "catalogs" / name)
    assert len(elements) == objects
    assert not elements.refused
    seconds = np.random.default_rng(20260310).uniform(-7 * 86400.0, 7 * 86400.0, 50)
    times = Instants.after(start, seconds)
    ours = propagate(elements, times)
    assert ours.velocity_teme_km_s is not None
    satellites = reference_of(elements)
    status, position, velocity = SatrecArray(satellites).sgp4(np.array(times.jd_day), np.array(times.day_fraction))
    np.testing.assert_array_equal(ours.status, status)

    deep = np.array([satellite.method == "d" for satellite in satellites])
    usable = status == 0
    off_km = np.where(usable, np.linalg.norm(ours.position_teme_km - position, axis=2), 0.0)
    off_km_s = np.where(usable, np.linalg.norm(ours.velocity_teme_km_s - velocity, axis=2), 0.0)
    for kind, rows in (("near earth", ~deep), ("deep space", deep)):
        print(
            f"{name} {kind}: {rows.sum()} objects, worst {off_km[rows].max() * 1e6:.4f} mm, "
            f"{off_km_s[rows].max() * 1e9:.4f} um/s; statuses {np.bincount(status[rows].ravel()).tolist()}"
        )
    assert off_km[~deep].max() <= ONE_MILLIMETRE
    assert off_km_s[~deep].max() <= ONE_MICROMETRE_S
    assert off_km[deep].max() <= ONE_CENTIMETRE
    assert off_km_s[deep].max() <= TEN_MICROMETRES_S


@CATALOGUES
def test_grids_agree_for_every_object_too(shared: Path, name: str, start: str, objects: int) -> None:
    """Grids go by vector code with its own paths; the step decides which."""
    elements = ElementSets.read(shared / "data" / "catalogs" / name)
    satellites = reference_of(elements)
    array = SatrecArray(satellites)
    deep = np.array([satellite.method == "d" for satellite in satellites])
    for label, first_min, step_s, count in GRIDS:
        grid = TimeGrid(start=Instant.parse(start).plus_s(first_min * 60.0), step_s=step_s, count=count)
        ours = propagate(elements, grid)
        assert ours.velocity_teme_km_s is not None
        times = grid.instants
        status, position, velocity = array.sgp4(np.array(times.jd_day), np.array(times.day_fraction))
        np.testing.assert_array_equal(ours.status, status)
        usable = status == 0
        off_km = np.where(usable, np.linalg.norm(ours.position_teme_km - position, axis=2), 0.0)
        off_km_s = np.where(usable, np.linalg.norm(ours.velocity_teme_km_s - velocity, axis=2), 0.0)
        print(
            f"{name} {label}: near earth worst {off_km[~deep].max() * 1e6:.4f} mm, "
            f"{off_km_s[~deep].max() * 1e9:.4f} um/s; deep space {off_km[deep].max() * 1e6:.4f} mm"
        )
        assert off_km[~deep].max() <= ONE_MILLIMETRE
        assert off_km_s[~deep].max() <= ONE_MICROMETRE_S
        assert off_km[deep].max() <= ONE_CENTIMETRE
        assert off_km_s[deep].max() <= TEN_MICROMETRES_S

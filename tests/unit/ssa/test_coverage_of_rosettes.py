"""Coverage against published constellations: Ballard's rosettes, which see every point of the Earth at all times.

A. H. Ballard, "Rosette Constellations of Earth Satellites", IEEE Transactions on Aerospace and Electronic Systems
AES-16 (5), 1980, table I (best rosettes for single visibility): of N satellites in N planes, with m steps of phase from
plane to plane, the inclination and the largest range R in degrees of arc. No point of the Earth is ever farther than R
from the nearest point below a satellite, and some point at some time is as far. They are Walker's delta patterns
N/N/m.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from orbits import TimeSpan
from orbits.constants import WGS72_MU_KM3_S2, WGS84_RADIUS_KM
from ssa.coverage.access import find_accesses
from ssa.coverage.measures import measure_cells
from ssa.regions import CellGrid
from ssa.sensors import Elevation
from tests.made_up_sets import made_up_sets

ROSETTES = [(5, 1, 43.66, 69.15), (6, 4, 53.13, 66.42), (7, 5, 55.69, 60.26), (9, 7, 70.54, 54.81)]  # N, m, deg, R deg
REV_DAY = 3.0
RADIUS_KM = (WGS72_MU_KM3_S2 / (REV_DAY * 2.0 * np.pi / 86400.0) ** 2) ** (1.0 / 3.0)
# The paper has a sphere: the ellipsoid's vertical leans by 0.19 deg, its radius varies by 21 km; Sun, Moon and J2 move
# satellites by less than 0.05 deg in a revolution.
WIDER_DEG = 0.5
NARROWER_DEG = 1.0  # leaves a gap that is wide enough for cells 3 deg apart to meet it


def rosette(count: int, phase: int, inclination_deg: float):
    step = np.arange(count) * 360.0 / count
    zero = np.zeros(count)
    return replace(
        made_up_sets(count), mean_motion_rev_day=zero + REV_DAY, eccentricity=zero + 1e-6, raan_deg=step,
        inclination_deg=zero + inclination_deg, argument_of_perigee_deg=zero, mean_anomaly_deg=(phase * step) % 360.0,
        bstar_per_earth_radius=zero, mean_motion_dot_rev_day2=zero, epoch_day_fraction=zero,
    )  # fmt: skip


def elevation_deg(range_deg: float) -> float:
    """The elevation of a satellite at the edge of a cap of that range, on a sphere."""
    arc = np.radians(range_deg)
    return float(np.degrees(np.arctan2(np.cos(arc) - WGS84_RADIUS_KM / RADIUS_KM, np.sin(arc))))


@pytest.mark.parametrize(("count", "phase", "inclination_deg", "range_deg"), ROSETTES)
def test_a_rosette_sees_all_the_earth_from_its_published_range_on_and_no_sooner(
    count, phase, inclination_deg, range_deg
):
    elements = rosette(count, phase, inclination_deg)
    span = TimeSpan.of(elements.epoch(0), hours=24.0 / REV_DAY)
    world = CellGrid.world(330.0)

    def seen(range_deg: float):
        found = find_accesses(elements, world, Elevation(elevation_deg(range_deg)), span).intervals
        return measure_cells(found)

    wider = seen(range_deg + WIDER_DEG)
    assert wider.max_gap_s.max() == 0.0
    assert wider.covered_fraction.min() == pytest.approx(1.0, abs=1e-12)
    narrower = seen(range_deg - NARROWER_DEG)
    assert narrower.max_gap_s.max() > 60.0
    assert 0.95 < narrower.covered_fraction @ world.weights < 1.0

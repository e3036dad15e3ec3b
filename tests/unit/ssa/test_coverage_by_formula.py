"""Coverage against formulas on paper: the swath of a circular polar orbit, and the revisit of a repeat ground track."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from orbits import TimeGrid, TimeSpan
from orbits.constants import WGS72_J2, WGS72_MU_KM3_S2, WGS72_RADIUS_KM, WGS84_RADIUS_KM
from orbits.propagation import propagate
from ssa.coverage.access import find_accesses
from ssa.regions import CellGrid
from ssa.sensors import NadirCone
from tests.made_up_sets import made_up_sets

SIDEREAL_DAY_S = 86164.0905
REVOLUTIONS = 15  # in one turn of the Earth: the ground track closes after a day, and the way down falls on the way up
HALF_ANGLE_DEG = 10.0
SPACING_DEG = 0.02


def mean_motion_rev_day() -> float:
    """The mean motion at which a polar orbit passes its node 15 times in a sidereal day (J2 to the first order)."""
    wanted = 2.0 * np.pi * REVOLUTIONS / SIDEREAL_DAY_S  # rad/s of the mean anomaly and the perigee together
    pace = wanted
    for _ in range(20):
        axis_km = (WGS72_MU_KM3_S2 / pace**2) ** (1.0 / 3.0)
        perigee_rate = -0.75 * WGS72_J2 * (WGS72_RADIUS_KM / axis_km) ** 2 * pace  # i = 90 deg; the node stands still
        pace = wanted - perigee_rate
    return pace * 86400.0 / (2.0 * np.pi)


@pytest.fixture(scope="module")
def polar():
    zero = np.zeros(1)
    made = replace(
        made_up_sets(1), mean_motion_rev_day=np.array([mean_motion_rev_day()]), eccentricity=np.array([1e-6]),
        inclination_deg=np.array([90.0]), raan_deg=zero, argument_of_perigee_deg=zero, mean_anomaly_deg=zero + 90.0,
        bstar_per_earth_radius=zero, mean_motion_dot_rev_day2=zero, epoch_day_fraction=zero,
    )  # fmt: skip
    equator = np.arange(0.0, 360.0 / REVOLUTIONS, SPACING_DEG)
    span = TimeSpan.of(made.epoch(0), hours=96)
    cells = CellGrid.from_points(np.zeros(len(equator)), equator)
    return made, equator, span, find_accesses(made, cells, NadirCone(HALF_ANGLE_DEG), span).intervals


def test_the_swath_of_a_polar_orbit_is_that_of_the_triangle(polar) -> None:
    made, equator, span, seen = polar
    first = (seen.start_s < seen.start_s.min() + 600.0) & (seen.end_s < seen.start_s.min() + 600.0)
    middle_s = float(np.median((seen.start_s[first] + seen.end_s[first]) / 2.0))
    at = TimeGrid(span.start.plus_s(middle_s), 60.0, 1)
    position_km = propagate(made, at).position_teme_km[0, 0]
    assert abs(position_km[2]) < 20.0  # over the equator, where the ellipsoid is a circle and both nadirs are one
    sine = np.linalg.norm(position_km) / WGS84_RADIUS_KM * np.sin(np.radians(HALF_ANGLE_DEG))
    half_width_deg = np.degrees(np.arcsin(sine)) - HALF_ANGLE_DEG
    width_deg = np.ptp(equator[seen.cell_row[first]])
    assert width_deg == pytest.approx(2.0 * half_width_deg, abs=2.0 * SPACING_DEG)


def test_a_repeat_ground_track_is_seen_again_after_half_a_sidereal_day(polar) -> None:
    _, equator, _, seen = polar
    longest = int(np.bincount(seen.cell_row, seen.end_s - seen.start_s, len(equator)).argmax())
    mine = seen.cell_row == longest
    middles_s = np.sort((seen.start_s[mine] + seen.end_s[mine]) / 2.0)
    assert len(middles_s) == 8
    # ways up and down are one track; they are 4 s off the middle of each other, as J3 bends the orbit out of its circle
    np.testing.assert_allclose(np.diff(middles_s), SIDEREAL_DAY_S / 2.0, rtol=0, atol=5.0)
    # the second order of J2 is worth 0.1 s a day
    np.testing.assert_allclose(middles_s[2:] - middles_s[:-2], SIDEREAL_DAY_S, rtol=0, atol=0.5)

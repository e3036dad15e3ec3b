"""Coverage and dilutions of a real catalogue against the `sgp4` package and numpy: no code of the product in between.

The Earth turns by the sidereal time of 1982 with UT1-UTC; polar motion, which the product has, is left out: it moves
the ground by ten metres, which a satellite overhead passes in 2 ms.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from sgp4.api import SatrecArray

from orbits import TimeGrid, TimeSpan
from orbits.earth_orientation import EarthOrientation
from ssa import CellGrid, parse_region
from ssa.coverage.access import find_accesses
from ssa.navigation import navigation_fleet, navigation_over
from ssa.sensors import NadirCone
from tests.benchmarks.coverage_accesses import imagers, points
from tests.real_catalogue import catalogue_of_march_2026
from tests.reference.test_sgp4_whole_catalogues import reference_of

pytestmark = pytest.mark.real_data
A_KM, FLATTENING = 6378.137, 1.0 / 298.257223563  # WGS84
E2 = FLATTENING * (2.0 - FLATTENING)
HALF_ANGLE_DEG = 30.0
EDGE_RAD = 3e-5  # polar motion: 13 m from 450 km


def earth_fixed_km(elements, start, seconds: np.ndarray) -> np.ndarray:
    """Positions (n, t, 3) in km by the `sgp4` package, turned with the Earth."""
    day, fraction = start.jd_day, start.day_fraction + seconds / 86400.0
    error, teme, _ = SatrecArray(reference_of(elements)).sgp4(np.full(len(seconds), day), fraction)
    assert not error.any()
    ut1_less_utc_s = float(EarthOrientation.bundled().ut1_minus_utc_s(np.array([day]), fraction[:1])[0])
    days = (day - 2451545.0) + fraction + ut1_less_utc_s / 86400.0  # UT1, from J2000
    t = days / 36525.0
    # Aoki et al. 1982: seconds of Greenwich mean sidereal time at this UT1, whole turns of the day's fraction apart
    sidereal_s = 67310.54841 + (8640184.812866 + (0.093104 - 6.2e-6 * t) * t) * t + 86400.0 * (days % 1.0)
    angle = (2.0 * np.pi / 86400.0) * (sidereal_s % 86400.0)
    x, y = teme[..., 0], teme[..., 1]
    return np.stack(
        [x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle), teme[..., 2]], axis=-1
    )


def ground_km(latitude_deg: np.ndarray, longitude_deg: np.ndarray) -> np.ndarray:
    latitude, longitude = np.radians(latitude_deg), np.radians(longitude_deg)
    n = A_KM / np.sqrt(1.0 - E2 * np.sin(latitude) ** 2)
    return np.stack(
        [n * np.cos(latitude) * np.cos(longitude), n * np.cos(latitude) * np.sin(longitude),
         n * (1.0 - E2) * np.sin(latitude)], axis=-1,
    )  # fmt: skip


def ups(latitude_deg: np.ndarray, longitude_deg: np.ndarray) -> np.ndarray:
    latitude, longitude = np.radians(latitude_deg), np.radians(longitude_deg)
    return np.stack(
        [np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)], axis=-1
    )


def below(position_km: np.ndarray) -> np.ndarray:
    """Unit vectors down the ellipsoid's normal through a position, by the fixed point of its latitude."""
    x, y, z = np.moveaxis(position_km, -1, 0)
    p = np.hypot(x, y)
    latitude = np.arctan2(z, p * (1.0 - E2))
    for _ in range(12):
        sine = np.sin(latitude)
        latitude = np.arctan2(z + E2 * A_KM / np.sqrt(1.0 - E2 * sine**2) * sine, p)
    return -ups(np.degrees(latitude), np.degrees(np.arctan2(y, x)))


def test_accesses_of_20_imagers_to_500_points_of_ukraine_are_those_of_every_second_of_a_day(shared: Path) -> None:
    snapshot = catalogue_of_march_2026(shared)
    elements = imagers(snapshot.elements, 20)
    cells = points(CellGrid.over(parse_region("country:UA"), 25.0), 500)
    span = TimeSpan.of("2026-03-10T12:00:00Z", hours=24)
    found = find_accesses(elements, cells, NadirCone(HALF_ANGLE_DEG), span).intervals
    seconds = np.arange(86400.0)
    ground, up = ground_km(cells.latitude_deg, cells.longitude_deg), ups(cells.latitude_deg, cells.longitude_deg)
    middle = ground.mean(axis=0) / np.linalg.norm(ground.mean(axis=0))
    cosine = np.cos(np.radians(HALF_ANGLE_DEG))
    ground2, ground_up = np.sum(ground * ground, axis=1), np.sum(ground * up, axis=1)
    position = earth_fixed_km(elements, span.start, seconds)
    looks = wrong = 0
    for row in range(len(elements)):
        # nothing in a cone of 30 deg from below 1,000 km is 6 deg away; the points lie within 10 deg of their middle
        radial = position[row] / np.linalg.norm(position[row], axis=1, keepdims=True)
        near = np.flatnonzero(radial @ middle > np.cos(np.radians(18.0)))
        inside = np.zeros((len(near), len(cells)), dtype=bool)
        for part in np.array_split(np.arange(len(near)), max(1, len(near) // 500)):
            here = position[row, near[part]]
            down = below(here)
            # line to the target P - S, without making (t, c, 3): dot products with S and with the nadir
            to_nadir = down @ ground.T - np.sum(down * here, axis=1)[:, None]
            distance2 = ground2 - 2.0 * here @ ground.T + np.sum(here * here, axis=1)[:, None]
            inside[part] = (to_nadir >= cosine * np.sqrt(distance2)) & (here @ up.T > ground_up)
        mine = found.object_row == row
        first, last = np.ceil(found.start_s[mine]).astype(int), np.ceil(found.end_s[mine]).astype(int)
        assert np.isin(first[last > first], near).all()
        said = np.zeros((len(near) + 1, len(cells)), dtype=np.int16)
        np.add.at(said, (np.searchsorted(near, first), found.cell_row[mine]), 1)
        np.add.at(said, (np.searchsorted(near, last), found.cell_row[mine]), -1)
        said = np.cumsum(said[:-1], axis=0, dtype=np.int16)
        assert said.max(initial=0) <= 1
        wrong_at, wrong_cell = np.nonzero(said.astype(bool) != inside)
        there = position[row, near[wrong_at]]
        line = ground[wrong_cell] - there
        off = np.sum(line * below(there), axis=1) / np.linalg.norm(line, axis=1)
        assert np.abs(np.arccos(off) - np.radians(HALF_ANGLE_DEG)).max(initial=0.0) < EDGE_RAD
        wrong += len(wrong_at)
        begins = int((inside & ~np.roll(inside, 1, axis=0)).sum())
        between = int((first == last).sum())  # no whole second lies in these
        assert abs(int(mine.sum()) - begins - between) <= len(wrong_at)
        looks += begins
    assert looks > 5000
    assert wrong < 2 * 0.002 * looks  # whole seconds that fall within 2 ms of one of the two edges
    print(f"{len(found):,} accesses; {looks:,} of them hold a whole second; {wrong} seconds on the very edge differ")


def test_pdop_over_the_baltic_is_that_of_plain_linear_algebra(shared: Path) -> None:
    snapshot = catalogue_of_march_2026(shared)
    cells = CellGrid.over(parse_region("box:20.9,53.9,28.3,59.7"), 150.0)
    times = TimeGrid(start="2026-03-10T12:00:00Z", step_s=1800.0, count=48)
    ground, up = ground_km(cells.latitude_deg, cells.longitude_deg), ups(cells.latitude_deg, cells.longitude_deg)
    means = []
    for systems in ("GPS", "GPS,GALILEO"):
        fleet = navigation_fleet(snapshot, systems, times.start)
        found = navigation_over(fleet, cells, times)
        position = earth_fixed_km(fleet.elements, times.start, times.seconds)
        pdop = np.empty((len(cells), len(times)))
        for cell in range(len(cells)):
            for epoch in range(len(times)):
                lines = position[:, epoch] - ground[cell]
                lines /= np.linalg.norm(lines, axis=1, keepdims=True)
                seen = lines[lines @ up[cell] >= np.sin(np.radians(5.0))]
                design = np.column_stack([seen, np.ones(len(seen))])
                pdop[cell, epoch] = np.sqrt(np.trace(np.linalg.inv(design.T @ design)[:3, :3]))
        # the rest is polar motion: 10 m of 20,000 km
        assert found.mean_pdop == pytest.approx(pdop.mean(axis=1), abs=1e-4)
        assert found.worst_pdop == pytest.approx(pdop.max(axis=1), abs=1e-4)
        means.append(float(pdop.mean()))
    assert 1.2 < means[0] < 2.2
    assert means[1] < 0.8 * means[0]

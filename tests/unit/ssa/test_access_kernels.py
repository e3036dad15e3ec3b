"""The kernels of access rules against their NumPy twins, and the bound that engines cull with."""

from __future__ import annotations

import numpy as np
import pytest

from orbits.errors import InvalidValue
from orbits.jit import column, entry, f8, out
from ssa import access_kernels
from ssa.sensors import (
    SATELLITE_SUNLIT,
    TARGET_DARK,
    AccessGeometry,
    ConicalField,
    Distance,
    Elevation,
    ElevationMask,
    NadirCone,
    OffNadir,
    RectangularField,
    SarAnnulus,
    Squint,
    SunElevation,
    compiled,
    margins,
    widest_central_angle_deg,
)
from tests.made_up_geometry import drawn

ROUNDING_RAD = 2e-8  # arcsines near 90 deg; 0.1 m on the ground from low orbit
JAGGED = [(azimuth, 40.0 * (azimuth % 7) / 6) for azimuth in range(360)]
RULES = [
    Elevation(10), Elevation(-5), NadirCone(30), NadirCone(8, "geocentric"), OffNadir(45, 10), OffNadir(50),
    SarAnnulus(20, 45, "right"), SarAnnulus(20, 45, "left"), SarAnnulus(10, 60), Squint(5), ConicalField(20),
    ConicalField(34, 12.6, 90, "geocentric"), RectangularField(20, 3), RectangularField(10, 25, 30, 250, 40),
    SunElevation(10), SunElevation(0, 40), TARGET_DARK, SATELLITE_SUNLIT, Distance(3000), Distance(3000, 900),
    ElevationMask("40:5"), ElevationMask(JAGGED), ~ElevationMask("0:30,90:-5,200:60") & Elevation(5),
    ElevationMask(JAGGED) & NadirCone(50) | ~ElevationMask(JAGGED) & Elevation(20) & TARGET_DARK,
    ~NadirCone(30) & Elevation(5), Elevation(40) | NadirCone(20) & ~SATELLITE_SUNLIT,
    (Elevation(5) | Distance(900)) & (SarAnnulus(20, 50, "left") | NadirCone(4)) & (TARGET_DARK | SATELLITE_SUNLIT),
]  # fmt: skip


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_the_kernel_gives_the_margin_of_the_twin(rule):
    geometry = drawn(seed=7, count=2000)
    twin = rule.margin(geometry)
    assert (twin > 0).any()
    assert (twin < 0).any()
    np.testing.assert_allclose(margins(rule, geometry), twin, rtol=0, atol=ROUNDING_RAD)


def test_unknown_inputs_give_nan_only_where_they_are_needed():
    dark = AccessGeometry.of([[7078.0, 0, 0]] * 2, [0, 7.0, 0], latitude_deg=[0, np.nan], longitude_deg=0)
    assert np.isnan(margins(Elevation(0), dark)).tolist() == [False, True]
    assert np.isnan(margins(SATELLITE_SUNLIT | Elevation(0), dark)).all()
    upward = AccessGeometry.of([7078.0, 0, 0], [1.0, 0, 0], latitude_deg=0, longitude_deg=1)
    assert np.isnan(margins(ConicalField(10), upward))
    assert not np.isnan(margins(NadirCone(10), upward))


def test_a_margin_has_the_shape_of_its_geometry():
    geometry = AccessGeometry.of(
        np.ones((3, 1, 3)) * 5000, [0, 0, 7.0], latitude_deg=np.zeros(4), longitude_deg=np.arange(4)
    )
    assert geometry.shape == Elevation(0).margin(geometry).shape == margins(Elevation(0), geometry).shape == (3, 4)


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_no_target_farther_than_the_widest_central_angle_is_inside(rule):
    for seed in range(5):
        geometry = drawn(seed=seed, count=4000)
        radius = np.linalg.norm(geometry.satellite_itrs_km, axis=-1)
        size = np.linalg.norm(geometry.target_itrs_km, axis=-1) * radius
        apart = np.degrees(np.arccos(np.sum(geometry.satellite_itrs_km * geometry.target_itrs_km, axis=-1) / size))
        inside = (rule.margin(geometry) >= 0) & (geometry.elevation_rad >= 0)
        assert (apart[inside] <= widest_central_angle_deg(rule, radius)[inside]).all()


def test_the_widest_central_angle_never_falls_with_the_radius_and_is_near_the_truth():
    radii = np.linspace(6400, 50000, 2000)
    for rule in RULES:
        assert (np.diff(widest_central_angle_deg(rule, radii)) >= -1e-9).all()
    for elevation in (0.0, 10.0, 40.0):
        sphere = np.degrees(np.arccos(6378.137 * np.cos(np.radians(elevation)) / radii[50:])) - elevation
        over = widest_central_angle_deg(Elevation(elevation), radii[50:]) - sphere
        assert 0 < over.min() <= over.max() < np.degrees(0.02)


def test_a_rule_without_bounds_reaches_to_the_horizon_and_a_falling_satellite_everywhere():
    assert widest_central_angle_deg(TARGET_DARK, 7078.0) == widest_central_angle_deg(Elevation(0), 7078.0)
    assert widest_central_angle_deg(NadirCone(89), 7078.0) == widest_central_angle_deg(Elevation(0), 7078.0)
    assert widest_central_angle_deg(Elevation(0), 6300.0) == 180.0


def test_a_program_of_too_many_alternatives_is_refused():
    rule = Elevation(0) | Squint(1)
    for k in range(1, 12):
        rule = rule & (Elevation(k) | Squint(1 + k))
    with pytest.raises(InvalidValue, match="more than 512; join fewer alternatives"):
        compiled(rule)


def test_programs_hold_no_condition_twice_in_a_clause_and_no_clause_that_another_holds():
    a, b, c = Elevation(10), NadirCone(30), Squint(5)
    assert len(compiled(a & (b | c) & (b | c))) == 4
    assert len(compiled((a | b) & (a | c))) == 3  # a, or b and c


@entry(column(f8, 2), out(f8, 2))
def nadir_kernel(positions, nadirs):
    for k in range(positions.shape[0]):
        x, y, z = access_kernels.geodetic_nadir(positions[k, 0], positions[k, 1], positions[k, 2])
        nadirs[k, 0], nadirs[k, 1], nadirs[k, 2] = x, y, z


def test_the_kernels_geodetic_nadir_is_that_of_the_frames():
    geometry = drawn(seed=3, count=3000)
    poles = np.array([[0.0, 0.0, 7000.0], [0.0, 0.0, -7000.0], [7000.0, 0.0, 0.0], [0.0, 1e-9, 6378.0]])
    positions = np.ascontiguousarray(np.concatenate([geometry.satellite_itrs_km, poles]))
    found = np.empty_like(positions)
    nadir_kernel(positions, found)
    expected = AccessGeometry.of(positions, [0, 0, 7.0], latitude_deg=0, longitude_deg=0).geodetic_nadir
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-9)  # rad: a millimetre on the ground

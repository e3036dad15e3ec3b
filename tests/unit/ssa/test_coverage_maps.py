"""The map's closed form equals brute force in every cell, and agrees with formulas that know nothing of it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from orbits import ElementSets, InvalidValue, TimeGrid
from ssa.catalogue.simulated import simulated_catalogue
from ssa.coverage.map_rules import NadirRule
from ssa.coverage.maps import coverage_map, coverage_maps_by_group, row_table
from ssa.coverage.maps_kernels import add_steps_kernel
from ssa.regions import LatLonGrid
from tests.naive_maps import longest_run_of_zeros, map_counts, seen_by_each
from tests.orbits_of_note import all_eight, made_up

START = "2026-03-10T06:00:00Z"
STEP_S = 700.0
RULES = [
    NadirRule(min_elevation_deg=0.0),
    NadirRule(min_elevation_deg=7.5),
    NadirRule(min_elevation_deg=60.0, max_elevation_deg=80.0),
    NadirRule(half_angle_deg=10.0),
    NadirRule(half_angle_deg=45.0, nadir="geodetic"),
    NadirRule(half_angle_deg=60.0, min_half_angle_deg=20.0, nadir="geodetic"),
    # about as wide as the Earth: from geostationary orbit, and from low ones
    *(NadirRule(half_angle_deg=half, nadir="geodetic") for half in (8.65, 64.1, 64.6)),
    *(NadirRule(half_angle_deg=half) for half in (8.7, 64.6)),
]  # fmt: skip


def fleets() -> dict[str, tuple[ElementSets, str]]:
    simulated = simulated_catalogue()
    payloads = np.flatnonzero(simulated.object_type == "PAY")
    drawn = np.random.default_rng(3).choice(payloads, 12, replace=False)
    return {"hard eight": (all_eight(), START), "drawn": (simulated.elements[drawn], str(simulated.as_of))}


@pytest.mark.parametrize("fleet", ["hard eight", "drawn"])
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.described)
def test_every_cell_equals_brute_force_over_poles_and_antimeridian(fleet: str, rule: NadirRule) -> None:
    elements, start = fleets()[fleet]
    times, grid = TimeGrid(start=start, step_s=STEP_S, count=30), LatLonGrid(2.0)
    counts = map_counts(elements, times, rule, grid)
    found = coverage_map(elements, times, rule, grid, folds=3)
    for fold in range(3):
        assert (found.at_least_s[fold] == (counts > fold).sum(axis=0) * STEP_S).all()
    assert (found.mean_fold * len(times)).round().astype(int).tolist() == counts.sum(axis=0).tolist()
    assert (found.max_gap_s == longest_run_of_zeros(counts) * STEP_S).all()
    assert (found.ever_seen == (counts > 0).any(axis=0)).all()
    first = np.where(found.ever_seen, (counts > 0).argmax(axis=0) * STEP_S, np.nan)
    assert np.array_equal(found.first_seen_s, first, equal_nan=True)
    area = grid.area_km2[:, None] * (counts > 0)
    assert found.covered_fraction == pytest.approx(
        area.sum(axis=(1, 2)) / grid.area_km2.sum() / grid.shape[1], abs=1e-12
    )


def test_one_degree_and_a_hundred_satellites_equal_brute_force() -> None:
    simulated = simulated_catalogue()
    rows = np.flatnonzero(simulated.object_type == "PAY")[::150]
    times, rule, grid = (
        TimeGrid(start=simulated.as_of, step_s=3600.0, count=4),
        NadirRule(half_angle_deg=50.0),
        LatLonGrid(1.0),
    )
    counts = map_counts(simulated.elements[rows], times, rule, grid)
    found = coverage_map(simulated.elements[rows], times, rule, grid, folds=8)
    assert (found.at_least_s == [(counts > fold).sum(axis=0) * 3600.0 for fold in range(8)]).all()


@pytest.mark.parametrize("latitude", [90.0, -90.0, 89.999999, 1e-9])
@pytest.mark.parametrize("rule", [NadirRule(min_elevation_deg=5.0), NadirRule(half_angle_deg=30.0, nadir="geodetic")])
def test_a_satellite_exactly_over_a_pole_or_the_antimeridian(latitude: float, rule: NadirRule) -> None:
    angle = math.radians(latitude)
    r = 7000.0
    position = np.array([[[-r * math.cos(angle) if abs(latitude) < 90 else 0.0, 0.0, r * math.sin(angle)]]])
    grid = LatLonGrid(1.0)
    at_least = np.zeros((1, *grid.shape), dtype=np.int32)
    rest = [np.zeros(grid.shape, dtype=dtype) for dtype in (np.int64, np.int32, np.int32, np.int32)]
    add_steps_kernel(
        position, rule.row()[None], row_table(grid), np.array(grid.area_km2), 0, 0, at_least, *rest, np.zeros(1)
    )
    assert (at_least[0] == seen_by_each(position[0], rule, grid)[0]).all()


def test_threads_change_no_digit_and_gaps_join_across_them() -> None:
    elements, start = fleets()["drawn"]
    times, rule = TimeGrid(start=start, step_s=60.0, count=300), NadirRule(min_elevation_deg=20.0)
    one, three = (coverage_map(elements, times, rule, LatLonGrid(5.0), threads=threads) for threads in (1, 3))
    for name in ("at_least_s", "mean_fold", "max_gap_s", "first_seen_s", "covered_fraction"):
        assert np.array_equal(getattr(one, name), getattr(three, name), equal_nan=True), name


def test_groups_are_maps_of_their_own_and_rules_may_differ_by_object() -> None:
    elements, start = fleets()["drawn"]
    times, grid = TimeGrid(start=start, step_s=STEP_S, count=30), LatLonGrid(5.0)
    high, wide = NadirRule(min_elevation_deg=30.0), NadirRule(half_angle_deg=20.0)
    groups = {"a": np.arange(5), "b": np.arange(5, 12)}
    by_group = coverage_maps_by_group(elements, groups, times, high, grid)
    together = coverage_map(elements, times, high, grid)
    assert by_group["a"].mean_fold + by_group["b"].mean_fold == pytest.approx(together.mean_fold)
    mixed = coverage_map(elements, times, [high] * 5 + [wide] * 7, grid)
    other = coverage_map(elements[np.arange(5, 12)], times, wide, grid)
    assert mixed.mean_fold == pytest.approx(by_group["a"].mean_fold + other.mean_fold)


def test_an_object_without_states_sees_nothing_and_is_counted() -> None:
    decayed = made_up("GONE", mean_motion=16.4, bstar=0.5)
    times = TimeGrid(start="2026-06-10T00:00:00Z", step_s=60.0, count=30)
    found = coverage_map(decayed, times, NadirRule(min_elevation_deg=0.0), LatLonGrid(5.0))
    assert found.failed_steps.tolist() == [30]
    assert not found.ever_seen.any()
    assert found.area_seen_fraction == 0.0
    assert (found.max_gap_s == found.duration_s).all()


def visible_share(latitude_deg: float, inclination_deg: float, reach_deg: float) -> float:
    """The share of time in view for a circular orbit, averaged over longitude: spherical trigonometry, no grid."""
    f, reach = math.radians(latitude_deg), math.radians(reach_deg)
    u = (np.arange(20_000) + 0.5) / 20_000 * 2.0 * math.pi
    d = np.arcsin(math.sin(math.radians(inclination_deg)) * np.sin(u))
    cosine = (math.cos(reach) - math.sin(f) * np.sin(d)) / (math.cos(f) * np.cos(d))
    return float(np.arccos(np.clip(cosine, -1.0, 1.0)).mean() / math.pi)


@pytest.mark.parametrize("inclination", [90.0, 53.0])
def test_time_in_view_by_latitude_is_that_of_spherical_trigonometry(inclination: float) -> None:
    mean_motion = 14.0
    a = (398600.8 / (mean_motion * 2 * math.pi / 86400) ** 2) ** (1 / 3)
    elements = made_up("CIRCLE", mean_motion=mean_motion, inclination=inclination, eccentricity=1e-6, bstar=0.0)
    times = TimeGrid(start=START, step_s=60.0, count=14 * 1440)
    found = coverage_map(elements, times, NadirRule(min_elevation_deg=10.0), LatLonGrid(2.0))
    reach = math.degrees(math.acos(6371.0 / a * math.cos(math.radians(10.0)))) - 10.0
    by_row = found.covered_s.mean(axis=1) / found.duration_s
    expected = [visible_share(latitude, inclination, reach) for latitude in found.grid.latitude_deg]
    # the ellipsoid, orbits 10 km off the sphere's, and a fortnight of samples: some per cent of a value near an edge
    assert by_row == pytest.approx(expected, abs=0.004)
    assert found.area_mean(found.covered_s) / found.duration_s == pytest.approx(
        (1.0 - math.cos(math.radians(reach))) / 2.0, rel=0.01
    )


def test_a_polar_orbits_swath_is_as_wide_as_trigonometry_says() -> None:
    mean_motion, half = 14.5, 40.0
    a = (398600.8 / (mean_motion * 2 * math.pi / 86400) ** 2) ** (1 / 3)
    elements = made_up("POLAR", mean_motion=mean_motion, inclination=90.0, eccentricity=1e-6, bstar=0.0)
    times = TimeGrid(start=START, step_s=5.0, count=round(86400 / mean_motion / 5))
    found = coverage_map(elements, times, NadirRule(half_angle_deg=half), LatLonGrid(0.5))
    reach = math.degrees(math.asin(a / 6378.137 * math.sin(math.radians(half)))) - half
    equator = found.ever_seen[found.grid.shape[0] // 2].mean() * 360.0
    # two crossings, each widened by the Earth's turn while the swath goes over: below a hundredth of a degree here
    assert equator == pytest.approx(4.0 * reach, abs=1.5)
    seen_every_turn = found.ever_seen.all(axis=1)
    assert found.grid.latitude_deg[seen_every_turn].max() == 89.75
    assert seen_every_turn[found.grid.latitude_deg > 90.0 - reach + 1.5].all()


def test_ballards_rosette_of_five_covers_the_earth_at_its_published_reach_and_not_below() -> None:
    """Ballard 1980, Rosette Constellations of Earth Satellites, IEEE TAES 16(5): (5, 5, 1), 43.66 deg, reach 69.15."""
    mean_motion = 2.0
    a = (398600.8 / (mean_motion * 2 * math.pi / 86400) ** 2) ** (1 / 3)
    five = ElementSets.concatenate([
        made_up(
            f"ROSETTE {k}", mean_motion=mean_motion, inclination=43.66, eccentricity=1e-6, bstar=0.0, raan=72.0 * k,
            anomaly=72.0 * k, perigee=0.0,
        )
        for k in range(5)
    ])  # fmt: skip
    times = TimeGrid(start=START, step_s=300.0, count=288)

    def always_covered(reach_deg: float) -> float:
        reach = math.radians(reach_deg)
        elevation = math.degrees(math.atan2(math.cos(reach) - 6371.0 / a, math.sin(reach)))
        found = coverage_map(five, times, NadirRule(min_elevation_deg=elevation), LatLonGrid(1.0))
        return found.area_mean(found.max_gap_s == 0.0)

    # half a degree for the ellipsoid and the drift of the planes
    assert always_covered(69.15 + 0.5) == 1.0
    assert always_covered(69.15 - 0.7) < 1.0


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({}, "min_elevation_deg"),
        ({"min_elevation_deg": 10, "half_angle_deg": 10}, "min_elevation_deg"),
        ({"min_elevation_deg": -1}, "min_elevation_deg"),
        ({"min_elevation_deg": math.nan}, "min_elevation_deg"),
        ({"half_angle_deg": 90}, "half_angle_deg"),
        ({"half_angle_deg": 0}, "half_angle_deg"),
        ({"half_angle_deg": 10, "min_half_angle_deg": 11}, "min_half_angle_deg"),
        ({"half_angle_deg": 10, "max_elevation_deg": 11}, "max_elevation_deg"),
        ({"min_elevation_deg": 10, "min_half_angle_deg": 11}, "min_half_angle_deg"),
        ({"half_angle_deg": 10, "nadir": "down"}, "nadir"),
    ],
)
def test_rules_that_mean_nothing_are_refused_by_field(wrong: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        NadirRule(**wrong)  # type: ignore[arg-type]
    assert caught.value.field == field


def test_as_many_rules_as_objects_are_asked_for() -> None:
    with pytest.raises(InvalidValue, match="one for each of 8 objects"):
        coverage_map(all_eight(), TimeGrid(start=START, step_s=60, count=2), [NadirRule(half_angle_deg=5.0)])
    with pytest.raises(InvalidValue, match="folds"):
        coverage_map(all_eight(), TimeGrid(start=START, step_s=60, count=2), NadirRule(half_angle_deg=5.0), folds=0)

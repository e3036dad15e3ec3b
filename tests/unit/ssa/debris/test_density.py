"""Shares of time and densities: closed forms against counting, and what must add up."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from orbits.errors import InvalidValue
from ssa.catalogue.simulated import simulated_catalogue
from ssa.debris.density import density_history, latitude_shares, spatial_density
from ssa.debris.density_shells import LEAST_HALF_WIDTH_KM, Shells, shell_times
from ssa.debris.mean_orbits import EARTH_RADIUS_KM, MeanOrbits
from ssa.debris.population import Population, population_of


@cache
def everything() -> Population:
    return population_of(simulated_catalogue())


def orbit(a_km: float, e: float, inclination_deg: float = 53.0) -> MeanOrbits:
    return MeanOrbits(np.array([a_km]), np.array([e]), np.radians([inclination_deg]))


def test_shares_of_time_sum_to_one_over_shells_that_hold_the_orbit() -> None:
    shells = Shells.even(0.0, 100_000.0, 100.0)
    times = shell_times(everything().orbits, shells)
    total = np.bincount(times.object_row, times.fraction)
    assert np.abs(total - 1.0).max() < 1e-12
    assert times.outside.max() < 1e-12


def test_what_lies_outside_the_shells_is_told() -> None:
    times = shell_times(orbit(EARTH_RADIUS_KM + 800.0, 0.01), Shells.even(800.0, 1000.0, 10.0))
    assert times.outside[0] == pytest.approx(1.0 - times.fraction.sum())
    assert 0.4 < times.outside[0] < 0.6


@pytest.mark.parametrize(("a_km", "e"), [(7000.0, 0.02), (24400.0, 0.72), (7178.0, 0.0)])
def test_shares_of_time_are_those_of_equal_steps_of_mean_anomaly(a_km: float, e: float) -> None:
    shells = Shells.even(150.0, 42_000.0, 50.0)
    times = shell_times(orbit(a_km, e), shells)
    least = max(e, LEAST_HALF_WIDTH_KM / a_km)
    mean = (np.arange(400_000) + 0.5) * np.pi / 400_000
    eccentric = mean.copy()
    for _ in range(60):
        eccentric -= (eccentric - least * np.sin(eccentric) - mean) / (1.0 - least * np.cos(eccentric))
    counted = np.histogram(a_km * (1.0 - least * np.cos(eccentric)) - EARTH_RADIUS_KM, shells.edges_km)[0] / 400_000
    found = np.zeros(len(shells))
    found[times.shell] = times.fraction
    assert np.abs(found - counted).max() < 1e-5  # a few of the 400,000 steps


def test_density_times_volume_is_the_number_of_objects_there() -> None:
    density = spatial_density(everything())
    assert (density.per_km3 * density.shells.volume_km3).sum() == pytest.approx(density.objects_in_shells)
    assert density.by_class_per_km3.sum(axis=1) == pytest.approx(density.per_km3)
    assert density.by_inclination_per_km3.sum(axis=1) == pytest.approx(density.per_km3)


def test_latitude_bands_hold_every_object_and_peak_at_the_inclination() -> None:
    edges = np.linspace(-90.0, 90.0, 61)
    density = spatial_density(everything())
    bands = density.by_latitude_per_km3(edges)
    share = np.diff(np.sin(np.radians(edges))) / 2.0
    assert bands @ share == pytest.approx(density.per_km3)
    one = latitude_shares(tuple(edges.tolist()))[53] / share
    assert 51.0 <= abs(edges[one.argmax()] + 1.5) <= 54.0
    assert one[np.abs(edges[:-1] + 1.5) > 55.0].max() == 0.0


def test_density_by_latitude_is_the_textbook_formula_away_from_the_edge() -> None:
    edges = np.array([-1.0, 1.0])
    found = latitude_shares((-1.0, 1.0))[60] / (np.diff(np.sin(np.radians(edges))) / 2.0)
    assert found[0] == pytest.approx(2.0 / (np.pi * np.sin(np.radians(60.5))), rel=1e-3)


def test_history_is_ordered_in_time_and_equals_each_catalogue_alone() -> None:
    later, earlier = simulated_catalogue(), simulated_catalogue(epoch="2025-01-01T00:00:00Z")
    shells = Shells.even(200.0, 1000.0, 50.0)
    history = density_history([later, earlier], shells)
    assert [moment.isoformat(0)[:4] for moment in history.as_of] == ["2025", "2026"]
    assert history.per_km3[1] == pytest.approx(spatial_density(everything(), shells).per_km3)
    with pytest.raises(InvalidValue, match="give one or more"):
        density_history([], shells)


@pytest.mark.parametrize(
    ("low", "high", "width"), [(200, 100, 10), (200, 300, 0), (200, 300, -1), (-5, 10, 1), (0, 1e5, 1)]
)
def test_shells_that_are_none_are_refused(low: float, high: float, width: float) -> None:
    with pytest.raises(InvalidValue, match="shells"):
        Shells.even(low, high, width)


def test_latitudes_that_do_not_rise_are_refused() -> None:
    with pytest.raises(InvalidValue, match="must rise"):
        spatial_density(everything()).by_latitude_per_km3(np.array([10.0, 0.0]))

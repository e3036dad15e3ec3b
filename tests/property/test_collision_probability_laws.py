"""Laws of collision probability that hold for any encounter."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssa.conjunctions.batch import planes_of, probabilities_in_plane
from ssa.conjunctions.encounter import Encounter, EncounterPlane, encounter_plane
from ssa.conjunctions.maximum_probability import (
    maximum_at_fixed_ratio,
    maximum_over_any_covariance,
    maximum_probability,
)
from ssa.conjunctions.probability import alfano2005, chan1997, foster1992, patera2001
from ssa.conjunctions.three_dimensional import three_dimensional
from tests.made_up_encounters import crossing
from tests.naive_probability import disk_mass_dense, noncentral_chi_square

FEW = settings(max_examples=40, deadline=None, derandomize=True)
SOME = settings(max_examples=150, deadline=None, derandomize=True)
SIGMA = st.floats(-2.0, 1.5).map(lambda power: 10.0**power)
MISS = st.floats(-3.0, 3.0)
RADIUS = st.floats(0.01, 3.0)


def of(method: object, plane: EncounterPlane, radius_km: float) -> float:
    value = method(plane, 1e3 * radius_km).value  # type: ignore[operator]
    assert value is not None
    return float(value)


@SOME
@given(MISS, MISS, SIGMA, SIGMA, RADIUS)
def test_kernels_equal_dense_quadrature(x: float, y: float, sx: float, sy: float, radius: float) -> None:
    plane, exact = EncounterPlane(x, y, sx, sy), disk_mass_dense(x, y, sx, sy, radius)
    found = foster1992(plane, 1e3 * radius)
    assert found.value == pytest.approx(exact, rel=1e-8, abs=1e-12)
    assert found.lower <= found.value <= found.upper  # type: ignore[operator]
    assert of(patera2001, plane, radius) == pytest.approx(exact, rel=1e-6, abs=1e-10)
    assert of(alfano2005, plane, radius) == pytest.approx(exact, rel=3e-3, abs=1e-5)


@FEW
@given(st.floats(0.0, 4.0), st.floats(0.0, 4.0), st.floats(0.01, 2.0))
def test_chan_equals_the_double_series_and_is_exact_for_a_round_covariance(x: float, y: float, radius: float) -> None:
    found = of(chan1997, EncounterPlane(x, y, 1.0, 1.0), radius)
    assert found == pytest.approx(noncentral_chi_square(radius**2, x * x + y * y), rel=1e-8, abs=1e-15)
    assert found == pytest.approx(of(foster1992, EncounterPlane(x, y, 1.0, 1.0), radius), rel=1e-9)


@FEW
@given(MISS, MISS, SIGMA, SIGMA, RADIUS)
def test_no_probability_is_above_its_maximum(x: float, y: float, sx: float, sy: float, radius: float) -> None:
    plane = EncounterPlane(x, y, sx, sy)
    value, most = of(foster1992, plane, radius), maximum_probability(plane, 1e3 * radius)
    assert most.value is not None
    assert value <= most.value
    any_covariance = maximum_over_any_covariance(plane.miss_km, 1e3 * radius).value
    assert any_covariance is not None
    assert most.value <= any_covariance * (1.0 + 1e-9)
    assert maximum_at_fixed_ratio(plane.miss_km, 1e3 * radius, ratio=2.0).value <= any_covariance * (1.0 + 1e-9)  # type: ignore[operator]


@FEW
@given(MISS, MISS, st.floats(0.5, 5.0), st.floats(0.5, 5.0), st.floats(1e-5, 1e-3))
def test_doubling_a_small_radius_makes_it_four_times_as_likely(
    x: float, y: float, sx: float, sy: float, radius: float
) -> None:
    plane = EncounterPlane(x, y, sx, sy)
    assert of(foster1992, plane, 2.0 * radius) == pytest.approx(4.0 * of(foster1992, plane, radius), rel=1e-4)


@SOME
@given(MISS, MISS, SIGMA, SIGMA, RADIUS, st.floats(1.0, 2.0))
def test_a_larger_radius_is_never_less_likely(
    x: float, y: float, sx: float, sy: float, radius: float, more: float
) -> None:
    plane = EncounterPlane(x, y, sx, sy)
    assert of(foster1992, plane, radius) <= of(foster1992, plane, radius * more) * (1.0 + 1e-9) + 1e-300


def rotation(seed: int) -> np.ndarray:
    q, r = np.linalg.qr(np.random.default_rng(seed).normal(size=(3, 3)))
    q = q * np.sign(np.diag(r))
    return q * np.linalg.det(q)


@FEW
@given(st.integers(0, 10_000), st.floats(0.3, 3.0))
def test_swapping_the_objects_and_turning_the_axes_keep_the_probability(seed: int, angle: float) -> None:
    encounter, axes = crossing(angle_rad=angle, seed=seed), rotation(seed)
    values, curved = [], []
    for one in (encounter, encounter.swapped(), encounter.turned(axes)):
        plane = encounter_plane(one, 20.0)
        assert plane is not None
        values.append(of(foster1992, plane, 0.02))
        curved.append(three_dimensional(one, 20.0).value)
    assert values == pytest.approx([values[0]] * 3, rel=1e-8)
    assert curved == pytest.approx([curved[0]] * 3, rel=1e-4)  # the tolerance of its time integral is 1e-5


@FEW
@given(st.integers(0, 10_000))
def test_fast_crossings_give_the_same_in_two_and_in_three_dimensions(seed: int) -> None:
    encounter = crossing(seed=seed)
    plane = encounter_plane(encounter, 20.0)
    assert plane is not None
    assert three_dimensional(encounter, 20.0).value == pytest.approx(of(foster1992, plane, 0.02), rel=2e-3)


def test_columns_of_encounters_give_what_single_ones_give() -> None:
    encounters = [crossing(seed=seed) for seed in range(50)]
    columns = planes_of(
        np.array([one.relative_position_km for one in encounters]),
        np.array([one.relative_velocity_km_s for one in encounters]),
        np.array([one.primary.position_covariance_km2 + one.secondary.position_covariance_km2 for one in encounters]),
        20.0,
    )
    together = probabilities_in_plane(*columns, 20.0, threads=2)
    alone = [foster1992(encounter_plane(one, 20.0), 20.0).value for one in encounters]  # type: ignore[arg-type]
    assert together == pytest.approx(alone, rel=1e-8)


def test_far_tails_keep_their_digits() -> None:
    # at 30 deviations the density is 1e-196; along the miss the disk sees it change by a factor e^(x R / sigma^2)
    value = of(foster1992, EncounterPlane(30.0, 0.0, 1.0, 1.0), 1e-3)
    density_times_area = 0.5e-6 * math.exp(-450.0)
    assert value == pytest.approx(density_times_area * (1.0 + 0.125e-6 * 900.0), rel=1e-6)


def test_a_needle_far_thinner_than_the_radius_is_one_dimensional() -> None:
    value = of(foster1992, EncounterPlane(0.5, 0.0, 2.0, 1e-7), 1.0)
    assert value == pytest.approx(0.5 * (math.erf(1.5 / 2.0 / 2**0.5) - math.erf(-0.5 / 2.0 / 2**0.5)), rel=1e-6)


def test_an_encounter_without_relative_speed_has_no_plane() -> None:
    one = crossing()
    still = Encounter(one.primary, one.primary)
    assert encounter_plane(still) is None

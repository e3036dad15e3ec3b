"""Covariances from an object's own history."""

from __future__ import annotations

import numpy as np

from ssa.conjunctions.covariance import assumed_covariance
from ssa.conjunctions.history_covariance import covariance_with_history, factors_from_history
from ssa.element_error import growth_rtn_km
from ssa.history.events import find_events
from tests.unit.ssa.history.test_events import noisy


def test_an_exact_object_is_better_than_its_kind_and_says_from_how_many_sets() -> None:
    history = noisy()
    factors = factors_from_history(history)
    assert factors.norad_id.tolist() == [1]
    assert factors.sets_used.tolist() == [120]
    assert (factors.growth_factor_rtn[0] < 0.3).all()
    found = covariance_with_history(history, np.array([119]), np.array([3.0]), factors)
    assumed = assumed_covariance(history, np.array([119]), np.array([3.0]))
    assert (found.sigma_rtn_km < assumed.sigma_rtn_km).all()
    assert "estimated from 120 element sets" in found.covariance_basis[0]


def test_the_factor_is_the_scaled_median_of_differences_over_growth() -> None:
    history = noisy()
    steady = noisy()
    factors = factors_from_history(steady)
    growth = growth_rtn_km(history, np.array([0]), np.array([5.0]))
    found = covariance_with_history(history, np.array([0]), np.array([5.0]), factors)
    at_epoch = covariance_with_history(history, np.array([0]), np.array([0.0]), factors)
    grown = np.sqrt(found.sigma_rtn_km**2 - at_epoch.sigma_rtn_km**2)
    assert np.allclose(grown, growth * factors.growth_factor_rtn[0])


def test_a_burn_does_not_widen_the_estimate() -> None:
    quiet, burnt = factors_from_history(noisy()), factors_from_history(noisy(burn_day=60, size_m=20.0))
    assert burnt.left_out > 0
    assert np.allclose(burnt.growth_factor_rtn, quiet.growth_factor_rtn, atol=0.03)
    history = noisy(burn_day=60, size_m=20.0)
    blind = factors_from_history(history, find_events(history, threshold=1e9))
    assert blind.left_out == 0
    assert blind.pairs_used[0] > burnt.pairs_used[0]


def test_an_object_without_history_is_assumed() -> None:
    history = noisy(objects=2)
    only_first = factors_from_history(history[history.norad_id == 1])
    rows, age = np.array([0, 130]), np.array([2.0, 2.0])
    found = covariance_with_history(history, rows, age, only_first)
    assert found.covariance_basis[0].startswith("estimated from")
    assert found.covariance_basis[1].startswith("assumed by kind of orbit")
    few = factors_from_history(history[:3])
    assert len(few.norad_id) == 0
    assert covariance_with_history(history, rows, age, few).covariance_basis[0].startswith("assumed")

"""One encounter by every method: refusals, repairs, the usage test, bounds."""

from __future__ import annotations

import numpy as np
import pytest

from orbits import InvalidValue
from ssa import Encounter, ObjectState, collision_probability
from ssa.conjunctions.binomial import clopper_pearson
from ssa.conjunctions.maximum_probability import maximum_at_fixed_ratio
from ssa.conjunctions.monte_carlo import monte_carlo
from ssa.conjunctions.three_dimensional import three_dimensional
from tests.made_up_encounters import crossing


def without_velocity(state: ObjectState, factor: float = 1.0) -> ObjectState:
    return ObjectState(state.position_km, state.velocity_km_s, state.position_covariance_km2 * factor)


def test_a_fast_crossing_is_fit_for_every_method() -> None:
    found = collision_probability(crossing(), hard_body_radius_m=20.0)
    assert found.usage.applies is True
    assert (found.usage.margin or 0.0) > 0.9
    assert found.best.method == "foster1992"
    assert set(found.methods) == {"foster1992", "chan1997", "alfano2005", "patera2001", "maximum", "three_dimensional"}
    assert all(method.value is not None and method.assumptions for method in found.methods.values())


def test_no_relative_speed_is_refused_with_a_reason() -> None:
    primary = crossing().primary
    found = collision_probability(Encounter(primary, primary), hard_body_radius_m=5.0)
    assert found.foster1992.value is None
    assert found.foster1992.reasons == ("the relative speed is 0: there is no encounter plane",)
    assert found.usage.applies is False


def test_without_velocity_covariance_only_the_plane_is_answered() -> None:
    whole = crossing()
    found = collision_probability(
        Encounter(without_velocity(whole.primary), without_velocity(whole.secondary)), hard_body_radius_m=20.0
    )
    assert found.three_dimensional.value is None
    assert "a velocity covariance is missing" in found.three_dimensional.reasons[0]
    assert found.usage.applies is True
    assert found.foster1992.value is not None


def test_large_deviations_without_velocity_covariance_cannot_be_told() -> None:
    whole = crossing()
    wide = np.diag([0.01**2, 120.0**2, 0.01**2])
    states = [ObjectState(s.position_km, s.velocity_km_s, wide) for s in (whole.primary, whole.secondary)]
    usage = collision_probability(Encounter(*states), hard_body_radius_m=20.0).usage
    assert usage.applies is None
    assert any("only a 3-D value could tell" in reason for reason in usage.reasons)


def test_a_covariance_that_is_not_positive_definite_is_repaired_and_reported() -> None:
    whole = crossing()
    bent = np.diag([-0.04, 0.01, 0.01])
    states = [ObjectState(s.position_km, s.velocity_km_s, bent) for s in (whole.primary, whole.secondary)]
    found = collision_probability(Encounter(*states), hard_body_radius_m=20.0)
    assert found.usage.covariance_repaired
    assert any("raised to" in text for text in found.foster1992.assumptions)


def test_an_orbit_that_is_not_an_ellipse_has_no_three_dimensional_value() -> None:
    whole = crossing()
    fast = ObjectState(whole.primary.position_km, [0.0, 12.0, 0.0], whole.primary.covariance_km2)
    found = three_dimensional(Encounter(fast, whole.secondary), 20.0)
    assert found.value is None
    assert found.reasons == ("the primary is not on an ellipse about the Earth",)


@pytest.mark.parametrize("radius", [-1.0, 1e7, float("nan")])
def test_a_radius_that_is_none_is_refused(radius: float) -> None:
    with pytest.raises(InvalidValue, match="hard_body_radius_m"):
        collision_probability(crossing(), hard_body_radius_m=radius)


def test_states_of_the_wrong_shape_or_not_symmetric_are_refused() -> None:
    for covariance in (np.eye(2), np.full((3, 3), np.nan), [[1.0, 0.5, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]):
        with pytest.raises(InvalidValue, match="covariance_km2"):
            ObjectState([7000.0, 0.0, 0.0], [0.0, 7.5, 0.0], covariance)


def test_monte_carlo_depends_on_its_seed_alone_and_holds_the_exact_value() -> None:
    encounter = crossing(sigma_km=0.05)
    first = monte_carlo(encounter, 50.0, samples=60_000, seed=3, threads=1, confidence=0.999)
    again = monte_carlo(encounter, 50.0, samples=60_000, seed=3, threads=2, confidence=0.999)
    other = monte_carlo(encounter, 50.0, samples=60_000, seed=4, confidence=0.999)
    assert first == again
    assert first.value != other.value
    exact = three_dimensional(encounter, 50.0).value
    for drawn in (first, other):
        assert drawn.lower <= exact <= drawn.upper  # type: ignore[operator]


def test_clopper_pearson_equals_the_textbook() -> None:
    # Newcombe 1998, Statistics in Medicine 17, 857-872, table I: 15 of 148
    assert clopper_pearson(15, 148) == pytest.approx((0.0578, 0.1617), abs=5e-5)
    assert clopper_pearson(10, 10)[1] == 1.0


def test_the_small_radius_closed_form_of_the_fixed_ratio_maximum() -> None:
    found = maximum_at_fixed_ratio(2.0, 1.0, ratio=3.0)
    assert found.value == pytest.approx(3.0 * 0.001**2 / (np.e * 2.0**2), rel=1e-5)
    assert found.dilution_sigma_km == pytest.approx(2.0 / (2**0.5 * 3.0), rel=1e-4)

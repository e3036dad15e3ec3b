"""Covariances of public element sets: their shapes, their words, and what they say in other axes."""

from __future__ import annotations

import numpy as np
import pytest

from orbits.errors import InvalidValue
from orbits.frames import rtn_axes
from ssa.conjunctions.covariance import assumed_covariance, given_covariance
from ssa.conjunctions.states import ObjectState
from ssa.element_error import sigma_rtn_km
from tests.unit.ssa.test_element_error import KINDS

ROWS = np.arange(len(KINDS))
AGE = np.linspace(-3.0, 6.0, len(KINDS))


def test_assumed_positions_are_the_table_and_say_which_row() -> None:
    found = assumed_covariance(KINDS, ROWS, AGE)
    sigma = sigma_rtn_km(KINDS, ROWS, AGE)
    assert np.allclose(np.sqrt(np.diagonal(found.position_rtn_km2, axis1=1, axis2=2)), sigma)
    assert found.covariance_basis[2] == "assumed by kind of orbit (low, perigee 650 to 800 km), grows with age"


def test_a_low_perigee_says_that_the_air_decides() -> None:
    words = assumed_covariance(KINDS, ROWS, AGE).covariance_basis
    said = ["a third" in word for word in words]
    assert said == [True, True, False, False, False, False, False, False, False, True, False, True, True]


def test_states_can_be_inverted_and_hold_the_positions() -> None:
    found = assumed_covariance(KINDS, ROWS, AGE)
    state = found.state_rtn_km2
    assert np.array_equal(state, state.transpose(0, 2, 1))
    assert np.array_equal(state[:, :3, :3], found.position_rtn_km2)
    scale = 1.0 / np.sqrt(np.diagonal(state, axis1=1, axis2=2))
    assert np.linalg.eigvalsh(state * scale[:, :, None] * scale[:, None, :]).min() > 1e-3


def test_an_object_late_along_its_track_is_turned_with_it() -> None:
    state = given_covariance([0.001, 1.0, 0.001], mean_motion_rev_day=[15.0]).state_rtn_km2[0]
    n = 15.0 * 2 * np.pi / 86400.0
    assert state[1, 3] / np.sqrt(state[1, 1] * state[3, 3]) == pytest.approx(-1.0, abs=0.01)
    assert np.sqrt(state[3, 3]) == pytest.approx(n * 1.0, rel=0.01)


def test_turned_is_what_an_object_state_does() -> None:
    position, velocity = np.array([7000.0, 100.0, -300.0]), np.array([-0.4, 5.0, 5.6])
    found = given_covariance([0.1, 2.0, 0.3], mean_motion_rev_day=[14.0])
    one = ObjectState.from_rtn(position, velocity, found.position_rtn_km2[0])
    assert np.allclose(found.turned(rtn_axes(position, velocity)[None])[0], one.covariance_km2)


@pytest.mark.parametrize(
    ("sigma", "says"),
    [([0.1, 0.2], "must be (3,) or (2, 3)"), ([0.1, 0.0, 0.2], "positive"), ([0.1, np.nan, 0.2], "positive")],
)
def test_a_users_sigma_that_is_none_is_refused(sigma: list[float], says: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        given_covariance(sigma, mean_motion_rev_day=[14.0, 15.0])
    assert says in str(refusal.value)


def test_columns_of_different_lengths_are_refused() -> None:
    with pytest.raises(InvalidValue):
        assumed_covariance(KINDS, ROWS, AGE[:3])

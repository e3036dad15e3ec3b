"""Slow encounters get the three-dimensional probability, as the single encounter has it, and say so."""

from __future__ import annotations

import numpy as np
import pytest

from ssa.alerts.sentences import reasons
from ssa.alerts.slow import with_curved_orbits
from ssa.conjunctions.assessment import collision_probability
from ssa.conjunctions.covariance import assumed_covariance
from ssa.conjunctions.encounter import Encounter
from ssa.conjunctions.states import ObjectState
from ssa.conjunctions.usage import MOST_DURATION_OF_PERIOD, MOST_OFFSET_OF_PERIOD, are_slow, straight_duration
from tests.unit.ssa.alerts.states import state_at
from tests.unit.ssa.alerts.test_grading import FOUR, crossing, graded

SLOW = crossing(shifts_deg=[0.002, 0.03, 0.004], turned_deg=0.05)


def test_slow_ones_have_the_three_dimensional_value_of_the_single_encounter() -> None:
    assert SLOW.is_slow.all()
    found, without = with_curved_orbits(SLOW)
    assert without == 0
    assert found.method.tolist() == ["three_dimensional"] * 3
    for place in range(3):
        states = []
        for row, age in ((0, found.primary_age_days[place]), (place + 1, found.secondary_age_days[place])):
            position, velocity = state_at(found.elements, row, found.tca[place])
            covariance = assumed_covariance(found.elements, np.array([row]), np.array([age])).state_rtn_km2[0]
            states.append(ObjectState.from_rtn(position, velocity, covariance))
        single = collision_probability(Encounter(*states), hard_body_radius_m=8.0)
        assert single.usage.applies is False
        assert found.probability[place] == pytest.approx(single.three_dimensional.value, rel=1e-9)
        assert found.straight_probability[place] == pytest.approx(single.foster1992.value, rel=1e-6)
    assert (found.maximum_probability >= found.probability).all()


def test_the_sentences_name_both_values_and_which_applies() -> None:
    found, _ = with_curved_orbits(SLOW)
    said = next(one for one in reasons(graded(found), 0) if "three-dimensional" in one)
    assert f"{found.probability[0]:.1e}" in said
    assert f"{found.straight_probability[0]:.1e}" in said


def test_the_nearest_are_worked_out_and_the_others_counted() -> None:
    found, without = with_curved_orbits(SLOW, most=1)
    assert without == 2
    nearest = int(np.argmin(SLOW.miss_distance_km))
    assert [name == "three_dimensional" for name in found.method] == [place == nearest for place in range(3)]
    assert any("judge by distance" in one for one in reasons(graded(found), (nearest + 1) % 3))


def test_fast_ones_keep_what_they_have() -> None:
    assert with_curved_orbits(FOUR) == (FOUR, 0)
    assert not FOUR.is_slow.any()


def test_slow_is_what_the_first_two_margins_of_the_usage_test_say() -> None:
    rng = np.random.default_rng(5)
    count = 400
    place = rng.normal(size=(count, 3)) * 10.0 ** rng.uniform(-2, 1.5, (count, 1))
    speed = rng.normal(size=(count, 3)) * 10.0 ** rng.uniform(-3, 1, (count, 1))
    roots = rng.normal(size=(count, 3, 3)) * 10.0 ** rng.uniform(-2, 1, (count, 1, 3))
    joint = roots @ roots.transpose(0, 2, 1)
    period_s = rng.uniform(5400.0, 86400.0, count)
    found = are_slow(place, speed, joint, period_s)
    assert 20 < found.sum() < count - 20
    for row in range(count):
        first = ObjectState([7000.0, 0.0, 0.0], [0.0, 7.5, 0.0], joint[row])
        second = ObjectState(first.position_km + place[row], first.velocity_km_s + speed[row], np.zeros((3, 3)))
        lasts = straight_duration(Encounter(first, second))
        assert lasts is not None
        refused = 10.0 * lasts[1] > MOST_DURATION_OF_PERIOD * period_s[row]
        refused |= abs(lasts[0]) > MOST_OFFSET_OF_PERIOD * period_s[row]
        assert found[row] == refused
    assert are_slow(place[:1], np.zeros((1, 3)), joint[:1], period_s[:1]).tolist() == [True]

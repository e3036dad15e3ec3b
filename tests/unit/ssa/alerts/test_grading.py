"""Grades, ranking, sentences, of made-up encounters."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from orbits import Instant, Instants
from orbits.errors import InvalidValue
from ssa.alerts.encounters import Encounters, assess_encounters, largest_over_size
from ssa.alerts.grading import Alerts, Stakes, grade_encounters
from ssa.alerts.policies import Policy, find_policy, read_policies
from ssa.alerts.sentences import reasons
from ssa.conjunctions.batch import probabilities_in_plane
from ssa.conjunctions.encounter import Encounter, EncounterPlane, encounter_plane
from ssa.conjunctions.maximum_probability import maximum_probability
from ssa.conjunctions.probability import foster1992
from ssa.conjunctions.states import ObjectState
from ssa.errors import UnknownName
from tests.unit.ssa.history.test_differences import a_history

START = Instant.parse("2026-03-10T00:00:00Z")


def crossing(*, shifts_deg: list[float], turned_deg: float = 90.0) -> Encounters:
    """Polar object 1 and others, nodes turned by some angle, meeting over the pole at the epoch, shifted along."""
    count = len(shifts_deg)
    elements = a_history([0.0], objects=count + 1)
    elements = replace(
        elements, name=np.array(["OURS", *(f"THEIRS {n}" for n in range(count))], dtype=object),
        inclination_deg=np.full(count + 1, 90.0), raan_deg=np.array([0.0, *[turned_deg] * count]),
        eccentricity=np.full(count + 1, 1e-6), mean_anomaly_deg=90.0 + np.array([0.0, *shifts_deg]),
        norad_id=np.arange(count + 1) + 40001,
    )  # fmt: skip
    epoch = elements.epoch(0)
    return assess_encounters(
        elements, np.zeros(count, dtype=int), np.arange(count) + 1, Instants.after(epoch, np.zeros(count)),
        radius_m=np.full(count + 1, 4.0),
    )  # fmt: skip


FOUR = crossing(shifts_deg=[0.0, 0.001, 0.01, 0.04])  # 0, 0.12, 1.2 and 4.9 km off


def policy(**rows: list[dict[str, object]]) -> Policy:
    import json

    (one,) = read_policies(json.dumps({"name": "ours", "source": "a test", **rows}), "json")
    return one


def graded(encounters: Encounters = FOUR, *, by: str = "miss-distance", stakes: Stakes | None = None) -> Alerts:
    return grade_encounters(encounters, find_policy(by), start=START, stakes=stakes)


def test_probabilities_are_those_of_the_single_encounter() -> None:
    assert FOUR.miss_distance_km[2] == pytest.approx(1.25, abs=0.02)
    from ssa.conjunctions.covariance import assumed_covariance
    from tests.unit.ssa.alerts.states import state_at

    covariance = assumed_covariance(FOUR.elements, np.array([0, 3]), np.zeros(2))
    one, other = (
        ObjectState.from_rtn(*state_at(FOUR.elements, row, FOUR.tca[2]), covariance.position_rtn_km2[place])
        for place, row in enumerate((0, 3))
    )
    plane = encounter_plane(Encounter(one, other), 8.0)
    assert plane is not None
    assert FOUR.probability[2] == pytest.approx(foster1992(plane, 8.0).value, rel=1e-9)
    largest = maximum_probability(plane, 8.0)
    assert FOUR.maximum_probability[2] == pytest.approx(largest.value, rel=1e-3)
    assert FOUR.is_diluted[2] == largest.is_diluted


def test_the_largest_probability_is_no_less_than_any_size_gives() -> None:
    rng = np.random.default_rng(1)
    x, y = rng.uniform(-3, 3, (2, 200))
    sigma_x, sigma_y = rng.uniform(0.05, 5, (2, 200))
    radius = rng.uniform(1, 20, 200)
    largest, diluted = largest_over_size(x, y, sigma_x, sigma_y, radius)
    for scale in (0.2, 0.5, 0.9, 1.0, 1.1, 2.0, 5.0):
        value = probabilities_in_plane(x, y, scale * sigma_x, scale * sigma_y, radius)
        assert (value <= np.maximum(largest * 1.01, 1e-12)).all()
    one = maximum_probability(EncounterPlane(x[0], y[0], sigma_x[0], sigma_y[0]), radius[0])
    assert largest[0] == pytest.approx(one.value, rel=1e-3)
    assert diluted[0] == one.is_diluted


def test_grades_follow_the_policy_and_red_goes_before_yellow() -> None:
    found = graded()
    assert found.grade.tolist() == [2, 2, 1, 1]
    assert found.counts() == {"red": 2, "yellow": 2, "green": 0}
    assert found.ranked.tolist() == [0, 1, 2, 3]
    assert found.at_or_above("red").tolist() == [0, 1]
    assert len(found.at_or_above("green")) == 4
    with pytest.raises(UnknownName):
        found.at_or_above("amber")


def test_all_conditions_of_a_row_must_hold() -> None:
    both = policy(red=[{"miss_at_most_km": 2.0, "probability_at_least": 0.5}], yellow=[{"miss_at_most_km": 2.0}])
    assert grade_encounters(FOUR, both, start=START).grade.tolist() == [1, 1, 1, 0]
    box = policy(yellow=[{"inside_box_rtn_km": [0.5, 0.5, 0.5]}])
    assert grade_encounters(FOUR, box, start=START).grade.tolist() == [1, 1, 0, 0]
    soon = policy(yellow=[{"within_hours": 1.0}])
    before = FOUR.tca[0].plus_s(-7200.0)
    assert grade_encounters(FOUR, soon, start=before).counts()["yellow"] == 0
    assert grade_encounters(FOUR, soon, start=FOUR.tca[0]).counts()["yellow"] == 4
    fast = policy(yellow=[{"relative_speed_at_least_km_s": 20.0}])
    assert grade_encounters(FOUR, fast, start=START).counts()["yellow"] == 0


def test_what_is_at_stake_ranks_like_risks_and_is_said() -> None:
    twins = crossing(shifts_deg=[0.01, 0.01, 0.001])
    plain = graded(twins)
    assert plain.ranked.tolist() == [2, 0, 1]
    stakes = Stakes({40003: 0.2}, "adds {stake:.0%} to the coverage")
    weighed = graded(twins, stakes=stakes)
    assert weighed.ranked.tolist() == [2, 1, 0]
    assert "At stake: THEIRS 1 (40003) adds 20% to the coverage." in reasons(weighed, 1)
    assert not any("At stake" in sentence for sentence in reasons(weighed, 0))


@pytest.mark.parametrize(("stakes", "label"), [({1: -1.0}, "{stake}"), ({1: np.nan}, "{stake}"), ({1: 1.0}, "{other}")])
def test_stakes_that_are_none_are_refused(stakes: dict[int, float], label: str) -> None:
    with pytest.raises(InvalidValue):
        Stakes(stakes, label)


def test_the_sentences_say_why_where_how_sure_and_how_old() -> None:
    said = reasons(graded(), 2)
    assert said[0] == "Yellow by Miss distance only: the miss is 1.251 km, at most 5 km."
    assert said[1].startswith("THEIRS 2 (40004) passes OURS (40001) at 1.251 km on 2026-03-10 00:00:00 UTC: ")
    assert said[2].startswith("One sigma of the two together is ")
    assert "assumed by kind of orbit and age: low, perigee 650 to 800 km" in said[2]
    assert "The element sets are 0.0 and 0.0 days old at that time." in said
    green = grade_encounters(FOUR, policy(red=[{"probability_at_least": 0.9}]), start=START)
    assert reasons(green, 3)[0] == "Green: no condition of ours for red or yellow is met."


def test_slow_and_diluted_encounters_say_so() -> None:
    slow = crossing(shifts_deg=[0.01], turned_deg=0.001)
    assert slow.is_slow.tolist() == [True]
    assert any("judge by distance" in sentence for sentence in reasons(graded(slow), 0))
    near = graded(crossing(shifts_deg=[0.0005]))
    assert near.encounters.is_diluted[0]
    assert any(sentence.startswith("Diluted: ") for sentence in reasons(near, 0))
    assert not FOUR.is_slow.any()


def test_no_encounters_are_no_alerts() -> None:
    none = graded(crossing(shifts_deg=[]))
    assert len(none) == 0
    assert none.counts() == {"red": 0, "yellow": 0, "green": 0}

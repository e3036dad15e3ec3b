"""Slow encounters of a watch by the three-dimensional probability, where the two-dimensional one does not apply.

Foster's probability takes the motion as straight. Where the usage test refuses that, the expected number of contacts
with curved orbits (`ssa.conjunctions.three_dimensional`) stands in its place, from the same covariances with the
velocities that go with them. One value takes some 20 ms, so of many only the nearest are worked out anew; how many are
left with Foster's is counted. Where the three-dimensional value is refused, Foster's stays, too.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from orbits.jit import in_slices
from orbits.own_times import states_at_own_times
from orbits.times import Instants
from ssa.alerts.encounters import Encounters
from ssa.conjunctions.covariance import assumed_covariance
from ssa.conjunctions.encounter import Encounter
from ssa.conjunctions.states import ObjectState
from ssa.conjunctions.three_dimensional import METHOD, ThreeDimensionalProbability, three_dimensional

MOST_CURVED = 100  # two seconds of one core


def with_curved_orbits(
    encounters: Encounters, *, most: int = MOST_CURVED, threads: int | None = None
) -> tuple[Encounters, int]:
    """The encounters with the three-dimensional probability of the slow ones, and how many slow ones are without.

    The nearest `most` are worked out. Covariances are the assumed ones, as in `assess_encounters` without others.
    """
    slow = np.flatnonzero(encounters.is_slow)
    if not len(slow):
        return encounters, 0
    nearest = slow[np.argsort(encounters.miss_distance_km[slow], kind="stable")][:most]
    elements = encounters.elements
    times = Instants(encounters.tca.jd_day[nearest], encounters.tca.day_fraction[nearest])
    sides = []
    for rows, ages in (
        (encounters.primary_row[nearest], encounters.primary_age_days[nearest]),
        (encounters.secondary_row[nearest], encounters.secondary_age_days[nearest]),
    ):
        position, velocity, _ = states_at_own_times(elements, rows, times)
        sides.append((position, velocity, assumed_covariance(elements, rows, ages).state_rtn_km2))

    values: dict[int, ThreeDimensionalProbability] = {}

    def work(first: int, last: int) -> None:
        for place in range(first, last):
            pair = [ObjectState.from_rtn(*(column[place] for column in side)) for side in sides]
            row = int(nearest[place])
            values[row] = three_dimensional(Encounter(*pair), float(encounters.hard_body_radius_m[row]))

    in_slices(work, len(nearest), threads, slices=len(nearest))

    probability, method = encounters.probability.copy(), encounters.method.copy()
    without = len(slow) - len(nearest)
    for row, found in values.items():
        if found.value is None:
            without += 1
            continue
        probability[row], method[row] = found.value, METHOD
    largest = np.fmax(encounters.maximum_probability, probability)
    return replace(encounters, probability=probability, method=method, maximum_probability=largest), without

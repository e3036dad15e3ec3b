"""One state of one element set, for tests."""

from __future__ import annotations

import numpy as np

from orbits import ElementSets, Instant, Instants
from orbits.arrays import Floats
from orbits.own_times import states_at_own_times


def state_at(elements: ElementSets, row: int, when: Instant) -> tuple[Floats, Floats]:
    """Position (3,) km and velocity (3,) km/s of the set in a row."""
    times = Instants(np.array([when.jd_day]), np.array([when.day_fraction]))
    position, velocity, _ = states_at_own_times(elements, np.array([row]), times)
    return position[0], velocity[0]

"""States by the scalar kernel, which follows the paper line by line: the twin of the vector code."""

from __future__ import annotations

import numpy as np

from orbits import ElementSets, Instants
from orbits.sgp4_core import initialise
from orbits.sgp4_core.propagation_kernels import propagate_kernel


def scalar_states(elements: ElementSets, times: Instants) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Positions, velocities (n, t, 3) and statuses by the scalar kernel, which follows the paper line by line."""
    n, t = len(elements), len(times)
    position, velocity, status = np.empty((n, 3, t)), np.empty((n, 3, t)), np.empty((n, t), dtype=np.uint8)
    propagate_kernel(initialise(elements), np.arange(n), times.jd_day, times.day_fraction, position, velocity, status)
    return position.transpose(0, 2, 1), velocity.transpose(0, 2, 1), status

"""Probabilities of many encounters at once: columns in, columns out.

A quarter of a million encounters a second by `foster1992` and three times that by `alfano2005` on one core
(tests/benchmarks/collision_probability.py).
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from orbits.arrays import Floats
from orbits.errors import InvalidValue
from orbits.jit import in_slices
from ssa.conjunctions.covariance_repair import FLOOR_OF_RADIUS
from ssa.conjunctions.plane_kernels import planes_kernel
from ssa.conjunctions.probability import MOST_SECTIONS
from ssa.conjunctions.probability_kernels import alfano_kernel, chan_kernel, foster_kernel, patera_kernel


def probabilities_in_plane(
    miss_x_km: Any,
    miss_y_km: Any,
    sigma_x_km: Any,
    sigma_y_km: Any,
    hard_body_radius_m: Any,
    *,
    method: Literal["foster1992", "alfano2005", "chan1997", "patera2001"] = "foster1992",
    threads: int | None = None,
) -> Floats:
    """Probabilities (n,) of encounters given in their planes' principal axes; NaN where a deviation is not above 0.

    Arguments are numbers or arrays (n,) that broadcast together. Raises `InvalidValue` for shapes that do not.

    >>> probabilities_in_plane([0.0, 0.3], [0.0, 0.4], 0.25, 0.25, 15.0).round(9).tolist()
    [0.001798381, 0.000243823]
    """
    given = (miss_x_km, miss_y_km, sigma_x_km, sigma_y_km, np.asarray(hard_body_radius_m, dtype=np.float64) / 1e3)
    try:
        together = np.broadcast_arrays(*(np.atleast_1d(np.asarray(one, dtype=np.float64)) for one in given))
    except ValueError:
        raise InvalidValue("miss_x_km", None, "columns of different lengths do not go together") from None
    columns = [np.ascontiguousarray(column) for column in together]
    if columns[0].ndim != 1:
        raise InvalidValue("miss_x_km", f"of shape {columns[0].shape}", "must be one column")
    mass, error = np.empty_like(columns[0]), np.empty_like(columns[0])

    def work(first: int, last: int) -> None:
        if method == "alfano2005":
            alfano_kernel(*columns, MOST_SECTIONS, first, last, mass)
        elif method == "chan1997":
            chan_kernel(*columns, first, last, mass)
        elif method == "patera2001":
            patera_kernel(*columns, first, last, mass)
        else:
            foster_kernel(*columns, first, last, mass, error)

    if method not in ("foster1992", "alfano2005", "chan1997", "patera2001"):
        raise InvalidValue("method", method, "must be foster1992, alfano2005, chan1997 or patera2001")
    in_slices(work, len(mass), threads)
    return mass


def planes_of(
    relative_position_km: Floats, relative_velocity_km_s: Floats, joint_covariance_km2: Floats, hard_body_radius_m: Any
) -> tuple[Floats, Floats, Floats, Floats]:
    """Miss and deviations (n,) in the encounter planes' principal axes, km.

    From relative positions (n, 3), velocities (n, 3) and summed covariances (n, 3, 3). Deviations below 1e-4 of the
    hard-body radius are raised to it; rows without relative speed are NaN.
    """
    position = np.ascontiguousarray(relative_position_km, dtype=np.float64)
    velocity = np.ascontiguousarray(relative_velocity_km_s, dtype=np.float64)
    covariance = np.ascontiguousarray(joint_covariance_km2, dtype=np.float64)
    count = len(position)
    if position.shape != (count, 3) or velocity.shape != (count, 3) or covariance.shape != (count, 3, 3):
        raise InvalidValue("relative_position_km", None, "positions and velocities are (n, 3), covariances (n, 3, 3)")
    radius = np.broadcast_to(np.asarray(hard_body_radius_m, dtype=np.float64) / 1e3, (count,))
    floor = np.maximum(FLOOR_OF_RADIUS * radius, 1e-9)
    planes = np.empty((count, 4))
    in_slices(lambda first, last: planes_kernel(position, velocity, covariance, floor, first, last, planes), count)
    x, y, sx, sy = (np.ascontiguousarray(column) for column in planes.T)
    return x, y, sx, sy

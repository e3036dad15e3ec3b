"""`states_at_own_times`: one state per element set and time, where each has a time of its own.

`propagate` fills objects x times; this fills a list of (element set, time), as comparing the sets of one object with
one another, or an encounter with its two objects, needs. Accuracy is that of `propagate`.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from orbits.arrays import Floats, Integers
from orbits.elements import ElementSets
from orbits.errors import InvalidValue
from orbits.jit import in_slices
from orbits.sgp4_core import initialise
from orbits.sgp4_core.own_times_kernels import own_times_kernel
from orbits.times import Instants


def states_at_own_times(
    elements: ElementSets, rows: Integers, times: Instants, *, threads: int | None = None
) -> tuple[Floats, Floats, npt.NDArray[np.uint8]]:
    """TEME positions (m, 3) km, velocities (m, 3) km/s and statuses (m,) of the sets in `rows` (m,) at `times` (m,).

    NaN where the status is not 0. Raises `InvalidValue` when rows and times are not of one length.

    >>> from orbits import ElementSets, Instants
    >>> issue = b'''1 25544U 98067A   24305.58058399  .00035180  00000-0  60166-3 0  9990
    ... 2 25544  51.6392 359.7717 0008966 122.2149 237.9710 15.50886758479706'''
    >>> times = Instants.of(["2024-11-01T00:00:00Z", "2024-11-02T00:00:00Z"])
    >>> position, velocity, status = states_at_own_times(ElementSets.read(issue), [0, 0], times)
    >>> position.shape, status.tolist()
    ((2, 3), [0, 0])
    """
    chosen = np.ascontiguousarray(rows, dtype=np.int64)
    if chosen.shape != times.jd_day.shape:
        raise InvalidValue("times", len(times), f"must be one for each of the {chosen.size} rows")
    if len(chosen) and not (chosen.min() >= 0 and chosen.max() < len(elements)):
        raise InvalidValue("rows", int(chosen.max()), f"there are {len(elements)} element sets; count rows from 0")
    states, status = np.empty((len(chosen), 6)), np.empty(len(chosen), dtype=np.uint8)
    records = initialise(elements)

    def work(first: int, last: int) -> None:
        own_times_kernel(records, chosen, times.jd_day, times.day_fraction, first, last, states, status)

    in_slices(work, len(chosen), threads)
    states[status != 0] = np.nan
    return states[:, :3], states[:, 3:], status

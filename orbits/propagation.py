"""`propagate`: element sets and times in, TEME states out.

Truth is the `sgp4` package (WGS72, improved mode): near-earth states agree to a millimetre and a micrometre per
second, deep-space states to a centimetre (measured: 0.07 mm and 0.05 mm). On a `TimeGrid` near-earth objects go by
blocks of vector code, several times faster than time by time. The elements themselves are good to about a kilometre at
epoch.
"""

from __future__ import annotations

import numpy as np

from orbits.arrays import Floats
from orbits.elements import ElementSets
from orbits.ephemeris import TemeEphemeris
from orbits.errors import InvalidValue
from orbits.jit import in_slices
from orbits.sgp4_core import initialise
from orbits.sgp4_core.near_earth_grid_kernels import SHORTEST_BLOCK, near_earth_grid_kernel
from orbits.sgp4_core.propagation_kernels import propagate_kernel
from orbits.times import Instants, TimeGrid

MAX_STATES = 400_000_000  # 9.6 GB of positions; more belongs into blocks


def propagate(
    elements: ElementSets, times: TimeGrid | Instants, *, velocities: bool = True, threads: int | None = None
) -> TemeEphemeris:
    """States of every element set at every time.

    Returns positions (n, t, 3) in km and velocities (n, t, 3) in km/s, TEME of date, and a status (n, t): 0 is ok,
    1 to 6 are SGP4's error codes, 7 an element set that SGP4 must not be used for; NaN exactly where status is not 0.
    `threads` defaults to all cores and changes no digit. Raises `InvalidValue` above `MAX_STATES` states.

    >>> from orbits import ElementSets, TimeGrid, propagate
    >>> issue = b'''1 25544U 98067A   24305.58058399  .00035180  00000-0  60166-3 0  9990
    ... 2 25544  51.6392 359.7717 0008966 122.2149 237.9710 15.50886758479706'''
    >>> elements = ElementSets.read(issue)
    >>> states = propagate(elements, TimeGrid(start="2024-11-01T00:00:00Z", step_s=60, count=2))
    >>> states.position_teme_km.shape, states.status.tolist()
    ((1, 2, 3), [[0, 0]])
    """
    rows, count = len(elements), len(times)
    if rows * count > MAX_STATES:
        raise InvalidValue("times", f"{rows} objects x {count} times", f"more than {MAX_STATES:,} states; ask in parts")
    instants = times.instants if isinstance(times, TimeGrid) else times
    records = initialise(elements)
    position: Floats = np.empty((rows, 3, count))
    velocity: Floats = np.empty((rows if velocities else 0, 3, count))
    status = np.empty((rows, count), dtype=np.uint8)

    by_grid = np.zeros(rows, dtype=bool)
    if isinstance(times, TimeGrid) and count >= SHORTEST_BLOCK:
        by_grid = records["is_deep"] == 0
    on_grid, one_by_one = np.flatnonzero(by_grid), np.flatnonzero(~by_grid)

    def grid_work(first: int, last: int) -> None:
        assert isinstance(times, TimeGrid)
        near_earth_grid_kernel(
            records, on_grid[first:last], times.start.jd_day, times.start.day_fraction, times.step_s / 60.0, count,
            position, velocity, status, np.zeros(3, dtype=np.int64),
        )  # fmt: skip

    def single_work(first: int, last: int) -> None:
        propagate_kernel(
            records, one_by_one[first:last], instants.jd_day, instants.day_fraction, position, velocity, status
        )

    allowed = threads if rows * count > 10_000 else 1
    in_slices(grid_work, len(on_grid), allowed)
    in_slices(single_work, len(one_by_one), allowed)
    for array in (position, velocity, status):
        array.flags.writeable = False
    return TemeEphemeris(
        norad_id=elements.norad_id,
        times=times,
        position_teme_km=position.transpose(0, 2, 1),
        velocity_teme_km_s=velocity.transpose(0, 2, 1) if velocities else None,
        status=status,
    )

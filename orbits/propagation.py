"""`propagate` and `states`: element sets and times in, TEME states out, all at once or block by block.

Truth is the `sgp4` package (WGS72, improved mode): near-earth states agree to a millimetre and a micrometre per
second, deep-space states to a centimetre (measured over three catalogues: 0.12 mm and 0.3 um/s; 0.25 mm). All times go
by vector code; on a fine `TimeGrid` SGP4 itself is evaluated at few nodes and a checked polynomial gives the steps
between (`sgp4_core/segment_kernels.py`). The elements themselves are good to about a kilometre at epoch.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from orbits.arrays import Floats, Integers, aligned_empty, aligned_zeros
from orbits.elements import ElementSets
from orbits.ephemeris import TemeEphemeris
from orbits.errors import InvalidValue
from orbits.jit import in_slices
from orbits.sgp4_core import initialise
from orbits.sgp4_core.grid_kernels import SCRATCH_INTEGERS, SCRATCH_NUMBERS, grid_kernel
from orbits.times import Instants, TimeGrid

MAX_STATES = 400_000_000  # 9.6 GB of positions; more belongs into blocks
_BLOCK_STATES = 40_000  # two megabytes of positions and velocities: they stay in the second-level cache
_PART_STATES = 60_000  # states that one call of the kernel fills
_SPACES: list[tuple[Floats, Integers]] = []  # work spaces that nobody uses just now; pop and append are atomic


def propagate(
    elements: ElementSets,
    times: TimeGrid | Instants,
    *,
    velocities: bool = True,
    threads: int | None = None,
    out: TemeEphemeris | None = None,
) -> TemeEphemeris:
    """States of every element set at every time.

    Returns positions (n, t, 3) in km and velocities (n, t, 3) in km/s, TEME of date, and a status (n, t): 0 is ok,
    1 to 6 are SGP4's error codes, 7 an element set that SGP4 must not be used for; NaN exactly where status is not 0.
    `threads` defaults to all cores and changes no digit. `out` is an earlier answer of the same shape whose memory is
    used again, which spares the operating system's clearing of pages (half the time of a large answer); its numbers are
    lost. Raises `InvalidValue` above `MAX_STATES` states and for an `out` of another shape.

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
    if out is None:
        arrays = (
            aligned_empty(rows, 3, count),
            aligned_empty(rows if velocities else 0, 3, count),
            aligned_empty(rows, count, dtype=np.uint8),
        )
    else:
        arrays = _memory_of(out, rows, count, velocities)
    if count:
        fill_states(initialise(elements), times, *arrays, threads=threads)
    return _ephemeris(elements.norad_id, times, *arrays)


def states(
    elements: ElementSets, grid: TimeGrid | Instants, *, velocities: bool = True, objects: int = 0
) -> Iterator[TemeEphemeris]:
    """The same states, some objects at a time, in memory that is used again: take what you need before the next block.

    `objects` in a block default to as many as stay in the processor's second-level cache. Blocks come in the order of
    the element sets and together hold each once.

    >>> from orbits import ElementSets, TimeGrid, states
    >>> issue = b'''1 25544U 98067A   24305.58058399  .00035180  00000-0  60166-3 0  9990
    ... 2 25544  51.6392 359.7717 0008966 122.2149 237.9710 15.50886758479706'''
    >>> grid = TimeGrid(start="2024-11-01T00:00:00Z", step_s=60, count=1440)
    >>> [block.position_teme_km.shape for block in states(ElementSets.read(issue), grid)]
    [(1, 1440, 3)]
    """
    count = len(grid)
    if count == 0:
        return
    some = objects or max(1, _BLOCK_STATES // count)
    records = initialise(elements)
    position, velocity, status = (
        aligned_empty(some, 3, count), aligned_empty(some if velocities else 0, 3, count),
        aligned_empty(some, count, dtype=np.uint8),
    )  # fmt: skip
    for first in range(0, len(elements), some):
        last = min(first + some, len(elements))
        views = (position[: last - first], velocity[: last - first], status[: last - first])
        fill_states(records[first:last], grid, *views, threads=1)
        yield _ephemeris(elements.norad_id[first:last], grid, *views)


def fill_states(
    records: npt.NDArray[Any], times: TimeGrid | Instants, position: Floats, velocity: Floats,
    status: npt.NDArray[np.uint8], *, threads: int | None = None,
) -> None:  # fmt: skip
    """Fill positions (n, 3, t), velocities (n, 3, t) or (0, 3, t), and status (n, t) for `records`, row by row."""
    instants = times.instants if isinstance(times, TimeGrid) else times
    count = len(times)
    start, step_min = (times.start, times.step_s / 60.0) if isinstance(times, TimeGrid) else (instants[0], 0.0)
    # parts do not depend on the number of threads, and so no digit does
    part = max(1, _PART_STATES // count)

    def work(rows: Integers, first: int, last: int) -> None:
        scratch, integers = space = _work_space()
        for begin in range(first * part, min(last * part, len(rows)), part):
            grid_kernel(
                records, rows[begin : begin + part], start.jd_day, start.day_fraction, step_min,
                count, instants.jd_day, instants.day_fraction, position, velocity, status,
                scratch, integers, np.empty(3, dtype=np.int64),
            )  # fmt: skip
        _SPACES.append(space)

    for is_deep in (0, 1):
        rows = np.flatnonzero(records["is_deep"] == is_deep)
        parts = -(-len(rows) // part)
        in_slices(partial(work, rows), parts, threads, slices=parts)


def _work_space() -> tuple[Floats, Integers]:
    """The kernel's scratch arrays, kept in `_SPACES`: fresh pages would cost a small question a tenth of its time."""
    try:
        return _SPACES.pop()
    except IndexError:
        return aligned_zeros(SCRATCH_NUMBERS), np.zeros(SCRATCH_INTEGERS, dtype=np.int64)


def _memory_of(
    out: TemeEphemeris, rows: int, count: int, velocities: bool
) -> tuple[Floats, Floats, npt.NDArray[np.uint8]]:
    velocity = out.velocity_teme_km_s
    if out.status.shape != (rows, count) or (velocity is not None) != velocities:
        raise InvalidValue(
            "out", f"{out.status.shape}, {'with' if velocity is not None else 'without'} velocities",
            f"must be an answer of {rows} objects x {count} times, {'with' if velocities else 'without'} velocities",
        )  # fmt: skip
    arrays = (
        out.position_teme_km.transpose(0, 2, 1),
        np.empty((0, 3, count)) if velocity is None else velocity.transpose(0, 2, 1),
        out.status,
    )
    bases = [array if array.base is None else array.base for array in arrays]
    for array in (*bases, *arrays):
        array.flags.writeable = True
    return arrays


def _ephemeris(
    norad_id: Integers, times: TimeGrid | Instants, position: Floats, velocity: Floats, status: npt.NDArray[np.uint8]
) -> TemeEphemeris:
    by_time = (position.transpose(0, 2, 1), velocity.transpose(0, 2, 1), status[:])
    for array in by_time:
        array.flags.writeable = False
    return TemeEphemeris(
        norad_id=norad_id,
        times=times,
        position_teme_km=by_time[0],
        velocity_teme_km_s=by_time[1] if len(velocity) or not len(position) else None,
        status=by_time[2],
    )

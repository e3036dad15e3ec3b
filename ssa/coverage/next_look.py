"""The next look: how long from an instant until each cell is in access, and whose access it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orbits.arrays import Floats, Integers, read_only
from orbits.errors import InvalidValue
from orbits.times import Instant, InstantLike
from ssa.coverage.intervals import AccessIntervals


@dataclass(frozen=True, eq=False)
class NextLook:
    """From `after` on, per cell (c,): `wait_s` until access (0 in access, NaN when there is none to the span's end).

    `object_row` is who looks first, -1 for nobody; of several at once the one with the lowest row. For the region:
    `first_wait_s` and `first_object_row` of the first look at any cell, `mean_wait_s` over the area that has one,
    `all_seen_wait_s` until every cell has been looked at; None where there is no such look. `unseen_fraction` is the
    share of the area that the rest of the span leaves without one.
    """

    after: Instant
    wait_s: Floats
    object_row: Integers
    first_wait_s: float | None
    first_object_row: int | None
    mean_wait_s: float | None
    all_seen_wait_s: float | None
    unseen_fraction: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "wait_s", read_only(self.wait_s, np.float64))
        object.__setattr__(self, "object_row", read_only(self.object_row, np.int64))


def next_look(intervals: AccessIntervals, after: InstantLike) -> NextLook:
    """The next look at each cell and at the region after an instant of the span [STK: Response Time, dynamic].

    Raises `InvalidValue` for an instant outside the span.

    >>> from orbits.times import TimeSpan
    >>> hour = TimeSpan.of("2026-03-10T00:00:00Z", hours=1)
    >>> seen = AccessIntervals.of([(0, 0, 60, 120), (1, 0, 600, 660)], span=hour, objects=2, cell_area_km2=[1, 1])
    >>> look = next_look(seen, "2026-03-10T00:05:00Z")
    >>> look.wait_s, look.object_row, look.unseen_fraction
    (array([300.,  nan]), array([ 1, -1]), 0.5)
    """
    instant = Instant.parse(after, "after")
    after_s = instant.seconds_since(intervals.span.start)
    if not 0.0 <= after_s <= intervals.duration_s:
        raise InvalidValue("after", instant, f"outside the span, {intervals.span.start} to {intervals.span.end}")
    coming = np.flatnonzero(intervals.end_s > after_s)
    wait = np.maximum(intervals.start_s[coming] - after_s, 0.0)
    wait_s = np.full(intervals.cells, np.nan)
    object_row = np.full(intervals.cells, -1)
    # accesses stand by cell, then object: of those that come soonest, the first is that of the first object
    cell, begin = np.unique(intervals.cell_row[coming], return_index=True)
    if len(cell):
        wait_s[cell] = np.minimum.reduceat(wait, begin)
        soonest = coming[wait == wait_s[intervals.cell_row[coming]]]
        cell, at = np.unique(intervals.cell_row[soonest], return_index=True)
        object_row[cell] = intervals.object_row[soonest[at]]
    weights = intervals.weights
    first = int(cell[np.lexsort((object_row[cell], wait_s[cell]))[0]]) if len(cell) else None
    return NextLook(
        after=instant,
        wait_s=wait_s,
        object_row=object_row,
        first_wait_s=None if first is None else float(wait_s[first]),
        first_object_row=None if first is None else int(object_row[first]),
        mean_wait_s=float(weights[cell] @ wait_s[cell] / weights[cell].sum()) if len(cell) else None,
        all_seen_wait_s=float(wait_s.max()) if len(cell) == intervals.cells else None,
        unseen_fraction=float(1.0 - weights[cell].sum()) if len(cell) < intervals.cells else 0.0,
    )

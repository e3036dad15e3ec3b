"""The longest blind times of a fleet, and who else sees the place meanwhile; asked of one's own fleet or an opponent's.

Limit: a blind time cut by the window's edge is at least as long as said.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orbits.errors import InvalidValue
from ssa.coverage.gaps import find_gaps
from ssa.coverage.intervals import AccessIntervals
from ssa.coverage.selection import over_region, same_region


@dataclass(frozen=True)
class Witness:
    """An object of the other group that sees the cell while it is blind: how often, for how long, and when first."""

    object_row: int
    accesses: int
    seen_s: float
    first_s: float


@dataclass(frozen=True)
class BlindTime:
    """A stretch without access: seconds after the span's start; `cell_row` is None where the whole region is blind.

    `witnesses` are the other group's objects that see it meanwhile, the longest first; None when no other was given.
    """

    cell_row: int | None
    start_s: float
    end_s: float
    cut_at_start: bool
    cut_at_end: bool
    witnesses: tuple[Witness, ...] | None

    @property
    def length_s(self) -> float:
        return self.end_s - self.start_s


def blind_times(
    intervals: AccessIntervals, *, others: AccessIntervals | None = None, count: int = 10
) -> tuple[BlindTime, ...]:
    """The `count` longest blind times of single cells, longest first; of equal ones the lower cell, then the earlier.

    `others` is another group over the same cells and span. Raises `InvalidValue` when it is not.

    >>> from orbits.times import TimeSpan
    >>> hour = TimeSpan.of("2026-03-10T00:00:00Z", hours=1)
    >>> ours = AccessIntervals.of([(0, 0, 600, 1200)], span=hour, objects=1, cell_area_km2=[1])
    >>> theirs = AccessIntervals.of([(3, 0, 1000, 2000)], span=hour, objects=4, cell_area_km2=[1])
    >>> blind = blind_times(ours, others=theirs, count=1)[0]
    >>> blind.length_s, blind.cut_at_end, blind.witnesses[0].object_row, blind.witnesses[0].seen_s
    (2400.0, True, 3, 800.0)
    """
    if count < 1:
        raise InvalidValue("count", count, "give 1 or more")
    if others is not None:
        same_region(intervals, others)
    return _longest(intervals, others, count, whole_region=False)


def blind_times_of_region(
    intervals: AccessIntervals, *, others: AccessIntervals | None = None, count: int = 10
) -> tuple[BlindTime, ...]:
    """The longest times in which no part of the region is in access; witnesses see some part of it."""
    if others is not None:
        same_region(intervals, others)
    return _longest(over_region(intervals), None if others is None else over_region(others), count, whole_region=True)


def _longest(
    intervals: AccessIntervals, others: AccessIntervals | None, count: int, *, whole_region: bool
) -> tuple[BlindTime, ...]:
    gaps = find_gaps(intervals)
    longest = np.lexsort((gaps.start_s, gaps.cell_row, -gaps.length_s))[:count]
    return tuple(
        BlindTime(
            cell_row=None if whole_region else int(gaps.cell_row[row]),
            start_s=float(gaps.start_s[row]),
            end_s=float(gaps.end_s[row]),
            cut_at_start=bool(gaps.cut_at_start[row]),
            cut_at_end=bool(gaps.cut_at_end[row]),
            witnesses=None
            if others is None
            else _witnesses(others, int(gaps.cell_row[row]), float(gaps.start_s[row]), float(gaps.end_s[row])),
        )
        for row in longest.tolist()
    )


def _witnesses(others: AccessIntervals, cell: int, start_s: float, end_s: float) -> tuple[Witness, ...]:
    there = slice(*others.first[cell : cell + 2].tolist())
    meets = (others.start_s[there] < end_s) & (others.end_s[there] > start_s)
    begins = np.maximum(others.start_s[there][meets], start_s)
    lasts = np.minimum(others.end_s[there][meets], end_s) - begins
    rows = others.object_row[there][meets]
    found = [
        Witness(row, int((rows == row).sum()), float(lasts[rows == row].sum()), float(begins[rows == row].min()))
        for row in np.unique(rows).tolist()
    ]
    return tuple(sorted(found, key=lambda witness: (-witness.seen_s, witness.object_row)))

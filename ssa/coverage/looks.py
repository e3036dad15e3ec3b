"""Looks: when each object has any part of the region in view, and how much of it that look sees.

A look is one stretch without a break; its share is of the region's area, each cell counted once however often the
object comes back to it within the look.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orbits.arrays import Booleans, Floats, Integers, read_only
from ssa.coverage.intervals import AccessIntervals
from ssa.coverage.selection import over_region

_MILLISECOND = 1e-3  # s


@dataclass(frozen=True, eq=False)
class Looks:
    """Columns (k,) in order of start, then object: seconds after the span's start, and the share of area seen."""

    object_row: Integers
    start_s: Floats
    end_s: Floats
    area_fraction: Floats
    cut_at_start: Booleans
    cut_at_end: Booleans

    def __post_init__(self) -> None:
        for name in self.__dataclass_fields__:
            values = getattr(self, name)
            object.__setattr__(self, name, read_only(values, values.dtype))

    def __len__(self) -> int:
        return len(self.start_s)


def find_looks(intervals: AccessIntervals) -> Looks:
    """Every look of every object.

    >>> from orbits.times import TimeSpan
    >>> hour = TimeSpan.of("2026-03-10T00:00:00Z", hours=1)
    >>> rows = [(0, 0, 0, 60), (0, 1, 30, 90), (0, 0, 80, 95), (0, 0, 600, 660)]
    >>> looks = find_looks(AccessIntervals.of(rows, span=hour, objects=1, cell_area_km2=[3, 1]))
    >>> looks.start_s.tolist(), looks.end_s.tolist(), looks.area_fraction.tolist()
    ([0.0, 600.0], [95.0, 660.0], [1.0, 0.75])
    """
    region = over_region(intervals)
    apart = intervals.duration_s + 1.0
    begins = region.object_row * apart + region.start_s  # one number for object and time, in order
    of_access = intervals.object_row * apart + intervals.start_s + _MILLISECOND
    look = np.maximum(np.searchsorted(begins, of_access, side="right") - 1, 0)
    pairs = np.unique(look * np.int64(intervals.cells) + intervals.cell_row)
    seen_by, cell = np.divmod(pairs, intervals.cells)
    area = np.bincount(seen_by, weights=intervals.weights[cell], minlength=len(region)).astype(np.float64)
    order = np.lexsort((region.object_row, region.start_s))
    return Looks(
        object_row=region.object_row.astype(np.int64)[order],
        start_s=region.start_s[order],
        end_s=region.end_s[order],
        area_fraction=np.minimum(area, 1.0)[order],
        cut_at_start=region.cut_at_start[order],
        cut_at_end=region.cut_at_end[order],
    )

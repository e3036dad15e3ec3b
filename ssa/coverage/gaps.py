"""Gaps as rows: every stretch in which a cell is unseen, their percentiles, and how much of the need they satisfy.

A gap that touches the window's edge is marked as cut there: how long it really is, the window cannot say.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from orbits.arrays import Booleans, Floats, Integers, read_only
from orbits.errors import InvalidValue
from ssa.coverage.intervals import AccessIntervals, Rows
from ssa.coverage.measures_kernels import gaps_kernel

_BINS = 65_536  # of gap lengths


@dataclass(frozen=True, eq=False)
class Gaps:
    """Gaps (g,) by cell, then time: `cell_row`, `start_s`, `end_s`, and whether the window's edges cut them."""

    cell_row: Rows
    start_s: Floats
    end_s: Floats
    cut_at_start: Booleans
    cut_at_end: Booleans

    def __post_init__(self) -> None:
        for name in self.__dataclass_fields__:
            values = getattr(self, name)
            object.__setattr__(self, name, read_only(values, values.dtype))

    def __len__(self) -> int:
        return len(self.start_s)

    @property
    def length_s(self) -> Floats:
        return np.asarray(self.end_s - self.start_s)

    def longest(self, count: int) -> Integers:
        """The rows of that many longest gaps, the longest first, equal ones in their order."""
        length_s = self.length_s
        rows = np.arange(len(self))
        if len(self) > count > 0:
            rows = np.flatnonzero(length_s >= np.partition(length_s, len(self) - count)[len(self) - count])
        return np.asarray(rows[np.argsort(-length_s[rows], kind="stable")][:count])


@dataclass(frozen=True)
class GapSatisfaction:
    """How far a required gap is kept: `limit_s` or less between looks [STK: Satisfaction, Revisit Time at most].

    `area_fraction`: share of the area whose longest gap is no longer. `time_fraction`: share of area and time in which
    the cell is in access or has been unseen for no longer so far; by symmetry also the share in which a request is
    answered no later than that [Response Time: Percent Below]. Gaps cut by the window count as long as the window
    shows them.
    """

    limit_s: float
    area_fraction: float
    time_fraction: float


def find_gaps(intervals: AccessIntervals) -> Gaps:
    """Every gap of every cell; a cell never seen has one, cut at both ends.

    >>> from orbits.times import TimeSpan
    >>> hour = TimeSpan.of("2026-03-10T00:00:00Z", hours=1)
    >>> gaps = find_gaps(AccessIntervals.of([(0, 0, 0, 600)], span=hour, objects=1, cell_area_km2=[1, 1]))
    >>> gaps.cell_row.tolist(), gaps.length_s.tolist(), gaps.cut_at_start.tolist()
    ([0, 1], [3000.0, 3600.0], [False, True])
    """
    asked = (intervals.first, intervals.by_start, intervals.start_s, intervals.end_s, intervals.duration_s)

    def columns(count: int) -> tuple[Rows, Floats, Floats]:
        return np.empty(count, dtype=np.int32), np.empty(count), np.empty(count)

    found = columns(gaps_kernel(*asked, *columns(0)))
    gaps_kernel(*asked, *found)
    cell_row, start_s, end_s = found
    return Gaps(cell_row, start_s, end_s, start_s == 0.0, end_s == intervals.duration_s)


def gap_percentiles_s(intervals: AccessIntervals, percent: Sequence[float]) -> list[float | None]:
    """The length that `percent` of the region's gaps do not exceed, weighed by area [Revisit Time: Num Percent Below].

    The smallest length that reaches the share, no interpolation; None when there is no gap. Raises `InvalidValue` for a
    percentage outside 0 to 100.
    """
    return percentiles_s(find_gaps(intervals), intervals.weights, percent)


def percentiles_s(gaps: Gaps, weights: Floats, percent: Sequence[float]) -> list[float | None]:
    """`gap_percentiles_s` of gaps that are known already; `weights` (c,) are the cells' shares of the area."""
    for value in percent:
        if not 0.0 <= value <= 100.0:
            raise InvalidValue("percent", value, "outside 0 to 100")
    if not len(gaps):
        return [None for _ in percent]
    length_s, share = gaps.length_s, weights[gaps.cell_row]
    # lengths are counted by bins first, and only those of the bins asked about are sorted
    scale = _BINS / max(float(length_s.max()), 1e-9)
    of_bin = np.minimum(length_s * scale, _BINS - 1).astype(np.int32)
    reached = np.cumsum(np.bincount(of_bin, weights=share, minlength=_BINS))
    found: list[float | None] = []
    for value in percent:
        wanted = value / 100.0 * reached[-1] * (1.0 - 1e-12)  # a share that is reached but for rounding is reached
        place = int(np.searchsorted(reached, wanted))
        if reached[place] == 0.0:  # a share of nothing is that of the shortest
            place = int(np.flatnonzero(reached)[0])
        inside = np.flatnonzero(of_bin == place)
        inside = inside[np.argsort(length_s[inside], kind="stable")]
        before = reached[place - 1] if place else 0.0
        at = int(np.searchsorted(before + np.cumsum(share[inside]), wanted))
        found.append(float(length_s[inside[min(at, len(inside) - 1)]]))
    return found


def cell_gap_percentiles_s(intervals: AccessIntervals, percent: float) -> Floats:
    """For each cell (c,), the gap length below or at which `percent` of its gaps lie; 0 where there is no gap."""
    if not 0.0 <= percent <= 100.0:
        raise InvalidValue("percent", percent, "outside 0 to 100")
    gaps = find_gaps(intervals)
    order = np.lexsort((gaps.length_s, gaps.cell_row))
    first = np.searchsorted(gaps.cell_row, np.arange(intervals.cells + 1))
    counts = np.diff(first)
    place = np.maximum(np.ceil(percent / 100.0 * counts - 1e-9).astype(np.int64) - 1, 0)
    lengths = np.append(gaps.length_s[order], 0.0)
    return np.where(counts > 0, lengths[np.minimum(first[:-1] + place, len(gaps))], 0.0)


def satisfied(intervals: AccessIntervals, limit_s: float) -> GapSatisfaction:
    """How much of the area, and of area and time, has no gap longer than `limit_s`.

    Raises `InvalidValue` for a limit that is negative or not finite.
    """
    if not (math.isfinite(limit_s) and limit_s >= 0.0):
        raise InvalidValue("limit_s", limit_s, "give a number of seconds, 0 or more")
    gaps = find_gaps(intervals)
    weights = intervals.weights
    kept = np.ones(intervals.cells, dtype=bool)
    kept[gaps.cell_row[gaps.length_s > limit_s]] = False
    beyond_s = np.maximum(gaps.length_s - limit_s, 0.0)
    late = float(weights[gaps.cell_row] @ beyond_s) / intervals.duration_s
    area_fraction = 1.0 if kept.all() else float(weights[kept].sum())
    return GapSatisfaction(limit_s, area_fraction, 1.0 - late)

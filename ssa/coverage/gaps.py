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
from ssa.coverage.intervals import AccessIntervals
from ssa.coverage.selection import merged


@dataclass(frozen=True, eq=False)
class Gaps:
    """Gaps (g,) by cell, then time: `cell_row`, `start_s`, `end_s`, and whether the window's edges cut them."""

    cell_row: Integers
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
    union = merged(intervals)
    # each access ends the gap before it, and one gap more may follow the last access of each cell
    count = len(union) + union.cells
    places = np.arange(len(union)) + union.cell_row
    ends_at, starts_at = np.full(count, union.duration_s), np.zeros(count)
    ends_at[places] = union.start_s
    places += 1
    starts_at[places] = union.end_s
    del places
    cell_row = np.repeat(np.arange(union.cells), np.diff(union.first) + 1)
    is_first = np.diff(cell_row, prepend=-1) > 0
    starts_at[is_first] = 0.0
    lasting = ends_at > starts_at
    return Gaps(
        cell_row[lasting],
        starts_at[lasting],
        ends_at[lasting],
        (is_first & lasting)[lasting],
        (np.diff(cell_row, append=union.cells) > 0)[lasting],
    )


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
    length_s = gaps.length_s
    order = np.argsort(length_s, kind="stable")
    reached = np.cumsum(weights[gaps.cell_row[order]])
    # a share that is reached but for rounding is reached
    places = np.searchsorted(reached, np.asarray(percent) / 100.0 * reached[-1] * (1.0 - 1e-12))
    return [float(length_s[order[min(place, len(gaps) - 1)]]) for place in places]


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

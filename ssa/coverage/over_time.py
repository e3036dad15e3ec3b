"""Coverage against time: exact step functions, and samples of them for a timeline.

Between two breakpoints nothing changes, so a step function is exact; it takes the value at its own breakpoint on, as
accesses are half-open. The share seen at least once never falls.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from orbits.arrays import Floats, read_only
from orbits.errors import InvalidValue
from orbits.jit import in_slices
from orbits.times import TimeGrid, TimeSpan
from ssa.coverage.intervals import AccessIntervals
from ssa.coverage.measures import measure_cells
from ssa.coverage.measures_kernels import count_steps_kernel
from ssa.coverage.selection import merged

_BLOCKS = 16  # of cells, summed apart; always as many, so that no sum depends on the threads


@dataclass(frozen=True, eq=False)
class StepFunction:
    """`value` (b,) from each `time_s` (b,) on until the next, in seconds after `span.start`; `time_s[0]` is 0.

    >>> steps = StepFunction([0, 10], [0.5, 1.0], TimeSpan.of("2026-03-10T00:00:00Z", hours=1))
    >>> steps.at([0, 9.9, 10, 3600]), round(steps.mean(), 4)
    (array([0.5, 0.5, 1. , 1. ]), 0.9986)
    """

    time_s: Floats
    value: Floats
    span: TimeSpan

    def __post_init__(self) -> None:
        object.__setattr__(self, "time_s", read_only(self.time_s, np.float64))
        object.__setattr__(self, "value", read_only(self.value, np.float64))

    def __len__(self) -> int:
        return len(self.time_s)

    def at(self, seconds: Any) -> Floats:
        """Values at `seconds` (t,) after the span's start; at its very end, the last value inside.

        Raises `InvalidValue` for a time outside the span.
        """
        asked = np.asarray(seconds, dtype=np.float64)
        if asked.size and not (asked.min() >= 0.0 and asked.max() <= self.span.duration_s * (1.0 + 1e-12)):
            raise InvalidValue("seconds", f"{asked.min()} to {asked.max()}", f"outside 0 to {self.span.duration_s} s")
        return np.asarray(self.value[np.searchsorted(self.time_s, asked, side="right") - 1])

    def mean(self) -> float:
        """The mean over the span."""
        return float(np.diff(np.append(self.time_s, self.span.duration_s)) @ self.value) / self.span.duration_s

    def rows(self, grid: TimeGrid, name: str) -> list[dict[str, object]]:
        """A timeline [{time, `name`}] sampled on a grid inside the span, times as ISO 8601 text."""
        offset_s = grid.start.seconds_since(self.span.start)
        values = self.at(np.maximum(grid.seconds + offset_s, 0.0 if offset_s > -1e-6 else offset_s))
        return [
            {"time": grid.start.plus_s(second).isoformat(3), name: float(value)}
            for second, value in zip(grid.seconds.tolist(), values.tolist(), strict=True)
        ]


def covered_over_time(intervals: AccessIntervals) -> StepFunction:
    """Share of the area in access at each moment [STK: Percent Coverage, instantaneous].

    >>> hour = TimeSpan.of("2026-03-10T00:00:00Z", hours=1)
    >>> seen = AccessIntervals.of([(0, 0, 60, 120), (1, 1, 90, 150)], span=hour, objects=2, cell_area_km2=[3, 1])
    >>> covered_over_time(seen).value
    array([0.  , 0.75, 1.  , 0.25, 0.  ])
    """
    covered = fold_over_time(merged(intervals))
    return StepFunction(covered.time_s, np.minimum(covered.value, 1.0), intervals.span)


def fold_over_time(intervals: AccessIntervals) -> StepFunction:
    """Mean over the area of the number of objects in access at each moment [STK: N Asset Coverage, dynamic]."""
    weights = intervals.weights[intervals.cell_row]
    times = np.concatenate([intervals.start_s, intervals.end_s])
    steps = np.concatenate([weights, -weights])
    return _summed(times, steps, intervals.span, np.sign(steps))


def seen_over_time(intervals: AccessIntervals) -> StepFunction:
    """Share of the area seen at least once up to each moment [STK: Percent Coverage, accumulated].

    >>> hour = TimeSpan.of("2026-03-10T00:00:00Z", hours=1)
    >>> seen = AccessIntervals.of([(0, 0, 60, 120), (1, 1, 90, 150)], span=hour, objects=2, cell_area_km2=[3, 1])
    >>> seen_over_time(seen).at([0, 60, 3600])
    array([0.  , 0.75, 1.  ])
    """
    first_seen_s = measure_cells(intervals).first_seen_s
    seen = np.isfinite(first_seen_s)
    return _summed(first_seen_s[seen], intervals.weights[seen], intervals.span)


def fold_at(intervals: AccessIntervals, seconds: Any) -> Floats:
    """`fold_over_time` at rising times (t,), without the step function: for many accesses and few times.

    >>> hour = TimeSpan.of("2026-03-10T00:00:00Z", hours=1)
    >>> seen = AccessIntervals.of([(0, 0, 60, 120), (1, 1, 90, 150)], span=hour, objects=2, cell_area_km2=[3, 1])
    >>> fold_at(seen, [0, 60, 90, 120])
    array([0.  , 0.75, 1.  , 0.25])
    """
    return _sampled(intervals, seconds, as_one=False)


def covered_at(intervals: AccessIntervals, seconds: Any) -> Floats:
    """`covered_over_time` at rising times (t,), without the step function: for many accesses and few times.

    >>> hour = TimeSpan.of("2026-03-10T00:00:00Z", hours=1)
    >>> seen = AccessIntervals.of([(0, 0, 60, 120), (1, 0, 90, 150)], span=hour, objects=2, cell_area_km2=[1])
    >>> covered_at(seen, [0, 60, 90, 120, 150])
    array([0., 1., 1., 1., 0.])
    """
    return np.minimum(_sampled(intervals, seconds, as_one=True), 1.0)


def _sampled(intervals: AccessIntervals, seconds: Any, *, as_one: bool) -> Floats:
    times = np.asarray(seconds, dtype=np.float64)
    steps, counts = np.zeros((_BLOCKS, len(times) + 1)), np.zeros((_BLOCKS, len(times) + 1), dtype=np.int64)
    columns = (intervals.first, intervals.by_start, intervals.start_s, intervals.end_s)
    weights = np.ascontiguousarray(intervals.weights)

    def work(first: int, last: int) -> None:
        for block in range(first, last):
            cells = (intervals.cells * block // _BLOCKS, intervals.cells * (block + 1) // _BLOCKS)
            count_steps_kernel(times, weights, *columns, int(as_one), *cells, steps[block], counts[block])

    in_slices(work, _BLOCKS)
    value, count = np.cumsum(steps.sum(axis=0))[: len(times)], np.cumsum(counts.sum(axis=0))[: len(times)]
    return np.where(count == 0, 0.0, np.maximum(value, 0.0))


def _summed(times_s: Floats, steps: Floats, span: TimeSpan, counts: Floats | None = None) -> StepFunction:
    """The running sum of steps at times; where the running sum of `counts` is 0 it is exactly 0, without rounding."""
    inside = times_s < span.duration_s
    breaks, place = np.unique(np.append(times_s[inside], 0.0), return_inverse=True)

    def running(values: Floats) -> Floats:
        return np.cumsum(np.bincount(place, weights=np.append(values[inside], 0.0), minlength=len(breaks)))

    values = np.maximum(running(steps), 0.0)
    if counts is not None:
        values = np.where(running(counts) == 0.0, 0.0, values)
    changed = np.append(True, np.diff(values) != 0.0)
    return StepFunction(breaks[changed], values[changed], span)

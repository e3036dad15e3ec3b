"""The timeline of a coverage answer: its times and its rows."""

from __future__ import annotations

from orbits import InvalidValue, TimeGrid, TimeSpan
from orbits.arrays import Floats
from ssa.errors import TooMuch

MOST_TIMES = 50_000
_WANTED_TIMES = 300
_STEPS_S = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800)


def timeline_grid(span: TimeSpan, step_s: float | None = None) -> TimeGrid:
    """Times for a timeline: every `step_s`, else the shortest round step that makes at most about 300 of them.

    The end of the span is left out where it falls on a step: accesses are half-open, nothing is known there. Raises
    `InvalidValue`, and `TooMuch` for more than 50,000 times.

    >>> timeline_grid(TimeSpan.of("2026-03-10T00:00:00Z", hours=24)).step_s
    300.0
    """
    if step_s is None:
        step_s = next((step for step in _STEPS_S if span.duration_s / step <= _WANTED_TIMES), _STEPS_S[-1])
    if not step_s > 0.0:
        raise InvalidValue("step_s", step_s, "must be a positive number of seconds")
    if span.duration_s / step_s > MOST_TIMES:
        raise TooMuch("step_s", step_s, f"makes more than {MOST_TIMES:,} times; take a longer step")
    grid = TimeGrid.over(span, step_s=step_s)
    if len(grid) > 1 and (len(grid) - 1) * grid.step_s >= span.duration_s * (1.0 - 1e-12):
        return TimeGrid(grid.start, grid.step_s, len(grid) - 1)
    return grid


def timeline_rows(grid: TimeGrid, **columns: Floats) -> list[dict[str, object]]:
    """One row for each time: `time`, and each column's value under its name."""
    times = [grid.start.plus_s(second).isoformat(3) for second in grid.seconds.tolist()]
    values = zip(*(column.tolist() for column in columns.values()), strict=True)
    return [{"time": time, **dict(zip(columns, row, strict=True))} for time, row in zip(times, values, strict=True)]

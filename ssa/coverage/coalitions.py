"""What any subset of a fleet achieves over the region: the values that contribution, resilience and choice rest on.

Every measure here has a value for every subset, the empty one too (nothing covered, one gap of the whole window), so
that differences and Shapley values exist. The mean revisit has none where a cell is seen less than twice: ask for
`mean_gap_s`, which counts the window's edges, or compare `RegionMeasures`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orbits.arrays import Booleans, Floats, Integers, Statuses
from orbits.errors import InvalidValue
from orbits.jit import in_slices
from ssa.coverage import coalitions_kernels as k
from ssa.coverage.intervals import AccessIntervals

# each measure, and whether more of it is better (+1) or worse (-1)
BETTER = {
    "covered_fraction": 1, "seen_fraction": 1, "mean_fold": 1, "satisfied_fraction": 1, "max_gap_s": -1,
    "mean_max_gap_s": -1, "mean_gap_s": -1, "time_average_gap_s": -1, "mean_response_s": -1, "max_response_s": -1,
}  # fmt: skip
_ROWS = {
    "covered_fraction": k.COVERED, "seen_fraction": k.SEEN, "satisfied_fraction": k.SATISFIED, "max_gap_s": k.MAX_GAP,
    "mean_max_gap_s": k.MEAN_MAX_GAP, "mean_gap_s": k.MEAN_GAP, "time_average_gap_s": k.TIME_AVERAGE_GAP,
    "mean_response_s": k.TIME_AVERAGE_GAP, "max_response_s": k.MAX_GAP,
}  # fmt: skip
_BLOCKS = 64  # cells are summed in this many blocks, always the same, so that no sum depends on the threads
_AT_ONCE = 4096  # coalitions in one walk: their state fills 160 kB of cache


@dataclass(frozen=True)
class Objective:
    """A measure of `BETTER`, and for `satisfied_fraction` the gap that is required.

    Raises `InvalidValue` for an unknown measure, and for `satisfied_fraction` without `limit_s`.

    >>> Objective("mean_gap_s").better
    -1
    """

    measure: str
    limit_s: float | None = None

    def __post_init__(self) -> None:
        if self.measure not in BETTER:
            known = ", ".join(BETTER)
            raise InvalidValue("measure", self.measure, f"has no value for every part of a fleet; choose from {known}")
        if self.measure == "satisfied_fraction" and (self.limit_s is None or not self.limit_s >= 0.0):
            raise InvalidValue("limit_s", self.limit_s, "satisfied_fraction needs the gap required, in seconds")

    @property
    def better(self) -> int:
        return BETTER[self.measure]


def objective_of(measure: str | Objective, limit_s: float | None = None) -> Objective:
    """An objective from its name."""
    return measure if isinstance(measure, Objective) else Objective(measure, limit_s)


def coalition_values(
    intervals: AccessIntervals, inside: Booleans, objective: Objective, *, threads: int | None = None
) -> Floats:
    """The objective's value (q,) for each coalition; `inside` (n, q) says which objects are in which.

    >>> from orbits.times import TimeSpan
    >>> hour = TimeSpan.of("2026-03-10T00:00:00Z", hours=1)
    >>> seen = AccessIntervals.of([(0, 0, 0, 900), (1, 0, 450, 1800)], span=hour, objects=2, cell_area_km2=[1])
    >>> coalition_values(seen, np.array([[0, 1, 0, 1], [0, 0, 1, 1]], dtype=bool), Objective("covered_fraction"))
    array([0.   , 0.25 , 0.375, 0.5  ])
    """
    if inside.ndim != 2 or len(inside) != intervals.objects:
        raise InvalidValue("inside", inside.shape, f"give {intervals.objects} rows, one for each object")
    if objective.measure == "mean_fold":
        return np.asarray(object_folds(intervals) @ inside)
    limit_s = np.inf if objective.limit_s is None else objective.limit_s
    half = 0.5 if objective.measure == "mean_response_s" else 1.0
    count = inside.shape[1]
    found = np.empty(count)
    for begin in range(0, count, _AT_ONCE):
        part = np.ascontiguousarray(inside[:, begin : begin + _AT_ONCE], dtype=np.uint8)
        table = _values(intervals, part, float(limit_s), threads)
        row = table[:, _ROWS[objective.measure]]
        found[begin : begin + _AT_ONCE] = row.max(axis=0) if objective.measure in _WORST else row.sum(axis=0) * half
    return found


_WORST = ("max_gap_s", "max_response_s")


def object_folds(intervals: AccessIntervals) -> Floats:
    """What each object (n,) adds to the mean fold: its share of area and time; fold is the sum over objects."""
    seconds = (intervals.end_s - intervals.start_s) * intervals.weights[intervals.cell_row]
    return np.bincount(intervals.object_row, weights=seconds, minlength=intervals.objects) / intervals.duration_s


def shared_fractions(
    intervals: AccessIntervals, player_of: Integers | None = None, players: int = 0, *, threads: int | None = None
) -> Floats:
    """Each object's part (n,) of the covered fraction: each second is split equally among those in access.

    With `player_of` (n,), which of `players` each object belongs to (-1: to none), each player's part (players,).
    """
    blocks, block_cells = _blocks(intervals)
    whose = np.arange(intervals.objects) if player_of is None else np.ascontiguousarray(player_of, dtype=np.int64)
    shares = np.zeros((blocks, intervals.objects if player_of is None else players))
    columns = (intervals.first, intervals.object_row, whose, intervals.start_s, intervals.end_s, intervals.by_start)
    weights = np.ascontiguousarray(intervals.weights)
    in_slices(lambda a, b: k.shared_time_kernel(*columns, weights, block_cells, a, b, shares), blocks, threads)
    return np.asarray(shares.sum(axis=0) / intervals.duration_s)


def _values(intervals: AccessIntervals, inside: Statuses, limit_s: float, threads: int | None) -> Floats:
    blocks, block_cells = _blocks(intervals)
    values = np.zeros((blocks, k.VALUES, inside.shape[1]))
    columns = (intervals.first, intervals.by_start, intervals.object_row, intervals.start_s, intervals.end_s)
    rest = (intervals.duration_s, np.ascontiguousarray(intervals.weights), inside, limit_s, block_cells)
    in_slices(lambda a, b: k.coalitions_kernel(*columns, *rest, a, b, values), blocks, threads)
    return values


def _blocks(intervals: AccessIntervals) -> tuple[int, int]:
    block_cells = -(-intervals.cells // _BLOCKS)
    return -(-intervals.cells // block_cells), block_cells

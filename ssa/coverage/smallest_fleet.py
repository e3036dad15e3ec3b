"""The smallest set of satellites that still keeps a required gap over a region, and how sure it is the smallest.

Method: objects whose single loss breaks the requirement are in every set that keeps it. The others are given up one by
one, always the one whose loss leaves the shortest time-average gap, until none can go: no object of that set can be
spared, but another set may be smaller. Lower bounds: the objects that cannot go; and in each cell, k objects with n
accesses of s seconds in all leave at most n + 1 gaps, so T <= s + (n + 1) x limit must hold for the best k. Then every
smaller set from the bound up is tried while that is cheap; the answer says whether it is proven.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np

from orbits.arrays import Booleans, Floats, Integers
from orbits.errors import InvalidValue
from ssa.coverage.coalitions import Objective, coalition_values
from ssa.coverage.intervals import AccessIntervals

EXACT_WORK = 400_000_000  # accesses x sets that are tried, about half a second
EXACT_TRIES = 20_000  # and how many sets at most, for the memory that they take
_ROUNDING = 1e-12  # sums of shares of area agree to this


@dataclass(frozen=True)
class SmallestFleet:
    """`objects` (rows) keep every gap to `limit_s` over `kept_fraction` of the area, of `required_fraction` asked for.

    No fewer than `at_least` objects can; `is_proven` when that many are in `objects`. `essential` are the rows without
    which no set keeps it.
    """

    limit_s: float
    required_fraction: float
    kept_fraction: float
    objects: tuple[int, ...]
    essential: tuple[int, ...]
    at_least: int
    method: str

    @property
    def is_proven(self) -> bool:
        return len(self.objects) == self.at_least


def smallest_fleet(intervals: AccessIntervals, limit_s: float, *, area_fraction: float | None = None) -> SmallestFleet:
    """The smallest set found that keeps the longest gap to `limit_s` over `area_fraction` of the area.

    Without `area_fraction`, over as much of it as the whole fleet does. Raises `InvalidValue` for a limit that is not
    positive, and when the whole fleet does not reach the fraction.

    >>> from orbits.times import TimeSpan
    >>> hour = TimeSpan.of("2026-03-10T00:00:00Z", hours=1)
    >>> rows = [(0, 0, 900, 960), (1, 0, 1800, 1860), (2, 0, 2700, 2760)]
    >>> seen = AccessIntervals.of(rows, span=hour, objects=3, cell_area_km2=[1])
    >>> smallest_fleet(seen, 1800).objects
    (1,)
    """
    if not limit_s > 0.0:
        raise InvalidValue("limit_s", limit_s, "give a positive number of seconds")
    count = intervals.objects
    goal = Objective("satisfied_fraction", limit_s)
    everyone = np.ones((count, 1), dtype=bool)
    reached = float(coalition_values(intervals, everyone, goal)[0])
    required = reached if area_fraction is None else area_fraction
    if required > reached + _ROUNDING:
        way_out = "ask for that much or less, or for a longer gap"
        raise InvalidValue("area_fraction", required, f"the whole fleet keeps the gap over {reached:.4f}; {way_out}")
    alone_lost = coalition_values(intervals, ~np.eye(count, dtype=bool), goal)
    essential = np.flatnonzero(alone_lost < required - _ROUNDING)
    kept = _given_up_one_by_one(intervals, goal, required, essential)
    at_least = max(len(essential), _bound(intervals, limit_s, required))
    others = np.setdiff1d(np.arange(count), essential)
    found_by = "objects given up one by one"
    tried = 0
    while at_least < len(kept):
        free = at_least - len(essential)
        tries = comb(len(others), free)
        tried += tries
        if tries > EXACT_TRIES or tried * max(len(intervals), 1) > EXACT_WORK:
            break
        inside = np.zeros((count, tries), dtype=bool)
        inside[essential] = True
        for column, chosen in enumerate(combinations(others.tolist(), free)):
            inside[list(chosen), column] = True
        good = np.flatnonzero(coalition_values(intervals, inside, goal) >= required - _ROUNDING)
        if len(good):
            kept, found_by = np.flatnonzero(inside[:, good[0]]), f"every set of {at_least} tried"
            break
        at_least += 1
    found = np.zeros((count, 1), dtype=bool)
    found[kept] = True
    proven = "no smaller set does" if at_least == len(kept) else f"at least {at_least} are needed, none smaller known"
    return SmallestFleet(
        limit_s=limit_s,
        required_fraction=required,
        kept_fraction=float(coalition_values(intervals, found, goal)[0]),
        objects=tuple(kept.tolist()),
        essential=tuple(essential.tolist()),
        at_least=at_least,
        method=f"{len(kept)} objects, found by {found_by}; {proven}",
    )


def _given_up_one_by_one(intervals: AccessIntervals, goal: Objective, required: float, essential: Integers) -> Integers:
    inside: Booleans = np.ones(intervals.objects, dtype=bool)
    while True:
        candidates = np.setdiff1d(np.flatnonzero(inside), essential)
        if not len(candidates):
            return np.flatnonzero(inside)
        without = np.repeat(inside[:, None], len(candidates), axis=1)
        without[candidates, np.arange(len(candidates))] = False
        can_go = coalition_values(intervals, without, goal) >= required - _ROUNDING
        if not can_go.any():
            return np.flatnonzero(inside)
        left = coalition_values(intervals, without, Objective("time_average_gap_s"))
        inside[candidates[np.argmin(np.where(can_go, left, np.inf))]] = False


def _bound(intervals: AccessIntervals, limit_s: float, required: float) -> int:
    """The fewest objects that the counting argument of the module's docstring allows."""
    worth = np.bincount(
        intervals.cell_row.astype(np.int64) * intervals.objects + intervals.object_row,
        weights=intervals.end_s - intervals.start_s + limit_s,
        minlength=intervals.cells * intervals.objects,
    ).reshape(intervals.cells, intervals.objects)
    best: Floats = np.cumsum(-np.sort(-worth, axis=1), axis=1)
    lacking = intervals.duration_s - limit_s * (1.0 + _ROUNDING)
    needed = np.where(lacking <= 0.0, 0, 1 + (best < lacking * (1.0 - _ROUNDING)).sum(axis=1))
    order = np.argsort(needed, kind="stable")
    reached = np.cumsum(intervals.weights[order])
    place = min(int(np.searchsorted(reached, required - _ROUNDING)), intervals.cells - 1)
    return min(int(needed[order][place]), intervals.objects) if required > _ROUNDING else 0

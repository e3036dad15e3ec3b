"""Chance kept apart from promise: how many accesses each condition takes away, one after the other.

Geometric access comes first, then what remains after the Sun, after duty limits, after a published plan. An access
that keeps nothing is removed by that condition; one that keeps a part is shortened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from orbits.errors import InvalidValue
from ssa.coverage.intervals import AccessIntervals
from ssa.coverage.intervals_kernels import overlap_kernel
from ssa.coverage.selection import same_region

TOLERANCE_S = 0.1  # edges that a condition leaves alone may move by this in its own search


@dataclass(frozen=True)
class ConditionCount:
    """What one condition does to the accesses that stood before it: counts of object accesses, and their time.

    `removed`, `shortened` and `untouched` sum to `before`; `left` counts those after it, more than `before - removed`
    where it cuts one access into several. `unexplained` counts accesses after it that none before it holds: 0 unless
    the two were not found from the same elements.
    """

    condition: str
    before: int
    removed: int
    shortened: int
    untouched: int
    left: int
    removed_s: float
    left_s: float
    unexplained: int


def removed_by(stages: Mapping[str, AccessIntervals]) -> tuple[ConditionCount, ...]:
    """What each condition removes: `stages` in order, the first the geometric chance, each next after one condition.

    Each stage's name is the condition that leads to it. Raises `InvalidValue` for fewer than two stages, and for stages
    of other objects, cells or spans.

    >>> from orbits.times import TimeSpan
    >>> hour = TimeSpan.of("2026-03-10T00:00:00Z", hours=1)
    >>> chance = AccessIntervals.of([(0, 0, 0, 600), (0, 0, 900, 1200)], span=hour, objects=1, cell_area_km2=[1])
    >>> by_day = AccessIntervals.of([(0, 0, 300, 600)], span=hour, objects=1, cell_area_km2=[1])
    >>> told(removed_by({"in view": chance, "Sun below 10 deg": by_day}))
    '2 accesses: 1 Sun below 10 deg (1 more shortened); 1 left'
    """
    names = list(stages)
    if len(names) < 2:
        raise InvalidValue("stages", len(names), "give the geometric accesses and those after one or more conditions")
    return tuple(
        _count(after_name, stages[before_name], stages[after_name]) for before_name, after_name in pairwise(names)
    )


def told(counts: tuple[ConditionCount, ...]) -> str:
    """The counts as one line."""
    parts = [
        f"{count.removed} {count.condition}" + (f" ({count.shortened} more shortened)" if count.shortened else "")
        for count in counts
    ]
    return f"{counts[0].before} accesses: {', '.join(parts)}; {counts[-1].left} left"


def _count(condition: str, before: AccessIntervals, after: AccessIntervals) -> ConditionCount:
    same_region(before, after)
    if before.objects != after.objects:
        raise InvalidValue(condition, after.objects, f"is of other objects than the {before.objects} before it")
    shared_s, pieces = _shared(before, after)
    _, holders = _shared(after, before)
    lengths = before.end_s - before.start_s
    removed = pieces == 0
    untouched = ~removed & (shared_s >= lengths - 2.0 * TOLERANCE_S) & (pieces == 1)
    left_s = float((after.end_s - after.start_s).sum())
    return ConditionCount(
        condition=condition,
        before=len(before),
        removed=int(removed.sum()),
        shortened=int((~removed & ~untouched).sum()),
        untouched=int(untouched.sum()),
        left=len(after),
        removed_s=float(lengths.sum() - shared_s.sum()),
        left_s=left_s,
        unexplained=int((holders == 0).sum()),
    )


def _shared(one: AccessIntervals, other: AccessIntervals) -> tuple[np.ndarray, np.ndarray]:
    shared_s, pieces = np.zeros(len(one)), np.zeros(len(one), dtype=np.int64)
    columns = (one.object_row, one.cell_row, one.start_s, one.end_s)
    overlap_kernel(*columns, other.object_row, other.cell_row, other.start_s, other.end_s, shared_s, pieces)
    return shared_s, pieces

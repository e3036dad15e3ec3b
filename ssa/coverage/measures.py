"""Measures of coverage for each cell, as columns, from stored access.

Conventions, which are those of STK's figures of merit (help.agi.com, "Figures of Merit") and of the reference file:
the union of all objects is judged over the whole window of length T; a gap that touches the window's edge counts, with
the edge as its bound, so what it would have become outside is not known ("optimistic"); a cell never seen has one gap
of T. Interior gaps lie between two accesses. What has no value (no access, no interior gap) is NaN here, and None in
the region's answer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orbits.arrays import Floats, Integers, read_only
from orbits.errors import InvalidValue
from orbits.jit import in_slices
from ssa.coverage import measures_kernels as k
from ssa.coverage.intervals import AccessIntervals

DEFAULT_FOLDS = 4


@dataclass(frozen=True, eq=False)
class CellMeasures:
    """Columns (c,), one value for each cell; T is the window. STK's name for each stands in brackets.

    - `covered_s`, `covered_fraction`: time with at least one object in access, and its share of T [Coverage Time:
      total; percent].
    - `mean_fold`, `max_fold`: objects in access at once, mean over T and most [N Asset Coverage: average, maximum].
      `fold_fraction` (c, folds): share of T with at least 1, 2, ... [Coverage Time with Min # Assets].
    - `accesses`: merged accesses; `object_accesses`: every object's own [Number of Accesses].
      `mean_access_s`, `max_access_s`: length of the merged ones; `mean_object_access_s`, `max_object_access_s`: of
      every object's own [Access Duration].
    - `gaps`, `max_gap_s`, `mean_gap_s`: gaps, those at the window's edges among them [Number of Gaps; Revisit Time:
      maximum, average]. 0 where a cell is never unseen.
    - `interior_gaps`, `max_revisit_s`, `mean_revisit_s`: gaps between two accesses only [Revisit Time, end gaps
      ignored]; NaN below two accesses.
    - `time_average_gap_s` = sum(g^2) / T: the gap that a random moment falls into, 0 in access [Time Average Gap].
    - `mean_response_s` = sum(g^2) / (2 T), `max_response_s`: the wait for access from a moment of T, mean and longest;
      the longest is the longest gap [Response Time: average, maximum]. The mean age of the last look is the same
      number [Age of Data: average].
    - `first_seen_s`: seconds until the first access; NaN where there is none.
    """

    covered_s: Floats
    covered_fraction: Floats
    mean_fold: Floats
    max_fold: Integers
    fold_fraction: Floats
    accesses: Integers
    object_accesses: Integers
    mean_access_s: Floats
    max_access_s: Floats
    mean_object_access_s: Floats
    max_object_access_s: Floats
    gaps: Integers
    max_gap_s: Floats
    mean_gap_s: Floats
    interior_gaps: Integers
    max_revisit_s: Floats
    mean_revisit_s: Floats
    time_average_gap_s: Floats
    mean_response_s: Floats
    max_response_s: Floats
    first_seen_s: Floats

    def __post_init__(self) -> None:
        for name in self.__dataclass_fields__:
            values = getattr(self, name)
            object.__setattr__(self, name, read_only(values, values.dtype))

    def __len__(self) -> int:
        return len(self.covered_s)


def measure_cells(
    intervals: AccessIntervals, *, folds: int = DEFAULT_FOLDS, threads: int | None = None
) -> CellMeasures:
    """Every measure of every cell, on the union of all objects; select objects before to ask about a part of them.

    `folds` is how many columns `fold_fraction` has. Raises `InvalidValue` for fewer than one.

    >>> from orbits.times import TimeSpan
    >>> hour = TimeSpan.of("2026-03-10T00:00:00Z", hours=1)
    >>> seen = AccessIntervals.of([(0, 0, 600, 1200), (1, 0, 900, 1500)], span=hour, objects=2, cell_area_km2=[1])
    >>> cells = measure_cells(seen)
    >>> cells.covered_fraction, cells.max_gap_s, cells.fold_fraction[0, :2].round(3)
    (array([0.25]), array([2100.]), array([0.25 , 0.083]))
    """
    if folds < 1:
        raise InvalidValue("folds", folds, "give 1 or more")
    duration_s = intervals.duration_s
    walked = np.zeros((intervals.cells, k.WALKED))
    fold_s = np.zeros((intervals.cells, folds))
    columns = (intervals.first, intervals.by_start, intervals.start_s, intervals.end_s, duration_s)
    in_slices(lambda a, b: k.walk_cells_kernel(*columns, a, b, walked, fold_s), intervals.cells, threads)

    def counted(column: int) -> Integers:
        return walked[:, column].astype(np.int64)

    def mean_of(total: Floats, count: Floats, empty: float) -> Floats:
        return np.where(count > 0, total / np.maximum(count, 1.0), empty)

    uncovered_s = np.maximum(duration_s - walked[:, k.COVERED_S], 0.0)
    no_interior = walked[:, k.INTERIOR_GAPS] == 0
    time_average_gap_s = walked[:, k.SUM_GAP_S2] / duration_s
    return CellMeasures(
        covered_s=walked[:, k.COVERED_S],
        covered_fraction=walked[:, k.COVERED_S] / duration_s,
        mean_fold=walked[:, k.OBJECT_S] / duration_s,
        max_fold=counted(k.MAX_FOLD),
        fold_fraction=fold_s / duration_s,
        accesses=counted(k.ACCESSES),
        object_accesses=counted(k.OBJECT_ACCESSES),
        mean_access_s=mean_of(walked[:, k.COVERED_S], walked[:, k.ACCESSES], np.nan),
        max_access_s=np.where(walked[:, k.ACCESSES] > 0, walked[:, k.MAX_ACCESS_S], np.nan),
        mean_object_access_s=mean_of(walked[:, k.OBJECT_S], walked[:, k.OBJECT_ACCESSES], np.nan),
        max_object_access_s=np.where(walked[:, k.ACCESSES] > 0, walked[:, k.MAX_OBJECT_ACCESS_S], np.nan),
        gaps=counted(k.GAPS),
        max_gap_s=walked[:, k.MAX_GAP_S],
        mean_gap_s=mean_of(uncovered_s, walked[:, k.GAPS], 0.0),
        interior_gaps=counted(k.INTERIOR_GAPS),
        max_revisit_s=np.where(no_interior, np.nan, walked[:, k.MAX_INTERIOR_GAP_S]),
        mean_revisit_s=mean_of(walked[:, k.SUM_INTERIOR_GAP_S], walked[:, k.INTERIOR_GAPS], np.nan),
        time_average_gap_s=time_average_gap_s,
        mean_response_s=time_average_gap_s / 2.0,
        max_response_s=walked[:, k.MAX_GAP_S],
        first_seen_s=walked[:, k.FIRST_SEEN_S],
    )

"""Measures of coverage for a whole region: its cells weighed by their area.

Limits: a region's answer is that of its cells; where its edge runs through cells, shares of area are uncertain by about
cell size x perimeter / area. Conventions at the window's edges are those of `measures`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orbits.arrays import Booleans, Floats
from orbits.errors import InvalidValue
from ssa.coverage.intervals import AccessIntervals
from ssa.coverage.measures import DEFAULT_FOLDS, CellMeasures, measure_cells

CONTRACT_KEYS = (
    "covered_fraction", "mean_fold", "max_gap_s", "mean_gap_s", "mean_revisit_s", "max_response_s",
    "time_average_gap_s",
)  # fmt: skip


@dataclass(frozen=True)
class RegionMeasures:
    """One number for the region; means are over its area unless said otherwise, `max_` is the worst cell.

    - `covered_fraction`: share of area and time with access: the mean over time of the share of area covered now, and
      the mean over the area of each cell's share of time [STK: Percent Coverage, average; Coverage Time, percent].
      `seen_fraction`: share of area seen at least once [Percent Coverage, accumulated].
      `always_covered_fraction`: share of area never without access.
    - `mean_fold`, `max_fold`, `fold_fraction` (at least 1, 2, ... objects at once): see `CellMeasures`.
    - `accesses`, `object_accesses`: per cell, mean over the area.
    - `max_gap_s`, `mean_max_gap_s`, `mean_gap_s`: the worst cell's longest gap; the mean of the longest; the mean of
      the mean. Gaps at the window's edges count.
    - `max_revisit_s`, `mean_revisit_s`: interior gaps, over the part of the area seen twice or more, which is
      `revisited_fraction`; None when that is empty.
    - `mean_response_s`, `max_response_s`, `time_average_gap_s`: as for cells.
    - `all_seen_after_s`: seconds until every cell has been seen once; None when one is not.
    """

    covered_fraction: float
    seen_fraction: float
    always_covered_fraction: float
    mean_fold: float
    max_fold: int
    fold_fraction: tuple[float, ...]
    accesses: float
    object_accesses: float
    max_gap_s: float
    mean_max_gap_s: float
    mean_gap_s: float
    max_revisit_s: float | None
    mean_revisit_s: float | None
    revisited_fraction: float
    mean_response_s: float
    max_response_s: float
    time_average_gap_s: float
    all_seen_after_s: float | None

    def contract(self) -> dict[str, float | None]:
        """The measures that the JSON answers promise, by key."""
        return {key: getattr(self, key) for key in CONTRACT_KEYS}


def measure_region(
    intervals: AccessIntervals, cells: CellMeasures | None = None, *, folds: int = DEFAULT_FOLDS
) -> RegionMeasures:
    """The region's measures; hand in its `cells` when they are known already (`folds` are then theirs).

    Raises `InvalidValue` when `cells` are not those of `intervals`.

    >>> from orbits.times import TimeSpan
    >>> hour = TimeSpan.of("2026-03-10T00:00:00Z", hours=1)
    >>> seen = AccessIntervals.of([(0, 0, 0, 1800)], span=hour, objects=1, cell_area_km2=[3, 1])
    >>> region = measure_region(seen)
    >>> region.covered_fraction, region.seen_fraction, region.max_gap_s, region.mean_revisit_s
    (0.375, 0.75, 3600.0, None)
    """
    known = measure_cells(intervals, folds=folds) if cells is None else cells
    if len(known) != intervals.cells:
        raise InvalidValue("cells", len(known), f"give the measures of the {intervals.cells} cells of the region")
    weights = intervals.weights

    def mean(values: Floats) -> float:
        return float(weights @ values)

    def share(which: Booleans) -> float:
        return 1.0 if which.all() else float(weights[which].sum())  # the shares' own sum misses 1 by rounding

    seen = known.accesses > 0
    revisited = known.interior_gaps > 0
    revisited_fraction = share(revisited)
    mean_revisit_s = None
    if revisited.any():
        mean_revisit_s = float(weights[revisited] @ known.mean_revisit_s[revisited]) / revisited_fraction
    return RegionMeasures(
        covered_fraction=mean(known.covered_fraction),
        seen_fraction=share(seen),
        always_covered_fraction=share(known.gaps == 0),
        mean_fold=mean(known.mean_fold),
        max_fold=int(known.max_fold.max()),
        fold_fraction=tuple((weights @ known.fold_fraction).tolist()),
        accesses=mean(known.accesses.astype(np.float64)),
        object_accesses=mean(known.object_accesses.astype(np.float64)),
        max_gap_s=float(known.max_gap_s.max()),
        mean_max_gap_s=mean(known.max_gap_s),
        mean_gap_s=mean(known.mean_gap_s),
        max_revisit_s=float(known.max_revisit_s[revisited].max()) if revisited.any() else None,
        mean_revisit_s=mean_revisit_s,
        revisited_fraction=revisited_fraction,
        mean_response_s=mean(known.mean_response_s),
        max_response_s=float(known.max_response_s.max()),
        time_average_gap_s=mean(known.time_average_gap_s),
        all_seen_after_s=float(known.first_seen_s.max()) if seen.all() else None,
    )

"""Two fleets over one region: what each has alone, what they have together, and what only one of them has."""

from __future__ import annotations

from dataclasses import dataclass

from orbits.arrays import Booleans
from ssa.coverage.intervals import AccessIntervals
from ssa.coverage.region_measures import CONTRACT_KEYS, RegionMeasures, measure_region
from ssa.coverage.selection import of_objects, together


@dataclass(frozen=True, eq=False)
class Sides:
    """Two sides of one fleet of n objects: their names, and masks (n,) of whose each object is; it may be both's."""

    ours: str
    theirs: str
    is_ours: Booleans
    is_theirs: Booleans


@dataclass(frozen=True)
class Partnership:
    """Measures of our fleet, of theirs, and of both; fractions are shares of area and time.

    `only_ours_fraction` is covered by us and not by them, `only_theirs_fraction` the other way round, and
    `both_fraction` by each of the two; with what neither covers they sum to 1.
    """

    ours: RegionMeasures
    theirs: RegionMeasures
    together: RegionMeasures
    only_ours_fraction: float
    only_theirs_fraction: float
    both_fraction: float

    def gained(self) -> dict[str, float | None]:
        """What the partner changes in each measure of the contract: with them less without; None where one has none."""
        before, after = self.ours.contract(), self.together.contract()
        return {key: _difference(after[key], before[key]) for key in CONTRACT_KEYS}


def compare_fleets(ours: AccessIntervals, theirs: AccessIntervals) -> Partnership:
    """Our fleet with and without a partner (or beside an opponent), over the same cells and span.

    Raises `InvalidValue` when cells or span differ.

    >>> from orbits.times import TimeSpan
    >>> hour = TimeSpan.of("2026-03-10T00:00:00Z", hours=1)
    >>> ours = AccessIntervals.of([(0, 0, 0, 1800)], span=hour, objects=1, cell_area_km2=[1])
    >>> theirs = AccessIntervals.of([(0, 0, 900, 2700)], span=hour, objects=1, cell_area_km2=[1])
    >>> with_them = compare_fleets(ours, theirs)
    >>> with_them.gained()["covered_fraction"], with_them.both_fraction, with_them.only_ours_fraction
    (0.25, 0.25, 0.25)
    """
    return _partnership(ours, theirs, together(ours, theirs))


def compare_sides(intervals: AccessIntervals, sides: Sides) -> Partnership:
    """`compare_fleets` of two sides of one fleet: an object that is both sides' counts once in what they have together.

    >>> import numpy as np
    >>> from orbits.times import TimeSpan
    >>> hour = TimeSpan.of("2026-03-10T00:00:00Z", hours=1)
    >>> seen = AccessIntervals.of([(0, 0, 0, 900), (1, 0, 900, 1800)], span=hour, objects=2, cell_area_km2=[1])
    >>> both = compare_sides(seen, Sides("us", "them", np.array([True, True]), np.array([False, True])))
    >>> both.ours.mean_fold, both.theirs.mean_fold, both.together.mean_fold, both.only_ours_fraction
    (0.5, 0.25, 0.5, 0.25)
    """
    whole = of_objects(intervals, sides.is_ours | sides.is_theirs)
    return _partnership(of_objects(intervals, sides.is_ours), of_objects(intervals, sides.is_theirs), whole)


def _partnership(ours: AccessIntervals, theirs: AccessIntervals, whole: AccessIntervals) -> Partnership:
    alone, other, both = measure_region(ours), measure_region(theirs), measure_region(whole)
    return Partnership(
        ours=alone,
        theirs=other,
        together=both,
        only_ours_fraction=max(both.covered_fraction - other.covered_fraction, 0.0),
        only_theirs_fraction=max(both.covered_fraction - alone.covered_fraction, 0.0),
        both_fraction=max(alone.covered_fraction + other.covered_fraction - both.covered_fraction, 0.0),
    )


def _difference(after: float | None, before: float | None) -> float | None:
    return None if after is None or before is None else after - before

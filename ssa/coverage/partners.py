"""Two fleets over one region: what each has alone, what they have together, and what only one of them has."""

from __future__ import annotations

from dataclasses import dataclass

from ssa.coverage.intervals import AccessIntervals
from ssa.coverage.region_measures import CONTRACT_KEYS, RegionMeasures, measure_region
from ssa.coverage.selection import together


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
    alone, other, both = measure_region(ours), measure_region(theirs), measure_region(together(ours, theirs))
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

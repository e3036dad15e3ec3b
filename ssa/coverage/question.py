"""The whole question on coverage in one call: a region, its cells, a fleet with sensors, and a window.

Limits: an access is a chance to look, told by geometry; its edges are as good as the element sets. A cell is judged at
its point. How access is found: `ssa.coverage.access`; what the measures mean: `docs/coverage-measures.md`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from orbits import TimeGrid, TimeSpan
from orbits.earth_orientation import EarthOrientation
from ssa.coverage.access import Accesses, find_accesses
from ssa.coverage.contribution import Contribution, contribution_of
from ssa.coverage.gaps import Gaps, find_gaps, percentiles_s
from ssa.coverage.groups import Groups
from ssa.coverage.intervals import AccessIntervals
from ssa.coverage.limits import MOST_CELL_OBJECT_HOURS, require_bounded
from ssa.coverage.measures import CellMeasures, measure_cells
from ssa.coverage.next_look import NextLook, next_look
from ssa.coverage.over_time import covered_at, fold_at
from ssa.coverage.partners import Partnership, Sides, compare_sides
from ssa.coverage.region_measures import RegionMeasures, measure_region
from ssa.coverage.selection import merged
from ssa.coverage.timeline import timeline_grid, timeline_rows
from ssa.regions import CellGrid, Region
from ssa.sensor_fleets import SensorFleet

NO_OWNER = "owner not known"
SEARCH_SHARE = 0.9  # of the whole question's time, about: what `report` is told of is the search
GAP_PERCENTS = (50.0, 90.0, 95.0)


@dataclass(frozen=True, eq=False)
class Coverage:
    """What `coverage_of` found. `accesses` hold every access; the rest is told from them.

    `cell_measures` and `measures` are those of the whole fleet; `timeline` are the times at which the region is
    sampled; `contribution` of owners, None where it was not asked for or there is nobody; `sides` as they were given.
    """

    region: Region
    cells: CellGrid
    fleet: SensorFleet
    span: TimeSpan
    accesses: Accesses
    cell_measures: CellMeasures
    measures: RegionMeasures
    timeline: TimeGrid
    contribution: Contribution | None
    sides: Sides | None = None

    @property
    def intervals(self) -> AccessIntervals:
        return self.accesses.intervals

    @cached_property
    def union(self) -> AccessIntervals:
        """The accesses of all objects merged: when each cell is in access at all."""
        return merged(self.intervals)

    @cached_property
    def partnership(self) -> Partnership | None:
        """The two sides apart and together; None where there are none."""
        return None if self.sides is None else compare_sides(self.intervals, self.sides)

    @cached_property
    def gaps(self) -> Gaps:
        """Every gap of every cell."""
        return find_gaps(self.intervals)

    @cached_property
    def gap_percentiles_s(self) -> dict[float, float | None]:
        """The gap length that 50, 90 and 95 % of the region's gaps do not exceed, by area."""
        return dict(zip(GAP_PERCENTS, percentiles_s(self.gaps, self.intervals.weights, GAP_PERCENTS), strict=True))

    @cached_property
    def next_look(self) -> NextLook:
        """The first look at each cell and at the region from the window's start on."""
        return next_look(self.intervals, self.span.start)

    def timeline_rows(self) -> list[dict[str, object]]:
        """`time`, `covered_fraction`, `seen_fraction` (once up to then) and `mean_fold` at each time."""
        seconds = self.timeline.seconds
        first_seen_s = np.where(np.isfinite(self.cell_measures.first_seen_s), self.cell_measures.first_seen_s, np.inf)
        order = np.argsort(first_seen_s, kind="stable")
        seen = np.append(0.0, np.cumsum(self.intervals.weights[order]))
        count = np.searchsorted(first_seen_s[order], seconds, side="right")
        return timeline_rows(
            self.timeline, covered_fraction=covered_at(self.intervals, seconds),
            seen_fraction=np.where(count == len(order), 1.0, np.minimum(seen[count], 1.0)),
            mean_fold=fold_at(self.intervals, seconds),
        )  # fmt: skip

    @property
    def caveats(self) -> tuple[str, ...]:
        """What must be known to use it: the fleet's, the engine's (what a chance to look is) and the region's."""
        missing = len(self.fleet.without_sensor)
        failed = len(self.accesses.failed)
        grazed = self.intervals.instants_left_out
        said = (
            "" if len(self.fleet) else "No object has a sensor to answer with: nothing is covered.",
            f"{missing:,} objects serve the question and have no known sensor; they are left out." if missing else "",
            f"{failed:,} objects have no position in a part of the window; what they see then is missing."
            if failed
            else "",
            f"{grazed:,} accesses of no length were left out." if grazed else "",
            "Gaps at the window's edges are cut there: how long they really are, the window cannot say.",
        )
        return (
            *(text for text in said if text), *self.fleet.caveats, *self.accesses.caveats,
            *self.region.caveats,
        )  # fmt: skip


def coverage_of(
    region: Region,
    cells: CellGrid | float | None,
    fleet: SensorFleet,
    span: TimeSpan,
    *,
    step_s: float | None = None,
    contribution: bool | str = True,
    sides: Sides | None = None,
    most_cell_object_hours: float = MOST_CELL_OBJECT_HOURS,
    orientation: EarthOrientation | None = None,
    threads: int | None = None,
    report: Callable[[float], None] | None = None,
) -> Coverage:
    """Who of `fleet` can see what of `region` within `span`: access, measures, timeline, and each owner's part.

    `cells` are a grid, the side of a cell in km, or None for about 1,000 cells. `step_s` is that of the timeline.
    `contribution` is a measure of `ssa.coverage.contribution`, True for the covered fraction, or False. `sides` part
    the fleet in two, to be compared. Raises `TooMuch` above `most_cell_object_hours`, `InvalidValue` for cells
    that cannot be made.

    >>> from ssa import equip, parse_region
    >>> from ssa.candidates import of_owner
    >>> from ssa.catalogue.simulated import simulated_catalogue
    >>> snapshot = simulated_catalogue()
    >>> fleet = equip(of_owner("FR", snapshot), mission="imaging")
    >>> day = TimeSpan.of(snapshot.as_of, hours=24)
    >>> found = coverage_of(parse_region("country:LT"), 50.0, fleet, day)
    >>> 0.0 < found.measures.covered_fraction < found.measures.seen_fraction
    True
    """
    grid = cells if isinstance(cells, CellGrid) else CellGrid.over(region, cells)
    require_bounded(len(grid), len(fleet), span, most_cell_object_hours)
    timeline = timeline_grid(span, step_s)
    accesses = _accesses(grid, fleet, span, orientation, threads, report)
    by_cell = measure_cells(accesses.intervals, threads=threads)
    parts = None
    if contribution is not False and len(fleet):
        measure = "covered_fraction" if contribution is True else contribution
        owners = Groups.by_label([owner or NO_OWNER for owner in fleet.objects.owner])
        parts = contribution_of(accesses.intervals, owners, measure, threads=threads)
    return Coverage(
        region=region, cells=grid, fleet=fleet, span=span, accesses=accesses, cell_measures=by_cell,
        measures=measure_region(accesses.intervals, by_cell), timeline=timeline, contribution=parts,
        sides=sides,
    )  # fmt: skip


def _accesses(
    grid: CellGrid, fleet: SensorFleet, span: TimeSpan, orientation: EarthOrientation | None, threads: int | None,
    report: Callable[[float], None] | None,
) -> Accesses:  # fmt: skip
    if not len(fleet):
        nothing = AccessIntervals.of([], span=span, objects=0, cell_area_km2=grid.weights)
        return Accesses(intervals=nothing, failed=(), caveats=())
    rules = [fleet.sensors[row].rule for row in fleet.sensor_row.tolist()]
    return find_accesses(
        fleet.objects.elements, grid, rules, span, orientation=orientation, threads=threads, report=report
    )

"""Measures, losses and contributions from stored access, on made-up intervals of a real size; no geometry.

    python -m tests.benchmarks.coverage_measures

20 satellites, 500 points, 72 hours, about 4 accesses of each satellite to each point a day (118,000 in all). Medians,
least and most of seven runs on all cores; kernels warm. Prints them and adds them to `benchmarks.json`.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from orbits.jit import warm_up
from ssa.coverage.coalitions import Objective, coalition_values
from ssa.coverage.contribution import contribution_of
from ssa.coverage.groups import Groups
from ssa.coverage.intervals import AccessIntervals
from ssa.coverage.measures import measure_cells
from ssa.coverage.over_time import covered_over_time
from ssa.coverage.region_measures import measure_region
from ssa.coverage.resilience import single_losses, worst_loss
from ssa.coverage.selection import without_objects
from ssa.coverage.smallest_fleet import smallest_fleet
from tests.benchmarks.passes_of_a_catalogue import timed
from tests.made_up_access import access_of_a_size, made_up_access

RUNS = 7


def loss_of_each_by_merging(intervals: AccessIntervals) -> list[float]:
    """The same answer without the many-coalitions walk: take one object away, merge, measure, for each."""
    return [measure_region(without_objects(intervals, [row])).mean_max_gap_s for row in range(intervals.objects)]


def main() -> None:
    for _ in warm_up():
        pass
    shape = {"objects": 20, "cells": 500, "hours": 72.0}
    columns = access_of_a_size(**shape)
    stored = made_up_access(**shape)
    stored.by_start  # noqa: B018 - the order is kept with the intervals
    twelve = Groups.by_label([str(row % 12) for row in range(20)])
    each, goal = Groups.each_object(20), Objective("mean_max_gap_s")
    assert np.allclose(single_losses(stored, goal), loss_of_each_by_merging(stored))
    work = {
        "store_and_sort_s": lambda: AccessIntervals(**columns).by_start,
        "measures_of_cells_s": lambda: measure_cells(stored),
        "measures_of_region_s": lambda: measure_region(stored),
        "covered_over_time_s": lambda: covered_over_time(stored),
        "loss_of_each_of_20_s": lambda: single_losses(stored, goal),
        "loss_of_each_of_20_by_merging_s": lambda: loss_of_each_by_merging(stored),
        "worst_loss_of_3_exact_s": lambda: worst_loss(stored, 3, goal),
        "shapley_of_20_covered_exact_s": lambda: contribution_of(stored, each, "covered_fraction"),
        "shapley_of_12_groups_gaps_exact_s": lambda: contribution_of(stored, twelve, goal),
        "shapley_of_20_gaps_200_orders_s": lambda: contribution_of(stored, each, goal),
        "smallest_fleet_s": lambda: smallest_fleet(stored, 6.0 * 3600.0, area_fraction=0.95),
    }
    figures: dict[str, object] = {"accesses": len(stored), **shape}
    for name, run in work.items():
        figures[name] = timed(run, RUNS)
    subsets = np.random.default_rng(1).random((20, 4096)) < 0.5
    walk_s = timed(lambda: coalition_values(stored, subsets, goal, threads=1), 3)[0]
    figures["ns_per_access_and_coalition_one_core"] = walk_s * 1e9 / (len(stored) * 4096)
    for name, value in figures.items():
        shown = " / ".join(f"{1e3 * v:9.2f} ms" for v in value) if isinstance(value, tuple) else f"{value:.6g}"
        print(f"{name:45s} {shown}")
    file = Path("benchmarks.json")
    known = json.loads(file.read_text()) if file.exists() else {}
    file.write_text(json.dumps(known | {"coverage_measures": figures}, indent=1))


if __name__ == "__main__":
    main()

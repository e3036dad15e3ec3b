"""Maps of the whole Earth, propagation included: 1,000 low satellites of the simulated catalogue, 24 h at 60 s, 1 deg.

    python -m tests.benchmarks.coverage_maps

Medians, least and most of five runs, kernels warm; prints them and adds them to `benchmarks.json`.
"""

from __future__ import annotations

import numpy as np

from orbits import TimeGrid
from orbits.jit import core_count, warm_up
from ssa.catalogue.simulated import simulated_catalogue
from ssa.coverage.map_rules import NadirRule
from ssa.coverage.maps import coverage_map
from ssa.regions import LatLonGrid
from tests.benchmarks.figures import keep, timed

RUNS = 5
BAR_S = 2.0  # of the default rule on two cores
RULES = {
    "elevation_10_deg": NadirRule(min_elevation_deg=10.0),
    "horizon": NadirRule(min_elevation_deg=0.0),
    "cone_45_deg_geocentric": NadirRule(half_angle_deg=45.0),
    "cone_45_deg_geodetic": NadirRule(half_angle_deg=45.0, nadir="geodetic"),
}


def main() -> None:
    for _ in warm_up():
        pass
    snapshot = simulated_catalogue()
    low = np.flatnonzero((snapshot.object_type == "PAY") & (snapshot.elements.mean_motion_rev_day > 12.0))
    elements = snapshot.elements[low[np.linspace(0, len(low) - 1, 1000).astype(int)]]
    times, grid = TimeGrid(start=snapshot.as_of, step_s=60.0, count=1440), LatLonGrid(1.0)
    points = len(elements) * len(times) * grid.shape[0] * grid.shape[1]
    figures: dict[str, object] = {"objects": len(elements), "steps": len(times), "cells": grid.shape, "bar_s": BAR_S}
    figures["cores"] = core_count()
    for name, rule in RULES.items():
        for threads in sorted({1, core_count()}):
            taken = timed(
                lambda rule=rule, threads=threads: coverage_map(elements, times, rule, grid, threads=threads), RUNS
            )
            figures[f"{name}_{threads}_threads_s"] = taken
            print(
                f"{name:24s} {threads} threads  {taken.median:6.3f} s  {points / taken.median:.2g} object-cell-steps/s"
            )
    fine = timed(lambda: coverage_map(elements, times, RULES["elevation_10_deg"], LatLonGrid(0.25)), 1)
    figures["elevation_10_deg_quarter_degree_s"] = fine
    print(
        f"{'quarter of a degree':24s}            {fine.median:6.3f} s  "
        f"{16 * points / fine.median:.2g} object-cell-steps/s"
    )
    keep("coverage_maps", figures)


if __name__ == "__main__":
    main()

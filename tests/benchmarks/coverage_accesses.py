"""Every access of imagers to the cells of a region, propagation and store included, kernels warm.

    python -m tests.benchmarks.coverage_accesses [CATALOGUE]

Sun-synchronous objects of the catalogue (the simulated one without a file) with a cone of 30 deg about the nadir: 20 of
them over 500 points of Ukraine for 24 h, and 200 over 5,000 points of Europe for 72 h. Wall and processor seconds of
three runs on all cores; then the first case by whichever of the other programs are installed. Prints all and adds it to
`benchmarks.json`.
"""

from __future__ import annotations

import argparse
import resource
import time
from pathlib import Path

import numpy as np

from orbits import ElementSets, TimeSpan
from orbits.jit import core_count, warm_up
from ssa.coverage.access import find_accesses
from ssa.regions import CellGrid, box, country
from ssa.sensors import NadirCone
from tests.benchmarks.coverage_peers import beside
from tests.benchmarks.figures import alternated, keep

RUNS = 3
RULE = NadirCone(30.0)
BARS_S = {"20 x 500 x 24 h": 0.1, "200 x 5,000 x 72 h": 10.0}  # wall, on two cores


def imagers(elements: ElementSets, count: int) -> ElementSets:
    """That many objects of low sun-synchronous orbits, drawn with a fixed seed."""
    pace, tilt = elements.mean_motion_rev_day, elements.inclination_deg
    rows = np.flatnonzero((pace > 14.2) & (pace < 15.3) & (tilt > 96.0) & (tilt < 99.0))
    return elements[np.sort(np.random.default_rng(1).choice(rows, count, replace=False))]


def points(cells: CellGrid, count: int) -> CellGrid:
    """That many of the cells as points, drawn with a fixed seed."""
    rows = np.sort(np.random.default_rng(2).choice(len(cells), count, replace=False))
    return CellGrid.from_points(cells.latitude_deg[rows], cells.longitude_deg[rows])


def cases(elements: ElementSets, start: str) -> dict[str, tuple[ElementSets, CellGrid, TimeSpan]]:
    """Fleet, points and window of each size."""
    ukraine, europe = CellGrid.over(country("Ukraine"), 25.0), CellGrid.over(box(-10, 35, 40, 70), 45.0)
    return {
        "20 x 500 x 24 h": (imagers(elements, 20), points(ukraine, 500), TimeSpan.of(start, hours=24)),
        "200 x 5,000 x 72 h": (imagers(elements, 200), points(europe, 5000), TimeSpan.of(start, hours=72)),
    }


def load(catalogue: str | None) -> tuple[ElementSets, str]:
    """Element sets and a start in the middle of their epochs."""
    if catalogue:
        elements = ElementSets.read(Path(catalogue)).newest()
    else:
        from ssa.catalogue.simulated import simulated_catalogue

        elements = simulated_catalogue().elements
    middle = int(np.argsort(elements.epoch_jd_day, kind="stable")[len(elements) // 2])
    return elements, elements.epoch(middle).isoformat()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("catalogue", nargs="?", help="an element set file; the simulated catalogue without one")
    elements, start = load(parser.parse_args().catalogue)
    for _ in warm_up():
        pass
    figures: dict[str, object] = {"cores": core_count(), "bars_s": BARS_S}
    for name, (fleet, cells, span) in cases(elements, start).items():
        found = find_accesses(fleet, cells, RULE, span).intervals
        count = len(found)

        def ask(fleet=fleet, cells=cells, span=span) -> object:
            return find_accesses(fleet, cells, RULE, span).intervals.by_start

        wall = alternated({"": ask}, RUNS)[""]
        processor = alternated({"": ask}, RUNS, time.process_time)[""]
        each_us = 1e6 * processor.median / count
        figures[name] = {"accesses": count, "wall_s": wall, "processor_s": processor, "us_an_access": each_us}
        print(
            f"{name:22s} {count:10,} accesses  wall {wall.median:7.3f} s  processor {processor.median:7.3f} s  "
            f"{each_us:.2f} us an access"
        )
    figures["peak_memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0
    print(f"peak memory {figures['peak_memory_mb']:,.0f} MB")
    fleet, cells, span = cases(elements, start)["20 x 500 x 24 h"]
    print("20 x 500 x 24 h by other programs, processor seconds on one core, propagation included:")
    ours_s = alternated({"": lambda: find_accesses(fleet, cells, RULE, span, threads=1)}, RUNS, time.process_time)[""]
    figures["peers"] = beside(ours_s.median, fleet, cells, span, RULE.half_angle_deg)
    keep("coverage_accesses", figures)


if __name__ == "__main__":
    main()

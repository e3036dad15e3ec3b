"""The imaging satellites of NATO members over Europe, cells of 50 km, 7 days: the whole answer, kernels warm.

    python -m tests.benchmarks.coverage_of_europe [SHARED]

With the real catalogue of 2026-03-10 in the folder SHARED, else with the simulated one. Wall and processor seconds of
one run on all cores, up to the measures and with gaps, timeline and next look, and the most memory the process has
held. Prints them and adds them to `benchmarks.json`. Aimed at: 10 s of wall time on two cores, 1 GB.
"""

from __future__ import annotations

import argparse
import math
import resource
import time
from pathlib import Path

from orbits import TimeSpan
from orbits.jit import core_count
from ssa import equip
from ssa.alliances import find_alliance
from ssa.candidates import of_alliance
from ssa.catalogue.simulated import simulated_catalogue
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.coverage.question import Coverage, coverage_of
from ssa.regions import CellGrid, box
from tests.benchmarks.figures import keep
from tests.real_catalogue import catalogue_of_march_2026

EUROPE = box(-25.0, 34.0, 45.0, 72.0)
CELL_KM, DAYS = 50.0, 7.0


def ask(snapshot: CatalogueSnapshot, hours: float, cell_km: float) -> Coverage:
    """The question of that length, without the limit on its size."""
    fleet = equip(
        of_alliance(find_alliance("NATO"), snapshot, on=snapshot.as_of.date(), commercial=True), mission="imaging"
    )
    return coverage_of(
        EUROPE, CellGrid.over(EUROPE, cell_km), fleet, TimeSpan.of(snapshot.as_of, hours=hours),
        most_cell_object_hours=math.inf,
    )  # fmt: skip


def tell_all(found: Coverage) -> None:
    """What an answer says beside the measures."""
    found.gap_percentiles_s, found.next_look  # noqa: B018 - computed when first asked
    found.gaps.longest(10)
    found.timeline_rows()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shared", nargs="?", type=Path, help="the folder with the real catalogue")
    shared = parser.parse_args().shared
    snapshot = catalogue_of_march_2026(shared) if shared else simulated_catalogue()
    tell_all(ask(snapshot, 1.0, 300.0))  # compiles what is needed
    figures: dict[str, object] = {"cores": core_count(), "catalogue": snapshot.data_mode}
    began, used = time.perf_counter(), time.process_time()
    for step in ("measures", "all"):
        if step == "measures":
            found = ask(snapshot, 24.0 * DAYS, CELL_KM)
            figures |= {"objects": len(found.fleet), "cells": len(found.cells), "accesses": len(found.intervals)}
        else:
            tell_all(found)
        figures[f"{step}_wall_s"] = round(time.perf_counter() - began, 2)
        figures[f"{step}_processor_s"] = round(time.process_time() - used, 2)
        figures[f"{step}_peak_memory_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0)
    for name, value in figures.items():
        print(f"{name:25s} {value}")
    keep("coverage_of_europe", figures)


if __name__ == "__main__":
    main()

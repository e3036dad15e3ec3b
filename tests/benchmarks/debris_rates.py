"""Collision rates of 30,000 objects: cells, all pairs and the owner matrix, by the clock of the processor.

    python -m tests.benchmarks.debris_rates

The simulated catalogue (30,311 objects), kernels and tables warm, medians of five alternated runs on one thread; on two
cores the cells and pairs take about half. Prints the figures and adds them to `benchmarks.json`.
"""

from __future__ import annotations

import time

import numpy as np

from orbits.jit import warm_up
from ssa.catalogue.simulated import simulated_catalogue
from ssa.debris.density_shells import Shells, shell_times
from ssa.debris.population import population_of
from ssa.debris.risk import debris_risk
from ssa.debris.risk_cells import group_rates, object_rates
from ssa.debris.risk_pairs import pair_rates
from tests.benchmarks.figures import alternated, keep

ROUNDS = 5


def main() -> None:
    for _ in warm_up():
        pass
    snapshot = simulated_catalogue()
    population = population_of(snapshot)
    times = shell_times(population.orbits, Shells.whole_space())
    names, owner = np.unique(population.owner.astype(str), return_inverse=True)
    debris_risk(population)
    taken = alternated(
        {
            "population": lambda: population_of(snapshot),
            "shell times": lambda: shell_times(population.orbits, Shells.whole_space()),
            "cell moments": lambda: object_rates(population, times, threads=1),
            "owner matrix": lambda: group_rates(population, times, owner, len(names), threads=1),
            "all pairs": lambda: pair_rates(population, times, population.object_class, 4, threads=1),
        },
        ROUNDS,
        time.process_time,
    )
    figures: dict[str, object] = {"objects": len(population), "owners": len(names)}
    for name, spread in taken.items():
        figures[f"{name.replace(' ', '_')}_processor_s"] = round(spread.median, 3)
        print(f"{name:14} {spread.median:7.3f} s of one processor")
    pairs, cells = taken["all pairs"].median, taken["cell moments"].median
    figures["pairs_over_cells"] = round(pairs / cells, 1)
    keep("debris_rates", figures)


if __name__ == "__main__":
    main()

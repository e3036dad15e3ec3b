"""How long a what-if takes: a body breaks into about 5,000 pieces, and NATO's fleet is judged.

    python -m tests.benchmarks.breakup_whatif

Prints wall and processor seconds, kernels ready, and their ratio to the 20 s that were aimed at on two cores.
"""

from __future__ import annotations

import time

import numpy as np

from ssa.alliances import find_alliance
from ssa.candidates import of_alliance
from ssa.catalogue.simulated import simulated_catalogue
from ssa.debris.breakup_events import break_up_object
from ssa.debris.cloud import cloud_hazard
from ssa.debris.population import population_of

AIM_S = 20.0


def main() -> None:
    catalogue = simulated_catalogue()
    population = population_of(catalogue)
    members = of_alliance(find_alliance("NATO"), catalogue, on=catalogue.as_of.date(), commercial=True)
    fleet = population[np.flatnonzero(np.isin(population.rows, members.rows))]
    heaviest = np.argmax(np.where(population.orbits.apogee_altitude_km < 1200, population.mass_kg, 0.0))
    parent = int(population.norad_id[heaviest])
    for name in ("compiling", "measured"):
        began, used = time.perf_counter(), time.process_time()
        event = break_up_object(
            catalogue, population, parent, at="2026-01-02T00:00:00Z", impactor_kg=50.0, smallest_m=0.097
        )
        hazard = cloud_hazard(event.break_up.fragments, event.orbits, event.at, fleet, catalogue.elements[fleet.rows])
        wall, processor = time.perf_counter() - began, time.process_time() - used
        print(
            f"{name}: {len(event.orbits):,} pieces, {len(fleet):,} assets: {wall:.1f} s wall, {processor:.1f} s "
            f"processor, {wall / AIM_S:.2f} of the aim; {hazard.pairs_counted.sum():,} pairs counted, "
            f"{hazard.first_14_days.sum():.2e} collisions expected in 14 days"
        )


if __name__ == "__main__":
    main()

"""How long the service takes for key frames of the simulated catalogue (30,311 objects), beside the `sgp4` package.

    python -m tests.benchmarks.frames

Processor time of one thread, the median of alternated runs; the ratio is what to compare between machines.
"""

from __future__ import annotations

import statistics
import time

import numpy as np
from sgp4.api import Satrec, SatrecArray

from api.scenes.frames import pack_frames
from orbits import ElementSets, TimeGrid
from orbits.formats import write_element_sets
from orbits.key_frames import key_frames
from ssa.catalogue.simulated import simulated_catalogue

COUNT, ROUNDS = 3, 9


def satellites_of(elements: ElementSets) -> SatrecArray:
    """The same sets for the `sgp4` package; the numbers do not fit a TLE and do not matter here."""
    columns = {name: getattr(elements, name) for name in ElementSets.column_names()}
    columns["norad_id"] = np.arange(1, len(elements) + 1)
    lines = write_element_sets(ElementSets(**columns), "tle").splitlines()
    return SatrecArray([Satrec.twoline2rv(*pair) for pair in zip(lines[0::2], lines[1::2], strict=True)])


def main() -> None:
    """Print the medians and their ratio."""
    snapshot = simulated_catalogue()
    grid = TimeGrid(start=snapshot.as_of, step_s=60.0, count=COUNT)
    peers = satellites_of(snapshot.elements)
    days, fractions = grid.instants.jd_day, grid.instants.day_fraction
    taken: dict[str, list[float]] = {"ours": [], "sgp4": []}
    content = b""
    for _ in range(ROUNDS + 1):  # the first run compiles
        began = time.process_time()
        content = pack_frames(key_frames(snapshot.elements, grid, threads=1), snapshot.digest)
        taken["ours"].append(time.process_time() - began)
        began = time.process_time()
        peers.sgp4(days, fractions)
        taken["sgp4"].append(time.process_time() - began)
    ours, theirs = (statistics.median(taken[name][1:]) for name in ("ours", "sgp4"))
    print(f"{len(snapshot):,} objects x {COUNT} frames, {len(content):,} bytes")
    print(f"frames, Earth-fixed, with velocities, packed: {ours * 1e3:.1f} ms")
    print(f"the sgp4 package, states in TEME only:        {theirs * 1e3:.1f} ms, {theirs / ours:.2f} times ours")


if __name__ == "__main__":
    main()

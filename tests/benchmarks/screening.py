"""All-on-all screening: seconds of processor time, alone and beside astroz 0.17 where it is installed.

`python -m tests.benchmarks.screening [CATALOGUE] [HOURS]` (default: the simulated catalogue, one hour). Time for each
object and hour is printed as the catalogue grows.
"""

from __future__ import annotations

import importlib.util
import resource
import statistics
import sys
import time

import numpy as np

from orbits import ElementSets, TimeSpan
from ssa.catalogue.simulated import simulated_catalogue
from ssa.conjunctions.screening import screen

MISS_KM = 5.0
_RUNS = 3


def seconds_of(elements: ElementSets, span: TimeSpan, threads: int) -> tuple[float, float, int]:
    """Processor and wall seconds of one screening, and how many conjunctions it found."""
    wall, processor = time.perf_counter(), time.process_time()
    found = screen(elements, span, miss_km=MISS_KM, threads=threads)
    return time.process_time() - processor, time.perf_counter() - wall, len(found)


def main(arguments: list[str]) -> None:
    elements = ElementSets.read(arguments[0]) if arguments else simulated_catalogue().elements
    hours = float(arguments[1]) if len(arguments) > 1 else 1.0
    start = elements.epoch(int(np.argsort(elements.epoch_jd_day)[len(elements) // 2]))
    span = TimeSpan.of(start, hours=hours)
    seconds_of(elements[:500], TimeSpan.of(start, hours=0.1), 1)
    for size in (5_000, 10_000, 20_000, len(elements)):
        rows = np.random.default_rng(1).permutation(len(elements))[:size]
        part = elements[np.sort(rows)]
        runs = [seconds_of(part, span, 1) for _ in range(_RUNS)]
        processor = statistics.median(run[0] for run in runs)
        each = 1e6 * processor / len(part) / hours
        print(f"{len(part):,} objects, {hours:g} h: {processor:.2f} s of one core, {each:.1f} us each and hour, "
              f"{runs[0][2]:,} conjunctions within {MISS_KM:g} km")  # fmt: skip
    both = [seconds_of(elements, span, 2) for _ in range(_RUNS)]
    print(f"two threads: {statistics.median(run[1] for run in both):.2f} s of wall time")
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:.0f} MB")
    if importlib.util.find_spec("astroz"):
        from tests.benchmarks.screening_peer import astroz_seconds

        peer = statistics.median(astroz_seconds(elements, span, MISS_KM)[0] for _ in range(_RUNS))
        own = statistics.median(seconds_of(elements, span, 1)[0] for _ in range(_RUNS))
        print(f"astroz: {peer:.2f} s of processor time; ratio {peer / own:.1f}")


if __name__ == "__main__":
    main(sys.argv[1:])

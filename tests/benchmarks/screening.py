"""All-on-all screening: seconds of processor time, alone and beside astroz 0.17 where it is installed.

    python -m tests.benchmarks.screening [CATALOGUE] [HOURS] [--plot docs/screening-growth.svg]

By default the simulated catalogue for one hour. Time for each object and hour is printed as the catalogue grows, the
sizes in turn, and drawn with `--plot` (then nothing else is measured).
"""

from __future__ import annotations

import argparse
import importlib.util
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

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


@dataclass(frozen=True)
class Size:
    """What one size of the catalogue took: processor seconds of each run, and what was found."""

    objects: int
    hours: float
    processor_s: tuple[float, ...]
    conjunctions: int

    def each_us(self, choose: Callable[[Sequence[float]], float] = statistics.median) -> float:
        """Microseconds for an object and hour: of the median run, or of another that is chosen."""
        return 1e6 * choose(self.processor_s) / self.objects / self.hours


def growth(elements: ElementSets, span: TimeSpan, sizes: Sequence[int], runs: int = _RUNS) -> list[Size]:
    """Screenings of random parts of a catalogue on one core, the sizes in turn, so that none has the quieter hour."""
    rows = np.random.default_rng(1).permutation(len(elements))
    parts = [elements[np.sort(rows[:size])] for size in sizes]
    taken = [[seconds_of(part, span, 1) for part in parts] for _ in range(runs)]
    hours = span.duration_s / 3600.0
    return [
        Size(len(part), hours, tuple(run[place][0] for run in taken), taken[0][place][2])
        for place, part in enumerate(parts)
    ]


def plot(sizes: Sequence[Size], path: Path) -> None:
    """Time for each object and hour, and for all, against the number of objects; the same figures, the same file."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    settings = {"svg.hashsalt": "allied-ssa", "svg.fonttype": "none", "font.family": "sans-serif", "font.size": 10}
    objects = [one.objects for one in sizes]
    with mpl.rc_context(settings):
        figure = Figure(figsize=(8.5, 3.4), layout="constrained")
        each, whole = figure.subplots(1, 2)
        for axes, factor, label in (
            (each, [1.0] * len(sizes), "us for each object and hour"),
            (whole, [1e-6 * one.objects for one in sizes], "seconds for an hour of all"),
        ):
            middle, least, most = (
                [one.each_us(choose) * scale for one, scale in zip(sizes, factor, strict=True)]
                for choose in (statistics.median, min, max)
            )
            axes.vlines(objects, least, most, color="#0072b2", linewidth=1.4)
            axes.plot(objects, middle, "o-", color="#0072b2", markersize=5.5, linewidth=0.9)
            axes.set_ylim(bottom=0.0)
            axes.set_xlim(left=0.0)
            axes.set_xlabel("objects")
            axes.set_ylabel(label)
            axes.xaxis.set_major_formatter("{x:,.0f}")
            axes.grid(color="#e4e4e4", linewidth=0.7)
            axes.set_axisbelow(True)
            axes.spines[["top", "right"]].set_visible(False)
        figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="tests.benchmarks.screening")
    parser.add_argument("catalogue", nargs="?")
    parser.add_argument("hours", nargs="?", type=float, default=1.0)
    parser.add_argument("--plot", type=Path)
    given = parser.parse_args(arguments)
    elements = ElementSets.read(given.catalogue) if given.catalogue else simulated_catalogue().elements
    hours = given.hours
    start = elements.epoch(int(np.argsort(elements.epoch_jd_day)[len(elements) // 2]))
    span = TimeSpan.of(start, hours=hours)
    seconds_of(elements[:500], TimeSpan.of(start, hours=0.1), 1)
    sizes = growth(elements, span, (5_000, 10_000, 20_000, len(elements)))
    for one in sizes:
        print(f"{one.objects:,} objects, {hours:g} h: {statistics.median(one.processor_s):.2f} s of one core, "
              f"{one.each_us():.1f} us each and hour ({one.each_us(min):.1f} to {one.each_us(max):.1f}), "
              f"{one.conjunctions:,} conjunctions within {MISS_KM:g} km")  # fmt: skip
    if given.plot is not None:
        plot(sizes, given.plot)
        return
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

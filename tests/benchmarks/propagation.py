"""Propagation beside the fastest other SGP4 programs, in one run, on one core, with their agreement beside the speed.

    python -m tests.benchmarks.propagation [CATALOGUE] [--plot docs/speed.svg] [--clock processor]

All programs are given the same objects and times, and run in turn. Outside the clock: reading the elements, computing
their constants, compiling, bringing the times into each program's own form, and one whole untimed round. Inside it: the
states, and the arrays that a program makes for them; one that can be given arrays stands a second time, with them.
Disagreement is the distance from the `sgp4` package's positions. Prints Markdown tables and keeps all figures in
`benchmarks.json`.

The clock is on the wall. `--clock processor` counts the processor's seconds instead: the same on a quiet machine, and
the better choice on a busy one, though what other work does to the caches still shows.
"""

from __future__ import annotations

import argparse
import os
import platform
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from orbits import ElementSets
from orbits.arrays import Floats
from tests.benchmarks.figures import CLOCKS, Seconds, alternated, keep, timed
from tests.benchmarks.propagation_cases import Case, Objects, cases, drawn, middle_day
from tests.benchmarks.propagation_programs import OURS, OURS_REUSED, PROGRAMS, REFERENCE, Prepared, ours, ours_reused
from tests.benchmarks.propagation_report import plot, tables

PACKAGES = ("allied-ssa", "numba", "sgp4", "astroz", "heyoka", "satkit")
QUIET = 0.95  # of the wall time spent on this process
SHORT = 100_000  # states; a case below it takes milliseconds, so it is run five times as often


@contextmanager
def one_core() -> Iterator[None]:
    """This thread, and every thread begun meanwhile, on one core, where the system can do it."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(allowed)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)


def prepared(objects: Objects, case: Case) -> dict[str, Prepared]:
    """Every program that is installed and answers this case."""
    ready = {}
    for name, program in PROGRAMS.items():
        try:
            answer = program(objects, case)
        except ImportError as missing:
            print(f"left out: {name} ({missing})")
            continue
        if answer is not None:
            ready[name] = answer
    return ready


def disagreement(reference_km: Floats, position_km: Floats) -> dict[str, Any]:
    """Worst and median distance in metres, and how many states only one of the two gives."""
    by_object_m = (
        np.sqrt(((ours_km - theirs_km) ** 2).sum(axis=-1)) * 1000.0
        for ours_km, theirs_km in zip(position_km, reference_km, strict=True)
    )
    apart_m = np.concatenate(list(by_object_m))
    given = np.isfinite(apart_m)
    only_one = np.isfinite(position_km[..., 0]) != np.isfinite(reference_km[..., 0])
    return {
        "worst_m": float(apart_m[given].max()) if given.any() else None,
        "median_m": float(np.median(apart_m[given])) if given.any() else None,
        "states_only_one_gives": int(only_one.sum()),
    }


def measured(objects: Objects, case: Case, rounds: int, clock: str = "wall") -> dict[str, Any]:
    """Speed and agreement of every program in one case."""
    ready = prepared(objects, case)
    states = len(objects) * len(case.times)
    reference_km = ready[REFERENCE].position_km(ready[REFERENCE].run())
    apart = {name: disagreement(reference_km, each.position_km(each.run())) for name, each in ready.items()}
    wall_s, processor_s = time.perf_counter(), time.process_time()
    runs = {name: each.run for name, each in ready.items()}
    seconds = alternated(runs, rounds * (5 if states < SHORT else 1), CLOCKS[clock])
    had_core = (time.process_time() - processor_s) / (time.perf_counter() - wall_s)
    if had_core < QUIET and clock == "wall":
        print(f"{case.name}: other work took {1 - had_core:.0%} of the core; wait for a quiet machine")
    programs = {name: {**speed(states, seconds[name]), **apart[name]} for name in ready}
    for each in programs.values():
        each["slower_than"] = {
            name: each["seconds"].median / seconds[name].median for name in (OURS, OURS_REUSED) if name in seconds
        }
    return {"objects": len(objects), "times": len(case.times), "had_core": had_core, "programs": programs}


def speed(states: int, seconds: Seconds) -> dict[str, Any]:
    """Seconds as they are, and million states per second: median, least, most."""
    millions = [states / each / 1e6 for each in (seconds.median, seconds.most, seconds.least)]
    return {"seconds": seconds, "million_states_per_s": Seconds(*millions)}


def on_threads(objects: Objects, case: Case, rounds: int) -> dict[str, Any]:
    """Ours on one and two threads, free to use every core."""
    found = {}
    for threads in (1, 2):
        for name, program in ((OURS, ours), (OURS_REUSED, ours_reused)):
            if (ready := program(objects, case, threads)) is not None:
                ready.run()
                found[f"{name}, {threads} thread{'s'[: threads - 1]}"] = speed(
                    len(objects) * len(case.times), timed(ready.run, rounds)
                )
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("catalogue", nargs="?", help="an element set file; the simulated catalogue without one")
    parser.add_argument("--objects", type=int, default=4096, help="near-earth objects, and as many deep-space ones")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--clock", choices=CLOCKS, default="wall")
    parser.add_argument("--plot", type=Path, metavar="SVG", help="draw the figures as well (needs matplotlib)")
    chosen = parser.parse_args(arguments)
    if chosen.catalogue:
        catalogue = ElementSets.read(chosen.catalogue)
    else:
        from ssa.catalogue.simulated import simulated_catalogue

        catalogue = simulated_catalogue().elements
    objects = drawn(catalogue, chosen.objects)
    asked = [case for case in cases(middle_day(catalogue)) if len(objects[case.is_deep])]
    with one_core():
        measures = {case.name: measured(objects[case.is_deep], case, chosen.rounds, chosen.clock) for case in asked}
    figures = {
        "clock": chosen.clock,
        "start": asked[0].start.isoformat(0),
        "python": platform.python_version(),
        "versions": {name: version(name) for name in PACKAGES},
        "cases": measures,
        "threads": {asked[0].name: on_threads(objects[asked[0].is_deep], asked[0], chosen.rounds)},
    }
    print(tables(figures))
    keep("propagation", figures)
    if chosen.plot:
        plot(figures, chosen.plot)


if __name__ == "__main__":
    main()

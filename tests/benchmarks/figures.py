"""What the benchmarks share: a clock, and the file their figures are kept in."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

FIGURES = Path("benchmarks.json")


CLOCKS: dict[str, Callable[[], float]] = {"wall": time.perf_counter, "processor": time.process_time}


class Seconds(NamedTuple):
    """Seconds that several runs took."""

    median: float
    least: float
    most: float


def timed(work: Callable[[], Any], runs: int = 5) -> Seconds:
    """Wall seconds of `work`, on its own."""
    return alternated({"": work}, runs)[""]


def alternated(
    works: Mapping[str, Callable[[], Any]], rounds: int, clock: Callable[[], float] = time.perf_counter
) -> dict[str, Seconds]:
    """Seconds of each, run in turn (A B C A B C ...), so that a slow minute of the machine falls on all alike.

    What a run returns is let go after the clock has stopped.
    """
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            start = clock()
            kept = work()
            taken[name].append(clock() - start)
            del kept
    return {name: Seconds(statistics.median(each), min(each), max(each)) for name, each in taken.items()}


def keep(benchmark: str, figures: Mapping[str, Any], path: Path = FIGURES) -> None:
    """Write one benchmark's figures into the file and leave the other benchmarks' as they are."""
    everything = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    path.write_text(json.dumps({**everything, benchmark: figures}, indent=1) + "\n", encoding="utf-8")

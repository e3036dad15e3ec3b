"""The approaches of candidate pairs: times, distances and velocities, by SGP4 itself.

An approach is a stretch of time that a pair spends within the distance asked for, with its closest moment; every
stretch is found, several of a pair as well. A pair that stays longer than a quarter of a revolution (of the quicker
of the two) shares an orbit rather than crosses it: docked modules, formations, a launch not yet spread. These are
stays, told by what the pair does and not by how densely it was sampled.

The closest moment is the minimum of the distance between SGP4's positions; its velocities, which are not their
derivatives, only give the first guess. A fast encounter has one minimum: where the relative speed is above k times the
distance (k^2 bounds the change of attraction, see `sieve`) the squared distance is convex. It is found by parabolas
through three positions, to 0.1 ms. Slow ones are sampled, their extrema refined, their edges bisected to 0.1 ms.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

import numpy as np

from orbits import ElementSets, TimeSpan
from orbits.arrays import Booleans, Floats, Integers
from orbits.jit import core_count
from orbits.sgp4_core import initialise
from ssa.conjunctions.closest_approach_kernels import (
    BEGIN,
    CUT_AT_END,
    CUT_AT_START,
    END,
    FLAGS,
    IS_STAY,
    MISS,
    MISS_R,
    NUMBERS,
    RADIUS,
    SPEED,
    SPEED_R,
    TCA,
    X,
    approach_kernel,
)
from ssa.conjunctions.sieve import Candidates

_SLICE = 4096  # candidates that one call of the kernel looks at
_SAME_S = 0.01  # approaches of one pair this near in time are one


@dataclass(frozen=True, eq=False)
class Approaches:
    """Approaches as columns (a,), times in seconds from the window's start, the second relative to the first object.

    `rows` (a, 2) are the two objects, `numbers` (a, NUMBERS) what `closest_approach_kernels` lists.
    """

    rows: Integers
    numbers: Floats

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, which: Integers | Booleans) -> Approaches:
        return Approaches(self.rows[which], self.numbers[which])

    @property
    def begin_s(self) -> Floats:
        return self.numbers[:, BEGIN]

    @property
    def end_s(self) -> Floats:
        return self.numbers[:, END]

    @property
    def tca_s(self) -> Floats:
        return self.numbers[:, TCA]

    @property
    def miss_km(self) -> Floats:
        return self.numbers[:, MISS]

    @property
    def miss_rtn_km(self) -> Floats:
        """(a, 3), in the frame of the first object."""
        return self.numbers[:, MISS_R : MISS_R + 3]

    @property
    def relative_speed_km_s(self) -> Floats:
        return self.numbers[:, SPEED]

    @property
    def relative_velocity_rtn_km_s(self) -> Floats:
        """(a, 3), in the frame of the first object."""
        return self.numbers[:, SPEED_R : SPEED_R + 3]

    @property
    def radius_km(self) -> Floats:
        """Of the first object from the Earth's centre."""
        return self.numbers[:, RADIUS]

    @property
    def position_teme_km(self) -> Floats:
        """(a, 3), of the first object."""
        return self.numbers[:, X : X + 3]

    def flag(self, bit: int) -> Booleans:
        return np.asarray((self.numbers[:, FLAGS].astype(np.int64) & bit) != 0)

    @property
    def is_stay(self) -> Booleans:
        return self.flag(IS_STAY)

    @property
    def cut_at_start(self) -> Booleans:
        return self.flag(CUT_AT_START)

    @property
    def cut_at_end(self) -> Booleans:
        return self.flag(CUT_AT_END)


def find_approaches(
    elements: ElementSets, span: TimeSpan, candidates: Candidates, miss_km: float, *,
    first_row: Integers | None = None, second_row: Integers | None = None, threads: int | None = None,
    report: Callable[[float], None] = lambda done: None,
) -> Approaches:  # fmt: skip
    """All approaches below `miss_km` of `candidates`, by pair, then in time.

    `first_row` and `second_row` (c,) say which of a pair is the first; as in the candidates unless given.
    """
    first_row = candidates.first_row if first_row is None else first_row
    second_row = candidates.second_row if second_row is None else second_row
    records = initialise(elements)
    longest = int((candidates.last_interval - candidates.first_interval).max(initial=0)) + 2
    of_thread = threading.local()

    def work(begin: int, end: int) -> list[tuple[Integers, Floats]]:
        if not hasattr(of_thread, "knots"):
            of_thread.knots, of_thread.room = np.empty((3 * longest + 6, 2)), 2 * _SLICE
            of_thread.done = np.zeros(2, dtype=np.int64)
        found, at = [], begin
        while at < end:
            rows, pairs = np.empty((of_thread.room, NUMBERS)), np.empty((of_thread.room, 2), dtype=np.int64)
            approach_kernel(
                records, first_row, second_row, candidates.first_interval, candidates.last_interval, at, end,
                span.start.jd_day, span.start.day_fraction, candidates.step_s, span.duration_s, miss_km,
                of_thread.knots, rows, pairs, of_thread.done,
            )  # fmt: skip
            used = int(of_thread.done[1])
            found.append((pairs[:used].copy(), rows[:used].copy()))
            if of_thread.done[0] == at:
                of_thread.room *= 2
            at = int(of_thread.done[0])
        return found

    slices = [(first, min(first + _SLICE, len(first_row))) for first in range(0, len(first_row), _SLICE)]
    parts: list[tuple[Integers, Floats]] = []
    with ThreadPoolExecutor(max(1, threads or core_count())) as pool:
        futures = [pool.submit(work, *edges) for edges in slices]
        try:
            for done, future in enumerate(as_completed(futures)):
                parts += future.result()
                report((done + 1) / len(slices))
        except BaseException:
            for future in futures:
                future.cancel()
            raise
    return _once_each(parts)


def _once_each(parts: list[tuple[Integers, Floats]]) -> Approaches:
    rows = np.concatenate([part[0] for part in parts]) if parts else np.empty((0, 2), dtype=np.int64)
    numbers = np.concatenate([part[1] for part in parts]) if parts else np.empty((0, NUMBERS))
    order = np.lexsort((numbers[:, TCA], rows[:, 1], rows[:, 0]))
    rows, numbers = rows[order], numbers[order]
    if len(rows):
        again = (rows[1:] == rows[:-1]).all(axis=1) & (numbers[1:, TCA] - numbers[:-1, TCA] < _SAME_S)
        kept = np.append(True, ~again)
        rows, numbers = rows[kept], numbers[kept]
    return Approaches(rows, numbers)

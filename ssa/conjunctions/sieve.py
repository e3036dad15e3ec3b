"""Which pairs may come within a distance in a window, and when: nothing that does is left out.

Positions are taken at samples `step_s` apart; between two samples an object is taken to move along the chord. A pair is
kept for an interval when its two chords come within `miss_km` plus a pad. Three statements make that exact.

1. A path with bounded acceleration leaves the chord between its ends by at most step^2 / 8 times the largest
   acceleration. For the path of one object relative to another that is the difference of their accelerations. Both
   feel the Earth's attraction, whose change from place to place is at most k^2 = 2 GM / r^3 (1.02 times, for the
   oblateness) with r no less than the Earth's radius, since SGP4 ends there: a pair that comes within `miss_km` in the
   interval is at most miss + 2 V step apart in it, so this part is below (step^2 / 8) k^2 (miss + 2 V step).
   Velocities of SGP4, which are not the derivatives of its positions, do not enter.
2. What SGP4's positions do beyond attraction is measured for every object at every sample: the second difference of
   three positions less GM / r^3 times the position. Where it is below ROUGH_FRACTION of the attraction at the ground
   (oblateness alone makes 0.3 %), half of that bound is in everyone's pad, twice what step^2 / 8 asks for
   the two of a pair.
   Objects above it (decay, jumps of deep-space objects at an inclination of 0.2 rad) get twice their own residual as
   a pad, in that interval only.
3. A pair whose chords come within the pad `p` of each other has middles within p + half the two chord lengths. Cells
   are that wide for objects below `FAST_KM_S`; faster ones look two cells far, others if need be at everyone.

Numbers are rounded to single precision: some 2 m for a pair in low orbit, 14 m near 60,000 km. 20 m are in the pad, and
more for objects beyond. So the sieve lets some pairs pass that stay farther apart; `closest_approach` decides with SGP4
itself. An object that fails (decays) within the window takes part until the last sample before it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from orbits import ElementSets, TimeGrid, TimeSpan
from orbits.arrays import Floats, Integers, aligned_empty, aligned_zeros
from orbits.jit import core_count
from orbits.sgp4_core import initialise
from orbits.sgp4_core.grid_kernels import SCRATCH_INTEGERS, SCRATCH_NUMBERS, grid_kernel
from ssa.conjunctions.pair_vector_kernels import LANES
from ssa.conjunctions.sieve_kernels import (
    CELLS,
    FAST_KM_S,
    FASTEST_KM_S,
    INTERVAL,
    LIMITS,
    PAD,
    ROUGH,
    SPACING,
    STEP_BITS,
    TIDE,
    lay_planes,
    sieve_kernel,
)

STEP_S = 40.0  # 20 and 30 s are slower, 50 and 60 s no quicker (docs/screening.md)
BLOCK_SAMPLES = 768  # a few half revolutions of a low orbit, which fill SGP4's lanes
TILE_OBJECTS = 128  # objects whose states are put into planes together: they stay in the second-level cache
ROUGH_FRACTION = 0.005
_GRADIENT = 1.02 * 2.0 * 398600.8 / 6378.135**3  # per second squared, at the ground
_GROUND_KM_S2 = 398600.8 / 6378.135**2
_SINGLE_PRECISION_KM = 0.02
_KEYS = 1 << 20


@dataclass(frozen=True, eq=False)
class Candidates:
    """Pairs and the intervals in which they may be close: `first_row` < `second_row` (c,), intervals first .. last.

    Interval k lies between k and k + 1 times `step_s` after the window's start. `valid_until` (n,) is the last sample
    at which each object has a state, counted in intervals, and `valid_from` the first; -1 for an object without any.
    """

    first_row: Integers
    second_row: Integers
    first_interval: Integers
    last_interval: Integers
    step_s: float
    intervals: int
    valid_from: Integers
    valid_until: Integers

    def __len__(self) -> int:
        return len(self.first_row)


def sieve_limits(miss_km: float, step_s: float) -> Floats:
    """The numbers that `sieve_kernel` wants: pads and the width of a cell (km), see above."""
    limits = np.empty(LIMITS)
    eighth = step_s * step_s / 8.0
    rough = ROUGH_FRACTION * _GROUND_KM_S2 * step_s * step_s
    tide = eighth * _GRADIENT * (miss_km + 2.0 * FAST_KM_S * step_s)
    limits[INTERVAL], limits[ROUGH] = step_s, rough
    limits[PAD] = miss_km + tide + 0.5 * rough + _SINGLE_PRECISION_KM
    limits[TIDE] = eighth * _GRADIENT * 2.0 * (FASTEST_KM_S - FAST_KM_S) * step_s
    limits[SPACING] = 1.001 * (limits[PAD] + FAST_KM_S * step_s) + 0.2  # and what cell numbers round away
    return limits


def sieve(
    elements: ElementSets, span: TimeSpan, miss_km: float, *, group: npt.NDArray[np.uint8],
    allowed: npt.NDArray[np.uint8], watched: Integers | None = None, step_s: float = STEP_S,
    threads: int | None = None, report: Callable[[float], None] = lambda done: None,
) -> Candidates:  # fmt: skip
    """Every pair of objects that comes within `miss_km` inside `span`, and some more.

    `group` (n,) is each object's group and `allowed` (g, g) which groups are to meet; `watched` rows, where given, are
    the only ones whose pairs are wanted (`allowed` must say so, too). `report` hears the share that is done.
    Memory: 12 bytes an object and sample, twice with two threads (250 MB for 27,000 objects and 768 samples each).
    """
    intervals = max(1, int(np.ceil(span.duration_s / step_s - 1.0e-9)))
    step_s = span.duration_s / intervals
    order, is_deep = _near_earth_first(initialise(elements))
    work = _Work(
        elements=elements, records=initialise(elements)[order], is_deep=is_deep, span=span, step_s=step_s,
        limits=sieve_limits(miss_km, step_s), group=np.ascontiguousarray(group[order]),
        allowed=np.ascontiguousarray(allowed, dtype=np.uint8).ravel(),
        watched=_places_of(order, watched), of_thread=threading.local(),
        valid_from=np.full(len(elements), np.iinfo(np.int64).max), valid_until=np.full(len(elements), -1),
        lock=threading.Lock(),
    )  # fmt: skip
    threads = max(1, threads or core_count())
    number = -(-intervals // (BLOCK_SAMPLES - 1))
    length = -(-intervals // (-(-number // threads) * threads))  # as many blocks for each thread
    blocks = [(first, min(first + length, intervals)) for first in range(0, intervals, length)]
    runs = []
    with ThreadPoolExecutor(threads) as pool:
        futures = [pool.submit(work.block, first, last) for first, last in blocks]
        try:
            for done, future in enumerate(as_completed(futures)):
                runs.append(future.result())
                report((done + 1) / len(blocks))
        except BaseException:
            for future in futures:
                future.cancel()
            raise
    return _joined(runs, order, step_s, intervals, work)


@dataclass(eq=False)
class _Work:
    """What the threads of one sieve share."""

    elements: ElementSets
    records: npt.NDArray[Any]
    is_deep: int
    span: TimeSpan
    step_s: float
    limits: Floats
    group: npt.NDArray[np.uint8]
    allowed: npt.NDArray[np.uint8]
    watched: Integers
    of_thread: threading.local
    valid_from: Integers
    valid_until: Integers
    lock: threading.Lock

    def block(self, first: int, last: int) -> tuple[Integers, Integers, Integers]:
        """(pair, first interval, last interval) of the runs of one block of intervals."""
        planes = self._planes(first, last - first + 1)
        space, objects = self.of_thread, len(self.records)
        done = np.zeros(2, dtype=np.int64)
        found, at = [], 0
        while at < last - first:
            sieve_kernel(
                planes, at, last - first, 0, self.limits, self.group, self.allowed, self.watched,
                space.floats, space.integers, space.marks, space.keys, done,
            )  # fmt: skip
            if done[0] == at:  # one interval alone is more than the memory for keys holds
                space.keys = np.empty(2 * len(space.keys), dtype=np.int64)
                continue
            found.append(np.unique(space.keys[: done[1]]))
            at = int(done[0])
        keys = np.concatenate(found) if found else np.empty(0, dtype=np.int64)
        if len(found) > 1:
            keys.sort()
        begins = np.append(True, keys[1:] != keys[:-1] + 1) if len(keys) else np.empty(0, dtype=bool)
        begins[1:] |= keys[1:] >> STEP_BITS != keys[:-1] >> STEP_BITS
        heads = np.flatnonzero(begins)
        tails = np.append(heads[1:], len(keys)) - 1 if len(heads) else heads
        mask = (1 << STEP_BITS) - 1
        assert objects == planes.shape[2]
        return keys[heads] >> STEP_BITS, (keys[heads] & mask) + first, (keys[tails] & mask) + first

    def _planes(self, first: int, count: int) -> npt.NDArray[np.float32]:
        space, objects = self.of_thread, len(self.records)
        if not hasattr(space, "planes"):
            space.planes = np.empty((BLOCK_SAMPLES, 3, objects), dtype=np.float32)
            space.floats = np.zeros((14, objects + LANES), dtype=np.float32)
            space.integers = np.empty(2 * objects + 2 * CELLS + 2, dtype=np.int32)
            space.marks = np.empty(objects, dtype=np.uint8)
            space.keys = np.empty(_KEYS, dtype=np.int64)
            space.scratch, space.counts = aligned_zeros(SCRATCH_NUMBERS), np.zeros(SCRATCH_INTEGERS, dtype=np.int64)
        planes: npt.NDArray[np.float32] = space.planes[:count]
        grid = TimeGrid(start=self.span.start.plus_s(first * self.step_s), step_s=self.step_s, count=count)
        position, status = aligned_empty(TILE_OBJECTS, 3, count), np.empty((TILE_OBJECTS, count), dtype=np.uint8)
        velocity, rows = np.empty((0, 3, count)), np.arange(TILE_OBJECTS)
        times, start = grid.instants, grid.start
        edges = [(0, self.is_deep), (self.is_deep, objects)]
        for begin, end in edges:
            for tile in range(begin, end, TILE_OBJECTS):
                some = min(TILE_OBJECTS, end - tile)
                grid_kernel(
                    self.records[tile : tile + some], rows[:some], start.jd_day, start.day_fraction,
                    self.step_s / 60.0, count, times.jd_day, times.day_fraction, position, velocity, status,
                    space.scratch, space.counts, np.empty(3, dtype=np.int64),
                )  # fmt: skip
                lay_planes(position[:some], status[:some], tile, count, planes)
                self._note_validity(tile, status[:some] == 0, first)
        return planes

    def _note_validity(self, tile: int, is_valid: npt.NDArray[np.bool_], first: int) -> None:
        rows = slice(tile, tile + len(is_valid))
        some = is_valid.any(axis=1)
        from_first = np.where(some, is_valid.argmax(axis=1) + first, np.iinfo(np.int64).max)
        until = np.where(some, first + is_valid.shape[1] - 1 - is_valid[:, ::-1].argmax(axis=1), -1)
        with self.lock:
            self.valid_from[rows] = np.minimum(self.valid_from[rows], from_first)
            self.valid_until[rows] = np.maximum(self.valid_until[rows], until)


def _near_earth_first(records: npt.NDArray[Any]) -> tuple[Integers, int]:
    order = np.argsort(records["is_deep"], kind="stable")
    return order, int(np.count_nonzero(records["is_deep"] == 0))


def _places_of(order: Integers, watched: Integers | None) -> Integers:
    if watched is None:
        return np.empty(0, dtype=np.int64)
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    return place[watched]


def _joined(
    runs: list[tuple[Integers, Integers, Integers]], order: Integers, step_s: float, intervals: int, work: _Work
) -> Candidates:
    """Runs of all blocks, joined where one block's end is the next one's beginning."""
    pair, first, last = (np.concatenate([run[k] for run in runs]) for k in range(3))
    by_pair = np.lexsort((first, pair))
    pair, first, last = pair[by_pair], first[by_pair], last[by_pair]
    begins = np.ones(len(pair), dtype=bool)
    begins[1:] = (pair[1:] != pair[:-1]) | (first[1:] > last[:-1] + 1)
    heads = np.flatnonzero(begins)
    tails = np.append(heads[1:], len(pair)) - 1 if len(heads) else heads
    one, other = order[pair[heads] // len(order)], order[pair[heads] % len(order)]
    valid_from, valid_until = np.empty(len(order), dtype=np.int64), np.empty(len(order), dtype=np.int64)
    valid_from[order], valid_until[order] = work.valid_from, work.valid_until
    return Candidates(
        first_row=np.minimum(one, other), second_row=np.maximum(one, other), first_interval=first[heads],
        last_interval=last[tails], step_s=step_s, intervals=intervals,
        valid_from=np.where(valid_until < 0, -1, valid_from), valid_until=valid_until,
    )  # fmt: skip

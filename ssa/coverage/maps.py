"""Maps of coverage: how often, how many at once and after what gaps each cell of a world grid is seen.

Exact at each step, for any rule symmetric about the nadir: no cell differs from a test of every satellite against every
cell. Steps are samples: a step stands for the `step_s` seconds after it (sample and hold), so looks shorter than that
can be missed, and edges and gaps are good to one step; take a step well below the shortest look.

With P(lon) = (p cos, p sin, z) a point of a row at latitude f, N its radius of curvature, S = (rho, z_s) the satellite
in its meridian plane, and c the cosine of the longitude between them: height over the horizon y = A + B c, with
B = rho cos f and A = z_s sin f - a^2/N, and d^2 = D - E c with E/B = 2 N. So elevation e means
y^2 + 2 N sin^2(e) y = sin^2(e) (D + 2 N A): one root is positive. Along the nadir y = K - L c, with E/L = 2 M, where M
is the satellite's distance along the nadir from the Earth's axis, and a cone of half angle h means
y^2 - 2 cos^2(h) M y = cos^2(h) (D - 2 M K): both roots count where the cone is nearly as wide as the Earth. N and M
stay whole over the poles. Derived for this project; equal to brute force (tests/unit/ssa/test_coverage_maps.py).
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from orbits import ElementSets, TimeGrid
from orbits.arrays import Floats, Integers
from orbits.constants import WGS84_FLATTENING, WGS84_RADIUS_KM
from orbits.earth_orientation import EarthOrientation
from orbits.errors import InvalidValue
from orbits.frames import teme_to_itrs
from orbits.jit import core_count
from orbits.propagation import propagate
from ssa.coverage.map_rules import NadirRule
from ssa.coverage.map_sums import MapSums
from ssa.coverage.map_values import CoverageMap
from ssa.coverage.maps_kernels import add_steps_kernel
from ssa.regions.latitude_longitude import LatLonGrid

BLOCK_STATES = 250_000  # propagated at a time by each thread: 6 MB of positions, and as much again while turned
LARGEST_SUMS = 400_000_000  # bytes of sums over all threads
SHORTEST_BLOCK, LONGEST_BLOCK = 24, 288  # steps


def coverage_map(
    elements: ElementSets,
    times: TimeGrid,
    rule: NadirRule | Sequence[NadirRule],
    grid: LatLonGrid | None = None,
    *,
    folds: int = 4,
    threads: int | None = None,
    orientation: EarthOrientation | None = None,
) -> CoverageMap:
    """What the objects see of every cell of `grid` (default: 1 deg) at the steps of `times`.

    `rule` is one for all objects, or one for each (n). `folds` counts time with at least 1, 2, ... objects. `threads`
    (default: all cores) changes no digit. Memory: 12 MB for positions and (20 + 4 `folds`) bytes a cell, each for every
    thread. Objects without a state see nothing at that step and are counted. Raises `InvalidValue`.

    >>> issue = b'''1 25544U 98067A   24305.58058399  .00035180  00000-0  60166-3 0  9990
    ... 2 25544  51.6392 359.7717 0008966 122.2149 237.9710 15.50886758479706'''
    >>> times = TimeGrid(start="2024-11-01T00:00:00Z", step_s=60, count=93)
    >>> seen = coverage_map(ElementSets.read(issue), times, NadirRule(min_elevation_deg=10), LatLonGrid(5.0))
    >>> seen.covered_s.shape, round(float(seen.area_seen_fraction), 2)
    ((36, 72), 0.22)
    """
    shape = (grid := grid or LatLonGrid(1.0)).shape
    rules = _rule_rows(rule, len(elements))
    if not 1 <= folds <= 64:
        raise InvalidValue("folds", folds, "outside 1 to 64")
    workers = max(1, min(threads or core_count(), len(times)))
    one = MapSums.bytes_for(shape, folds)
    if one > LARGEST_SUMS:
        raise InvalidValue("step_deg", grid.step_deg, "the map does not fit into memory; take a coarser grid")
    workers = min(workers, LARGEST_SUMS // one)
    steps = int(np.clip(BLOCK_STATES // max(len(elements), 1), SHORTEST_BLOCK, LONGEST_BLOCK))
    # more than two blocks for each of up to eight threads, so that they end together; the same for any number of them
    steps = min(steps, max(SHORTEST_BLOCK, -(-len(times) // 16)))
    starts = np.arange(0, len(times), steps)
    workers = min(workers, len(starts))
    table, row_area = row_table(grid), np.array(grid.area_km2)
    area_km2, failed = np.zeros(len(times)), np.zeros(len(elements), dtype=np.int64)
    lock = threading.Lock()

    def part(blocks: Integers) -> MapSums:
        sums = MapSums.zeros(shape, folds)
        for first in blocks.tolist():
            block = TimeGrid(times.start.plus_s(first * times.step_s), times.step_s, min(steps, len(times) - first))
            states = teme_to_itrs(propagate(elements, block, velocities=False, threads=1), orientation)
            position = np.ascontiguousarray(states.position_itrs_km)
            add_steps_kernel(
                position, rules, table, row_area, first, sums.steps,
                sums.at_least, sums.fold_sum, sums.run, sums.longest, sums.lead, area_km2,
            )  # fmt: skip
            sums.steps += len(block)
            with lock:
                failed[:] += (states.status != 0).sum(axis=1)
        return sums

    parts = np.array_split(starts, workers)
    if workers == 1:
        sums = part(parts[0])
    else:
        with ThreadPoolExecutor(workers) as pool:
            sums = MapSums.joined(list(pool.map(part, parts)))
    return CoverageMap.of(grid, times, sums, area_km2 / row_area.sum() / shape[1], failed)


def coverage_maps_by_group(
    elements: ElementSets,
    groups: Mapping[str, Integers],
    times: TimeGrid,
    rule: NadirRule,
    grid: LatLonGrid | None = None,
    *,
    folds: int = 4,
    threads: int | None = None,
) -> dict[str, CoverageMap]:
    """One map for each group: `groups` names rows of `elements`, by owner for instance; an object may be in several."""
    return {
        name: coverage_map(elements[rows], times, rule, grid, folds=folds, threads=threads)
        for name, rows in groups.items()
    }


def row_table(grid: LatLonGrid) -> Floats:
    """What the kernel needs of each row of latitude (9, rows)."""
    latitude = np.radians(grid.latitude_deg)
    e2 = WGS84_FLATTENING * (2.0 - WGS84_FLATTENING)
    sine, cosine = np.sin(latitude), np.cos(latitude)
    normal = WGS84_RADIUS_KM / np.sqrt(1.0 - e2 * sine * sine)
    p, z = normal * cosine, normal * (1.0 - e2) * sine
    r2 = p * p + z * z
    return np.ascontiguousarray(
        np.stack([
            cosine, sine, p, z, normal, WGS84_RADIUS_KM**2 / normal, r2, r2 - 2.0 * WGS84_RADIUS_KM**2,
            2.0 * normal * e2 * sine,
        ])
    )  # fmt: skip


def _rule_rows(rule: NadirRule | Sequence[NadirRule], count: int) -> Floats:
    if isinstance(rule, NadirRule):
        return np.tile(rule.row(), (count, 1))
    if len(rule) != count:
        raise InvalidValue("rule", len(rule), f"give one rule, or one for each of {count} objects")
    return np.array([each.row() for each in rule]).reshape(count, 5)

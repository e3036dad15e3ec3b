"""Collision rates pair by pair: no cells of inclination, no classes. Slower, and what the cells are checked against."""

from __future__ import annotations

import numpy as np

from orbits.arrays import Floats, Integers
from orbits.jit import core_count, in_slices
from ssa.debris.density_shells import ShellTimes
from ssa.debris.population import Population
from ssa.debris.risk_cells import YEAR_S, per_volume
from ssa.debris.risk_pairs_kernels import pair_rates_kernel


def pair_rates(
    population: Population, times: ShellTimes, group: Integers, groups: int, *, threads: int | None = None
) -> tuple[Floats, Floats]:
    """Expected collisions a year of every object (n,) with all others, and between groups (g, g) as `group_rates`."""
    count = np.diff(times.first)
    visiting = np.flatnonzero(count)
    order = visiting[np.argsort(times.shell[times.first[visiting]], kind="stable")]
    lowest = times.shell[times.first[order]]
    highest = lowest + count[order] - 1
    cosine, sine = np.cos(population.orbits.inclination_rad[order]), np.sin(population.orbits.inclination_rad[order])
    radius_km, volume = population.radius_m[order] / 1e3, per_volume(times.shells)
    parts: list[tuple[int, Floats, Floats]] = []

    def work(first: int, last: int) -> None:
        rates, by_group = np.zeros(len(order)), np.zeros((groups, groups))
        pair_rates_kernel(
            first, last, times.first[order], lowest, highest, times.fraction, volume, cosine, sine, radius_km,
            group[order], rates, by_group,
        )  # fmt: skip
        parts.append((first, rates, by_group))

    in_slices(work, len(order), threads, slices=16 * core_count())
    parts.sort(key=lambda part: part[0])
    rates = np.zeros(len(population))
    rates[order] = np.sum([part[1] for part in parts], axis=0) * YEAR_S
    matrix = np.sum([part[2] for part in parts], axis=0) * YEAR_S
    return rates, matrix + matrix.T - np.diag(np.diag(matrix))

"""Collision rates of every object with a whole population, by cell moments instead of pairs.

The rate of a pair (`risk_geometry`) is a product of shares of time, a factor of the two inclinations, and (Ri + Rj)^2.
So its sum over all partners needs three numbers of each cell of shell and inclination: the sums of share of time times
radius to the power 0, 1 and 2. Cells are split further by class of mass, for the catastrophic part, and by whether
their objects manoeuvre. Checked against all pairs one by one (`risk_pairs`) and a cube Monte Carlo (`risk_cubes`).

A collision is catastrophic at 40 J of the smaller body's energy per gram of the larger (Johnson et al. 2001), and then
makes 0.1 (m1 + m2)^0.75 0.1^-1.71 pieces of 10 cm and larger.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orbits.arrays import Booleans, Floats, Integers, read_only
from orbits.constants import SECONDS_PER_DAY
from orbits.jit import core_count, in_slices
from ssa.debris.density import INCLINATION_BINS, inclination_bin
from ssa.debris.density_shells import Shells, ShellTimes, shell_times
from ssa.debris.population import Population
from ssa.debris.risk_cells_kernels import (
    ALL,
    CATASTROPHIC,
    DRIFTING,
    FRAGMENTS,
    FRAGMENTS_DRIFTING,
    QUANTITIES,
    SPEED,
    cell_rates_kernel,
    group_rates_kernel,
    object_rates_kernel,
)
from ssa.debris.risk_geometry import crossing_tables

YEAR_S = 365.25 * SECONDS_PER_DAY
CATASTROPHIC_J_KG = 40e3  # 40 J/g: Johnson et al. 2001, section 2
FRAGMENT_SIZE_M = 0.1
_LOG_MASS = (-4.0, 6.0, 2)  # from 0.1 g to 1,000 t, classes to the decade


@dataclass(frozen=True, eq=False)
class ObjectRates:
    """What each object (n,) meets in a year, read-only: expected collisions with the whole field, nobody avoiding.

    `*with_drifting_per_year` is the part with objects that do not manoeuvre, `catastrophic_per_year` that which breaks
    both, `fragments_*` the expected pieces of 10 cm and more, `mean_speed_km_s` that of a collision (NaN where none).
    """

    per_year: Floats
    with_drifting_per_year: Floats
    catastrophic_per_year: Floats
    fragments_per_year: Floats
    fragments_with_drifting_per_year: Floats
    mean_speed_km_s: Floats

    def __post_init__(self) -> None:
        for column in ("per_year", "with_drifting_per_year", "catastrophic_per_year",
                       "fragments_per_year", "fragments_with_drifting_per_year", "mean_speed_km_s"):  # fmt: skip
            object.__setattr__(self, column, read_only(getattr(self, column), np.float64))


def per_volume(shells: Shells) -> Floats:
    """Speed over 2 pi r^2 dh (h,), 1/(km2 s): what turns shares of time and km2 into a rate."""
    width = np.diff(shells.edges_km)
    return np.asarray(shells.circular_speed_km_s / (2.0 * np.pi * shells.middle_radius_km**2 * width))


def object_rates(
    population: Population, times: ShellTimes, *, field: Booleans | None = None, threads: int | None = None
) -> ObjectRates:
    """The rates of every object of a population against those of it that `field` (n,) marks (default: all).

    `times` are its shares of time. Two populations handed in as one can be counted against each other.
    """
    tables = crossing_tables()
    shells = times.shells
    in_field = np.ones(len(population)) if field is None else np.asarray(field, dtype=np.float64)
    inclination = inclination_bin(population.orbits.inclination_rad)
    mass = mass_class(population.mass_kg)
    control = population.is_manoeuvrable.astype(np.int64)
    classes = _LOG_MASS[2] * int(_LOG_MASS[1] - _LOG_MASS[0])
    cell = ((times.shell * INCLINATION_BINS + inclination[times.object_row]) * classes + mass[times.object_row]) * 2
    cells, cell_of = np.unique(cell + control[times.object_row], return_inverse=True)
    radius_km = population.radius_m / 1e3
    share = times.fraction * in_field[times.object_row]
    moments = _moments(cell_of, len(cells), share, radius_km[times.object_row])
    begin = np.searchsorted(cells, np.arange(len(shells) + 1) * INCLINATION_BINS * classes * 2)
    threshold, pieces = _by_mass_class(_middle_mass_kg(population.mass_kg, mass, classes))
    seen = np.empty((len(cells), QUANTITIES, 3))
    cell_inclination, cell_mass = cells // (classes * 2) % INCLINATION_BINS, cells // 2 % classes

    def work(first: int, last: int) -> None:
        cell_rates_kernel(
            first, last, begin, cell_inclination, cell_mass, cells % 2, moments, shells.circular_speed_km_s,
            tables.factor, tables.faster, tables.speed, threshold, pieces, seen,
        )  # fmt: skip

    in_slices(work, len(shells), threads, slices=16 * core_count())
    rates = np.empty((len(population), QUANTITIES))
    object_rates_kernel(
        times.first, times.shell, times.fraction, cell_of.astype(np.int64), inclination, mass, control, in_field,
        radius_km, per_volume(shells), shells.circular_speed_km_s, seen, tables.factor, tables.faster, tables.speed,
        threshold, pieces, rates,
    )  # fmt: skip
    rates = np.maximum(rates, 0.0) * YEAR_S
    with np.errstate(invalid="ignore"):
        speed = np.where(rates[:, ALL] > 0.0, rates[:, SPEED] / rates[:, ALL], np.nan)
    return ObjectRates(
        rates[:, ALL], rates[:, DRIFTING], rates[:, CATASTROPHIC], rates[:, FRAGMENTS],
        rates[:, FRAGMENTS_DRIFTING], speed,
    )  # fmt: skip


def group_rates(
    population: Population, times: ShellTimes, group: Integers, groups: int, *, threads: int | None = None
) -> Floats:
    """Expected collisions a year (g, g) between the objects of two groups, symmetric; its upper triangle is the total.

    `group` (n,) is the index of each object's group. On the diagonal each pair counts once and no object meets itself.
    """
    tables = crossing_tables()
    shells = times.shells
    inclination = inclination_bin(population.orbits.inclination_rad)
    cell = (times.shell * INCLINATION_BINS + inclination[times.object_row]) * groups + group[times.object_row]
    cells, cell_of = np.unique(cell, return_inverse=True)
    radius_km = population.radius_m / 1e3
    moments = _moments(cell_of, len(cells), times.fraction, radius_km[times.object_row])
    begin = np.searchsorted(cells, np.arange(len(shells) + 1) * INCLINATION_BINS * groups)
    volume = per_volume(shells)
    parts = []

    def work(first: int, last: int) -> None:
        part = np.zeros((groups, groups))
        group_rates_kernel(
            first, last, begin, cells // groups % INCLINATION_BINS, cells % groups, moments, volume, tables.factor, part
        )
        parts.append((first, part))

    in_slices(work, len(shells), threads, slices=16 * core_count())
    matrix = np.sum([part for _, part in sorted(parts, key=lambda item: item[0])], axis=0)
    row = times.object_row
    own = times.fraction**2 * volume[times.shell] * 4.0 * radius_km[row] ** 2
    own *= tables.factor[inclination[row], inclination[row]]
    matrix[np.diag_indices(groups)] -= np.bincount(group[row], own, minlength=groups)
    matrix[np.diag_indices(groups)] /= 2.0
    return np.asarray(np.maximum(matrix, 0.0) * YEAR_S)


def mass_class(mass_kg: Floats) -> Integers:
    """The class of mass of each object (n,): half a decade, from 0.1 g on."""
    low, high, per_decade = _LOG_MASS
    place = np.floor((np.log10(np.maximum(mass_kg, 1e-9)) - low) * per_decade).astype(np.int64)
    return np.asarray(np.clip(place, 0, per_decade * int(high - low) - 1))


def _middle_mass_kg(mass_kg: Floats, code: Integers, classes: int) -> Floats:
    """The geometric mean of the masses in each class (b,); the middle of a class that nobody is in."""
    middle = _LOG_MASS[0] + (np.arange(classes) + 0.5) / _LOG_MASS[2]
    count = np.bincount(code, minlength=classes)
    total = np.bincount(code, np.log10(np.maximum(mass_kg, 1e-9)), minlength=classes)
    return np.asarray(10.0 ** np.where(count > 0, total / np.maximum(count, 1), middle))


def _by_mass_class(mass: Floats) -> tuple[Floats, Floats]:
    """For two classes of mass the least catastrophic speed in km/s and the pieces of 10 cm and more, both (b, b)."""
    ratio = np.maximum(mass[:, None] / mass, mass / mass[:, None])
    pieces = 0.1 * (mass[:, None] + mass) ** 0.75 * FRAGMENT_SIZE_M**-1.71
    return np.sqrt(2.0 * CATASTROPHIC_J_KG * ratio) / 1e3, pieces


def _moments(cell_of: Integers, cells: int, share: Floats, radius_km: Floats) -> Floats:
    """Sums of share of time times radius to the power 0, 1, 2 by cell (c, 3)."""
    return np.column_stack([np.bincount(cell_of, share * radius_km**power, minlength=cells) for power in range(3)])


def rates_of(population: Population, shells: Shells | None = None) -> ObjectRates:
    """`object_rates` of a population in the default shells, for one call."""
    times = shell_times(population.orbits, shells if shells is not None else Shells.whole_space())
    return object_rates(population, times)

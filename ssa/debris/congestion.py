"""Which shells are crowded, and which derelicts would do the most harm: rankings with every index defined.

Of a shell: objects in it at a moment, mass, density, the collision rate in it, and how many passes within one kilometre
an object there has in a year (flux times pi km2, the mean over its residents; manoeuvres left aside).

Of a derelict (a payload that does not manoeuvre, or a rocket body): `residual_fragments_per_year` is the index that
ranks, the expected pieces of 10 cm and larger that its collisions, those not avoided, make in a year: rate times
catastrophic share times 0.1 (m1 + m2)^0.75 0.1^-1.71 (Johnson et al. 2001), summed over partners. A chance of harm, no
forecast; how long the pieces would stay, or whom they would meet, is not in it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orbits.arrays import Floats, Integers, read_only
from ssa.debris.density import INCLINATION_BINS, inclination_bin
from ssa.debris.density_shells import Shells, shell_times
from ssa.debris.risk import DebrisRisk
from ssa.debris.risk_cells import YEAR_S, per_volume
from ssa.debris.risk_geometry import crossing_tables
from ssa.debris.size_rules import OBJECT_CLASSES


@dataclass(frozen=True, eq=False)
class ShellRanking:
    """Shells, columns (h,), read-only, by altitude; `order` ranks them by collision rate, the highest first."""

    shells: Shells
    objects: Floats
    mass_kg: Floats
    density_per_km3: Floats
    collisions_per_year: Floats
    residual_collisions_per_year: Floats
    passes_within_km_per_year: Floats
    order: Integers

    def __post_init__(self) -> None:
        for column in ("objects", "mass_kg", "density_per_km3", "collisions_per_year", "residual_collisions_per_year",
                       "passes_within_km_per_year"):  # fmt: skip
            object.__setattr__(self, column, read_only(getattr(self, column), np.float64))


def rank_shells(risk: DebrisRisk, shells: Shells | None = None) -> ShellRanking:
    """The shells (default: 50 km from 200 to 2,000 km) of a population whose risk was found.

    An object's rate is put into shells in proportion to its time times the density there.
    """
    shells = shells if shells is not None else Shells.even(200.0, 2000.0, 50.0)
    population = risk.population
    times = shell_times(population.orbits, shells)
    fine = risk.times
    density = (fine.summed() / fine.shells.volume_km3)[fine.shell]
    share = fine.fraction * density
    per_object = np.bincount(fine.object_row, share, minlength=len(population))
    share = share / np.maximum(per_object[fine.object_row], 1e-300)
    middle = 0.5 * (fine.shells.edges_km[1:] + fine.shells.edges_km[:-1])
    place = np.searchsorted(shells.edges_km, middle, side="right")[fine.shell]  # 0 below, h + 1 above

    def gathered(rate: Floats) -> Floats:
        into = np.bincount(place, share * rate[fine.object_row], minlength=len(shells) + 2)
        return np.asarray(into[1 : len(shells) + 1] / 2.0)  # each collision has two

    rates = risk.rates
    present = times.summed()
    per_km3 = present / shells.volume_km3
    degree = inclination_bin(population.orbits.inclination_rad)
    cells = np.bincount(times.shell * INCLINATION_BINS + degree[times.object_row], times.fraction,
                        minlength=len(shells) * INCLINATION_BINS).reshape(-1, INCLINATION_BINS)  # fmt: skip
    meetings = ((cells @ crossing_tables().factor) * cells).sum(axis=1) / np.maximum(present, 1e-300)
    collisions = gathered(rates.per_year)
    return ShellRanking(
        shells=shells, objects=present, mass_kg=times.summed(population.mass_kg), density_per_km3=per_km3,
        collisions_per_year=collisions, residual_collisions_per_year=gathered(risk.residual_per_year),
        passes_within_km_per_year=meetings * per_volume(shells) * YEAR_S, order=np.argsort(-collisions, kind="stable"),
    )  # fmt: skip


def rank_derelicts(risk: DebrisRisk) -> Integers:
    """Rows of the risk's population, the most harmful first: rocket bodies and payloads that do not manoeuvre."""
    population = risk.population
    body = (population.object_class == OBJECT_CLASSES.index("rocket body")) | (
        (population.object_class == OBJECT_CLASSES.index("payload")) & ~population.is_manoeuvrable
    )
    rows = np.flatnonzero(body)
    return np.asarray(rows[np.argsort(-risk.residual_fragments_per_year[rows], kind="stable")], dtype=np.int64)

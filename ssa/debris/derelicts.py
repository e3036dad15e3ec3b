"""Which derelict's break-up would cost a fleet most: chance times consequence.

The index of X is R = (catastrophic collisions of X a year) x (collisions a year that its cloud would add to the fleet,
averaged over random nodes, before drag): per year squared, good for ranking only. The chance counts every catalogued
object heavy enough to break X at 10 km/s (40 J/g); of collisions with one that manoeuvres the share
`avoidance_failure` remains. The cloud is that of a collision with a body of just that mass.
Candidates are payloads and rocket bodies that nobody steers, below 2,000 km; of them those with the greatest chance
times mass to the power 0.75 are computed. Factor of 3 to 10 on each value; ranks are steadier than values.

Source: Johnson et al. 2001 (count law); the product is this project's own definition.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from orbits import Instant, InvalidValue, propagate
from orbits.arrays import Floats, Integers, read_only
from orbits.times import Instants
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.debris.breakup import Body, collide
from ssa.debris.breakup_laws import CATASTROPHIC_J_G
from ssa.debris.breakup_orbits import orbits_after
from ssa.debris.cloud import averaged_rates_per_year, field_moments, rates_with
from ssa.debris.population import Population
from ssa.debris.risk import DEFAULT_AVOIDANCE_FAILURE

_SPEED_KM_S = 10.0
_CRITICAL_SHARE = 2.0 * CATASTROPHIC_J_G / (_SPEED_KM_S**2 * 1e3)  # of the mass of X: 8e-4
_MASS_CLASSES_KG = (0.0, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
_LOW_KM = 2000.0


@dataclass(frozen=True, eq=False)
class DerelictRanking:
    """Rows (n,), the costliest first: `rows` of the population; rates a year; pieces of the cloud that stay up."""

    rows: Integers
    catastrophic_per_year: Floats
    added_per_year: Floats
    pieces: Integers
    index: Floats
    considered: int

    def __post_init__(self) -> None:
        for column in ("catastrophic_per_year", "added_per_year", "index"):
            object.__setattr__(self, column, read_only(getattr(self, column), np.float64))

    def __len__(self) -> int:
        return len(self.rows)


def rank_derelicts(
    snapshot: CatalogueSnapshot, population: Population, fleet: Population, *, at: Instant, computed: int = 100,
    smallest_m: float = 0.1, seed: int = 1, avoidance_failure: float = DEFAULT_AVOIDANCE_FAILURE,
    report: Callable[[float], None] = lambda share: None,
) -> DerelictRanking:  # fmt: skip
    """The derelicts of a catalogue by what their break-up would add to the risk of `fleet`; `computed` of them."""
    low = population.orbits.perigee_altitude_km < _LOW_KM
    body = (population.object_class < 2) & ~population.is_manoeuvrable & low
    body &= ~np.isin(population.norad_id, fleet.norad_id)
    rows = np.flatnonzero(body)
    chance = _catastrophic_rates(population, rows, avoidance_failure)
    order = np.argsort(-chance * population.mass_kg[rows] ** 0.75, kind="stable")[:computed]
    rows, chance = rows[order], chance[order]
    states = propagate(snapshot.elements[population.rows[rows]], Instants.of([at]))
    assert states.velocity_teme_km_s is not None
    usable = np.flatnonzero(states.status[:, 0] == 0)
    added, pieces = np.zeros(len(rows)), np.zeros(len(rows), dtype=np.int64)
    for k in usable.tolist():
        added[k], pieces[k] = _added_rate(
            population, int(rows[k]), fleet, states.position_teme_km[k, 0], states.velocity_teme_km_s[k, 0],
            smallest_m, seed,
        )  # fmt: skip
        report((k + 1) / len(rows))
    index = chance * added
    best = usable[np.argsort(-index[usable], kind="stable")]
    return DerelictRanking(rows[best], chance[best], added[best], pieces[best], index[best], int(body.sum()))


def _catastrophic_rates(population: Population, rows: Integers, failure: float) -> Floats:
    """Collisions a year of each row with objects that weigh at least the critical share of it (its class below)."""
    if not 0.0 <= failure <= 1.0:
        raise InvalidValue("avoidance_failure", failure, "must be from 0 (always avoided) to 1 (never)")
    rates = np.zeros(len(rows))
    critical = _CRITICAL_SHARE * population.mass_kg[rows]
    which = np.searchsorted(np.array(_MASS_CLASSES_KG), critical, side="right") - 1
    for place, least_kg in enumerate(_MASS_CLASSES_KG):
        chosen = which == place
        if chosen.any():
            for moving, share in ((False, 1.0), (True, failure)):
                heavy = (population.mass_kg >= least_kg) & (population.is_manoeuvrable == moving)
                field = population[np.flatnonzero(heavy)]
                moments = field_moments(field.orbits, field.radius_m / 1e3)
                rates[chosen] += share * rates_with(moments, population[rows[chosen]])
    return rates


def _added_rate(
    population: Population, row: int, fleet: Population, position: Floats, velocity: Floats, smallest_m: float,
    seed: int,
) -> tuple[float, int]:  # fmt: skip
    mass, length = float(population.mass_kg[row]), float(2.0 * population.radius_m[row])
    body = Body(mass_kg=mass, length_m=length, is_rocket_body=int(population.object_class[row]) == 1)
    impactor = Body(mass_kg=_CRITICAL_SHARE * mass, length_m=0.1)
    pieces = collide(body, impactor, relative_speed_km_s=_SPEED_KM_S, smallest_m=smallest_m, seed=seed).fragments
    orbits = orbits_after(position, velocity, pieces.ejection_km_s)
    stays = np.flatnonzero(orbits.stays)
    radius_km = np.sqrt(pieces.area_m2[stays] / np.pi) / 1e3
    return float(averaged_rates_per_year(fleet, orbits.shapes[stays], radius_km).sum()), len(stays)

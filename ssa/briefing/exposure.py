"""What the catalogue's objects are to a fleet over the years: expected collisions, whose objects, and how grave.

Averages of `ssa.debris.risk` with its limits: catalogued objects only, random phases, good to a factor of about two; no
single event is told. Satellites of the fleet that are not in orbit at the catalogue's time are not counted.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orbits.arrays import Integers, read_only
from ssa.debris.population import Population
from ssa.debris.risk import DebrisRisk, Exposure, debris_risk, exposure_of
from ssa.sensor_fleets import SensorFleet


@dataclass(frozen=True, eq=False)
class FleetExposure:
    """A fleet's part of the risk of a population; `rows` are rows of it, the most exposed first (nobody avoiding)."""

    risk: DebrisRisk
    exposure: Exposure
    rows: Integers
    not_counted: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", read_only(self.rows, np.int64))

    @property
    def collisions_per_year(self) -> float:
        """Expected collisions a year of the fleet's objects with anything, nobody avoiding."""
        return float(self.exposure.matrix_per_year.sum())

    @property
    def residual_per_year(self) -> float:
        """The same with avoidance as the risk states it."""
        return float(self.exposure.matrix_residual_per_year.sum())

    @property
    def catastrophic_fraction(self) -> float | None:
        """The share of those collisions, nobody avoiding, that break both up; None where there is none."""
        rates = self.risk.rates
        met = float(rates.per_year[self.rows].sum())
        return float(rates.catastrophic_per_year[self.rows].sum()) / met if met > 0.0 else None


def fleet_exposure(fleet: SensorFleet, population: Population) -> FleetExposure | None:
    """The exposure of a fleet within the population of its snapshot; None when none of it is in orbit there."""
    inside = np.isin(population.rows, fleet.rows)
    if not inside.any():
        return None
    risk = debris_risk(population)
    rows = np.flatnonzero(inside)
    order = np.lexsort((population.norad_id[rows], -risk.rates.per_year[rows]))
    return FleetExposure(risk, exposure_of(risk, inside), rows[order], len(fleet) - len(rows))

"""The rates of `ssa.debris.risk` counted pair by pair as well: no cells of inclination, no classes.

Answers how far the cells are from all pairs for this very catalogue, in all and between owners. Source: `risk_pairs`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orbits.arrays import Floats, read_only
from ssa.debris.risk import DebrisRisk, OwnerTotals, owner_codes, split_by_avoidance
from ssa.debris.risk_pairs import pair_rates


@dataclass(frozen=True, eq=False)
class PairCheck(OwnerTotals):
    """Expected collisions a year by object (n,) and between owners (g, g), as in `DebrisRisk`, from all pairs."""

    per_year: Floats
    owners_per_year: Floats
    owners_residual_per_year: Floats

    def __post_init__(self) -> None:
        for column in ("per_year", "owners_per_year", "owners_residual_per_year"):
            object.__setattr__(self, column, read_only(getattr(self, column), np.float64))

    def largest_difference(self, risk: DebrisRisk, share: float = 1e-3) -> float:
        """The largest relative difference of the cells between two owners that hold at least `share` of the total."""
        large = self.owners_per_year >= share * max(self.total_per_year, 1e-300)
        if not large.any():
            return 0.0
        return float(np.abs(risk.owners_per_year[large] / self.owners_per_year[large] - 1.0).max())


def check_by_pairs(risk: DebrisRisk, *, threads: int | None = None) -> PairCheck:
    """All pairs of the population of a risk; some ten seconds of processor time for 30,000 objects."""
    names, owner = owner_codes(risk.population.owner)
    count = len(names)
    group = owner + count * risk.population.is_manoeuvrable.astype(np.int64)
    rates, split = pair_rates(risk.population, risk.times, group, 2 * count, threads=threads)
    return PairCheck(rates, *split_by_avoidance(split, count, risk.avoidance_failure))

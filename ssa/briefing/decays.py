"""What may come down soon: satellites of the fleet, and large objects that nobody steers.

Windows are those of `ssa.debris.decay`, whose early and late ends are as wide as drag and the Sun may be wrong. An
object counts as due when even the early end lies within the days asked for. Large objects are looked at below a
perigee from which weeks of drag can bring such masses down; the higher ones are counted.

`reaches_region` says whether an orbit goes as far north or south as the region: only then can anything fall there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from orbits.arrays import Booleans, Integers, read_only
from orbits.errors import InvalidValue
from orbits.times import TimeSpan
from ssa.debris.decay import DAYS_PER_YEAR, DecayWindows, decay_windows, newest_epoch
from ssa.debris.population import Population
from ssa.regions import Region
from ssa.sensor_fleets import SensorFleet

LARGE_KG = 500.0  # half a tonne: parts of such objects have often reached the ground
LOOKED_BELOW_KM = 450.0
DEFAULT_DAYS, MOST_DAYS = 60.0, 366.0


@dataclass(frozen=True, eq=False)
class Decays:
    """Windows of the objects that were looked at (n,), with their population; `due` are places, the soonest first."""

    days: float
    windows: DecayWindows
    population: Population
    in_fleet: Booleans
    reaches_region: Booleans
    due: Integers
    left_out: Mapping[str, int]

    def __post_init__(self) -> None:
        for name in ("in_fleet", "reaches_region"):
            object.__setattr__(self, name, read_only(getattr(self, name), np.bool_))
        object.__setattr__(self, "due", read_only(self.due, np.int64))
        object.__setattr__(self, "left_out", MappingProxyType(dict(self.left_out)))

    @property
    def due_of_fleet(self) -> Integers:
        """Places of the fleet's satellites that are due."""
        return np.asarray(self.due[self.in_fleet[self.due]])

    @property
    def due_large(self) -> Integers:
        """Places of the large objects, not of the fleet, that are due."""
        return np.asarray(self.due[~self.in_fleet[self.due]])


def decays_of(
    fleet: SensorFleet, population: Population, region: Region, span: TimeSpan, *, days: float = DEFAULT_DAYS,
    threads: int | None = None,
) -> Decays:  # fmt: skip
    """What is due within `days` of the window's start; `population` is that of the fleet's snapshot.

    Raises `InvalidValue` for days that are not above 0 and at most 366.
    """
    if not 0.0 < days <= MOST_DAYS:
        raise InvalidValue("decay_days", days, f"give days above 0 and at most {MOST_DAYS:g}")
    mine = np.isin(population.rows, fleet.rows)
    large = ~mine & ~population.is_manoeuvrable & (population.mass_kg >= LARGE_KG)
    low = population.orbits.perigee_altitude_km < LOOKED_BELOW_KM
    chosen = np.flatnonzero(mine | (large & low))
    part = population[chosen]
    elements = fleet.snapshot.elements[part.rows]
    lead_days = span.start.days_since(newest_epoch(elements)) if len(chosen) else 0.0
    windows = decay_windows(elements, part, horizon_years=max(days + lead_days, 1.0) / DAYS_PER_YEAR, threads=threads)
    due = np.flatnonzero(np.isfinite(windows.earliest_days))
    order = np.lexsort((
        windows.norad_id[due], windows.earliest_days[due],
        np.where(np.isfinite(windows.middle_days[due]), windows.middle_days[due], np.inf),
    ))  # fmt: skip
    left_out = {
        f"large objects with a perigee of {LOOKED_BELOW_KM:g} km or more": int((large & ~low).sum()),
        f"objects below {LOOKED_BELOW_KM:g} km that can manoeuvre, or are lighter than {LARGE_KG:g} kg": int(
            (~mine & ~large & low).sum()
        ),
        "objects looked at whose decay cannot be computed": int((~windows.is_computed).sum()),
    }
    return Decays(
        days, windows, part, mine[chosen], _reaches(part, region), due[order],
        {reason: number for reason, number in left_out.items() if number},
    )  # fmt: skip


def _reaches(population: Population, region: Region) -> Booleans:
    """Whether the orbit's highest latitude is that of some part of the region, or beyond it."""
    _, south, _, north = region.shape.bounds
    nearest_deg = 0.0 if south <= 0.0 <= north else min(abs(south), abs(north))
    inclination = np.degrees(population.orbits.inclination_rad)
    return np.asarray(np.minimum(inclination, 180.0 - inclination) >= nearest_deg)

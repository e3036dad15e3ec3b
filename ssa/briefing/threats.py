"""Close approaches to a fleet within a window: what comes near, when, and how near, by element sets alone.

Limits: an element set is good to about a kilometre at epoch and worse with age, so a miss below that says only that the
two come near; no probability is told here, and nothing here supports a manoeuvre decision. Pairs that stay together
longer than a quarter of a revolution (docked, formations) are counted apart. Objects that SATCAT calls decayed are left
out and counted. What is screened and what is skipped: `ssa.conjunctions.screening`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from orbits.arrays import Floats, Integers, read_only
from orbits.errors import InvalidValue
from orbits.times import TimeSpan
from ssa.conjunctions.screening import screen
from ssa.sensor_fleets import SensorFleet

LARGEST_MISS_KM = 50.0
DEFAULT_MISS_KM = 5.0


@dataclass(frozen=True, eq=False)
class CloseApproaches:
    """Columns (a,), the nearest first: `own_row` and `other_row` are rows of the fleet's snapshot.

    `tca_s` counts from the window's start; `miss_rtn_km` (a, 3) is the other object in the own one's frame. Of two
    objects of the fleet the one with the lower number is the own one. `stays` counts pairs that stay together,
    `skipped` objects that were not screened or not for the whole window, `decayed` those left out.
    """

    within_km: float
    own_row: Integers
    other_row: Integers
    tca_s: Floats
    miss_distance_km: Floats
    miss_rtn_km: Floats
    relative_speed_km_s: Floats
    stays: int
    searched: int
    skipped: int
    decayed: int

    def __post_init__(self) -> None:
        for name in ("own_row", "other_row", "tca_s", "miss_distance_km", "miss_rtn_km", "relative_speed_km_s"):
            values = getattr(self, name)
            object.__setattr__(self, name, read_only(values, values.dtype))

    def __len__(self) -> int:
        return len(self.tca_s)


def close_approaches(
    fleet: SensorFleet, span: TimeSpan, within_km: float = DEFAULT_MISS_KM, *, threads: int | None = None,
    report: Callable[[float], None] = lambda share: None,
) -> CloseApproaches:  # fmt: skip
    """Every approach of any object of the catalogue to the fleet's within `within_km`.

    Raises `InvalidValue` for a distance that is not above 0 and at most 50 km.
    """
    if not 0.0 < within_km <= LARGEST_MISS_KM:
        raise InvalidValue("miss_km", within_km, f"give a distance above 0 and at most {LARGEST_MISS_KM:g} km")
    snapshot = fleet.snapshot
    decayed = snapshot.decayed(span.start)
    rows = np.flatnonzero(~decayed)
    elements = snapshot.elements[rows]
    own = np.isin(rows, fleet.rows)
    found = screen(
        elements, span, miss_km=within_km, primaries=np.flatnonzero(own), threads=threads, report=report
    )  # fmt: skip
    near = np.lexsort((found.secondary_row, found.primary_row, found.tca_s, found.miss_distance_km))
    return CloseApproaches(
        within_km=within_km, own_row=rows[found.primary_row[near]], other_row=rows[found.secondary_row[near]],
        tca_s=found.tca_s[near], miss_distance_km=found.miss_distance_km[near], miss_rtn_km=found.miss_rtn_km[near],
        relative_speed_km_s=found.relative_speed_km_s[near],
        stays=len(set(zip(found.stays.primary_row.tolist(), found.stays.secondary_row.tolist(), strict=True))),
        searched=len(rows), skipped=len(found.skipped), decayed=int(decayed.sum()),
    )  # fmt: skip

"""States of many objects at many times, and the frame they are in: TEME and ITRS are separate types.

TEME is SGP4's own frame: true equator, mean equinox of date. ITRS turns with the Earth. Geometry on the ground
(elevation, footprints) accepts `ItrsEphemeris` only, so that no one forgets the turn.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orbits.arrays import Booleans, Floats, Integers, Statuses
from orbits.times import Instants, TimeGrid


@dataclass(frozen=True, eq=False)
class TemeEphemeris:
    """`position_teme_km` (n, t, 3), `velocity_teme_km_s` the same or None, `status` (n, t); NaN where status != 0."""

    norad_id: Integers
    times: TimeGrid | Instants
    position_teme_km: Floats
    velocity_teme_km_s: Floats | None
    status: Statuses

    @property
    def ok(self) -> Booleans:
        return np.asarray(self.status == 0)

    @property
    def instants(self) -> Instants:
        return self.times.instants if isinstance(self.times, TimeGrid) else self.times


@dataclass(frozen=True, eq=False)
class ItrsEphemeris:
    """`position_itrs_km` (n, t, 3), `velocity_itrs_km_s` the same or None (relative to the turning Earth), `status`."""

    norad_id: Integers
    times: TimeGrid | Instants
    position_itrs_km: Floats
    velocity_itrs_km_s: Floats | None
    status: Statuses

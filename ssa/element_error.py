"""How far an element set may be from its satellite: one sigma in km, by age and kind of orbit.

Nobody publishes covariances with public element sets. These figures are assumptions of this project, in round numbers
at or above what differencing of consecutive sets shows: about 1 km at epoch, then growth along the track with age, fast
where the air is thick. They widen answers; they never support a manoeuvre decision.
"""

from __future__ import annotations

import numpy as np

from orbits import ElementSets
from orbits.arrays import Floats, Integers
from orbits.constants import TAU, WGS72_MU_KM3_S2, WGS72_RADIUS_KM

AT_EPOCH_KM = 1.0
# perigee below (km) -> growth (km/day) and (km/day^2); the last row is for everything higher
_GROWTH = ((300.0, 10.0, 6.0), (450.0, 3.0, 1.5), (600.0, 1.5, 0.4), (900.0, 0.6, 0.1), (np.inf, 0.3, 0.02))
_DEEP_AT_EPOCH_KM, _DEEP_GROWTH_KM_DAY = 2.0, 1.0
_DEEP_PERIOD_MIN = 225.0


def error_growth(elements: ElementSets) -> Floats:
    """One sigma of position at epoch (km), its growth by days of age (km/day) and by their square: (n, 3)."""
    motion_rad_s = elements.mean_motion_rev_day * TAU / 86400.0
    perigee_km = (WGS72_MU_KM3_S2 / motion_rad_s**2) ** (1 / 3) * (1.0 - elements.eccentricity) - WGS72_RADIUS_KM
    growth = np.empty((len(elements), 3))
    growth[:, 0] = AT_EPOCH_KM
    for limit, km_day, km_day2 in reversed(_GROWTH):
        growth[perigee_km < limit, 1:] = km_day, km_day2
    growth[elements.period_min >= _DEEP_PERIOD_MIN] = _DEEP_AT_EPOCH_KM, _DEEP_GROWTH_KM_DAY, 0.0
    return growth


def element_error_km(elements: ElementSets, rows: Integers, age_days: Floats) -> Floats:
    """One sigma of position (m,) in km for the element sets in `rows` (m,) at `age_days` (m,); ages count both ways."""
    growth = error_growth(elements)[rows]
    age = np.abs(age_days)
    return np.asarray(growth[:, 0] + age * (growth[:, 1] + age * growth[:, 2]))

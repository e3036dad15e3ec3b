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


def element_error_km(elements: ElementSets, rows: Integers, age_days: Floats) -> Floats:
    """One sigma of position (m,) in km for the element sets in `rows` (m,) at `age_days` (m,); ages count both ways."""
    motion_rad_s = elements.mean_motion_rev_day[rows] * TAU / 86400.0
    perigee_km = (WGS72_MU_KM3_S2 / motion_rad_s**2) ** (1 / 3) * (1.0 - elements.eccentricity[rows]) - WGS72_RADIUS_KM
    age = np.abs(age_days)
    linear, square = np.empty(len(rows)), np.empty(len(rows))
    for limit, km_day, km_day2 in reversed(_GROWTH):
        below = perigee_km < limit
        linear[below], square[below] = km_day, km_day2
    error = AT_EPOCH_KM + linear * age + square * age * age
    deep = elements.period_min[rows] >= _DEEP_PERIOD_MIN
    return np.asarray(np.where(deep, _DEEP_AT_EPOCH_KM + _DEEP_GROWTH_KM_DAY * age, error))

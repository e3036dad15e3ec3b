"""How critical a derelict is to the low orbits, whoever flies there: the index of Rossi, Valsecchi and Alessi.

CSI = (m / 10,000 kg) (D(h) / D0) (L(h) / L(1,000 km)) (1 + k (1 - cos i) / 2) / (1 + k), with k = 0.6: mass, crowding
and life at its height, and how many planes it crosses. Here D is the density of this catalogue in shells of 50 km by
the share of time in each, D0 that of its densest shell, and L the time that averaged drag takes from a circular orbit
down to 200 km under the mean of the solar cycles observed; its ratio does not depend on area or mass.

Relative, good for ranking only: above 1,000 km L grows without end, and the index with it. Above 1,450 km, near the end
of the table of the air, drag is continued with the slope of the 100 km below. The constants are quoted from memory of
the paper and not re-read.
Source: Rossi, Valsecchi, Alessi, "The Criticality of Spacecraft Index", Adv. Space Res. 56, 449-460 (2015).
"""

from __future__ import annotations

from functools import cache

import numpy as np

from orbits.arrays import Floats, Integers, read_only
from ssa.debris.air import air_table
from ssa.debris.decay_kernels import rate_rows
from ssa.debris.density_shells import Shells, shell_times
from ssa.debris.mean_orbits import EARTH_RADIUS_KM
from ssa.debris.population import Population
from ssa.debris.solar_weather import mean_weather

MASS_KG, ALTITUDE_KM, PLANE_WEIGHT = 10_000.0, 1000.0, 0.6
LOWEST_KM, HIGHEST_KM = 200.0, 2000.0
_STEP_KM = 10.0
_SHELL_KM = 50.0
_AIR_TOP_KM = 1450.0
_INCLINATION_RAD = np.pi / 2.0


def criticality_of(population: Population, rows: Integers) -> Floats:
    """The index (m,) of the chosen rows of a population; NaN where apogee is above 2,000 km or perigee below 200 km."""
    chosen = population[rows]
    orbits = chosen.orbits
    shells = Shells.even(LOWEST_KM, HIGHEST_KM, _SHELL_KM)
    density = shell_times(population.orbits, shells).summed() / shells.volume_km3
    times = shell_times(orbits, shells)
    around = np.bincount(times.object_row, times.fraction * density[times.shell], minlength=len(chosen))
    heights, life = relative_lives()
    lives = np.exp(np.interp(orbits.semi_major_axis_km - EARTH_RADIUS_KM, heights, np.log(life)))
    planes = (1.0 + PLANE_WEIGHT * (1.0 - np.cos(orbits.inclination_rad)) / 2.0) / (1.0 + PLANE_WEIGHT)
    index = chosen.mass_kg / MASS_KG * around / max(float(density.max()), 1e-300) * lives * planes
    low = (orbits.apogee_altitude_km <= HIGHEST_KM) & (orbits.perigee_altitude_km >= LOWEST_KM)
    return np.where(low, index, np.nan)


@cache
def relative_lives() -> tuple[Floats, Floats]:
    """Heights in km (h,) and the life of a circular orbit there over that at 1,000 km (h,)."""
    heights = np.arange(LOWEST_KM, HIGHEST_KM + _STEP_KM, _STEP_KM)
    table, count = air_table(), len(heights)
    flux, ap = mean_weather()
    da, de = np.empty(count), np.empty(count)
    rate_rows(
        EARTH_RADIUS_KM + heights, np.full(count, 1e-6), np.full(count, _INCLINATION_RAD), np.zeros(count),
        table.log_density, table.f107, table.ap, table.log_season, table.season_f107, np.full(count, flux),
        np.full(count, ap), np.zeros(count, dtype=np.int64), da, de,
    )  # fmt: skip
    known = heights <= _AIR_TOP_KM
    below, top = heights == _AIR_TOP_KM - 100.0, heights == _AIR_TOP_KM
    slope = float(np.log(da[top] / da[below])[0]) / 100.0
    da[~known] = da[top] * np.exp(slope * (heights[~known] - _AIR_TOP_KM))
    slowness = -1.0 / da
    spent = np.concatenate([[0.0], np.cumsum(0.5 * (slowness[1:] + slowness[:-1]) * _STEP_KM)])
    spent += slowness[0] * _STEP_KM  # about one scale height is left below the lowest
    return read_only(heights, np.float64), read_only(spent / np.interp(ALTITUDE_KM, heights, spent), np.float64)

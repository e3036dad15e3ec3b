"""What hits an orbit: flux on a sphere by size of the objects, by relative speed and by the azimuth they come from.

Flux is the number of point-like objects that pass in a year through a disc of one square metre turned to each of them.
An object whose plane makes the angle I with the target's arrives at 2 v sin(I/2) and at azimuth +-(90 deg - I/2) from
the direction of flight, so speed and azimuth go together as v_rel = 2 v cos A: drawn as a rose, the two lobes of a
butterfly. Both sides are equally likely, since nodes are random.

Assumes near-circular orbits: all arrives in the local horizontal plane. What no catalogue holds is absent.
Source: Kessler 1981, Icarus 48, 39-48; the geometry of `ssa.debris.risk_geometry`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orbits.arrays import Floats, read_only
from orbits.errors import InvalidValue
from ssa.debris.density import INCLINATION_BINS, inclination_bin
from ssa.debris.density_shells import Shells, shell_times
from ssa.debris.population import Population
from ssa.debris.risk_cells import YEAR_S, per_volume
from ssa.debris.risk_geometry import crossing_tables

SPEED_EDGES_KM_S = np.arange(0.0, 16.5, 0.5)
AZIMUTH_EDGES_DEG = np.arange(-90.0, 91.0, 5.0)
SIZES_M = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
BAND_KM = 30.0
_NODES = 512
_PLACES = (np.arange(8) + 0.5) / 8.0


@dataclass(frozen=True, eq=False)
class OrbitFlux:
    """Flux in 1/(m2 year) on a near-circular orbit, read-only.

    `by_size` (s,) is the part of objects of diameter `SIZES_M` and larger; `by_speed_azimuth` (v, a) the whole in steps
    of speed and azimuth. `density_per_km3` is that of the band. `mean_speed_km_s` is flux over density,
    `mean_arrival_speed_km_s` the mean over arrivals, in which the fast count more; NaN where nothing comes.
    """

    altitude_km: float
    inclination_deg: float
    per_m2_year: float
    density_per_km3: float
    mean_speed_km_s: float
    mean_arrival_speed_km_s: float
    by_size: Floats
    by_speed_azimuth: Floats

    def __post_init__(self) -> None:
        for column in ("by_size", "by_speed_azimuth"):
            object.__setattr__(self, column, read_only(getattr(self, column), np.float64))


def flux_on_orbit(
    population: Population, *, altitude_km: float, inclination_deg: float, band_km: float = BAND_KM
) -> OrbitFlux:
    """The flux on a circular orbit, from the objects of a band of altitude `band_km` wide around it.

    Raises `InvalidValue` for an altitude outside 100 to 45,000 km or an inclination outside 0 to 180 deg.
    """
    if not 100.0 <= altitude_km <= 45_000.0:
        raise InvalidValue("altitude_km", altitude_km, "must be from 100 to 45,000 km")
    if not 0.0 <= inclination_deg <= 180.0:
        raise InvalidValue("inclination_deg", inclination_deg, "must be from 0 to 180 deg")
    shell = Shells(np.array([altitude_km - band_km / 2.0, altitude_km + band_km / 2.0]))
    times = shell_times(population.orbits, shell)
    degree = inclination_bin(population.orbits.inclination_rad)[times.object_row]
    mine = inclination_bin(np.radians([inclination_deg]))[0]
    # Points against a sphere of radius R: lambda / (pi R^2), R^2 in km2 and the area in m2 leave 1e-6.
    scale = per_volume(shell)[0] * YEAR_S / np.pi * 1e-6
    weight = times.fraction * scale * crossing_tables().factor[mine, degree]
    diameter = 2.0 * population.radius_m[times.object_row]
    by_degree = np.bincount(degree, times.fraction, minlength=INCLINATION_BINS) * scale
    speed, azimuth, share = _arrivals(float(mine), float(shell.circular_speed_km_s[0]))
    flux = by_degree[:, None] * share * crossing_tables().factor[mine][:, None]
    spread = np.histogram2d(
        np.concatenate([speed.ravel()] * 2), np.concatenate([azimuth.ravel(), -azimuth.ravel()]),
        [SPEED_EDGES_KM_S, AZIMUTH_EDGES_DEG], weights=np.concatenate([flux.ravel()] * 2) / 2.0,
    )[0]  # fmt: skip
    total, density = float(weight.sum()), float(times.fraction.sum() / shell.volume_km3[0])
    return OrbitFlux(
        altitude_km=altitude_km, inclination_deg=inclination_deg, per_m2_year=total,
        density_per_km3=density, mean_speed_km_s=total * 1e6 / YEAR_S / density if total > 0.0 else np.nan,
        mean_arrival_speed_km_s=float((flux * speed).sum() / total) if total > 0.0 else np.nan,
        by_size=np.array([weight[diameter >= size].sum() for size in SIZES_M]), by_speed_azimuth=spread,
    )  # fmt: skip


def _arrivals(degree: float, circular_speed_km_s: float) -> tuple[Floats, Floats, Floats]:
    """Speed in km/s, azimuth in deg to one side, and share of the flux, for every degree of inclination (180, m)."""
    mine = np.radians(degree + _PLACES)[:, None, None]
    other = np.radians(np.arange(INCLINATION_BINS)[:, None, None, None] + _PLACES[:, None])
    node = np.cos((np.arange(_NODES // 8) + 0.5) * np.pi / (_NODES // 8))
    angle = np.cos(mine) * np.cos(other) + np.sin(mine) * np.sin(other) * node
    half = np.arccos(np.clip(angle, -1.0, 1.0)).reshape(INCLINATION_BINS, -1) / 2.0
    weight = 1.0 / np.maximum(np.cos(half), 1e-4)
    share = weight / weight.sum(axis=1, keepdims=True)
    return 2.0 * circular_speed_km_s * np.sin(half), 90.0 - np.degrees(half), share

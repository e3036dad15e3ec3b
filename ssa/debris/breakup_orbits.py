"""Where the pieces of a break-up go: orbits from the parent's state and the pieces' speeds, and the Gabbard diagram.

Two-body elements at the moment of break-up, in the frame of the state given (TEME). Heights are above a sphere of the
equatorial radius. Pieces that leave the Earth, or whose perigee lies below 120 km, are marked: the first are gone, the
second re-enter within a turn or few.

Source: Battin, An Introduction to the Mathematics and Methods of Astrodynamics, 1999, sections 3.3 and 3.4.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orbits.arrays import Booleans, Floats, read_only
from orbits.constants import EARTH_MU_KM3_S2, TAU
from ssa.debris.mean_orbits import MeanOrbits

FALLS_BELOW_KM = 120.0


@dataclass(frozen=True, eq=False)
class FullOrbits:
    """Two-body orbits (n,) with their angles in radians; NaN where the object leaves the Earth."""

    semi_major_axis_km: Floats
    eccentricity: Floats
    inclination_rad: Floats
    raan_rad: Floats
    argument_of_perigee_rad: Floats
    mean_anomaly_rad: Floats

    def __post_init__(self) -> None:
        for column in self.__dataclass_fields__:
            object.__setattr__(self, column, read_only(getattr(self, column), np.float64))

    def __len__(self) -> int:
        return len(self.semi_major_axis_km)

    @property
    def shapes(self) -> MeanOrbits:
        """The orbits without their angles."""
        return MeanOrbits(self.semi_major_axis_km, self.eccentricity, self.inclination_rad)

    @property
    def perigee_altitude_km(self) -> Floats:
        return self.shapes.perigee_altitude_km

    @property
    def apogee_altitude_km(self) -> Floats:
        return self.shapes.apogee_altitude_km

    @property
    def period_min(self) -> Floats:
        """Time of a turn (n,), by Kepler's third law."""
        return np.asarray(TAU * np.sqrt(self.semi_major_axis_km**3 / EARTH_MU_KM3_S2) / 60.0)

    @property
    def leaves_earth(self) -> Booleans:
        """Whether the speed is that of escape or more (n,)."""
        return np.asarray(np.isnan(self.semi_major_axis_km))

    @property
    def falls_at_once(self) -> Booleans:
        """Whether the perigee lies below 120 km (n,)."""
        return np.asarray(self.perigee_altitude_km < FALLS_BELOW_KM)

    @property
    def stays(self) -> Booleans:
        """Neither of both (n,)."""
        return np.asarray(~self.leaves_earth & ~self.falls_at_once)


def orbits_of_states(position_km: Floats, velocity_km_s: Floats) -> FullOrbits:
    """The two-body orbits of states (n, 3) in a frame that does not turn."""
    r = np.atleast_2d(np.asarray(position_km, dtype=np.float64))
    v = np.atleast_2d(np.asarray(velocity_km_s, dtype=np.float64))
    distance, speed2 = np.linalg.norm(r, axis=1), (v * v).sum(axis=1)
    energy = 0.5 * speed2 - EARTH_MU_KM3_S2 / distance
    with np.errstate(divide="ignore", invalid="ignore"):
        a = np.where(energy < 0.0, -0.5 * EARTH_MU_KM3_S2 / energy, np.nan)
        momentum = np.cross(r, v)
        size = np.linalg.norm(momentum, axis=1)
        e_cos, e_sin = 1.0 - distance / a, (r * v).sum(axis=1) / np.sqrt(EARTH_MU_KM3_S2 * a)
        e = np.hypot(e_cos, e_sin)
        anomaly = np.arctan2(e_sin, e_cos)
        mean = anomaly - e_sin
        node = np.arctan2(momentum[:, 0], -momentum[:, 1])
        inclination = np.arctan2(np.hypot(momentum[:, 0], momentum[:, 1]), momentum[:, 2])
        along = np.cos(node) * r[:, 0] + np.sin(node) * r[:, 1]
        across = np.cross(momentum / size[:, None], np.stack([np.cos(node), np.sin(node), 0.0 * node], axis=1))
        latitude = np.arctan2((across * r).sum(axis=1), along)
        true = np.arctan2(np.sqrt(np.maximum(1.0 - e * e, 0.0)) * np.sin(anomaly), np.cos(anomaly) - e)
    gone = np.isnan(a)
    angles = [np.where(gone, np.nan, np.mod(angle, TAU)) for angle in (node, latitude - true, mean)]
    return FullOrbits(a, np.where(gone, np.nan, e), inclination, *angles)


def orbits_after(position_km: Floats, velocity_km_s: Floats, ejection_km_s: Floats) -> FullOrbits:
    """The orbits of pieces ejected (n, 3) from states (3,) or (n, 3)."""
    ejection = np.asarray(ejection_km_s, dtype=np.float64)
    position = np.broadcast_to(np.asarray(position_km, dtype=np.float64), ejection.shape)
    return orbits_of_states(position, np.asarray(velocity_km_s, dtype=np.float64) + ejection)

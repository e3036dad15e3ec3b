"""The long-term shape of orbits from mean elements: semi-major axis, eccentricity, inclination.

The mean motion that an element set prints is Kozai's; the axis here is the one that SGP4 itself recovers (Brouwer's),
which lies up to 10 km from the Keplerian one in low orbit. Heights are above a sphere of the equatorial radius.

Source: Hoots and Roehrich, Spacetrack Report No. 3 (1980), section 6, the first equations.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from orbits import ElementSets
from orbits.arrays import Floats, read_only
from orbits.constants import SECONDS_PER_DAY, TAU, WGS72_J2, WGS72_MU_KM3_S2, WGS72_RADIUS_KM, WGS84_RADIUS_KM

EARTH_RADIUS_KM = WGS84_RADIUS_KM  # heights of this room are above this sphere
_BULGE = 0.75 * WGS72_J2 * WGS72_RADIUS_KM**2  # k2 times 3/2


@dataclass(frozen=True, eq=False)
class MeanOrbits:
    """Orbits as the averages see them, columns (n,): nodes, perigees and anomalies are taken as spread all round."""

    semi_major_axis_km: Floats
    eccentricity: Floats
    inclination_rad: Floats

    def __post_init__(self) -> None:
        for column in ("semi_major_axis_km", "eccentricity", "inclination_rad"):
            object.__setattr__(self, column, read_only(getattr(self, column), np.float64))

    def __len__(self) -> int:
        return len(self.semi_major_axis_km)

    def __getitem__(self, rows: Any) -> MeanOrbits:
        """The chosen rows: a slice, a mask or indices."""
        return MeanOrbits(self.semi_major_axis_km[rows], self.eccentricity[rows], self.inclination_rad[rows])

    @property
    def perigee_altitude_km(self) -> Floats:
        """Perigee height above the equatorial radius (n,)."""
        return np.asarray(self.semi_major_axis_km * (1.0 - self.eccentricity) - EARTH_RADIUS_KM)

    @property
    def apogee_altitude_km(self) -> Floats:
        """Apogee height above the equatorial radius (n,)."""
        return np.asarray(self.semi_major_axis_km * (1.0 + self.eccentricity) - EARTH_RADIUS_KM)


def mean_orbits(elements: ElementSets) -> MeanOrbits:
    """The orbits of element sets; the axis agrees with SGP4's own to better than a metre."""
    motion = elements.mean_motion_rev_day * TAU / SECONDS_PER_DAY
    e, inclination = elements.eccentricity, np.radians(elements.inclination_deg)
    bulge = _BULGE * (3.0 * np.cos(inclination) ** 2 - 1.0) / (1.0 - e * e) ** 1.5
    first = (WGS72_MU_KM3_S2 / motion**2) ** (1.0 / 3.0)
    d1 = bulge / first**2
    second = first * (1.0 - d1 * (1.0 / 3.0 + d1 * (1.0 + d1 * 134.0 / 81.0)))
    brouwer = motion / (1.0 + bulge / second**2)
    return MeanOrbits((WGS72_MU_KM3_S2 / brouwer**2) ** (1.0 / 3.0), e, inclination)

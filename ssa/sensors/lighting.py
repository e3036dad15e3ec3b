"""Conditions of sunlight: the Sun's height at the target, and the satellite in sunlight or in shadow.

The Sun's elevation is that of its centre above the geodetic horizontal, without refraction and parallax (9 arcseconds,
0.6 s). A satellite is sunlit while the Sun's centre stands above the limb of WGS84, as `orbits.sunlight` has it.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import pi, radians
from typing import ClassVar

import numpy as np

from orbits.arrays import Floats
from orbits.constants import WGS84_FLATTENING, WGS84_RADIUS_KM
from orbits.errors import InvalidValue
from orbits.sunlight import CIVIL_TWILIGHT_DEG
from ssa.access_kernels import SUN, SUNLIT
from ssa.sensors.bounds import number, rising
from ssa.sensors.geometry import AccessGeometry, angle_rad
from ssa.sensors.rules import Condition

_NO_BOUND_RAD = 10.0  # beyond any elevation, with room for a margin that no other bound exceeds


@dataclass(frozen=True, slots=True)
class SunElevation(Condition):
    """The Sun stands from `min_sun_elevation_deg` to `max_sun_elevation_deg` at the target; at least one is given.

    >>> str(SunElevation(10)), str(SunElevation(max_sun_elevation_deg=-6))
    ('Sun at least 10 deg high at the target', 'Sun at most -6 deg high at the target')
    """

    min_sun_elevation_deg: float | None = None
    max_sun_elevation_deg: float | None = None
    NAME: ClassVar[str] = "sun_elevation"

    def __post_init__(self) -> None:
        for name in ("min_sun_elevation_deg", "max_sun_elevation_deg"):
            if getattr(self, name) is not None:
                object.__setattr__(self, name, number(name, getattr(self, name), -90, 90, "deg"))
        if self.min_sun_elevation_deg is None and self.max_sun_elevation_deg is None:
            raise InvalidValue("sun_elevation", "no bound", "give min_sun_elevation_deg, max_sun_elevation_deg or both")
        if self.min_sun_elevation_deg is not None and self.max_sun_elevation_deg is not None:
            rising("sun_elevation_deg", self.min_sun_elevation_deg, self.max_sun_elevation_deg)

    def _bounds_rad(self) -> tuple[float, float]:
        least, most = self.min_sun_elevation_deg, self.max_sun_elevation_deg
        return (
            -_NO_BOUND_RAD if least is None else radians(least),
            _NO_BOUND_RAD if most is None else radians(most),
        )

    def margin(self, geometry: AccessGeometry) -> Floats:
        height = 0.5 * pi - angle_rad(geometry.target_up, geometry.sun_direction_itrs)
        least, most = self._bounds_rad()
        return np.asarray(np.minimum(height - least, most - height))

    @property
    def keeps_above_horizon(self) -> bool:
        return False

    @property
    def needs_sun(self) -> bool:
        return True

    def row(self) -> tuple[int, bool, tuple[float, ...]]:
        return SUN, False, self._bounds_rad()

    def __str__(self) -> str:
        least, most = self.min_sun_elevation_deg, self.max_sun_elevation_deg
        if least is None:
            return f"Sun at most {most:g} deg high at the target"
        if most is None:
            return f"Sun at least {least:g} deg high at the target"
        return f"Sun {least:g} to {most:g} deg high at the target"


@dataclass(frozen=True, slots=True)
class SatelliteSunlit(Condition):
    """The satellite is in sunlight; `~` of it is in the Earth's shadow. The margin is the Sun's angle above the limb.

    >>> str(SatelliteSunlit()), str(~SatelliteSunlit())
    ('satellite in sunlight', "satellite in the Earth's shadow")
    """

    NAME: ClassVar[str] = "satellite_sunlit"

    def margin(self, geometry: AccessGeometry) -> Floats:
        stretch = np.array([1.0, 1.0, 1.0 / (1.0 - WGS84_FLATTENING)])  # makes the ellipsoid a sphere, keeps lines
        satellite = geometry.satellite_itrs_km * stretch
        limb = np.arcsin(np.minimum(WGS84_RADIUS_KM / np.linalg.norm(satellite, axis=-1), 1.0))
        return np.asarray(angle_rad(-satellite, geometry.sun_direction_itrs * stretch) - limb)

    @property
    def keeps_above_horizon(self) -> bool:
        return False

    @property
    def needs_sun(self) -> bool:
        return True

    def row(self) -> tuple[int, bool, tuple[float, ...]]:
        return SUNLIT, False, ()

    def __str__(self) -> str:
        return "satellite in sunlight"

    def words_for_not(self) -> str:
        return "satellite in the Earth's shadow"


TARGET_SUNLIT = SunElevation(min_sun_elevation_deg=0.0)
TARGET_DARK = SunElevation(max_sun_elevation_deg=CIVIL_TWILIGHT_DEG)
SATELLITE_SUNLIT = SatelliteSunlit()

"""Conditions on the line of sight: elevation, angle off the nadir, distance.

Off-nadir angles are at the satellite, between its nadir and the target. `nadir` says which: `geodetic`, down the normal
of WGS84 (the default, as imaging satellites point), or `geocentric`, towards the Earth's centre. They are up to 0.19
deg apart, which is 2.6 km on the ground from 800 km. The target must be above the horizon: no angle reaches through the
Earth.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, pi, radians
from typing import ClassVar, Literal

import numpy as np

from orbits.arrays import Floats
from orbits.constants import WGS84_RADIUS_KM
from ssa.access_kernels import ELEVATION, OFF_NADIR, RANGE
from ssa.sensors.bounds import number, one_of, rising
from ssa.sensors.geometry import AccessGeometry, angle_rad
from ssa.sensors.rules import Condition

Nadir = Literal["geodetic", "geocentric"]
NADIRS = ("geodetic", "geocentric")
_NO_LEAST_RAD = -10.0  # below any angle, with room for a margin that no other bound exceeds
_MAX_DISTANCE_KM = 1e6


@dataclass(frozen=True, slots=True)
class Elevation(Condition):
    """The satellite stands at `min_elevation_deg` or higher above the target's geodetic horizontal (-10 to 90 deg).

    Geometric, without refraction. The margin is the elevation less the mask.

    >>> str(Elevation(10)), str(~Elevation(10))
    ('elevation at least 10 deg', 'elevation below 10 deg')
    """

    min_elevation_deg: float
    NAME: ClassVar[str] = "elevation"

    def __post_init__(self) -> None:
        checked = number("min_elevation_deg", self.min_elevation_deg, -10, 90, "deg")
        object.__setattr__(self, "min_elevation_deg", checked)

    def margin(self, geometry: AccessGeometry) -> Floats:
        return np.asarray(geometry.elevation_rad - radians(self.min_elevation_deg))

    @property
    def keeps_above_horizon(self) -> bool:
        return True

    def row(self) -> tuple[int, bool, tuple[float, ...]]:
        return ELEVATION, False, (radians(self.min_elevation_deg),)

    def __str__(self) -> str:
        return f"elevation at least {self.min_elevation_deg:g} deg"

    def words_for_not(self) -> str:
        return f"elevation below {self.min_elevation_deg:g} deg"


HORIZON = Elevation(0.0)


def _off_nadir_margin(geometry: AccessGeometry, least_rad: float, most_rad: float, nadir: Nadir) -> Floats:
    angle = angle_rad(geometry.nadir(nadir), geometry.line_km)
    return np.asarray(np.minimum(np.minimum(angle - least_rad, most_rad - angle), geometry.elevation_rad))


@dataclass(frozen=True, slots=True)
class NadirCone(Condition):
    """The target is within `half_angle_deg` (above 0, to 90) of the nadir, and above the horizon.

    As a swath it stands for a scan across the track: the interval is the time in the cone, the image one moment of it.

    >>> str(NadirCone(20.6 / 2))
    'within 10.3 deg of the geodetic nadir'
    """

    half_angle_deg: float
    nadir: Nadir = "geodetic"
    NAME: ClassVar[str] = "nadir_cone"

    def __post_init__(self) -> None:
        rising("half_angle_deg", 0.0, number("half_angle_deg", self.half_angle_deg, 0, 90, "deg"))
        object.__setattr__(self, "half_angle_deg", float(self.half_angle_deg))
        one_of("nadir", self.nadir, NADIRS)

    def margin(self, geometry: AccessGeometry) -> Floats:
        return _off_nadir_margin(geometry, _NO_LEAST_RAD, radians(self.half_angle_deg), self.nadir)

    @property
    def keeps_above_horizon(self) -> bool:
        return True

    def row(self) -> tuple[int, bool, tuple[float, ...]]:
        return OFF_NADIR, self.nadir == "geodetic", (_NO_LEAST_RAD, radians(self.half_angle_deg))

    def __str__(self) -> str:
        return f"within {self.half_angle_deg:g} deg of the {self.nadir} nadir"


@dataclass(frozen=True, slots=True)
class OffNadir(Condition):
    """A field of regard: between `min_off_nadir_deg` and `max_off_nadir_deg` off the nadir, and above the horizon.

    >>> str(OffNadir(max_off_nadir_deg=45, min_off_nadir_deg=10))
    '10 to 45 deg off the geodetic nadir'
    """

    max_off_nadir_deg: float
    min_off_nadir_deg: float | None = None
    nadir: Nadir = "geodetic"
    NAME: ClassVar[str] = "off_nadir"

    def __post_init__(self) -> None:
        most = number("max_off_nadir_deg", self.max_off_nadir_deg, 0, 90, "deg")
        object.__setattr__(self, "max_off_nadir_deg", most)
        if self.min_off_nadir_deg is not None:
            least = number("min_off_nadir_deg", self.min_off_nadir_deg, 0, 90, "deg")
            object.__setattr__(self, "min_off_nadir_deg", least)
        rising("off_nadir_deg", self.min_off_nadir_deg or 0.0, most)
        one_of("nadir", self.nadir, NADIRS)

    @property
    def _least_rad(self) -> float:
        return _NO_LEAST_RAD if self.min_off_nadir_deg is None else radians(self.min_off_nadir_deg)

    def margin(self, geometry: AccessGeometry) -> Floats:
        return _off_nadir_margin(geometry, self._least_rad, radians(self.max_off_nadir_deg), self.nadir)

    @property
    def keeps_above_horizon(self) -> bool:
        return True

    def row(self) -> tuple[int, bool, tuple[float, ...]]:
        return OFF_NADIR, self.nadir == "geodetic", (self._least_rad, radians(self.max_off_nadir_deg))

    def __str__(self) -> str:
        least = "up" if self.min_off_nadir_deg is None else f"{self.min_off_nadir_deg:g}"
        return f"{least} to {self.max_off_nadir_deg:g} deg off the {self.nadir} nadir"


@dataclass(frozen=True, slots=True)
class Distance(Condition):
    """The target is at most `max_distance_km` (and at least `min_distance_km`) from the satellite.

    The margin is the distance to the nearer bound over the Earth's radius. It does not ask for a line of sight.

    >>> str(Distance(max_distance_km=1500))
    'distance at most 1500 km'
    """

    max_distance_km: float
    min_distance_km: float | None = None
    NAME: ClassVar[str] = "distance"

    def __post_init__(self) -> None:
        most = number("max_distance_km", self.max_distance_km, 0, _MAX_DISTANCE_KM, "km")
        object.__setattr__(self, "max_distance_km", most)
        if self.min_distance_km is not None:
            least = number("min_distance_km", self.min_distance_km, 0, _MAX_DISTANCE_KM, "km")
            object.__setattr__(self, "min_distance_km", least)
        rising("distance_km", self.min_distance_km or 0.0, most)

    @property
    def _least_km(self) -> float:
        return -inf if self.min_distance_km is None else self.min_distance_km

    def margin(self, geometry: AccessGeometry) -> Floats:
        distance = geometry.distance_km
        return np.asarray(np.minimum(distance - self._least_km, self.max_distance_km - distance) / WGS84_RADIUS_KM)

    @property
    def keeps_above_horizon(self) -> bool:
        return False

    def row(self) -> tuple[int, bool, tuple[float, ...]]:
        return RANGE, False, (max(self._least_km, -pi * _MAX_DISTANCE_KM), self.max_distance_km)

    def __str__(self) -> str:
        if self.min_distance_km is None:
            return f"distance at most {self.max_distance_km:g} km"
        return f"distance {self.min_distance_km:g} to {self.max_distance_km:g} km"

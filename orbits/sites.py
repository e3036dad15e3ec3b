"""A place on the ground, and the horizon it looks over."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from orbits.arrays import Floats
from orbits.errors import InvalidValue
from orbits.frames import geodetic_to_itrs_km

_LOWEST_M, _HIGHEST_M = -12_000.0, 100_000.0


def _checked(field: str, value: float, low: float, high: float, unit: str) -> float:
    if not (isinstance(value, (int, float)) and math.isfinite(value) and low <= value <= high):
        raise InvalidValue(field, value, f"outside {low:g} to {high:g} {unit}")
    return float(value)


@dataclass(frozen=True)
class GroundSite:
    """A site on the WGS84 ellipsoid: geodetic latitude, longitude (deg, east positive), altitude above it (m).

    >>> GroundSite("Svalbard", latitude_deg=78.23, longitude_deg=15.39, altitude_m=450).longitude_deg
    15.39
    """

    name: str
    latitude_deg: float
    longitude_deg: float
    altitude_m: float = 0.0

    def __post_init__(self) -> None:
        latitude = _checked("latitude_deg", self.latitude_deg, -90.0, 90.0, "deg")
        longitude = _checked("longitude_deg", self.longitude_deg, -180.0, 360.0, "deg")
        altitude = _checked("altitude_m", self.altitude_m, _LOWEST_M, _HIGHEST_M, "m")
        object.__setattr__(self, "latitude_deg", latitude)
        object.__setattr__(self, "longitude_deg", longitude - 360.0 if longitude > 180.0 else longitude)
        object.__setattr__(self, "altitude_m", altitude)

    @classmethod
    def parse(cls, text: str, name: str | None = None) -> GroundSite:
        """From `LAT,LON` or `LAT,LON,ALT_M` in degrees and metres."""
        parts = text.split(",")
        try:
            numbers = [float(part) for part in parts]
        except ValueError:
            numbers = []
        if len(numbers) not in (2, 3):
            raise InvalidValue("site", text, "write it as LAT,LON or LAT,LON,ALT_M, such as 54.9,23.9,90")
        return cls(name or text, *numbers)

    @property
    def position_itrs_km(self) -> Floats:
        """(3,) km."""
        return geodetic_to_itrs_km(self.latitude_deg, self.longitude_deg, self.altitude_m / 1000.0)

    @property
    def enu_axes(self) -> Floats:
        """East, north and up unit vectors in ITRS as the rows of (3, 3).

        At the north pole, north points along longitude + 180 deg; at the south pole, along the longitude.
        """
        latitude, longitude = math.radians(self.latitude_deg), math.radians(self.longitude_deg)
        sin_lat, cos_lat, sin_lon, cos_lon = (
            math.sin(latitude), math.cos(latitude), math.sin(longitude), math.cos(longitude),
        )  # fmt: skip
        return np.array(
            [
                [-sin_lon, cos_lon, 0.0],
                [-sin_lat * cos_lon, -sin_lat * sin_lon, cos_lat],
                [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat],
            ]
        )


@dataclass(frozen=True)
class HorizonMask:
    """The lowest usable elevation, the same all round or by azimuth (straight lines between the given points).

    `points` are (azimuth_deg, elevation_deg), sorted by azimuth from 0 to below 360; one point is a level horizon.

    >>> HorizonMask.level(10).at(123.0)
    10.0
    >>> HorizonMask(((0.0, 5.0), (180.0, 15.0))).at(270.0)
    10.0
    """

    points: tuple[tuple[float, float], ...]

    def __post_init__(self) -> None:
        if not self.points:
            raise InvalidValue("mask", "no points", "give at least one azimuth and elevation")
        for azimuth, elevation in self.points:
            _checked("mask azimuth_deg", azimuth, 0.0, 359.999999, "deg")
            _checked("mask elevation_deg", elevation, -10.0, 89.9, "deg")
        azimuths = [azimuth for azimuth, _ in self.points]
        if sorted(set(azimuths)) != azimuths:
            raise InvalidValue("mask", azimuths, "azimuths must rise from point to point")

    @classmethod
    def level(cls, elevation_deg: float) -> HorizonMask:
        _checked("min_elevation_deg", elevation_deg, -10.0, 89.9, "deg")
        return cls(((0.0, float(elevation_deg)),))

    @classmethod
    def parse(cls, text: str) -> HorizonMask:
        """From a number, or `AZ:EL,AZ:EL,...` in degrees."""
        try:
            if ":" not in text:
                return cls.level(float(text))
            pairs = [point.split(":") for point in text.split(",")]
            return cls(tuple(sorted((float(azimuth), float(elevation)) for azimuth, elevation in pairs)))
        except InvalidValue:
            raise
        except ValueError:
            raise InvalidValue(
                "min_elevation", text, "write it as degrees (10) or as AZ:EL,AZ:EL (0:5,180:15)"
            ) from None

    @property
    def is_level(self) -> bool:
        return len({elevation for _, elevation in self.points}) == 1

    @property
    def lowest_deg(self) -> float:
        return min(elevation for _, elevation in self.points)

    def at(self, azimuth_deg: Floats | float) -> Floats | float:
        """The mask's elevation (deg) at an azimuth (deg)."""
        azimuths = np.array([azimuth for azimuth, _ in self.points])
        elevations = np.array([elevation for _, elevation in self.points])
        found = np.interp(azimuth_deg, azimuths, elevations, period=360.0)
        return float(found) if np.ndim(azimuth_deg) == 0 else found

"""Swath, look angle and incidence on a spherical Earth: how published widths become the angles of the named sensors.

Sphere of the mean radius of WGS84, satellite at a height above it. For tables and checks only: access itself is found
on the ellipsoid with the propagated height, and keeps the angles.
"""

from __future__ import annotations

from math import asin, atan2, cos, degrees, radians, sin

from orbits.errors import InvalidValue

MEAN_RADIUS_KM = 6371.0088  # IUGG mean radius (2a + b) / 3 of GRS80


def swath_half_angle_deg(swath_km: float, altitude_km: float) -> float:
    """Half the angle at the satellite that gives a swath of this width, centred on the ground track.

    >>> round(swath_half_angle_deg(2330, 705), 2)  # MODIS scans +-55 deg
    55.0
    """
    half = swath_km / (2.0 * MEAN_RADIUS_KM)
    return degrees(atan2(sin(half), (MEAN_RADIUS_KM + altitude_km) / MEAN_RADIUS_KM - cos(half)))


def look_angle_deg(incidence_deg: float, altitude_km: float) -> float:
    """The angle at the satellite off the nadir that gives this incidence at the target.

    >>> round(look_angle_deg(45.5, 514), 1)  # TerraSAR-X StripMap
    41.3
    """
    return degrees(asin(MEAN_RADIUS_KM / (MEAN_RADIUS_KM + altitude_km) * sin(radians(incidence_deg))))


def incidence_deg(look_deg: float, altitude_km: float) -> float:
    """The incidence at the target of a look angle at the satellite; raises `InvalidValue` where it misses the Earth.

    >>> round(incidence_deg(41.3, 514), 1)
    45.5
    """
    sine = (MEAN_RADIUS_KM + altitude_km) / MEAN_RADIUS_KM * sin(radians(look_deg))
    if sine > 1.0:
        raise InvalidValue(
            "look_deg", f"{look_deg:g}", f"misses the Earth from {altitude_km:g} km; give a smaller angle"
        )
    return degrees(asin(sine))


def ground_range_km(look_deg: float, altitude_km: float) -> float:
    """The distance along the ground from the point below the satellite to where this look angle meets the ground.

    >>> round(2 * ground_range_km(41, 496))  # WorldView-1: about 900 km are published
    890
    """
    return radians(incidence_deg(look_deg, altitude_km) - look_deg) * MEAN_RADIUS_KM

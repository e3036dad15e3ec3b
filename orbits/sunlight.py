"""The Sun: where it stands, whether it lights a satellite, and whether a site is in darkness.

The Sun's direction is good to 0.01 deg from 1950 to 2050 (Meeus 1998, chapter 25, low accuracy), which moves a shadow's
edge in low orbit by about 2 s. A satellite is sunlit while the Sun's centre stands above the limb of the WGS84
ellipsoid; refraction and the penumbra (8 s in low orbit) are left out.
"""

from __future__ import annotations

import numpy as np

from orbits.arrays import Booleans, Floats
from orbits.constants import ASTRONOMICAL_UNIT_KM, JULIAN_DAY_J2000, WGS84_FLATTENING, WGS84_RADIUS_KM
from orbits.earth_orientation import EarthOrientation
from orbits.frames import teme_to_itrs_km
from orbits.sites import GroundSite
from orbits.times import Instants

CIVIL_TWILIGHT_DEG = -6.0  # a site is called dark when the Sun's centre stands lower
_TT_MINUS_TAI_S = 32.184


def sun_teme_km(times: Instants, orientation: EarthOrientation | None = None) -> Floats:
    """Position of the Sun (t, 3) in km, in the equator and mean equinox of date (TEME within 20 arcseconds)."""
    earth = orientation or EarthOrientation.bundled()
    tt_s = earth.leap_seconds(times.jd_day) + _TT_MINUS_TAI_S
    centuries = ((times.jd_day - JULIAN_DAY_J2000) + times.day_fraction + tt_s / 86400.0) / 36525.0
    mean_longitude = 280.46646 + centuries * (36000.76983 + 0.0003032 * centuries)
    anomaly = np.radians(357.52911 + centuries * (35999.05029 - 0.0001537 * centuries))
    eccentricity = 0.016708634 - centuries * (0.000042037 + 0.0000001267 * centuries)
    centre = (
        (1.914602 - centuries * (0.004817 + 0.000014 * centuries)) * np.sin(anomaly)
        + (0.019993 - 0.000101 * centuries) * np.sin(2.0 * anomaly)
        + 0.000289 * np.sin(3.0 * anomaly)
    )
    distance = (
        ASTRONOMICAL_UNIT_KM
        * 1.000001018
        * (1.0 - eccentricity**2)
        / (1.0 + eccentricity * np.cos(anomaly + np.radians(centre)))
    )
    longitude = np.radians(mean_longitude + centre - 0.00569)  # aberration
    obliquity = np.radians(23.43929111 - 0.0130041667 * centuries)
    direction: Floats = np.stack(
        [np.cos(longitude), np.cos(obliquity) * np.sin(longitude), np.sin(obliquity) * np.sin(longitude)], axis=-1
    )
    return np.asarray(distance[:, None] * direction)


def is_sunlit(position_teme_km: Floats, sun_km: Floats) -> Booleans:
    """Whether the Sun's centre is above the Earth's limb as seen from positions (..., t, 3); False where NaN.

    The ellipsoid is made a sphere by stretching the axis, which keeps lines straight and the answer exact.
    """
    stretch = np.array([1.0, 1.0, 1.0 / (1.0 - WGS84_FLATTENING)])
    position = position_teme_km * stretch
    towards_sun = (sun_km - position_teme_km) * stretch
    direction = towards_sun / np.linalg.norm(towards_sun, axis=-1, keepdims=True)
    along = np.sum(position * direction, axis=-1)
    beside2 = np.sum(position * position, axis=-1) - along * along
    return np.asarray(((along >= 0.0) | (beside2 > WGS84_RADIUS_KM**2)) & np.isfinite(along))


def sun_elevation_deg(site: GroundSite, times: Instants, orientation: EarthOrientation | None = None) -> Floats:
    """Elevation of the Sun's centre (t,) in degrees, without refraction."""
    sun = teme_to_itrs_km(sun_teme_km(times, orientation), times, orientation)
    line = sun - site.position_itrs_km
    up = line @ site.enu_axes[2]
    return np.asarray(np.degrees(np.arcsin(up / np.linalg.norm(line, axis=-1))))

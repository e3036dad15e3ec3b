"""From SGP4's frame to the turning Earth, and from there to latitude, longitude and the satellite's own axes.

TEME to ITRS is one turn by the Greenwich mean sidereal angle of UT1 and two small ones for polar motion (AIAA
2006-6753, appendix C). Against Skyfield with the same UT1 and pole, positions at the ground agree within a metre.
"""

from __future__ import annotations

import numpy as np

from orbits.arrays import Floats
from orbits.constants import EARTH_ROTATION_RAD_S, WGS84_FLATTENING, WGS84_RADIUS_KM
from orbits.earth_orientation import EarthOrientation
from orbits.ephemeris import ItrsEphemeris, TemeEphemeris
from orbits.times import Instants

_E2 = WGS84_FLATTENING * (2.0 - WGS84_FLATTENING)


def _turned(vectors: Floats, angle_rad: Floats, pole_x_rad: Floats, pole_y_rad: Floats) -> Floats:
    """Vectors (..., t, 3) turned by the sidereal angle about z, then by the pole's offsets."""
    cosine, sine = np.cos(angle_rad), np.sin(angle_rad)
    x = cosine * vectors[..., 0] + sine * vectors[..., 1]
    y = -sine * vectors[..., 0] + cosine * vectors[..., 1]
    z = vectors[..., 2]
    # R2(-xp) R1(-yp), to first order in angles below 0.6 arcseconds (second order: 5e-5 m at the ground)
    return np.stack([x + pole_x_rad * z, y - pole_y_rad * z, z - pole_x_rad * x + pole_y_rad * y], axis=-1)


def teme_to_itrs_km(positions_teme_km: Floats, times: Instants, orientation: EarthOrientation | None = None) -> Floats:
    """Positions (..., t, 3) in km, turned from TEME to ITRS at `times` (t,)."""
    earth = orientation or EarthOrientation.bundled()
    angle = earth.sidereal_angle_rad(times.jd_day, times.day_fraction)
    return _turned(positions_teme_km, angle, *earth.polar_motion_rad(times.jd_day, times.day_fraction))


def teme_to_itrs(ephemeris: TemeEphemeris, orientation: EarthOrientation | None = None) -> ItrsEphemeris:
    """The same states in ITRS; velocities are relative to the turning Earth.

    Source: Vallado 2013, section 3.7.2; the Earth's rate is that of the mean equinox.
    """
    earth = orientation or EarthOrientation.bundled()
    times = ephemeris.instants
    position = teme_to_itrs_km(ephemeris.position_teme_km, times, earth)
    velocity = None
    if ephemeris.velocity_teme_km_s is not None:
        r = ephemeris.position_teme_km
        relative = ephemeris.velocity_teme_km_s + EARTH_ROTATION_RAD_S * np.stack(
            [r[..., 1], -r[..., 0], np.zeros(r.shape[:-1])], axis=-1
        )
        velocity = teme_to_itrs_km(relative, times, earth)
    return ItrsEphemeris(ephemeris.norad_id, ephemeris.times, position, velocity, ephemeris.status)


def geodetic_to_itrs_km(
    latitude_deg: Floats | float, longitude_deg: Floats | float, altitude_km: Floats | float
) -> Floats:
    """WGS84 latitude, longitude and height to ITRS positions (..., 3) in km.

    >>> geodetic_to_itrs_km(0.0, 90.0, 1.0).round(6).tolist()
    [0.0, 6379.137, 0.0]
    """
    latitude, longitude = np.radians(latitude_deg), np.radians(longitude_deg)
    sine, cosine = np.sin(latitude), np.cos(latitude)
    normal = WGS84_RADIUS_KM / np.sqrt(1.0 - _E2 * sine * sine)
    return np.stack(
        [
            (normal + altitude_km) * cosine * np.cos(longitude),
            (normal + altitude_km) * cosine * np.sin(longitude),
            (normal * (1.0 - _E2) + altitude_km) * sine,
        ],
        axis=-1,
    )


def itrs_to_geodetic(position_itrs_km: Floats) -> tuple[Floats, Floats, Floats]:
    """ITRS positions (..., 3) km to WGS84 latitude (deg), longitude (deg, -180 to 180), height (km).

    Closed form with two refining steps of Bowring 1976; within 1e-11 deg and 1e-6 m from the ground to 10 Earth radii.
    """
    x, y, z = position_itrs_km[..., 0], position_itrs_km[..., 1], position_itrs_km[..., 2]
    b = WGS84_RADIUS_KM * (1.0 - WGS84_FLATTENING)
    second_e2 = _E2 / (1.0 - _E2)
    p = np.hypot(x, y)
    beta = np.arctan2(z * WGS84_RADIUS_KM, p * b)
    for _ in range(3):
        latitude = np.arctan2(z + second_e2 * b * np.sin(beta) ** 3, p - _E2 * WGS84_RADIUS_KM * np.cos(beta) ** 3)
        beta = np.arctan2((1.0 - WGS84_FLATTENING) * np.sin(latitude), np.cos(latitude))
    sine = np.sin(latitude)
    normal = WGS84_RADIUS_KM / np.sqrt(1.0 - _E2 * sine * sine)
    # along the normal: right at the poles and at the equator alike
    altitude = p * np.cos(latitude) + z * sine - WGS84_RADIUS_KM * WGS84_RADIUS_KM / normal
    return np.degrees(latitude), np.degrees(np.arctan2(y, x)), altitude


def rtn_axes(position_km: Floats, velocity_km_s: Floats) -> Floats:
    """Radial, transverse and normal unit vectors as the rows of (..., 3, 3): `axes @ vector` gives RTN components.

    Radial points outward, normal along the orbital momentum, transverse completes the triad (CCSDS RTN).
    """
    radial = position_km / np.linalg.norm(position_km, axis=-1, keepdims=True)
    momentum = np.cross(position_km, velocity_km_s)
    normal = momentum / np.linalg.norm(momentum, axis=-1, keepdims=True)
    return np.stack([radial, np.cross(normal, radial), normal], axis=-2)

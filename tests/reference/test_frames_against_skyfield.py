"""TEME to ITRS against Skyfield 1.55, given the same UT1-UTC and the same pole.

Skyfield goes by way of precession, nutation and the equation of the equinoxes to its ITRS; this project turns once by
GMST. What is left between the two is centimetres.
"""

from __future__ import annotations

import numpy as np
import pytest
from skyfield.api import load, wgs84
from skyfield.constants import ASEC2RAD
from skyfield.framelib import itrs
from skyfield.positionlib import ICRF
from skyfield.sgp4lib import TEME
from skyfield.units import Distance, Velocity

from orbits import EarthOrientation, GroundSite, Instants
from orbits.ephemeris import TemeEphemeris
from orbits.frames import geodetic_to_itrs_km, itrs_to_geodetic, rtn_axes, teme_to_itrs
from orbits.sunlight import is_sunlit, sun_elevation_deg, sun_teme_km
from orbits.topocentric import look

ONE_METRE = 1e-3  # km
TEN_MILLIMETRES_S = 1e-5  # km/s: Skyfield turns by a mean rate rounded to eight digits
MINUTES = np.arange(0.0, 2880.0, 97.3)
POSITIONS_KM = np.array(
    [[6778.0, 100.0, -200.0], [-3000.0, 5000.0, 4200.0], [26560.0, 0.0, 100.0], [-10000.0, 40900.0, 12.0]]
)
VELOCITIES_KM_S = np.array([[0.1, 4.7, 6.0], [-5.0, -4.0, 1.5], [0.0, 2.4, 3.0], [-2.98, -0.73, 0.01]])


def skyfield_times(times: Instants, earth: EarthOrientation):
    scale = load.timescale(builtin=True)
    start = times[0].datetime()
    t = scale.utc(start.year, start.month, start.day, start.hour, start.minute, MINUTES * 60.0)
    pole_x, pole_y = earth.polar_motion_rad(times.jd_day, times.day_fraction)
    scale.polar_motion_table = (
        np.array([2.0e6, 3.0e6]),
        np.full(2, pole_x.mean()) / ASEC2RAD,
        np.full(2, pole_y.mean()) / ASEC2RAD,
    )
    t.delta_t = t.delta_t + t.dut1 - earth.ut1_minus_utc_s(times.jd_day, times.day_fraction)
    for cached in ("ut1", "ut1_fraction", "gmst", "gast", "M", "C", "MT", "CT", "dut1"):
        t.__dict__.pop(cached, None)
    return t


@pytest.mark.parametrize("start", ["2024-11-01T00:00:00Z", "2026-03-10T00:00:00Z"])
def test_positions_agree_within_a_metre_and_velocities_within_a_centimetre_per_second(start: str) -> None:
    earth = EarthOrientation.bundled()
    times = Instants.after(start, MINUTES * 60.0)
    t = skyfield_times(times, earth)
    for r, v in zip(POSITIONS_KM, VELOCITIES_KM_S, strict=True):
        r_t, v_t = np.tile(r, (len(times), 1)), np.tile(v, (len(times), 1))
        ours = teme_to_itrs(
            TemeEphemeris(np.array([1]), times, r_t[None], v_t[None], np.zeros((1, len(times)), dtype=np.uint8)), earth
        )
        frame = ICRF.from_time_and_frame_vectors(t, TEME, Distance(km=r_t.T), Velocity(km_per_s=v_t.T))
        position, velocity = frame.frame_xyz_and_velocity(itrs)
        assert ours.velocity_itrs_km_s is not None
        np.testing.assert_allclose(ours.position_itrs_km[0], position.km.T, rtol=0, atol=ONE_METRE)
        np.testing.assert_allclose(ours.velocity_itrs_km_s[0], velocity.km_per_s.T, rtol=0, atol=TEN_MILLIMETRES_S)


def test_look_angles_and_heights_agree_with_skyfield() -> None:
    earth = EarthOrientation.bundled()
    times = Instants.after("2024-11-01T00:00:00Z", MINUTES * 60.0)
    t = skyfield_times(times, earth)
    site = GroundSite("Svalbard", latitude_deg=78.23, longitude_deg=15.39, altitude_m=450)
    place = wgs84.latlon(78.23, 15.39, elevation_m=450)
    r_t = np.tile(POSITIONS_KM[1], (len(times), 1))
    v_t = np.tile(VELOCITIES_KM_S[1], (len(times), 1))
    ours = teme_to_itrs(TemeEphemeris(np.array([1]), times, r_t[None], v_t[None], np.zeros((1, len(times)))), earth)
    seen = look(ours.position_itrs_km[0], ours.velocity_itrs_km_s[0], site)
    frame = ICRF.from_time_and_frame_vectors(t, TEME, Distance(km=r_t.T), Velocity(km_per_s=v_t.T))
    relative = ICRF(
        frame.position.au - place.at(t).position.au, frame.velocity.au_per_d - place.at(t).velocity.au_per_d, t
    )
    relative.center, relative._ephemeris = place, None
    altitude, azimuth, distance, _, _, rate = relative.frame_latlon_and_rates(place)
    np.testing.assert_allclose(seen.elevation_deg, altitude.degrees, rtol=0, atol=1e-5)
    np.testing.assert_allclose(seen.azimuth_deg, azimuth.degrees, rtol=0, atol=2e-5)
    np.testing.assert_allclose(seen.range_km, distance.km, rtol=0, atol=ONE_METRE)
    np.testing.assert_allclose(seen.range_rate_km_s, rate.km_per_s, rtol=0, atol=TEN_MILLIMETRES_S)
    latitude, longitude, height = itrs_to_geodetic(ours.position_itrs_km[0])
    frame.center = 399
    point = wgs84.geographic_position_of(frame)
    np.testing.assert_allclose(latitude, point.latitude.degrees, rtol=0, atol=1e-5)
    np.testing.assert_allclose(longitude, point.longitude.degrees, rtol=0, atol=1e-5)
    np.testing.assert_allclose(height, point.elevation.km, rtol=0, atol=ONE_METRE)


def test_geodetic_goes_there_and_back_everywhere() -> None:
    draw = np.random.default_rng(7)
    latitude = np.concatenate([draw.uniform(-90, 90, 5000), [-90.0, 90.0, 0.0, 0.0]])
    longitude = np.concatenate([draw.uniform(-180, 180, 5000), [0.0, 0.0, 180.0, -90.0]])
    height = np.concatenate([draw.uniform(-5, 60000, 5000), [0.0, 400.0, 0.0, 36000.0]])
    back = itrs_to_geodetic(geodetic_to_itrs_km(latitude, longitude, height))
    np.testing.assert_allclose(back[0], latitude, rtol=0, atol=1e-11)
    np.testing.assert_allclose(back[2], height, rtol=0, atol=1e-9)
    away = (back[1] - longitude + 180.0) % 360.0 - 180.0
    np.testing.assert_allclose(away[np.abs(latitude) < 90.0], 0.0, atol=1e-11)


def test_the_sun_stands_where_meeus_puts_it() -> None:
    """Meeus, Astronomical Algorithms (2nd edition), example 25.a: 1992 October 13, 0 h TD; 198.38083, -7.78507 deg."""
    sun = sun_teme_km(Instants.of(["1992-10-12T23:59:00.816Z"]))[0]
    right_ascension = np.degrees(np.arctan2(sun[1], sun[0])) % 360.0
    declination = np.degrees(np.arcsin(sun[2] / np.linalg.norm(sun)))
    assert right_ascension == pytest.approx(198.38083, abs=0.01)
    assert declination == pytest.approx(-7.78507, abs=0.01)
    assert np.linalg.norm(sun) / 149597870.7 == pytest.approx(0.99766, abs=1e-5)


def test_midnight_sun_and_polar_night_on_svalbard() -> None:
    site = GroundSite("Svalbard", latitude_deg=78.23, longitude_deg=15.39)
    june = sun_elevation_deg(site, Instants.after("2024-06-21T00:00:00Z", np.arange(24) * 3600.0))
    december = sun_elevation_deg(site, Instants.after("2024-12-21T00:00:00Z", np.arange(24) * 3600.0))
    # the Sun's declination is +-23.436 deg at the solstices, so noon stands at 90 - 78.23 +- 23.44
    assert june.min() == pytest.approx(23.44 - 11.77, abs=0.05)
    assert december.max() == pytest.approx(11.77 - 23.44, abs=0.05)


def test_a_satellite_behind_the_earth_is_dark_and_beside_it_is_sunlit() -> None:
    sun = np.array([1.5e8, 0.0, 0.0])
    positions = np.array(
        [[-7000.0, 0.0, 0.0], [7000.0, 0.0, 0.0], [-7000.0, 6379.0, 0.0], [-7000.0, 0.0, 6360.0], [np.nan, 0.0, 0.0]]
    )
    # over the pole the ellipsoid is 21 km lower: 6,360 km is above it, though below the equator's radius
    assert is_sunlit(positions, sun).tolist() == [False, True, True, True, False]


def test_rtn_axes_are_the_satellites_own() -> None:
    axes = rtn_axes(np.array([7000.0, 0.0, 0.0]), np.array([0.5, 7.0, 0.0]))
    np.testing.assert_allclose(axes, np.eye(3), atol=1e-15)

"""Physical constants, each with its birthplace."""

from __future__ import annotations

import math

TAU = 2.0 * math.pi

# WGS72, not WGS84: the element sets were fitted with it. AIAA 2006-6753, table 1 (getgravconst "wgs72").
WGS72_RADIUS_KM = 6378.135
WGS72_MU_KM3_S2 = 398600.8
WGS72_J2 = 0.001082616
WGS72_J3 = -0.00000253881
WGS72_J4 = -0.00000165597

# Orbits of this period (minutes) and longer go through the deep-space theory. AIAA 2006-6753, appendix B.
SGP4_DEEP_SPACE_PERIOD_MIN = 225.0

# WGS84 ellipsoid: NGA.STND.0036, table 3.1.
WGS84_RADIUS_KM = 6378.137
WGS84_FLATTENING = 1.0 / 298.257223563

# WGS84 (NGA.STND.0036) and EGM96 alike: for two-body motion of states, never with SGP4's elements.
EARTH_MU_KM3_S2 = 398600.4418

# Rotation of the Earth against the mean equinox: IERS Conventions 1996, chapter 5 (rad per UT1 second).
EARTH_ROTATION_RAD_S = 7.292115146706979e-5

# IAU 2015 resolution B3, nominal solar radius; IAU 2012 resolution B2, astronomical unit.
SUN_RADIUS_KM = 695700.0
ASTRONOMICAL_UNIT_KM = 149597870.7

SPEED_OF_LIGHT_KM_S = 299792.458
JULIAN_DAY_J2000 = 2451545.0
JULIAN_DAY_MJD_ZERO = 2400000.5
SECONDS_PER_DAY = 86400.0
MINUTES_PER_DAY = 1440.0

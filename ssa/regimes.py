"""Kinds of orbit by height: LEO, MEO, GEO, HEO, and perigee and apogee from the mean elements.

Heights are of the mean orbit over a sphere of the Earth's equatorial radius: the real ones differ by up to some tens of
kilometres, from oblateness and because SGP4's mean motion is not quite the Keplerian one. Nothing is decided with
them but words and filters.

Bounds (ESA's annual space environment report, orbital classes, in round numbers): LEO has its apogee below 2,000 km;
GEO its perigee and apogee from 35,586 to 35,986 km and an inclination below 25 deg; HEO an eccentricity of 0.25 or
more; MEO is what lies between, with its apogee below the geosynchronous belt; OTHER is the rest.
"""

from __future__ import annotations

import numpy as np

from orbits import ElementSets
from orbits.arrays import Floats, Texts
from orbits.constants import TAU, WGS72_MU_KM3_S2, WGS72_RADIUS_KM

REGIMES = ("LEO", "MEO", "GEO", "HEO", "OTHER")
LEO_APOGEE_KM = 2000.0
GEO_HEIGHTS_KM = (35_586.0, 35_986.0)
GEO_INCLINATION_DEG = 25.0
HEO_ECCENTRICITY = 0.25


def heights_km(elements: ElementSets) -> tuple[Floats, Floats]:
    """Perigee and apogee height (n,), (n,) in km of the mean orbit."""
    motion_rad_s = elements.mean_motion_rev_day * TAU / 86400.0
    semi_major_km = (WGS72_MU_KM3_S2 / motion_rad_s**2) ** (1.0 / 3.0)
    perigee = semi_major_km * (1.0 - elements.eccentricity) - WGS72_RADIUS_KM
    return np.asarray(perigee), np.asarray(semi_major_km * (1.0 + elements.eccentricity) - WGS72_RADIUS_KM)


def regimes_of(elements: ElementSets) -> Texts:
    """LEO, MEO, GEO, HEO or OTHER for every element set (n,)."""
    perigee, apogee = heights_km(elements)
    lowest, highest = GEO_HEIGHTS_KM
    found = np.full(len(elements), "OTHER", dtype=np.object_)
    found[(perigee >= LEO_APOGEE_KM) & (apogee < lowest)] = "MEO"
    found[(apogee >= LEO_APOGEE_KM) & (perigee < LEO_APOGEE_KM) & (apogee < lowest)] = "MEO"
    geo = (perigee >= lowest) & (apogee <= highest) & (elements.inclination_deg < GEO_INCLINATION_DEG)
    found[geo] = "GEO"
    found[elements.eccentricity >= HEO_ECCENTRICITY] = "HEO"
    found[apogee < LEO_APOGEE_KM] = "LEO"
    return found

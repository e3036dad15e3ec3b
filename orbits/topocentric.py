"""Where a satellite stands in a site's sky: azimuth, elevation, range, range rate.

Geometric: no refraction (0.5 deg at the horizon, less than 0.1 deg above 10 deg), no light time, no aberration.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from orbits.arrays import Floats
from orbits.ephemeris import ItrsEphemeris
from orbits.sites import GroundSite


class Look(NamedTuple):
    """Azimuth (clockwise from north), elevation above the geodetic horizon, range, range rate."""

    azimuth_deg: Floats
    elevation_deg: Floats
    range_km: Floats
    range_rate_km_s: Floats | None


def look_at(ephemeris: ItrsEphemeris, site: GroundSite) -> Look:
    """Azimuth, elevation, range and range rate (n, t) of every state from `site`; NaN where the state is.

    The range rate uses SGP4's own velocity, which differs from the derivative of its position by 2e-5 km/s in the
    median and up to some 1e-3 km/s for deep-space and strongly dragged orbits.
    """
    return look(ephemeris.position_itrs_km, ephemeris.velocity_itrs_km_s, site)


def look(position_itrs_km: Floats, velocity_itrs_km_s: Floats | None, site: GroundSite) -> Look:
    """The same for bare ITRS vectors (..., 3)."""
    line = position_itrs_km - site.position_itrs_km
    east, north, up = (line @ axis for axis in site.enu_axes)
    distance = np.sqrt(east * east + north * north + up * up)
    rate = None
    if velocity_itrs_km_s is not None:
        rate = np.sum(line * velocity_itrs_km_s, axis=-1) / distance
    return Look(
        azimuth_deg=np.degrees(np.arctan2(east, north)) % 360.0,
        elevation_deg=np.degrees(np.arctan2(up, np.hypot(east, north))),
        range_km=distance,
        range_rate_km_s=rate,
    )

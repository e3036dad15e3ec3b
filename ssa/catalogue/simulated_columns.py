"""How the simulated catalogue is put together: designs in, columns of mean elements out.

Drawn numbers come from `ssa.draws`, and every element
is rounded to the digits of the public formats: the same arguments give the same bytes on every machine.

The Earth's rotation and the Sun are taken from their mean motion alone (UT1 = UTC; slots are good to 0.005 deg): the
observed tables of the IERS change with every release, and the simulated catalogue must not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from orbits import Instant
from orbits.arrays import Floats, Texts
from orbits.constants import JULIAN_DAY_J2000, SECONDS_PER_DAY, TAU, WGS72_J2, WGS72_MU_KM3_S2, WGS72_RADIUS_KM
from ssa.names import SIMULATED_MARK

# Orbits of this semi-major axis (km) turn with the mean Sun when circular over the equator's bulge backwards:
# cos i = -(a / 12352)^3.5. Boain, AAS 04-108 (A-B-Cs of sun-synchronous orbits), equation 2.
_SUN_SYNCHRONOUS_KM = 12352.0


@dataclass(frozen=True, eq=False)
class Batch:
    """Objects of one design, all columns (n,): `a_km` is the mean semi-major axis, angles are degrees at epoch."""

    name: Texts
    owner: Texts
    object_type: Texts
    ops_status: Texts
    launch_year: Floats
    a_km: Floats
    eccentricity: Floats
    inclination_deg: Floats
    raan_deg: Floats
    argument_of_perigee_deg: Floats
    mean_anomaly_deg: Floats
    bstar_per_earth_radius: Floats
    rcs_m2: Floats

    def __len__(self) -> int:
        return len(self.name)


def batch(count: int, names: list[str], **columns: Any) -> Batch:
    """A batch of `count` objects; a column given as one value holds for all of them."""
    made: dict[str, Any] = {"name": np.array([name + SIMULATED_MARK for name in names], dtype=np.object_)}
    for column in fields(Batch)[1:]:
        value = columns.get(column.name, 0.0)
        texts = column.name in ("owner", "object_type", "ops_status")
        made[column.name] = np.full(count, value, np.object_ if texts else np.float64) if np.ndim(value) == 0 else value
    return Batch(**made)


def joined(batches: list[Batch]) -> Batch:
    """All objects of the batches, in order."""
    return Batch(**{f.name: np.concatenate([getattr(part, f.name) for part in batches]) for f in fields(Batch)})


def walker(planes: int, per_plane: int, phasing: float, raan_spread_deg: float = 360.0) -> tuple[Floats, Floats]:
    """Nodes and arguments of latitude (n,) in degrees of a Walker pattern t/p/f, plane by plane.

    `raan_spread_deg` is 360 for a delta and 180 for a star pattern. Source: Walker, RAE TR 70211 (1970).
    """
    plane = np.repeat(np.arange(planes), per_plane)
    slot = np.tile(np.arange(per_plane), planes)
    raan = raan_spread_deg * plane / planes
    return raan, 360.0 * slot / per_plane + 360.0 * phasing * plane / (planes * per_plane)


def sun_synchronous_deg(altitude_km: Any) -> Any:
    """The inclination in degrees at which a circular orbit of this altitude keeps its local time."""
    a_km = WGS72_RADIUS_KM + np.asarray(altitude_km, dtype=np.float64)
    return np.degrees(np.arccos(-((a_km / _SUN_SYNCHRONOUS_KM) ** 3.5)))


def sidereal_angle_deg(epoch: Instant) -> float:
    """Greenwich mean sidereal angle with UT1 = UTC. Source: Meeus 1998, equation 12.4, without the last terms."""
    days = (epoch.jd_day - JULIAN_DAY_J2000) + epoch.day_fraction
    return float((280.46061837 + 360.98564736629 * days) % 360.0)


def node_at_local_time_deg(epoch: Instant, hours: Any) -> Any:
    """The node that passes below at this mean local time (hours), northbound, given the mean Sun of the epoch.

    Source: mean longitude of the Sun, Meeus 1998, equation 25.2, linear terms.
    """
    days = (epoch.jd_day - JULIAN_DAY_J2000) + epoch.day_fraction
    return (280.4665 + 0.98564736 * days + 15.0 * (np.asarray(hours, dtype=np.float64) - 12.0)) % 360.0


def semi_major_axis_km(rev_day: float) -> float:
    """The semi-major axis that goes round so often a day, by Kepler's third law with the WGS72 Earth."""
    return float((WGS72_MU_KM3_S2 * (SECONDS_PER_DAY / (TAU * rev_day)) ** 2) ** (1.0 / 3.0))


def mean_motion_rev_day(a_km: Floats, eccentricity: Floats, inclination_deg: Floats) -> Floats:
    """The mean motion that the element set prints (Kozai's), so that SGP4 recovers this semi-major axis (Brouwer's).

    Source: Hoots and Roehrich, Spacetrack Report No. 3, section 6, to first order in J2.
    """
    brouwer = np.sqrt(WGS72_MU_KM3_S2 / a_km**3) * SECONDS_PER_DAY / TAU
    bulge = 3.0 * np.cos(np.radians(inclination_deg)) ** 2 - 1.0
    delta = 0.75 * WGS72_J2 * (WGS72_RADIUS_KM / a_km) ** 2 * bulge / (1.0 - eccentricity**2) ** 1.5
    return np.asarray(brouwer * (1.0 + delta))


def numbered(name: str, count: int) -> list[str]:
    """The names of a row: {k} counts from 1, {k7} from 7, {L} is a letter from A."""
    starts = sorted({int(text) for text in re.findall(r"\{k(\d+)\}", name)})
    return [
        name.format(k=place + 1, L=chr(ord("A") + place % 26), **{f"k{first}": first + place for first in starts})
        for place in range(count)
    ]

"""How much of its time each object spends in each shell of altitude, in closed form.

The share of time below radius r of an orbit is (E - e sin E) / pi with cos E = (1 - r / a) / e, and the share in a
shell is the difference between its edges: exact for a two-body orbit, so shares sum to one over shells that hold it.
A circular orbit in this sense would be infinitely thin; the Earth's oblateness moves a real one up and down by some
kilometres, so the radial half-width a e is never taken below 5 km.

Sources: Kessler 1981, Icarus 48, 39-48 (the method); Battin 1999, section 4.3 (Kepler's equation).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orbits.arrays import Floats, Integers, read_only
from orbits.constants import EARTH_MU_KM3_S2
from orbits.errors import InvalidValue
from ssa.debris.mean_orbits import EARTH_RADIUS_KM, MeanOrbits

LEAST_HALF_WIDTH_KM = 5.0  # short-period motion by J2; also what time does to a nearly circular orbit
LOWEST_KM, LEO_TOP_KM, HIGHEST_KM = 150.0, 2050.0, 36550.0
MAX_SHELLS = 10_000


@dataclass(frozen=True, eq=False)
class Shells:
    """Shells between edges (h + 1,) of altitude in km, rising."""

    edges_km: Floats

    def __post_init__(self) -> None:
        object.__setattr__(self, "edges_km", read_only(self.edges_km, np.float64))
        if len(self.edges_km) < 2 or not (np.diff(self.edges_km) > 0.0).all() or self.edges_km[0] < 0.0:
            raise InvalidValue("shells", self.edges_km.tolist()[:4], "must be two or more, rising, from 0 km on")
        if len(self.edges_km) > MAX_SHELLS + 1:
            raise InvalidValue("shells", len(self.edges_km) - 1, f"are more than {MAX_SHELLS}; take wider ones")

    @classmethod
    def even(cls, lowest_km: float, highest_km: float, width_km: float) -> Shells:
        """Shells of one width that cover a range of altitude; the last one may end above `highest_km`.

        >>> Shells.even(200, 1000, 50).edges_km[:3]
        array([200., 250., 300.])
        """
        if not (0.0 < width_km < 1e5 and 0.0 <= lowest_km < highest_km <= 1e6):
            given = f"{lowest_km:g} to {highest_km:g} km by {width_km:g} km"
            raise InvalidValue("shells", given, "must rise from 0 km or more, by a positive width")
        count = int(np.ceil((highest_km - lowest_km) / width_km - 1e-9))
        if count > MAX_SHELLS:
            raise InvalidValue("shells", count, f"are more than {MAX_SHELLS}; take a larger width")
        return cls(lowest_km + width_km * np.arange(count + 1, dtype=np.float64))

    @classmethod
    def whole_space(cls, width_km: float = 10.0) -> Shells:
        """The shells that risks are counted in: of `width_km` to 2,050 km, 200 km above, 50 km round the GEO belt."""
        return cls(
            np.concatenate([
                Shells.even(LOWEST_KM, LEO_TOP_KM, width_km).edges_km,
                np.arange(LEO_TOP_KM + 200.0, 35050.0, 200.0), np.arange(35050.0, HIGHEST_KM + 1.0, 50.0),
            ])
        )  # fmt: skip

    def __len__(self) -> int:
        return len(self.edges_km) - 1

    @property
    def middle_radius_km(self) -> Floats:
        """Distance of the middle of each shell from the Earth's centre (h,)."""
        return np.asarray(EARTH_RADIUS_KM + 0.5 * (self.edges_km[1:] + self.edges_km[:-1]))

    @property
    def volume_km3(self) -> Floats:
        """Volume of each shell (h,)."""
        return np.asarray(4.0 / 3.0 * np.pi * np.diff((EARTH_RADIUS_KM + self.edges_km) ** 3))

    @property
    def circular_speed_km_s(self) -> Floats:
        """Speed of a circular orbit in the middle of each shell (h,)."""
        return np.sqrt(EARTH_MU_KM3_S2 / self.middle_radius_km)


@dataclass(frozen=True, eq=False)
class ShellTimes:
    """Shares of time, one row for each object and shell that it visits, sorted by object and then shell.

    `object_row`, `shell` and `fraction` are (m,); `first` (n + 1,) is where each object's rows begin; `outside` (n,) is
    the share of time below the lowest and above the highest shell.
    """

    shells: Shells
    object_row: Integers
    shell: Integers
    fraction: Floats
    first: Integers
    outside: Floats

    def __post_init__(self) -> None:
        for column, dtype in (("object_row", np.int64), ("shell", np.int64), ("fraction", np.float64),
                              ("first", np.int64), ("outside", np.float64)):  # fmt: skip
            object.__setattr__(self, column, read_only(getattr(self, column), dtype))

    def summed(self, weights: Floats | None = None) -> Floats:
        """The sum of shares over objects by shell (h,), each object counted with its weight (n,) or as one."""
        share = self.fraction if weights is None else self.fraction * weights[self.object_row]
        return np.bincount(self.shell, share, minlength=len(self.shells)).astype(np.float64)


def shell_times(orbits: MeanOrbits, shells: Shells) -> ShellTimes:
    """The share of its time that each object (n,) spends in each of the shells.

    >>> circle = MeanOrbits(np.array([7178.137]), np.array([0.0]), np.array([1.7]))
    >>> shell_times(circle, Shells.even(700, 900, 100)).fraction
    array([0.49977828, 0.50022172])
    """
    a = orbits.semi_major_axis_km
    e = np.maximum(orbits.eccentricity, LEAST_HALF_WIDTH_KM / a)
    edges = EARTH_RADIUS_KM + shells.edges_km
    lowest = np.clip(np.searchsorted(edges, a * (1.0 - e), side="right") - 1, 0, len(shells))
    highest = np.clip(np.searchsorted(edges, a * (1.0 + e), side="left"), lowest, len(shells))
    count = highest - lowest
    first = np.concatenate([[0], np.cumsum(count)])
    # One edge more than shells for each object: the share of time below each edge, then differences.
    row = np.repeat(np.arange(len(a)), count + 1)
    at = np.arange(len(row)) - np.repeat(first[:-1] + np.arange(len(a)), count + 1)
    below = _time_below(edges[lowest[row] + at], a[row], e[row])
    is_last = at == count[row]
    fraction = np.diff(below)[~is_last[:-1]] if len(row) else np.zeros(0)
    object_row = np.repeat(np.arange(len(a)), count)
    shell = lowest[object_row] + np.arange(len(object_row)) - first[object_row]
    inside = np.bincount(object_row, fraction, minlength=len(a))
    return ShellTimes(shells, object_row, shell, fraction, first, np.maximum(1.0 - inside, 0.0))


def _time_below(radius_km: Floats, a_km: Floats, e: Floats) -> Floats:
    """The share of time below a radius."""
    cosine = np.clip((1.0 - radius_km / a_km) / e, -1.0, 1.0)
    anomaly = np.arccos(cosine)
    return np.asarray((anomaly - e * np.sqrt(1.0 - cosine * cosine)) / np.pi)

"""Screening volumes about the primary, in its radial, transverse, normal axes: a box or an ellipsoid.

The secondary's path is a straight line while the pair is near. Over a volume of 25 km at 10 km/s the axes turn by
0.3 deg, a tenth of a kilometre at its edge.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from orbits.arrays import Booleans, Floats
from orbits.errors import InvalidValue


class Volume(Protocol):
    """A volume that a path may go through."""

    @property
    def farthest_km(self) -> float:
        """How far its farthest point is from the primary."""

    def crossed_by(self, miss_rtn_km: Floats, velocity_rtn_km_s: Floats, from_s: Floats, until_s: Floats) -> Booleans:
        """Whether each straight path (n, 3) goes through it between two times (n,) counted from the TCA."""


@dataclass(frozen=True, slots=True)
class Box:
    """Half sizes in km, such as NASA's 0.75 x 25 x 25 for the space station.

    >>> box = Box(0.75, 25.0, 25.0)
    >>> miss = np.array([[2.0, 0.0, 0.0], [0.5, 3.0, 0.0]])
    >>> box.crossed_by(miss, np.array([[0.0, 1.0, 1.0], [0.0, 1.0, 1.0]]), np.full(2, -9.0), np.full(2, 9.0)).tolist()
    [False, True]
    """

    radial_km: float
    transverse_km: float
    normal_km: float

    def __post_init__(self) -> None:
        _require_sizes((self.radial_km, self.transverse_km, self.normal_km))

    @property
    def farthest_km(self) -> float:
        return math.hypot(self.radial_km, self.transverse_km, self.normal_km)

    def crossed_by(self, miss_rtn_km: Floats, velocity_rtn_km_s: Floats, from_s: Floats, until_s: Floats) -> Booleans:
        enter, leave = from_s.copy(), until_s.copy()
        for axis, half in enumerate((self.radial_km, self.transverse_km, self.normal_km)):
            place, speed = miss_rtn_km[:, axis], velocity_rtn_km_s[:, axis]
            still = np.abs(speed) < 1.0e-12
            safe = np.where(still, 1.0, speed)
            one, other = (-half - place) / safe, (half - place) / safe
            enter = np.maximum(enter, np.where(still, -np.inf, np.minimum(one, other)))
            leave = np.minimum(leave, np.where(still, np.inf, np.maximum(one, other)))
            leave = np.where(still & (np.abs(place) > half), -np.inf, leave)
        return np.asarray(enter <= leave)


@dataclass(frozen=True, slots=True)
class Ellipsoid:
    """Half axes in km.

    >>> ball = Ellipsoid(2.0, 25.0, 25.0)
    >>> miss = np.array([[1.0, 22.0, 0.0], [1.0, 0.0, 0.0]])
    >>> ball.crossed_by(miss, np.array([[0.0, 0.0, 1.0], [0.0, 0.0, 1.0]]), np.full(2, -9.0), np.full(2, 9.0)).tolist()
    [False, True]
    """

    radial_km: float
    transverse_km: float
    normal_km: float

    def __post_init__(self) -> None:
        _require_sizes((self.radial_km, self.transverse_km, self.normal_km))

    @property
    def farthest_km(self) -> float:
        return max(self.radial_km, self.transverse_km, self.normal_km)

    def crossed_by(self, miss_rtn_km: Floats, velocity_rtn_km_s: Floats, from_s: Floats, until_s: Floats) -> Booleans:
        axes = np.array([self.radial_km, self.transverse_km, self.normal_km])
        place, speed = miss_rtn_km / axes, velocity_rtn_km_s / axes
        square = np.maximum((speed * speed).sum(axis=1), 1.0e-24)
        nearest = np.clip(-(place * speed).sum(axis=1) / square, from_s, until_s)
        closest = place + speed * nearest[:, None]
        return np.asarray((closest * closest).sum(axis=1) <= 1.0)


def _require_sizes(sizes: tuple[float, float, float]) -> None:
    if not all(math.isfinite(size) and size > 0.0 for size in sizes):
        raise InvalidValue("volume", sizes, "all three half sizes must be above 0 km")

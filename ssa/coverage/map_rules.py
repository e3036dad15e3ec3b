"""Rules that are symmetric about the nadir, as numbers for the map's kernel.

A lowest elevation, or a cone about the nadir with its horizon; with a second bound, the ring between two of them. The
nadir has two meanings, up to 0.19 deg apart: towards the Earth's centre (`geocentric`) and along the ellipsoid's normal
(`geodetic`); both have the closed form. What looks to one side (SAR) or aside (off-nadir strips) has none: it is a
question for access over cells, not for this map.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from orbits.arrays import Floats
from orbits.errors import InvalidValue
from ssa.coverage import maps_kernels as k

Nadir = Literal["geocentric", "geodetic"]


@dataclass(frozen=True, slots=True)
class NadirRule:
    """Exactly one of `min_elevation_deg` (at the ground) and `half_angle_deg` (at the satellite, above the horizon).

    `max_elevation_deg` and `min_half_angle_deg` cut out the middle. Raises `InvalidValue`.

    >>> NadirRule(half_angle_deg=45.0, min_half_angle_deg=20.0).described
    'nadir angle 20 to 45 deg (geocentric nadir), above the horizon'
    """

    min_elevation_deg: float | None = None
    half_angle_deg: float | None = None
    max_elevation_deg: float | None = None
    min_half_angle_deg: float | None = None
    nadir: Nadir = "geocentric"

    def __post_init__(self) -> None:
        if (self.min_elevation_deg is None) == (self.half_angle_deg is None):
            raise InvalidValue(
                "min_elevation_deg", self.min_elevation_deg, "give exactly one of min_elevation_deg and half_angle_deg"
            )
        if self.nadir not in ("geocentric", "geodetic"):
            raise InvalidValue("nadir", self.nadir, "is neither geocentric nor geodetic")
        if self.min_elevation_deg is not None:
            _within("min_elevation_deg", self.min_elevation_deg, 0.0, 89.9)
            _no_other("min_half_angle_deg", self.min_half_angle_deg, "half_angle_deg")
            if self.max_elevation_deg is not None:
                _within("max_elevation_deg", self.max_elevation_deg, self.min_elevation_deg, 90.0)
        elif self.half_angle_deg is not None:
            _within("half_angle_deg", self.half_angle_deg, 0.01, 89.9)
            _no_other("max_elevation_deg", self.max_elevation_deg, "min_elevation_deg")
            if self.min_half_angle_deg is not None:
                _within("min_half_angle_deg", self.min_half_angle_deg, 0.0, self.half_angle_deg)

    @property
    def described(self) -> str:
        """The rule in words."""
        if self.min_elevation_deg is not None:
            until = "" if self.max_elevation_deg is None else f" to {self.max_elevation_deg:g}"
            return f"elevation {self.min_elevation_deg:g}{until} deg" + ("" if until else " or higher")
        first = "up to" if self.min_half_angle_deg is None else f"{self.min_half_angle_deg:g} to"
        return f"nadir angle {first} {self.half_angle_deg:g} deg ({self.nadir} nadir), above the horizon"

    def row(self) -> Floats:
        """The rule as one row of the kernel's `rules` (5,)."""
        if self.min_elevation_deg is not None:
            bounds = [self.min_elevation_deg, self.max_elevation_deg]
            values = [np.nan if bound is None else np.sin(np.radians(bound)) for bound in bounds]
            mode, widest = k.ELEVATION, self.min_elevation_deg
        else:
            assert self.half_angle_deg is not None
            bounds = [self.half_angle_deg, self.min_half_angle_deg]
            values = [np.nan if bound is None else np.cos(np.radians(bound)) ** 2 for bound in bounds]
            mode, widest = (k.GEODETIC if self.nadir == "geodetic" else k.GEOCENTRIC), self.half_angle_deg
        return np.array([mode, *values, np.radians(widest), float(bounds[1] is not None)])


def _within(field: str, value: object, low: float, high: float) -> None:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
        raise InvalidValue(
            field, value, f"outside {low:g} to {high:g} deg; a sensor that looks to one side needs access over cells"
        )


def _no_other(field: str, value: object, with_: str) -> None:
    if value is not None:
        raise InvalidValue(field, value, f"goes with {with_} only")

"""Conditions of radar imaging: the annulus of incidence on one side of the track, and squint.

Incidence is at the target, between the line of sight and its geodetic vertical: 90 deg less the elevation. Right of the
track is where (P - S) . (V x S) > 0, with V relative to the turning Earth. Any azimuth on that side counts; a radar
that looks across its track only, without squint, images where a target crosses zero Doppler: add `Squint`.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import pi, radians
from typing import ClassVar, Literal

import numpy as np

from orbits.arrays import Floats
from ssa.access_kernels import SAR, SQUINT
from ssa.sensors.bounds import number, one_of, rising
from ssa.sensors.geometry import AccessGeometry, unit
from ssa.sensors.rules import Condition

Side = Literal["left", "right", "either"]
SIDES = {"right": 1.0, "left": -1.0, "either": 0.0}


def _above_plane_rad(line: Floats, normal: Floats) -> Floats:
    return np.asarray(np.arcsin(np.clip(np.sum(unit(line) * unit(normal), axis=-1), -1.0, 1.0)))


def right_of_track_rad(geometry: AccessGeometry) -> Floats:
    """The angle (...) of the line to the target out of the plane of track and vertical, positive on the right.

    NaN where the satellite moves straight up, down or not at all and has no sides.
    """
    return _above_plane_rad(geometry.line_km, np.cross(geometry.velocity_itrs_km_s, geometry.satellite_itrs_km))


def squint_rad(geometry: AccessGeometry) -> Floats:
    """The angle (...) of the line to the target ahead of the plane across the velocity; zero Doppler is its zero."""
    return _above_plane_rad(geometry.line_km, geometry.velocity_itrs_km_s)


@dataclass(frozen=True, slots=True)
class SarAnnulus(Condition):
    """Incidence from `min_incidence_deg` to `max_incidence_deg` (0 to 90) on a `side` of the track.

    >>> str(SarAnnulus(29.1, 46.0, side="right"))
    'incidence 29.1 to 46 deg on the right'
    """

    min_incidence_deg: float
    max_incidence_deg: float
    side: Side = "either"
    NAME: ClassVar[str] = "sar"

    def __post_init__(self) -> None:
        for name in ("min_incidence_deg", "max_incidence_deg"):
            object.__setattr__(self, name, number(name, getattr(self, name), 0, 90, "deg"))
        rising("incidence_deg", self.min_incidence_deg, self.max_incidence_deg)
        one_of("side", self.side, tuple(SIDES))

    def margin(self, geometry: AccessGeometry) -> Floats:
        incidence = 0.5 * pi - geometry.elevation_rad
        margin = np.minimum(incidence - radians(self.min_incidence_deg), radians(self.max_incidence_deg) - incidence)
        if self.side != "either":
            margin = np.minimum(margin, SIDES[self.side] * right_of_track_rad(geometry))
        return np.asarray(margin)

    @property
    def keeps_above_horizon(self) -> bool:
        return True

    def row(self) -> tuple[int, bool, tuple[float, ...]]:
        return SAR, False, (radians(self.min_incidence_deg), radians(self.max_incidence_deg), SIDES[self.side])

    def __str__(self) -> str:
        where = "either side" if self.side == "either" else f"the {self.side}"
        return f"incidence {self.min_incidence_deg:g} to {self.max_incidence_deg:g} deg on {where}"


@dataclass(frozen=True, slots=True)
class Squint(Condition):
    """The line to the target within `max_squint_deg` of the plane across the velocity. It does not ask for sight.

    >>> str(SarAnnulus(20, 45, side="left") & Squint(2))
    'incidence 20 to 45 deg on the left and squint at most 2 deg'
    """

    max_squint_deg: float
    NAME: ClassVar[str] = "squint"

    def __post_init__(self) -> None:
        checked = number("max_squint_deg", self.max_squint_deg, 0, 90, "deg")
        rising("max_squint_deg", 0.0, checked)
        object.__setattr__(self, "max_squint_deg", checked)

    def margin(self, geometry: AccessGeometry) -> Floats:
        return np.asarray(radians(self.max_squint_deg) - np.abs(squint_rad(geometry)))

    @property
    def keeps_above_horizon(self) -> bool:
        return False

    def row(self) -> tuple[int, bool, tuple[float, ...]]:
        return SQUINT, False, (radians(self.max_squint_deg),)

    def __str__(self) -> str:
        return f"squint at most {self.max_squint_deg:g} deg"

    def words_for_not(self) -> str:
        return f"squint above {self.max_squint_deg:g} deg"

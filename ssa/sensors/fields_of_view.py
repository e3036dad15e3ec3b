"""Conical and rectangular fields of view with a boresight off the nadir and a yaw.

Axes at the satellite: down is the nadir (`geodetic` or `geocentric`), forward the part of the velocity (relative to the
turning Earth) across it, right is down x forward. The boresight stands `off_nadir_deg` from down towards
`azimuth_deg`, clockwise from forward as seen from above: 0 ahead, 90 right, 270 left. The rectangle's across and along
sides are right and forward, carried to the boresight by the shortest turn and then turned about it by `yaw_deg`,
forward towards right. The target must be above the horizon. The margin is NaN where the satellite moves straight up,
down or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin
from typing import ClassVar

import numpy as np

from orbits.arrays import Floats
from ssa.access_kernels import CONE, RECTANGLE
from ssa.sensors.bounds import number, one_of, rising
from ssa.sensors.geometry import AccessGeometry, angle_rad, unit
from ssa.sensors.rules import Condition
from ssa.sensors.viewing import NADIRS, Nadir


def _turned(axis: Floats, angle: float, vector: Floats) -> Floats:
    """A vector (3,) turned about a unit axis (Rodrigues)."""
    turned = vector * cos(angle) + np.cross(axis, vector) * sin(angle) + axis * (axis @ vector) * (1.0 - cos(angle))
    return np.asarray(turned)


def sight_axes(off_nadir_deg: float, azimuth_deg: float, yaw_deg: float = 0.0) -> Floats:
    """Boresight, across and along as the rows of (3, 3), in components forward, right and down.

    >>> (sight_axes(90, 90).round(9) + 0.0).tolist()  # looks right: across is up, along stays forward
    [[0.0, 1.0, 0.0], [0.0, 0.0, -1.0], [1.0, 0.0, 0.0]]
    """
    tilt, azimuth = radians(off_nadir_deg), radians(azimuth_deg)
    hinge = np.array([-sin(azimuth), cos(azimuth), 0.0])  # turns down towards the azimuth
    down, right, forward = np.array([0.0, 0, 1]), np.array([0.0, 1, 0]), np.array([1.0, 0, 0])
    boresight, across, along = (_turned(hinge, tilt, axis) for axis in (down, right, forward))
    return np.stack([boresight, *(_turned(boresight, radians(yaw_deg), axis) for axis in (across, along))])


def _body_line(geometry: AccessGeometry, nadir: Nadir) -> Floats:
    """Unit lines to the target (..., 3) in components forward, right and down."""
    down = geometry.nadir(nadir)
    velocity = geometry.velocity_itrs_km_s
    forward = unit(velocity - np.sum(velocity * down, axis=-1, keepdims=True) * down)
    line = unit(geometry.line_km)
    axes = (forward, np.cross(down, forward), down)
    return np.stack([np.sum(line * axis, axis=-1) for axis in axes], axis=-1)


class _FieldOfView(Condition):
    __slots__ = ()
    off_nadir_deg: float
    azimuth_deg: float
    nadir: Nadir

    def _check_boresight(self) -> None:
        for name, most in (("off_nadir_deg", 90), ("azimuth_deg", 360)):
            object.__setattr__(self, name, number(name, getattr(self, name), 0, most, "deg"))
        one_of("nadir", self.nadir, NADIRS)

    @property
    def keeps_above_horizon(self) -> bool:
        return True

    def _boresight_words(self) -> str:
        if self.off_nadir_deg == 0.0:
            return f"the {self.nadir} nadir"
        towards = f"{self.off_nadir_deg:g} deg off the {self.nadir} nadir"
        return f"a boresight {towards}, {self.azimuth_deg:g} deg clockwise from the flight"


@dataclass(frozen=True, slots=True)
class ConicalField(_FieldOfView):
    """The target is within `half_angle_deg` (above 0, below 90) of the boresight. Yaw is the boresight's azimuth.

    >>> str(ConicalField(34.2, off_nadir_deg=12.6, azimuth_deg=90))
    'within 34.2 deg of a boresight 12.6 deg off the geodetic nadir, 90 deg clockwise from the flight'
    """

    half_angle_deg: float
    off_nadir_deg: float = 0.0
    azimuth_deg: float = 0.0
    nadir: Nadir = "geodetic"
    NAME: ClassVar[str] = "conical_field"

    def __post_init__(self) -> None:
        half = number("half_angle_deg", self.half_angle_deg, 0, 89.9, "deg")
        rising("half_angle_deg", 0.0, half)
        object.__setattr__(self, "half_angle_deg", half)
        self._check_boresight()

    def margin(self, geometry: AccessGeometry) -> Floats:
        boresight = sight_axes(self.off_nadir_deg, self.azimuth_deg)[0]
        off = angle_rad(_body_line(geometry, self.nadir), boresight)
        return np.asarray(np.minimum(radians(self.half_angle_deg) - off, geometry.elevation_rad))

    def row(self) -> tuple[int, bool, tuple[float, ...]]:
        boresight = sight_axes(self.off_nadir_deg, self.azimuth_deg)[0]
        return CONE, self.nadir == "geodetic", (*boresight.tolist(), radians(self.half_angle_deg))

    def __str__(self) -> str:
        return f"within {self.half_angle_deg:g} deg of {self._boresight_words()}"


@dataclass(frozen=True, slots=True)
class RectangularField(_FieldOfView):
    """The target is inside a pyramid of half-angles across and along the track (above 0, below 90) about the boresight.

    The margin is the angle to the nearest face, negative outside; the four faces meet in kinks.

    >>> str(RectangularField(half_across_deg=10, half_along_deg=1))
    'within 10 deg across and 1 deg along of the geodetic nadir'
    """

    half_across_deg: float
    half_along_deg: float
    off_nadir_deg: float = 0.0
    azimuth_deg: float = 0.0
    yaw_deg: float = 0.0
    nadir: Nadir = "geodetic"
    NAME: ClassVar[str] = "rectangular_field"

    def __post_init__(self) -> None:
        for name in ("half_across_deg", "half_along_deg"):
            half = number(name, getattr(self, name), 0, 89.9, "deg")
            rising(name, 0.0, half)
            object.__setattr__(self, name, half)
        object.__setattr__(self, "yaw_deg", number("yaw_deg", self.yaw_deg, -360, 360, "deg"))
        self._check_boresight()

    def margin(self, geometry: AccessGeometry) -> Floats:
        line = _body_line(geometry, self.nadir)
        boresight, across, along = sight_axes(self.off_nadir_deg, self.azimuth_deg, self.yaw_deg)
        faces = [
            line @ (boresight * sin(half) + sign * side * cos(half))
            for half, side in ((radians(self.half_across_deg), across), (radians(self.half_along_deg), along))
            for sign in (1.0, -1.0)
        ]
        nearest = np.arcsin(np.clip(np.min(faces, axis=0), -1.0, 1.0))
        return np.asarray(np.minimum(nearest, geometry.elevation_rad))

    def row(self) -> tuple[int, bool, tuple[float, ...]]:
        axes = sight_axes(self.off_nadir_deg, self.azimuth_deg, self.yaw_deg)
        halves = (radians(self.half_across_deg), radians(self.half_along_deg))
        return RECTANGLE, self.nadir == "geodetic", (*axes.ravel().tolist(), *halves)

    def __str__(self) -> str:
        yaw = f", yawed by {self.yaw_deg:g} deg" if self.yaw_deg else ""
        sides = f"within {self.half_across_deg:g} deg across and {self.half_along_deg:g} deg along of "
        return sides + self._boresight_words() + yaw

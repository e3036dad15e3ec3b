"""Angles within one turn, as SGP4's branches expect them."""

from __future__ import annotations

import math

import numpy as np

from orbits.constants import TAU
from orbits.jit import inner

_TURNS_PER_RADIAN = 1.0 / TAU
SMALL_ANGLE_RAD = 1.0e-3  # up to here five terms are exact: the next is 2e-22


@inner
def wrapped(angle_rad):
    """The angle less whole turns, keeping its sign, as C's fmod does.

    The sign matters: near the equator the lunisolar node correction depends on which turn the node is counted in.
    """
    return angle_rad - TAU * np.trunc(angle_rad * _TURNS_PER_RADIAN)


@inner
def turned(sine, cosine, angle_rad):
    """Sine and cosine of an angle moved on by another, which is nearly always small: then by Taylor's series."""
    square = angle_rad * angle_rad
    sin_step = angle_rad * (1.0 - square * (1.0 / 6.0 - square / 120.0))
    cos_step = 1.0 - square * (0.5 - square / 24.0)
    if abs(angle_rad) > SMALL_ANGLE_RAD:
        sin_step, cos_step = math.sin(angle_rad), math.cos(angle_rad)
    return sine * cos_step + cosine * sin_step, cosine * cos_step - sine * sin_step

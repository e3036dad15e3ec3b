"""Angles within one turn, as SGP4's branches expect them."""

from __future__ import annotations

import numpy as np

from orbits.constants import TAU
from orbits.jit import inner

_TURNS_PER_RADIAN = 1.0 / TAU


@inner
def wrapped(angle_rad):
    """The angle less whole turns, keeping its sign, as C's fmod does.

    The sign matters: near the equator the lunisolar node correction depends on which turn the node is counted in.
    """
    return angle_rad - TAU * np.trunc(angle_rad * _TURNS_PER_RADIAN)

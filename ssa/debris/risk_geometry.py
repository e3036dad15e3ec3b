"""How planes of two inclinations cross when their nodes are random: how often, and how fast the objects then meet.

Two near-circular orbits of one radius whose planes make the angle I meet at v_rel = 2 v sin(I/2). Over random
differences of node, cos I = cos i1 cos i2 + sin i1 sin i2 cos dN, and the collision rate of the pair is

    (R1 + R2)^2 G / (2 pi) * integral of p1 p2 v / r^2 dr,   G = mean of 1 / cos(I/2)
                                                              = 2 sqrt2 / pi K(m) / sqrt(1 + cos(i1 - i2)),

with m = 2 sin i1 sin i2 / (1 + cos(i1 - i2)), K the complete elliptic integral, and p the radial densities of time. Its
mean over isotropic planes is 2, which is the kinetic-gas rate with a mean relative speed of 4 v / pi. G grows without
bound, as a logarithm, where the planes can coincide head on (i1 + i2 = 180 deg): cells hold its mean over both degrees.

Assumes small eccentricities: speeds are those of circular orbits. Sources: Opik 1951, Proc. R. Irish Acad. 54A, 165;
Kessler 1981, Icarus 48, 39-48; the closed form of G is derived from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from orbits.arrays import Floats, read_only
from ssa.debris.density import INCLINATION_BINS
from ssa.debris.risk_geometry_kernels import CLOSEST_TO_HEAD_ON, tables_kernel

SPEED_STEPS = 64  # of sin(I/2), the relative speed over twice the circular one
_NODES = 32


def crossing_factor(first_rad: npt.ArrayLike, second_rad: npt.ArrayLike) -> Floats:
    """G of two inclinations; where they add to 180 deg, the value a millionth of m short of it.

    >>> float(crossing_factor(0.0, np.pi / 2).round(6))
    1.414214
    """
    one, two = np.asarray(first_rad, dtype=np.float64), np.asarray(second_rad, dtype=np.float64)
    near = 1.0 + np.cos(one - two)
    m = np.minimum(2.0 * np.sin(one) * np.sin(two) / np.maximum(near, 1e-300), 1.0 - CLOSEST_TO_HEAD_ON)
    return np.asarray(2.0 * np.sqrt(2.0) / np.pi * complete_elliptic(m) / np.sqrt(np.maximum(near, 1e-300)))


def complete_elliptic(m: npt.ArrayLike) -> Floats:
    """K(m), the complete elliptic integral of the first kind for m < 1, by the arithmetic-geometric mean."""
    a, g = np.ones_like(np.asarray(m, dtype=np.float64)), np.sqrt(1.0 - np.asarray(m, dtype=np.float64))
    for _ in range(8):  # doubles the digits each time; 8 serve m up to 1 - 1e-12
        a, g = 0.5 * (a + g), np.sqrt(a * g)
    return np.asarray(np.pi / (2.0 * a))


@dataclass(frozen=True, eq=False)
class CrossingTables:
    """Means over random nodes and over both degrees of inclination, read-only.

    `factor` (180, 180) is G. `faster` (180, 180, 65) is the part of G that comes from sin(I/2) at or above k / 64.
    `speed` (180, 180) is the mean of sin(I/2) / cos(I/2): over G, the mean relative speed over 2 v.
    """

    factor: Floats
    faster: Floats
    speed: Floats


@cache
def crossing_tables() -> CrossingTables:
    """The tables, made once in a process."""
    nodes = np.cos((np.arange(_NODES) + 0.5) * np.pi / _NODES)
    factor, speed = np.empty((2, INCLINATION_BINS, INCLINATION_BINS))
    faster = np.empty((INCLINATION_BINS, INCLINATION_BINS, SPEED_STEPS + 1))
    tables_kernel(np.radians(np.arange(INCLINATION_BINS, dtype=np.float64)), nodes, factor, faster, speed)
    return CrossingTables(*(read_only(table, np.float64) for table in (factor, faster, speed)))

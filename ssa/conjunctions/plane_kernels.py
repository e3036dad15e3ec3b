"""Relative states and joint covariances to the encounter plane's principal axes, for arrays of encounters."""

from __future__ import annotations

import math

import numpy as np

from orbits.jit import column, entry, f8, i8, out
from orbits.sgp4_core.vector_kernels import fill


@entry(column(f8, 2), column(f8, 2), column(f8, 3), column(f8), i8, i8, out(f8, 2))
def planes_kernel(position, velocity, covariance, floor, first, last, planes):
    """Fill `planes` (n, 4): miss x, y and deviations x, y; NaN without relative speed."""
    for row in range(first, last):
        v0, v1, v2 = velocity[row, 0], velocity[row, 1], velocity[row, 2]
        speed = math.sqrt(v0 * v0 + v1 * v1 + v2 * v2)
        if not speed > 0.0:
            fill(planes[row], np.nan)
            continue
        v0, v1, v2 = v0 / speed, v1 / speed, v2 / speed
        if abs(v0) < 0.6:
            a0, a1, a2 = 0.0, v2, -v1
        else:
            a0, a1, a2 = -v2, 0.0, v0
        size = math.sqrt(a0 * a0 + a1 * a1 + a2 * a2)
        a0, a1, a2 = a0 / size, a1 / size, a2 / size
        b0, b1, b2 = v1 * a2 - v2 * a1, v2 * a0 - v0 * a2, v0 * a1 - v1 * a0
        p, q, r = 0.0, 0.0, 0.0
        for i in range(3):
            for j in range(3):
                c = covariance[row, i, j]
                ai = a0 if i == 0 else (a1 if i == 1 else a2)
                aj = a0 if j == 0 else (a1 if j == 1 else a2)
                bi = b0 if i == 0 else (b1 if i == 1 else b2)
                bj = b0 if j == 0 else (b1 if j == 1 else b2)
                p += ai * c * aj
                q += ai * c * bj
                r += bi * c * bj
        angle = 0.5 * math.atan2(2.0 * q, p - r)
        cosine, sine = math.cos(angle), math.sin(angle)
        wide = cosine * cosine * p + 2.0 * cosine * sine * q + sine * sine * r
        narrow = sine * sine * p - 2.0 * cosine * sine * q + cosine * cosine * r
        x = a0 * position[row, 0] + a1 * position[row, 1] + a2 * position[row, 2]
        y = b0 * position[row, 0] + b1 * position[row, 1] + b2 * position[row, 2]
        least = floor[row] * floor[row]
        planes[row, 0], planes[row, 1] = cosine * x + sine * y, cosine * y - sine * x
        planes[row, 2], planes[row, 3] = math.sqrt(max(wide, least)), math.sqrt(max(narrow, least))

"""Whether sampled pairs of orbits come within the hard-body radius inside a window; nothing between samples is missed.

The window is halved until the relative motion is provably straight enough in each part: over a time h from its middle,
motion leaves the straight line by at most (cosh kh - 1) d + (sinh kh / k - h) v, with k^2 twice the gravity gradient at
the lowest point between the two objects. A part is done when its closest straight-line distance less that pad is above
the radius (no contact), plus it below (contact), or when the pad is a thousandth of the radius.
"""

from __future__ import annotations

import math

import numpy as np

from orbits.jit import column, entry, f8, i8, inner
from ssa.conjunctions.equinoctial_kernels import MU, state_after

_DEEPEST = 60


@inner
def lowest_radius(elements):
    """Perigee distance, km."""
    eccentricity = math.sqrt(elements[1] ** 2 + elements[2] ** 2)
    return (MU / elements[0] ** 2) ** (1.0 / 3.0) * (1.0 - eccentricity)


@inner
def come_close(e1, e2, low, high, radius, room1, room2, lows, highs):
    """Whether two orbits come within the radius between two times."""
    perigee = min(lowest_radius(e1), lowest_radius(e2))
    steepest = 2.0 * MU / (0.86 * perigee) ** 3
    k = math.sqrt(steepest)
    lows[0], highs[0] = low, high
    depth = 1
    while depth > 0:
        depth -= 1
        start, end = lows[depth], highs[depth]
        middle, half = 0.5 * (start + end), 0.5 * (end - start)
        state_after(e1, middle, room1)
        state_after(e2, middle, room2)
        r2, v2, rv = 0.0, 0.0, 0.0
        for axis in range(3):
            d, v = room2[axis] - room1[axis], room2[3 + axis] - room1[3 + axis]
            r2 += d * d
            v2 += v * v
            rv += d * v
        distance, speed = math.sqrt(r2), math.sqrt(v2)
        at = min(max(-rv / v2, -half), half) if v2 > 0.0 else 0.0
        nearest = math.sqrt(max(r2 + 2.0 * at * rv + at * at * v2, 0.0))
        pad = MU / (perigee * perigee) * half * half  # of any two orbits: each falls by its own weight
        kh = k * half
        if distance + speed * half < 0.5 * perigee and kh < 3.0:  # then the gradient bounds the difference
            pad = min(pad, (math.cosh(kh) - 1.0) * distance + (math.sinh(kh) / k - half) * speed)
        if nearest > radius + pad:
            continue
        if nearest < radius - pad or (pad < 1e-3 * radius and nearest < radius):
            return True
        if pad >= 1e-3 * radius and depth + 2 < _DEEPEST:
            lows[depth], highs[depth] = middle, end  # the earlier half is looked at first
            lows[depth + 1], highs[depth + 1] = start, middle
            depth += 2
    return False


@entry(column(f8), column(f8), column(f8, 2), column(f8, 2), column(f8, 2), f8, f8, f8, i8, i8, returns=i8)
def count_contacts_kernel(e1, e2, factor1, factor2, normals, low, high, radius, first, last):
    """How many of rows `first` to `last` of `normals` (n, 12) make orbits that come within the radius."""
    contacts = 0
    now1, now2, room1, room2 = np.empty(6), np.empty(6), np.empty(6), np.empty(6)
    lows, highs = np.empty(_DEEPEST), np.empty(_DEEPEST)
    for row in range(first, last):
        for i in range(6):
            now1[i], now2[i] = e1[i], e2[i]
            for j in range(6):
                now1[i] += factor1[i, j] * normals[row, j]
                now2[i] += factor2[i, j] * normals[row, 6 + j]
        flat1, flat2 = now1[1] ** 2 + now1[2] ** 2, now2[1] ** 2 + now2[2] ** 2
        if flat1 < 0.98 and flat2 < 0.98 and now1[0] > 0.0 and now2[0] > 0.0:
            if come_close(now1, now2, low, high, radius, room1, room2, lows, highs):
                contacts += 1
    return contacts

"""Kernel of collision rates pair by pair, with the closed form of G: the slow exact twin of the cells.

G of one object with BATCH others is taken at once, in vector code: K by the arithmetic-geometric mean, whose square
roots a processor takes eight at a time, where the logarithm of `risk_geometry_kernels.elliptic` is taken one by one.
"""

import math

import numpy as np

from orbits.jit import column, entry, f8, i8, inner, out, quick
from orbits.sgp4_core.vector_kernels import borrowed
from ssa.debris.risk_geometry_kernels import CLOSEST_TO_HEAD_ON

BATCH = 256
_ROOT_2 = math.sqrt(2.0)
_MEANS = 5  # from 0.001 and 1, the least and the most, to the last digit


@quick
def crossings(cos1, sin1, cosines, sines, count, answer):
    """G of one inclination with each of `count` others, K(m) being pi / 2 over the mean of 1 and sqrt(1 - m)."""
    for k in range(count):
        near = max(1.0 + cos1 * cosines[k] + sin1 * sines[k], 1e-12)
        m1 = max(1.0 - 2.0 * sin1 * sines[k] / near, CLOSEST_TO_HEAD_ON)
        a, b = 1.0, math.sqrt(m1)
        for _ in range(_MEANS):
            a, b = 0.5 * (a + b), math.sqrt(a * b)
        answer[k] = _ROOT_2 / (a * math.sqrt(near))


@inner
def beyond(lowest, begin, top):
    """The first row from `begin` on whose lowest shell is above `top`; rows are sorted by it."""
    low, high = begin, len(lowest)
    while low < high:
        middle = (low + high) // 2
        if lowest[middle] > top:
            high = middle
        else:
            low = middle + 1
    return low


@quick
def shared(mine, others, count):
    """The sum of products of `count` numbers."""
    total = 0.0
    for k in range(count):
        total += mine[k] * others[k]
    return total


@entry(i8, i8, column(i8), column(i8), column(i8), column(f8), column(f8), column(f8), column(f8), column(f8),
       column(i8), out(f8), out(f8, 2))  # fmt: skip
def pair_rates_kernel(
    first_row, last_row, first, lowest, highest, fraction, per_volume, cosine, sine, radius_km, group, rates, by_group
):
    """Add to rates per second (n,) and by group (g, g) all pairs (i, j > i) of objects sorted by their lowest shell."""
    factors, weighted = np.empty(BATCH), np.empty(len(per_volume))
    first, lowest, highest, fraction = borrowed(first), borrowed(lowest), borrowed(highest), borrowed(fraction)
    cosine, sine, by_group, weighted_here = borrowed(cosine), borrowed(sine), borrowed(by_group), borrowed(weighted)
    for i in range(first_row, last_row):
        top = highest[i]
        size_i, row, bottom, total = radius_km[i], by_group[group[i]], lowest[i], 0.0
        for step in range(top - bottom + 1):
            weighted[step] = fraction[first[i] + step] * per_volume[bottom + step]
        end = beyond(lowest, i + 1, top)
        for begin in range(i + 1, end, BATCH):
            count = min(BATCH, end - begin)
            crossings(cosine[i], sine[i], cosine[begin:], sine[begin:], count, factors)
            for k in range(count):
                j = begin + k
                low = lowest[j]
                share = shared(weighted_here[low - bottom :], fraction[first[j] :], min(top, highest[j]) - low + 1)
                size = size_i + radius_km[j]
                rate = size * size * share * factors[k]
                total += rate
                rates[j] += rate
                row[group[j]] += rate
        rates[i] += total
    weighted[0] = 0.0  # what is borrowed must be there until the end

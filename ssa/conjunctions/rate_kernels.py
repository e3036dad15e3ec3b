"""The rate of first contacts between two uncertain orbits, and its integral over time.

At each time the likeliest meeting is found (`overlap_kernels`) and the flow through the sphere added up
(`sphere_flow_kernels`). Time is integrated by adaptive Gauss-Kronrod pieces that begin at the peaks of the rate and
grow away from them. Lengths in km, times in s.
"""

from __future__ import annotations

import math

import numpy as np

from orbits.jit import column, entry, f8, i8, inner, out
from orbits.sgp4_core.vector_kernels import fill
from ssa.conjunctions.overlap_kernels import climb, overlap_at
from ssa.conjunctions.probability_kernels import GAUSS_WEIGHTS, KRONROD_NODES, KRONROD_WEIGHTS
from ssa.conjunctions.sphere_flow_kernels import LEAST_SIGMA, farthest_of_sphere, flow_through_sphere

# columns of `found`
EXPECTED, ERROR, PEAK_S, WIDTH_S, PEAK_RATE, UNSETTLED, FIRST_S, LAST_S = range(8)
FOUND = 8
# Times at which every contact is farther than the likeliest by this (squared, in deviations) weigh below e^-40 of it.
NEGLIGIBLE = 80.0
MAX_PIECES = 600
SCAN = 241  # times over the window at which peaks are looked for
MAX_PEAKS = 6
MAX_FLANKS = 12
_TOLERANCE = 1e-5


@inner
def rate_at(seconds, e1, e2, q1, q2, radius, floor, farthest, mean, covariance, found):
    """The rate of first contacts (1/s) at a time; a search that did not settle is noted, with what it would weigh."""
    distance2, settled = overlap_at(seconds, e1, e2, q1, q2, floor, mean, covariance)
    if not distance2 < 1e9:
        return 0.0
    rate = flow_through_sphere(radius, mean, covariance, math.sqrt(max(distance2, 0.0)), farthest)
    if not settled:
        found[UNSETTLED] = max(found[UNSETTLED], rate)
        return 0.0
    return rate


@inner
def rate_between(low, high, e1, e2, q1, q2, radius, floor, farthest, mean, covariance, found):
    """Gauss-Kronrod 7-15 of the rate, and the difference of the two rules; the highest rate is kept in `found`."""
    middle, half = 0.5 * (low + high), 0.5 * (high - low)
    kronrod, gauss = 0.0, 0.0
    for k in range(-7, 8):
        at = middle + half * (KRONROD_NODES[k] if k >= 0 else -KRONROD_NODES[-k])
        rate = rate_at(at, e1, e2, q1, q2, radius, floor, farthest, mean, covariance, found)
        kronrod += KRONROD_WEIGHTS[abs(k)] * rate
        gauss += GAUSS_WEIGHTS[abs(k)] * rate
        if rate > found[PEAK_RATE]:
            found[PEAK_RATE], found[PEAK_S] = rate, at
    return kronrod * half, abs(kronrod - gauss) * half


@inner
def first_times(limit, e1, e2, q1, q2, radius, floor, mean, covariance, edges):
    """Ends of the first pieces, sorted: the window's ends, and each peak with its flanks.

    Returns how many, and within how many deviations some time looked at has the whole sphere.
    """
    edges[0], edges[1] = -limit, limit
    count, peaks, least = 2, 0, math.inf
    scan = np.empty(SCAN)
    for k in range(SCAN):
        at = limit * (2.0 * k / (SCAN - 1) - 1.0)
        distance2, settled = overlap_at(at, e1, e2, q1, q2, floor, mean, covariance)
        scan[k] = distance2
        if settled:
            least = min(least, farthest_of_sphere(radius, math.sqrt(max(distance2, 0.0)), covariance))
    for k in range(-1, SCAN):
        if k >= 0:
            lower_before = k == 0 or scan[k] <= scan[k - 1]
            lower_after = k == SCAN - 1 or scan[k] <= scan[k + 1]
            if not (lower_before and lower_after and scan[k] < 1e7):
                continue
        if peaks >= MAX_PEAKS:
            break
        start = 0.0 if k < 0 else limit * (2.0 * k / (SCAN - 1) - 1.0)
        at, width = climb(start, limit, e1, e2, q1, q2, floor, mean, covariance)
        if width <= 0.0:
            continue
        peaks += 1
        edges[count] = at
        count += 1
        reach = 2.0 * width
        for _ in range(MAX_FLANKS):  # in growing steps, since where motion bends the rate can be wider than its peak
            if at - reach > -limit:
                edges[count] = at - reach
                count += 1
            if at + reach < limit:
                edges[count] = at + reach
                count += 1
            reach *= 3.0
    for k in range(1, count):
        edge, place = edges[k], k
        while place > 0 and edges[place - 1] > edge:
            edges[place] = edges[place - 1]
            place -= 1
        edges[place] = edge
    return count, least


@entry(column(f8), column(f8), column(f8, 2), column(f8, 2), f8, f8, i8, out(f8))
def expected_contacts_kernel(e1, e2, q1, q2, radius, limit, most_pieces, found):
    """Fill `found` (8,): expected first contacts within `limit` seconds of time 0, error, peak, width, window.

    `e1`, `e2` are elements (6,), `q1`, `q2` their covariances (6, 6).
    """
    mean, covariance = np.empty(6), np.empty((6, 6))
    lows, highs, parts, errors = np.empty(MAX_PIECES), np.empty(MAX_PIECES), np.empty(MAX_PIECES), np.empty(MAX_PIECES)
    edges = np.empty(4 + (MAX_PEAKS + 1) * (2 * MAX_FLANKS + 1))
    floor = (LEAST_SIGMA * radius) ** 2
    fill(found, 0.0)
    count, least = first_times(limit, e1, e2, q1, q2, radius, floor, mean, covariance, edges)
    farthest = math.sqrt(least * least + NEGLIGIBLE)
    total, error, pieces = 0.0, 0.0, 0
    for k in range(count - 1):
        if edges[k + 1] > edges[k]:
            lows[pieces], highs[pieces] = edges[k], edges[k + 1]
            parts[pieces], errors[pieces] = rate_between(
                edges[k], edges[k + 1], e1, e2, q1, q2, radius, floor, farthest, mean, covariance, found
            )
            total += parts[pieces]
            error += errors[pieces]
            pieces += 1
    while error > _TOLERANCE * total and pieces < min(most_pieces, MAX_PIECES):
        worst = 0
        for k in range(1, pieces):
            if errors[k] > errors[worst]:
                worst = k
        lows[pieces], highs[pieces] = 0.5 * (lows[worst] + highs[worst]), highs[worst]
        highs[worst] = lows[pieces]
        for k in (worst, pieces):
            parts[k], errors[k] = rate_between(
                lows[k], highs[k], e1, e2, q1, q2, radius, floor, farthest, mean, covariance, found
            )
        pieces += 1
        total, error = 0.0, 0.0
        for k in range(pieces):
            total += parts[k]
            error += errors[k]
    _, width = climb(found[PEAK_S], limit, e1, e2, q1, q2, floor, mean, covariance)
    found[EXPECTED], found[ERROR], found[WIDTH_S] = total, error, width
    found[FIRST_S], found[LAST_S] = limit, -limit
    for k in range(pieces):
        if parts[k] > 1e-6 * total:
            found[FIRST_S] = min(found[FIRST_S], lows[k])
            found[LAST_S] = max(found[LAST_S], highs[k])

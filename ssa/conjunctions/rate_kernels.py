"""The rate of first contacts between two uncertain orbits, and its integral over time.

At each time the most likely pair of orbits that puts both objects in one place is found (the peak overlap of Hall 2021,
here as an iterated, damped Gauss-Newton step that needs no inverse of a covariance), both motions are made linear
about it, and the flow of probability through the sphere of the hard-body radius, inward only, is added up over the
sphere (Coppola 2012, with correlated Gaussian velocities). Time is integrated by adaptive Gauss-Kronrod pieces that
begin at the peaks of the rate. Lengths in km, times in s.
"""

from __future__ import annotations

import math

import numpy as np

from orbits.jit import column, entry, f8, i8, inner, out
from ssa.conjunctions.equinoctial_kernels import eigen3, state_and_partials
from ssa.conjunctions.probability_kernels import GAUSS_WEIGHTS, KRONROD_NODES, KRONROD_WEIGHTS, SQRT2, SQRT_TAU

# columns of `found`
EXPECTED, ERROR, PEAK_S, WIDTH_S, PEAK_RATE, UNSETTLED, FIRST_S, LAST_S = range(8)
FOUND = 8
MAX_PIECES = 600
SCAN = 241  # times over the window at which peaks are looked for
MAX_PEAKS = 6
MAX_FLANKS = 12
_TOLERANCE = 1e-5
_LEAST_SIGMA = 1e-4  # of the radius: thinner covariances are widened to it (Hall 2017, AAS 17-567)

# Gauss-Legendre, 8 points (Abramowitz and Stegun, table 25.4)
_NODES8 = np.array(
    [-0.960289856497536232, -0.796666477413626740, -0.525532409916328986, -0.183434642495649805,
     0.183434642495649805, 0.525532409916328986, 0.796666477413626740, 0.960289856497536232]
)  # fmt: skip
_WEIGHTS8 = np.array(
    [0.101228536290376259, 0.222381034453374471, 0.313706645877887287, 0.362683783378361983,
     0.362683783378361983, 0.313706645877887287, 0.222381034453374471, 0.101228536290376259]
)  # fmt: skip


@inner
def solve3(matrix, right, answer):
    """Solve a symmetric positive definite 3x3 by Cholesky; false where it is not positive definite."""
    a, b, c = matrix[0, 0], matrix[0, 1], matrix[0, 2]
    d, e, f = matrix[1, 1], matrix[1, 2], matrix[2, 2]
    if not a > 0.0:
        return False
    l0 = math.sqrt(a)
    l1, l2 = b / l0, c / l0
    d -= l1 * l1
    if not d > 0.0:
        return False
    l3 = math.sqrt(d)
    l4 = (e - l1 * l2) / l3
    f -= l2 * l2 + l4 * l4
    if not f > 0.0:
        return False
    l5 = math.sqrt(f)
    y0 = right[0] / l0
    y1 = (right[1] - l1 * y0) / l3
    y2 = (right[2] - l2 * y0 - l4 * y1) / l5
    answer[2] = y2 / l5
    answer[1] = (y1 - l4 * answer[2]) / l3
    answer[0] = (y0 - l1 * answer[1] - l2 * answer[2]) / l0
    return True


@inner
def propagated_covariance(partials1, partials2, q1, q2, room, covariance):
    """covariance = J1 Q1 J1' + J2 Q2 J2'."""
    for which in range(2):
        partials = partials1 if which == 0 else partials2
        q = q1 if which == 0 else q2
        for i in range(6):
            for j in range(6):
                total = 0.0
                for m in range(6):
                    total += partials[i, m] * q[m, j]
                room[i, j] = total
        for i in range(6):
            for j in range(i + 1):
                total = 0.0
                for m in range(6):
                    total += room[i, m] * partials[j, m]
                covariance[i, j] = total if which == 0 else covariance[i, j] + total
                covariance[j, i] = covariance[i, j]


@inner
def overlap_at(seconds, e1, e2, q1, q2, floor, mean, covariance):
    """Fill the relative state's mean (6,) and covariance (6, 6), linear about the most likely meeting.

    Returns the squared Mahalanobis distance of the meeting, and whether the search settled.
    """
    now1, now2 = e1.copy(), e2.copy()
    state1, state2 = np.empty(6), np.empty(6)
    partials1, partials2 = np.empty((6, 6)), np.empty((6, 6))
    room, pull = np.empty((6, 6)), np.empty(3)
    before, settled = math.inf, False
    for step in range(40):
        state_and_partials(now1, seconds, state1, partials1)
        state_and_partials(now2, seconds, state2, partials2)
        propagated_covariance(partials1, partials2, q1, q2, room, covariance)
        for i in range(3):
            covariance[i, i] += floor
        for i in range(6):
            total = state2[i] - state1[i]
            for m in range(6):
                total += partials2[i, m] * (e2[m] - now2[m]) - partials1[i, m] * (e1[m] - now1[m])
            mean[i] = total
        if not solve3(covariance[:3, :3], mean[:3], pull):
            return math.inf, False
        distance2 = mean[0] * pull[0] + mean[1] * pull[1] + mean[2] * pull[2]
        if abs(distance2 - before) <= 1e-6 + 1e-9 * distance2:
            settled = True
            break
        before = distance2
        damping = 1.0 if step < 12 else 0.5
        for m in range(6):
            to1, to2 = e1[m], e2[m]
            for j in range(6):
                force1 = partials1[0, j] * pull[0] + partials1[1, j] * pull[1] + partials1[2, j] * pull[2]
                force2 = partials2[0, j] * pull[0] + partials2[1, j] * pull[1] + partials2[2, j] * pull[2]
                to1 += q1[m, j] * force1
                to2 -= q2[m, j] * force2
            now1[m] += damping * (to1 - now1[m])
            now2[m] += damping * (to2 - now2[m])
        if (
            now1[1] ** 2 + now1[2] ** 2 > 0.98
            or now2[1] ** 2 + now2[2] ** 2 > 0.98
            or not (now1[0] > 0.05 * e1[0] and now2[0] > 0.05 * e2[0])
        ):
            return distance2, False  # the meeting would be of orbits far from these: nothing to see here
    return distance2, settled


@inner
def inflow(n0, n1, n2, radius, centre, inverse, slope, drift, spread):
    """Density at the sphere's point times the mean inward speed there, in the principal axes of the position."""
    d0, d1, d2 = radius * n0 - centre[0], radius * n1 - centre[1], radius * n2 - centre[2]
    exponent = -0.5 * (d0 * d0 * inverse[0] + d1 * d1 * inverse[1] + d2 * d2 * inverse[2])
    if exponent < -740.0:
        return 0.0
    speed = 0.0
    for i in range(3):
        n = n0 if i == 0 else (n1 if i == 1 else n2)
        speed += n * (drift[i] + slope[i, 0] * d0 + slope[i, 1] * d1 + slope[i, 2] * d2)
    variance = (
        n0 * n0 * spread[0, 0] + n1 * n1 * spread[1, 1] + n2 * n2 * spread[2, 2]
        + 2.0 * (n0 * n1 * spread[0, 1] + n0 * n2 * spread[0, 2] + n1 * n2 * spread[1, 2])
    )  # fmt: skip
    if variance <= 1e-24:
        inward = max(-speed, 0.0)
    else:
        sigma = math.sqrt(variance)
        z = speed / sigma
        inward = sigma * math.exp(-0.5 * z * z) / SQRT_TAU - 0.5 * speed * math.erfc(z / SQRT2)
        inward = max(inward, 0.0)
    return math.exp(exponent) * inward


@inner
def flow_through_sphere(radius, mean, covariance):
    """The rate of first contacts (1/s) for a relative state that is Gaussian."""
    matrix, vectors, values = covariance[:3, :3].copy(), np.empty((3, 3)), np.empty(3)
    eigen3(matrix, values, vectors)
    centre, inverse, drift = np.empty(3), np.empty(3), np.empty(3)
    slope, spread = np.empty((3, 3)), np.empty((3, 3))
    for i in range(3):
        values[i] = max(values[i], (_LEAST_SIGMA * radius) ** 2)
        inverse[i] = 1.0 / values[i]
        centre[i], drift[i] = 0.0, 0.0
        for m in range(3):
            centre[i] += vectors[m, i] * mean[m]
            drift[i] += vectors[m, i] * mean[3 + m]
    for i in range(3):
        for j in range(3):
            between, within = 0.0, 0.0
            for m in range(3):
                for other in range(3):
                    between += vectors[m, i] * covariance[3 + m, other] * vectors[other, j]
                    within += vectors[m, i] * covariance[3 + m, 3 + other] * vectors[other, j]
            slope[i, j] = between * inverse[j]
            spread[i, j] = within
    for i in range(3):
        for j in range(3):
            for m in range(3):
                spread[i, j] -= slope[i, m] * slope[j, m] * values[m]
    speed = math.sqrt(drift[0] ** 2 + drift[1] ** 2 + drift[2] ** 2)
    blur = math.sqrt(max(spread[0, 0] + spread[1, 1] + spread[2, 2], 0.0))
    thin = math.sqrt(values[0])
    if radius < 1.2 * thin and speed > 3.0 * blur:
        total = flow_about_motion(radius, centre, inverse, slope, drift, spread, speed)
    else:
        total = flow_about_needle(radius, centre, inverse, slope, drift, spread, thin, math.sqrt(values[1]))
    return total * radius * radius / (SQRT_TAU**3 * math.sqrt(values[0] * values[1] * values[2]))


@inner
def flow_about_motion(radius, centre, inverse, slope, drift, spread, speed):
    """Sum over the sphere in axes along the motion: the front half and the back half are each smooth."""
    a0, a1, a2 = drift[0] / speed, drift[1] / speed, drift[2] / speed
    if abs(a0) < 0.6:
        b0, b1, b2 = 0.0, a2, -a1
    else:
        b0, b1, b2 = -a2, 0.0, a0
    size = math.sqrt(b0 * b0 + b1 * b1 + b2 * b2)
    b0, b1, b2 = b0 / size, b1 / size, b2 / size
    c0, c1, c2 = a1 * b2 - a2 * b1, a2 * b0 - a0 * b2, a0 * b1 - a1 * b0
    total, around = 0.0, 24
    for half in range(4):
        for k in range(8):
            height = -1.0 + 0.5 * half + 0.25 * (1.0 + _NODES8[k])
            flat = math.sqrt(1.0 - height * height)
            ring = 0.0
            for turn in range(around):
                angle = 2.0 * math.pi * (turn + 0.5) / around
                cosine, sine = flat * math.cos(angle), flat * math.sin(angle)
                ring += inflow(
                    height * a0 + cosine * b0 + sine * c0, height * a1 + cosine * b1 + sine * c1,
                    height * a2 + cosine * b2 + sine * c2, radius, centre, inverse, slope, drift, spread,
                )  # fmt: skip
            total += 0.25 * _WEIGHTS8[k] * ring * 2.0 * math.pi / around
    return total


@inner
def flow_about_needle(radius, centre, inverse, slope, drift, spread, thin, middle):
    """Sum over the sphere in axes along the thinnest deviation: only heights within its reach are visited."""
    place = min(max(centre[0] / radius, -1.0), 1.0)
    scale = thin / radius
    beyond = abs(centre[0] - radius * place)
    if beyond > 0.0:
        scale = min(scale, thin * thin / (radius * beyond) * 4.0)
    low, high = max(place - 8.5 * scale, -1.0), min(place + 8.5 * scale, 1.0)
    panels = int(min(max(math.ceil((high - low) / (3.0 * scale)), 3.0), 8.0))
    around = int(min(max(48.0, 12.0 * math.ceil(radius / middle)), 480.0))
    total, step = 0.0, (high - low) / panels
    for panel in range(panels):
        for k in range(8):
            height = low + step * (panel + 0.5 * (1.0 + _NODES8[k]))
            flat = math.sqrt(max(1.0 - height * height, 0.0))
            ring = 0.0
            for turn in range(around):
                angle = 2.0 * math.pi * (turn + 0.5) / around
                ring += inflow(
                    height, flat * math.cos(angle), flat * math.sin(angle),
                    radius, centre, inverse, slope, drift, spread,
                )  # fmt: skip
            total += 0.5 * step * _WEIGHTS8[k] * ring * 2.0 * math.pi / around
    return total


@inner
def rate_at(seconds, e1, e2, q1, q2, radius, floor, mean, covariance, found):
    """The rate of first contacts (1/s) at a time; a search that did not settle is noted, with what it would weigh."""
    distance2, settled = overlap_at(seconds, e1, e2, q1, q2, floor, mean, covariance)
    if not distance2 < 1e9:
        return 0.0
    rate = flow_through_sphere(radius, mean, covariance)
    if not settled:
        found[UNSETTLED] = max(found[UNSETTLED], rate)
        return 0.0
    return rate


@inner
def climb(start, limit, e1, e2, q1, q2, floor, mean, covariance):
    """The time of the nearest peak from `start`, and the rate's width there; each step is exact for straight motion."""
    at, width = start, 0.0
    pull = np.empty(3)
    for _ in range(25):
        _, settled = overlap_at(at, e1, e2, q1, q2, floor, mean, covariance)
        if not settled or not solve3(covariance[:3, :3], mean[3:], pull):
            return at, 0.0
        curvature = mean[3] * pull[0] + mean[4] * pull[1] + mean[5] * pull[2]
        slope = mean[0] * pull[0] + mean[1] * pull[1] + mean[2] * pull[2]
        if not curvature > 0.0:
            return at, 0.0
        width = 1.0 / math.sqrt(curvature)
        step = min(max(-slope / curvature, -0.05 * limit), 0.05 * limit)
        at = min(max(at + step, -limit), limit)
        if abs(step) < 0.01 * width:
            break
    return at, width


@inner
def rate_between(low, high, e1, e2, q1, q2, radius, floor, mean, covariance, found):
    """Gauss-Kronrod 7-15 of the rate, and the difference of the two rules; the highest rate is kept in `found`."""
    middle, half = 0.5 * (low + high), 0.5 * (high - low)
    kronrod, gauss = 0.0, 0.0
    for k in range(-7, 8):
        at = middle + half * (KRONROD_NODES[k] if k >= 0 else -KRONROD_NODES[-k])
        rate = rate_at(at, e1, e2, q1, q2, radius, floor, mean, covariance, found)
        kronrod += KRONROD_WEIGHTS[abs(k)] * rate
        gauss += GAUSS_WEIGHTS[abs(k)] * rate
        if rate > found[PEAK_RATE]:
            found[PEAK_RATE], found[PEAK_S] = rate, at
    return kronrod * half, abs(kronrod - gauss) * half


@inner
def first_times(limit, e1, e2, q1, q2, floor, mean, covariance, edges):
    """Ends of the first pieces, sorted: the window's ends, and each peak with its flanks; returns how many."""
    edges[0], edges[1] = -limit, limit
    count, peaks = 2, 0
    scan = np.empty(SCAN)
    for k in range(SCAN):
        at = limit * (2.0 * k / (SCAN - 1) - 1.0)
        distance2, _ = overlap_at(at, e1, e2, q1, q2, floor, mean, covariance)
        scan[k] = distance2
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
    edges[:count].sort()
    return count


@entry(column(f8), column(f8), column(f8, 2), column(f8, 2), f8, f8, i8, out(f8))
def expected_contacts_kernel(e1, e2, q1, q2, radius, limit, most_pieces, found):
    """Fill `found` (8,): expected first contacts within `limit` seconds of time 0, error, peak, width, window.

    `e1`, `e2` are elements (6,), `q1`, `q2` their covariances (6, 6).
    """
    mean, covariance = np.empty(6), np.empty((6, 6))
    lows, highs, parts, errors = np.empty(MAX_PIECES), np.empty(MAX_PIECES), np.empty(MAX_PIECES), np.empty(MAX_PIECES)
    edges = np.empty(4 + (MAX_PEAKS + 1) * (2 * MAX_FLANKS + 1))
    floor = (_LEAST_SIGMA * radius) ** 2
    found[:] = 0.0
    count = first_times(limit, e1, e2, q1, q2, floor, mean, covariance, edges)
    total, error, pieces = 0.0, 0.0, 0
    for k in range(count - 1):
        if edges[k + 1] > edges[k]:
            lows[pieces], highs[pieces] = edges[k], edges[k + 1]
            parts[pieces], errors[pieces] = rate_between(
                edges[k], edges[k + 1], e1, e2, q1, q2, radius, floor, mean, covariance, found
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
                lows[k], highs[k], e1, e2, q1, q2, radius, floor, mean, covariance, found
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

"""The likeliest meeting of two uncertain orbits at a time, and the relative state made linear about it.

The peak overlap of Hall 2021 (JSR 58(3), 715-728), here as an iterated, damped Gauss-Newton step that needs no inverse
of a covariance: it is the update of a filter that was told, without error, that both objects are in one place.
"""

from __future__ import annotations

import math

import numpy as np

from orbits.jit import inner
from ssa.conjunctions.equinoctial_kernels import state_and_partials


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

"""The flow of probability through the sphere of the hard-body radius, inward only, for a Gaussian relative state.

At each point of the sphere: the density there times the mean inward speed of a velocity that is Gaussian given that
place (Coppola 2012, AAS 12-247, with correlated velocities), summed by a rule that fits the case: in axes along the
motion where the sphere is small, along the thinnest deviation where it is not.
"""

from __future__ import annotations

import math

import numpy as np

from orbits.jit import inner
from ssa.conjunctions.eigen_kernels import eigen3
from ssa.conjunctions.probability_kernels import SQRT2, SQRT_TAU

LEAST_SIGMA = 1e-4  # of the radius: thinner covariances are widened to it (Hall 2017, AAS 17-567)

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
def principal_axes(radius, covariance, values, vectors):
    """Variances of the position, the thinnest first, none below LEAST_SIGMA squared, and their axes as columns."""
    matrix = np.empty((3, 3))
    for i in range(3):
        for j in range(3):
            matrix[i, j] = covariance[i, j]
    eigen3(matrix, values, vectors)
    for i in range(3):
        values[i] = max(values[i], (LEAST_SIGMA * radius) ** 2)


@inner
def farthest_of_sphere(radius, distance, covariance):
    """At most how many deviations a point of the sphere lies from the mean, whose centre lies `distance` from it."""
    vectors, values = np.empty((3, 3)), np.empty(3)
    principal_axes(radius, covariance, values, vectors)
    return distance + radius / math.sqrt(values[0])


@inner
def flow_through_sphere(radius, mean, covariance, distance, farthest):
    """The rate of first contacts (1/s) for a relative state that is Gaussian.

    The sphere's centre lies `distance` deviations from the mean; 0 where no point of the sphere is within `farthest`.
    """
    vectors, values = np.empty((3, 3)), np.empty(3)
    principal_axes(radius, covariance, values, vectors)
    if distance - radius / math.sqrt(values[0]) > farthest:
        return 0.0
    centre, inverse, drift = np.empty(3), np.empty(3), np.empty(3)
    slope, spread = np.empty((3, 3)), np.empty((3, 3))
    for i in range(3):
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

"""Two-body motion in equinoctial elements, with partial derivatives.

Elements: mean motion n (rad/s), h and k (eccentricity vector along g and f), p and q (tangent of half the inclination
along the node), mean longitude (rad). The longitude alone moves, by n t, so an error in n grows along the orbit as a
real error does: a Gaussian in these elements stays true where a Cartesian one would leave the orbit.
Source: Broucke and Cefola, On the equinoctial orbit elements, Celestial Mechanics 5 (1972), 303-310.
"""

from __future__ import annotations

import math

import numpy as np

from orbits.constants import EARTH_MU_KM3_S2
from orbits.jit import column, entry, f8, inner, out

MU = EARTH_MU_KM3_S2
ELLIPTIC, NOT_ELLIPTIC = 0, 1


@inner
def eccentric_longitude(longitude, h, k):
    """Kepler's equation in longitudes, by Newton's steps, each at most 1 rad."""
    f = longitude + k * math.sin(longitude) - h * math.cos(longitude)
    for _ in range(30):
        sine, cosine = math.sin(f), math.cos(f)
        step = (longitude - f - h * cosine + k * sine) / (1.0 - h * sine - k * cosine)
        f += min(max(step, -1.0), 1.0)
        if abs(step) < 1e-14:
            break
    return f


@inner
def in_plane(elements, seconds):
    """Position and velocity along f and g (km, km/s)."""
    n, h, k = elements[0], elements[1], elements[2]
    root = math.sqrt(1.0 - h * h - k * k)
    beta = 1.0 / (1.0 + root)
    a = (MU / (n * n)) ** (1.0 / 3.0)
    angle = eccentric_longitude(elements[5] + n * seconds, h, k)
    sine, cosine = math.sin(angle), math.cos(angle)
    x = a * ((1.0 - h * h * beta) * cosine + h * k * beta * sine - k)
    y = a * ((1.0 - k * k * beta) * sine + h * k * beta * cosine - h)
    rate = n * a / (1.0 - h * sine - k * cosine)
    vx = rate * (h * k * beta * cosine - (1.0 - h * h * beta) * sine)
    vy = rate * ((1.0 - k * k * beta) * cosine - h * k * beta * sine)
    return x, y, vx, vy


@inner
def state_after(elements, seconds, state):
    """Fill `state` (6,), km and km/s."""
    p, q = elements[3], elements[4]
    x, y, vx, vy = in_plane(elements, seconds)
    w = 1.0 + p * p + q * q
    f0, f1, f2 = (1.0 - p * p + q * q) / w, 2.0 * p * q / w, -2.0 * p / w
    g0, g1, g2 = 2.0 * p * q / w, (1.0 + p * p - q * q) / w, 2.0 * q / w
    state[0], state[1], state[2] = x * f0 + y * g0, x * f1 + y * g1, x * f2 + y * g2
    state[3], state[4], state[5] = vx * f0 + vy * g0, vx * f1 + vy * g1, vx * f2 + vy * g2


@inner
def state_and_partials(elements, seconds, state, partials):
    """Fill `state` (6,) and `partials` (6, 6), the derivatives of the state by the elements at time 0."""
    n, h, k, p, q = elements[0], elements[1], elements[2], elements[3], elements[4]
    root = math.sqrt(1.0 - h * h - k * k)
    beta = 1.0 / (1.0 + root)
    beta_h, beta_k = beta * beta * h / root, beta * beta * k / root
    a = (MU / (n * n)) ** (1.0 / 3.0)
    angle = eccentric_longitude(elements[5] + n * seconds, h, k)
    s, c = math.sin(angle), math.cos(angle)
    rho = 1.0 - h * s - k * c
    hk = h * k * beta
    hh, kk = 1.0 - h * h * beta, 1.0 - k * k * beta
    x, y = hh * c + hk * s - k, kk * s + hk * c - h  # in units of a
    x_f, y_f = -hh * s + hk * c, kk * c - hk * s
    x_ff, y_ff = -(x + k), -(y + h)
    rho_f = k * s - h * c
    u, v = x_f / rho, y_f / rho  # velocity in units of n a
    u_f, v_f = (x_ff * rho - x_f * rho_f) / (rho * rho), (y_ff * rho - y_f * rho_f) / (rho * rho)

    cross_h, cross_k = k * beta + h * k * beta_h, h * beta + h * k * beta_k  # of hk
    own_h, own_k = 2.0 * h * beta + h * h * beta_h, 2.0 * k * beta + k * k * beta_k  # of -hh, -kk
    x_h, y_h = -own_h * c + cross_h * s, -k * k * beta_h * s + cross_h * c - 1.0
    x_k, y_k = -h * h * beta_k * c + cross_k * s - 1.0, -own_k * s + cross_k * c
    x_fh, y_fh = own_h * s + cross_h * c, -k * k * beta_h * c - cross_h * s
    x_fk, y_fk = h * h * beta_k * s + cross_k * c, -own_k * c - cross_k * s
    u_h, v_h = (x_fh * rho + x_f * s) / (rho * rho), (y_fh * rho + y_f * s) / (rho * rho)
    u_k, v_k = (x_fk * rho + x_f * c) / (rho * rho), (y_fk * rho + y_f * c) / (rho * rho)
    f_l, f_h, f_k = 1.0 / rho, -c / rho, s / rho  # the angle's own derivatives

    w = 1.0 + p * p + q * q
    fg = np.empty((6, 3))  # f, g, and their derivatives by p and by q
    fg[0, 0], fg[0, 1], fg[0, 2] = (1.0 - p * p + q * q) / w, 2.0 * p * q / w, -2.0 * p / w
    fg[1, 0], fg[1, 1], fg[1, 2] = 2.0 * p * q / w, (1.0 + p * p - q * q) / w, 2.0 * q / w
    fg[2, 0], fg[2, 1], fg[2, 2] = -2.0 * p / w, 2.0 * q / w, -2.0 / w
    fg[3, 0], fg[3, 1], fg[3, 2] = 2.0 * q / w, 2.0 * p / w, 0.0
    fg[4, 0], fg[4, 1], fg[4, 2] = 2.0 * q / w, 2.0 * p / w, 0.0
    fg[5, 0], fg[5, 1], fg[5, 2] = 2.0 * p / w, -2.0 * q / w, 2.0 / w

    na = n * a
    a_n = -2.0 * a / (3.0 * n)
    plane = np.empty((4, 4))  # x, y, vx, vy by n, h, k, longitude
    plane[0, 3], plane[1, 3] = a * x_f * f_l, a * y_f * f_l
    plane[2, 3], plane[3, 3] = na * u_f * f_l, na * v_f * f_l
    plane[0, 0], plane[1, 0] = a_n * x + seconds * plane[0, 3], a_n * y + seconds * plane[1, 3]
    plane[2, 0], plane[3, 0] = a / 3.0 * u + seconds * plane[2, 3], a / 3.0 * v + seconds * plane[3, 3]
    plane[0, 1], plane[1, 1] = a * (x_h + f_h * x_f), a * (y_h + f_h * y_f)
    plane[2, 1], plane[3, 1] = na * (u_h + f_h * u_f), na * (v_h + f_h * v_f)
    plane[0, 2], plane[1, 2] = a * (x_k + f_k * x_f), a * (y_k + f_k * y_f)
    plane[2, 2], plane[3, 2] = na * (u_k + f_k * u_f), na * (v_k + f_k * v_f)
    for axis in range(3):
        f_p, f_q = fg[2, axis] - 2.0 * p / w * fg[0, axis], fg[3, axis] - 2.0 * q / w * fg[0, axis]
        g_p, g_q = fg[4, axis] - 2.0 * p / w * fg[1, axis], fg[5, axis] - 2.0 * q / w * fg[1, axis]
        for part in range(2):
            along, across = (a * x, a * y) if part == 0 else (na * u, na * v)
            row = 3 * part + axis
            state[row] = along * fg[0, axis] + across * fg[1, axis]
            partials[row, 3] = along * f_p + across * g_p
            partials[row, 4] = along * f_q + across * g_q
            for place in range(4):
                by = 5 if place == 3 else place
                partials[row, by] = plane[2 * part, place] * fg[0, axis] + plane[2 * part + 1, place] * fg[1, axis]


@inner
def elements_from(state, elements):
    """Fill `elements` (6,) from a state (6,); `NOT_ELLIPTIC` for an orbit that is none, or runs about -z."""
    x, y, z, vx, vy, vz = state[0], state[1], state[2], state[3], state[4], state[5]
    r = math.sqrt(x * x + y * y + z * z)
    v2 = vx * vx + vy * vy + vz * vz
    wx, wy, wz = y * vz - z * vy, z * vx - x * vz, x * vy - y * vx
    momentum = math.sqrt(wx * wx + wy * wy + wz * wz)
    if not (r > 0.0 and momentum > 0.0 and v2 < 2.0 * MU / r):
        return NOT_ELLIPTIC
    wx, wy, wz = wx / momentum, wy / momentum, wz / momentum
    if wz < -0.999:
        return NOT_ELLIPTIC
    a = 1.0 / (2.0 / r - v2 / MU)
    p, q = wx / (1.0 + wz), -wy / (1.0 + wz)
    w = 1.0 + p * p + q * q
    f0, f1, f2 = (1.0 - p * p + q * q) / w, 2.0 * p * q / w, -2.0 * p / w
    g0, g1, g2 = 2.0 * p * q / w, (1.0 + p * p - q * q) / w, 2.0 * q / w
    radial = x * vx + y * vy + z * vz
    e0, e1, e2 = (
        (v2 - MU / r) * x / MU - radial * vx / MU,
        (v2 - MU / r) * y / MU - radial * vy / MU,
        (v2 - MU / r) * z / MU - radial * vz / MU,
    )
    k, h = e0 * f0 + e1 * f1 + e2 * f2, e0 * g0 + e1 * g1 + e2 * g2
    along, across = x * f0 + y * f1 + z * f2, x * g0 + y * g1 + z * g2
    root = math.sqrt(max(1.0 - h * h - k * k, 1e-30))
    beta = 1.0 / (1.0 + root)
    cosine = k + ((1.0 - k * k * beta) * along - h * k * beta * across) / (a * root)
    sine = h + ((1.0 - h * h * beta) * across - h * k * beta * along) / (a * root)
    angle = math.atan2(sine, cosine)
    elements[0], elements[1], elements[2], elements[3], elements[4] = math.sqrt(MU / (a * a * a)), h, k, p, q
    elements[5] = angle + h * math.cos(angle) - k * math.sin(angle)
    return ELLIPTIC


@entry(column(f8), out(f8), returns=f8)
def elements_kernel(state, elements):
    """Fill `elements` (6,) from a state (6,) in km and km/s; returns 0, or 1 where the orbit is not elliptic."""
    return float(elements_from(state, elements))


@entry(column(f8), f8, out(f8), out(f8, 2))
def partials_kernel(elements, seconds, state, partials):
    """Fill the state (6,) after `seconds` and its derivatives (6, 6) by the elements."""
    state_and_partials(elements, seconds, state, partials)

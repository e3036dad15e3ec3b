"""Collision rates of a cloud with assets: averaged over random nodes, and counted at sampled moments.

Source: Opik 1951 and Kessler 1981 in closed form (rate of two orbits whose node difference is random); the second is
the kinetic-gas rate with the density counted in a ball round each asset. Elliptic integral by the arithmetic-geometric
mean, Abramowitz and Stegun 17.6.
"""

from __future__ import annotations

import math

from orbits.constants import EARTH_MU_KM3_S2, WGS72_J2, WGS84_RADIUS_KM
from orbits.jit import column, entry, f8, i8, inner, out

_MU = EARTH_MU_KM3_S2
_SMALLEST_SWING_KM = 5.0  # the short-period wobble of J2: no orbit stays on a sphere
_MOST_M = 1.0 - 1e-6


@inner
def time_below(r, a, e):
    """The share of time below radius r."""
    c = (1.0 - r / a) / e
    if c >= 1.0:
        return 0.0
    if c <= -1.0:
        return 1.0
    anomaly = math.acos(c)
    return (anomaly - e * math.sin(anomaly)) / math.pi


@inner
def plane_factor(i1, i2):
    """The mean of 1 / cos(I/2) over the node difference, I the angle between the planes."""
    base = 1.0 + math.cos(i1 - i2)
    m = min(2.0 * math.sin(i1) * math.sin(i2) / max(base, 1e-9), _MOST_M)
    x = 1.0
    y = math.sqrt(1.0 - m)
    for _ in range(12):
        x, y = 0.5 * (x + y), math.sqrt(x * y)
    return math.sqrt(2.0) / (x * math.sqrt(max(base, 1e-9)))


@inner
def first_edge(edges, r):
    """The shell that holds radius r; -1 below the first."""
    low = 0
    high = len(edges) - 1
    if r < edges[0]:
        return -1
    while high - low > 1:
        middle = (low + high) // 2
        if edges[middle] <= r:
            low = middle
        else:
            high = middle
    return low


@entry(column(f8), column(f8), column(f8), column(f8), column(f8), out(f8, 3))
def add_moments(a, e, inclination, radius_km, edges, moments):
    """Add each object's time in shells (h), by inclination degree: sums of radius to 0, 1, 2 (h, degree, 3)."""
    shells = len(edges) - 1
    degrees = moments.shape[1]
    for k in range(len(a)):
        swing = max(e[k], _SMALLEST_SWING_KM / a[k])
        h = max(first_edge(edges, a[k] * (1.0 - swing)), 0)
        d = min(int(inclination[k] * 57.29577951308232 * degrees / 180.0), degrees - 1)
        before = time_below(edges[h], a[k], swing)
        while h < shells and before < 1.0:
            after = time_below(edges[h + 1], a[k], swing)
            share = after - before
            moments[h, d, 0] += share
            moments[h, d, 1] += share * radius_km[k]
            moments[h, d, 2] += share * radius_km[k] * radius_km[k]
            before = after
            h += 1


@entry(column(f8), column(f8), column(f8), column(f8), column(f8), column(f8, 3), out(f8))
def rates_in_field(a, e, inclination, radius_km, edges, moments, rate):
    """Collisions per second of each object with the field whose moments these are."""
    shells = len(edges) - 1
    degrees = moments.shape[1]
    for k in range(len(a)):
        swing = max(e[k], _SMALLEST_SWING_KM / a[k])
        h = max(first_edge(edges, a[k] * (1.0 - swing)), 0)
        before = time_below(edges[h], a[k], swing)
        total = 0.0
        while h < shells and before < 1.0:
            after = time_below(edges[h + 1], a[k], swing)
            middle = 0.5 * (edges[h] + edges[h + 1])
            scale = math.sqrt(_MU / middle) / (2.0 * math.pi * middle * middle * (edges[h + 1] - edges[h]))
            for d in range(degrees):
                if moments[h, d, 0] > 0.0:
                    there = (d + 0.5) * math.pi / degrees
                    cross = (
                        radius_km[k] * radius_km[k] * moments[h, d, 0] + 2.0 * radius_km[k] * moments[h, d, 1]
                        + moments[h, d, 2]
                    )  # fmt: skip
                    total += (after - before) * scale * plane_factor(inclination[k], there) * cross
            before = after
            h += 1
        rate[k] = total


@entry(
    f8, column(f8), column(f8), column(f8), column(f8), column(f8), column(f8), out(f8, 2), out(f8, 2)
)  # fmt: skip
def place_cloud(t, a, e, inclination, node, perigee, mean, position, velocity):
    """Positions (n, 3) and velocities of orbits t seconds on: two bodies with the drift of node and perigee by J2."""
    for k in range(len(a)):
        n = math.sqrt(_MU / a[k] ** 3)
        p = a[k] * (1.0 - e[k] * e[k])
        c = math.cos(inclination[k])
        turn = 0.75 * WGS72_J2 * n * (WGS84_RADIUS_KM / p) ** 2
        w = perigee[k] + turn * (5.0 * c * c - 1.0) * t
        o = node[k] - 2.0 * turn * c * t
        m = mean[k] + (n + turn * math.sqrt(1.0 - e[k] * e[k]) * (3.0 * c * c - 1.0)) * t
        m = m - 2.0 * math.pi * math.floor(m / (2.0 * math.pi))
        x = m + e[k] * math.sin(m) if e[k] < 0.8 else math.pi
        for _ in range(12):
            step = (x - e[k] * math.sin(x) - m) / (1.0 - e[k] * math.cos(x))
            x -= step
            if abs(step) < 1e-10:
                break
        r = a[k] * (1.0 - e[k] * math.cos(x))
        along, across = a[k] * (math.cos(x) - e[k]), a[k] * math.sqrt(1.0 - e[k] * e[k]) * math.sin(x)
        speed = math.sqrt(_MU * a[k]) / r
        v_along, v_across = -speed * math.sin(x), speed * math.sqrt(1.0 - e[k] * e[k]) * math.cos(x)
        co, so, cw, sw, s = math.cos(o), math.sin(o), math.cos(w), math.sin(w), math.sin(inclination[k])
        px, py, pz = co * cw - so * sw * c, so * cw + co * sw * c, sw * s
        qx, qy, qz = -co * sw - so * cw * c, -so * sw + co * cw * c, cw * s
        position[k, 0] = along * px + across * qx
        position[k, 1] = along * py + across * qy
        position[k, 2] = along * pz + across * qz
        velocity[k, 0] = v_along * px + v_across * qx
        velocity[k, 1] = v_along * py + v_across * qy
        velocity[k, 2] = v_along * pz + v_across * qz


@entry(
    column(f8, 2), column(f8, 2), column(f8), column(i8), column(f8, 2), column(f8, 2), column(f8), f8, f8, out(f8),
    out(i8),
)  # fmt: skip
def add_counted_rates(cloud, cloud_velocity, cloud_radius, order, asset, asset_velocity, asset_radius, wide, high,
                      rate, count):  # fmt: skip
    """Add to each asset's rate (1/s) what the pieces in the disc round it at one moment give; `order` sorts x.

    The disc reaches `wide` km sideways and `high` km up and down.
    """
    pieces = len(order)
    volume = 2.0 * math.pi * wide * wide * high
    reach_x = wide + high
    for k in range(len(asset)):
        x, y, z = asset[k, 0], asset[k, 1], asset[k, 2]
        if not x > -1e9:
            continue  # no state of it then
        height = math.sqrt(x * x + y * y + z * z)
        low = 0
        top = pieces
        while low < top:
            middle = (low + top) // 2
            if cloud[order[middle], 0] < x - reach_x:
                low = middle + 1
            else:
                top = middle
        while low < pieces and cloud[order[low], 0] <= x + reach_x:
            j = order[low]
            low += 1
            dx, dy, dz = cloud[j, 0] - x, cloud[j, 1] - y, cloud[j, 2] - z
            up = (dx * x + dy * y + dz * z) / height
            side2 = dx * dx + dy * dy + dz * dz - up * up
            # height above the asset's sphere, to second order: the disc bends with the Earth
            if side2 < wide * wide and abs(up + 0.5 * side2 / height) < high:
                vx = cloud_velocity[j, 0] - asset_velocity[k, 0]
                vy = cloud_velocity[j, 1] - asset_velocity[k, 1]
                vz = cloud_velocity[j, 2] - asset_velocity[k, 2]
                speed = math.sqrt(vx * vx + vy * vy + vz * vz)
                reach = cloud_radius[j] + asset_radius[k]
                rate[k] += math.pi * reach * reach * speed / volume
                count[k] += 1

"""Kernel of the cube Monte Carlo: positions and velocities of a random moment, sorted into cubes, pairs counted."""

import math

import numpy as np

from orbits.jit import column, entry, f8, i8, out


@entry(column(f8), column(f8), column(f8), column(f8), column(f8, 2), column(f8), column(f8), f8, f8,
       column(i8), out(f8, 2))  # fmt: skip
def cube_sample_kernel(a_km, e, cosine, sine, angles, radius_km, offset_km, side_km, mu, group, sums):
    """Add to `sums` (g, g) area times speed over volume, 1/s, of the pairs that share a cube at one random moment.

    `angles` (n, 3) are node, perigee and mean anomaly in rad.
    """
    n = len(e)
    place = np.empty((n, 6))
    key = np.empty(n, np.int64)
    for k in range(n):
        m = angles[k, 2]
        anomaly = m + e[k] * math.sin(m)
        for _ in range(20):
            step = (anomaly - e[k] * math.sin(anomaly) - m) / (1.0 - e[k] * math.cos(anomaly))
            anomaly -= step
            if abs(step) < 1e-10:
                break
        root = math.sqrt(1.0 - e[k] * e[k])
        x, y = a_km[k] * (math.cos(anomaly) - e[k]), a_km[k] * root * math.sin(anomaly)
        rate = math.sqrt(mu / a_km[k]) / (1.0 - e[k] * math.cos(anomaly))
        u, w = -rate * math.sin(anomaly), rate * root * math.cos(anomaly)
        cp, sp = math.cos(angles[k, 1]), math.sin(angles[k, 1])
        cn, sn = math.cos(angles[k, 0]), math.sin(angles[k, 0])
        px, py, pz = cn * cp - sn * sp * cosine[k], sn * cp + cn * sp * cosine[k], sp * sine[k]
        qx, qy, qz = -cn * sp - sn * cp * cosine[k], -sn * sp + cn * cp * cosine[k], cp * sine[k]
        place[k, 0], place[k, 1], place[k, 2] = x * px + y * qx, x * py + y * qy, x * pz + y * qz
        place[k, 3], place[k, 4], place[k, 5] = u * px + w * qx, u * py + w * qy, u * pz + w * qz
        code = 0
        for axis in range(3):
            code = code * 1000003 + math.floor((place[k, axis] + offset_km[axis]) / side_km) + 500000
        key[k] = code
    order = np.argsort(key)
    begin = 0
    while begin < n:
        end = begin + 1
        while end < n and key[order[end]] == key[order[begin]]:
            end += 1
        for one in range(begin, end):
            for two in range(one + 1, end):
                i, j = order[one], order[two]
                size = radius_km[i] + radius_km[j]
                speed2 = 0.0
                for axis in range(3, 6):
                    speed2 += (place[i, axis] - place[j, axis]) ** 2
                sums[group[i], group[j]] += math.pi * size * size * math.sqrt(speed2) / side_km**3
        begin = end

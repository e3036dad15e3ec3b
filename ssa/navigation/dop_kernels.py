"""Dilution of precision at many points and epochs: 4 x 4 normal matrices by Cholesky, a block of points at a time.

Rows of the design matrix are unit vectors from the point to the satellite with a 1 for the receiver's clock. Sums run
over satellites in the outer loop and over points in the inner one, so that the inner loops become vector code;
satellites that no point of a block can see are passed over.
"""

from __future__ import annotations

import math

import numpy as np

from orbits.jit import column, entry, f8, i8, inner, out, quick

BLOCK = 128  # points whose sums stay in the nearest cache
TILE = 8  # epochs written together: a line of the cache
# what `dops` holds (6, points, epochs)
SATELLITES, GDOP, PDOP, HDOP, VDOP, TDOP = range(6)
MOST_CONDITION = 1.0e12

_SMALLEST_KM = 6335.0  # below every radius of curvature of the ellipsoid: the widest circle of view
_PAD_RAD = 0.006  # the vertical's deflection
_TINY = 1.0e-300


@quick
def add_satellite(x, y, z, points, up, sin2_mask, count, sums):
    """Add one satellite to the sums (10, points): xx, xy, xz, yy, yz, zz, x, y, z of unit vectors, and the number."""
    for i in range(count):
        dx, dy, dz = x - points[0, i], y - points[1, i], z - points[2, i]
        d2 = dx * dx + dy * dy + dz * dz
        height = dx * up[0, i] + dy * up[1, i] + dz * up[2, i]
        seen = 1.0 if height * abs(height) >= sin2_mask * d2 else 0.0
        inverse = seen / math.sqrt(d2)
        ex, ey, ez = dx * inverse, dy * inverse, dz * inverse
        sums[0, i] += ex * ex
        sums[1, i] += ex * ey
        sums[2, i] += ex * ez
        sums[3, i] += ey * ey
        sums[4, i] += ey * ez
        sums[5, i] += ez * ez
        sums[6, i] += ex
        sums[7, i] += ey
        sums[8, i] += ez
        sums[9, i] += seen


@quick
def join_clock(one, total, needed, used, own_clocks, count):
    """Add a system's sums to the total and clear them; with clocks of their own, later systems lose their clock's part.

    Eliminating an unknown that only these rows hold leaves A - b b' / n (the Schur complement).
    """
    for i in range(count):
        n = one[9, i]
        extra = own_clocks > 0 and total[9, i] > 0.0 and n > 0.0
        share = 1.0 / n if extra else 0.0
        keep = 0.0 if extra else 1.0
        x, y, z = one[6, i], one[7, i], one[8, i]
        total[0, i] += one[0, i] - x * x * share
        total[1, i] += one[1, i] - x * y * share
        total[2, i] += one[2, i] - x * z * share
        total[3, i] += one[3, i] - y * y * share
        total[4, i] += one[4, i] - y * z * share
        total[5, i] += one[5, i] - z * z * share
        total[6, i] += keep * x
        total[7, i] += keep * y
        total[8, i] += keep * z
        total[9, i] += keep * n
        needed[i] += 1.0 - keep
        used[i] += n
        for row in range(10):
            one[row, i] = 0.0


@quick
def solve(total, needed, used, up, count, g, p, h, v, t):
    """The five dilutions of each point, infinite where the normal matrix cannot be inverted in earnest."""
    for i in range(count):
        a, b, c, d, e, f = total[0, i], total[1, i], total[2, i], total[3, i], total[4, i], total[5, i]
        x, y, z, n = total[6, i], total[7, i], total[8, i], total[9, i]
        # Cholesky: L of the lower triangle, pivots below zero mean that it is singular
        p0 = max(a, _TINY)
        i0 = 1.0 / math.sqrt(p0)
        l10, l20, l30 = b * i0, c * i0, x * i0
        p1 = d - l10 * l10
        i1 = 1.0 / math.sqrt(max(p1, _TINY))
        l21, l31 = (e - l20 * l10) * i1, (y - l30 * l10) * i1
        p2 = f - l20 * l20 - l21 * l21
        i2 = 1.0 / math.sqrt(max(p2, _TINY))
        l32 = (z - l30 * l20 - l31 * l21) * i2
        p3 = n - l30 * l30 - l31 * l31 - l32 * l32
        i3 = 1.0 / math.sqrt(max(p3, _TINY))
        # the inverse of L
        m10, m21, m32 = -l10 * i0 * i1, -l21 * i1 * i2, -l32 * i2 * i3
        m20 = -(l20 * i0 + l21 * m10) * i2
        m31 = -(l31 * i1 + l32 * m21) * i3
        m30 = -(l30 * i0 + l31 * m10 + l32 * m20) * i3
        # Q = L^-T L^-1
        qxx = i0 * i0 + m10 * m10 + m20 * m20 + m30 * m30
        qxy = m10 * i1 + m20 * m21 + m30 * m31
        qxz = m20 * i2 + m30 * m32
        qyy = i1 * i1 + m21 * m21 + m31 * m31
        qyz = m21 * i2 + m31 * m32
        qzz = i2 * i2 + m32 * m32
        qxt, qyt, qzt, qtt = m30 * i3, m31 * i3, m32 * i3, i3 * i3
        size = a * a + d * d + f * f + n * n + 2.0 * (b * b + c * c + e * e + x * x + y * y + z * z)
        spread = qxx * qxx + qyy * qyy + qzz * qzz + qtt * qtt
        spread += 2.0 * (qxy * qxy + qxz * qxz + qyz * qyz + qxt * qxt + qyt * qyt + qzt * qzt)
        ux, uy, uz = up[0, i], up[1, i], up[2, i]
        vertical = ux * (qxx * ux + 2.0 * (qxy * uy + qxz * uz)) + uy * (qyy * uy + 2.0 * qyz * uz) + qzz * uz * uz
        position = qxx + qyy + qzz
        good = used[i] >= needed[i] and p1 > 0.0 and p2 > 0.0 and p3 > 0.0
        good = good and size * spread <= MOST_CONDITION * MOST_CONDITION
        g[i] = math.sqrt(position + qtt) if good else math.inf
        p[i] = math.sqrt(position) if good else math.inf
        h[i] = math.sqrt(max(position - vertical, 0.0)) if good else math.inf
        v[i] = math.sqrt(vertical) if good else math.inf
        t[i] = math.sqrt(qtt) if good else math.inf


@inner
def middle_of(points, count):
    """The direction of the middle of a block, and the angle (rad) to its farthest point."""
    x, y, z = 0.0, 0.0, 0.0
    for i in range(count):
        x, y, z = x + points[0, i], y + points[1, i], z + points[2, i]
    r = math.sqrt(x * x + y * y + z * z)
    if r < 1.0:
        return 1.0, 0.0, 0.0, math.pi
    x, y, z = x / r, y / r, z / r
    least = 1.0
    for i in range(count):
        px, py, pz = points[0, i], points[1, i], points[2, i]
        least = min(least, (x * px + y * py + z * pz) / math.sqrt(px * px + py * py + pz * pz))
    return x, y, z, math.acos(max(least, -1.0))


@entry(
    column(f8, 3), column(i8), column(f8, 2), column(f8, 2), f8, i8, i8, i8, out(f8, 3)
)  # fmt: skip
def dop_kernel(satellite_km, system, point_km, up, mask_rad, own_clocks, point_from, point_to, dops):
    """Fill `dops` (6, point_to - point_from, epochs), at most `BLOCK` points; infinite where there is no solution.

    `satellite_km` (n, epochs, 3), NaN where there is no state, rows in the order of `system` (n,).
    """
    count = point_to - point_from
    points, ups = np.empty((3, count)), np.empty((3, count))
    for i in range(count):
        for axis in range(3):
            points[axis, i] = point_km[point_from + i, axis]
            ups[axis, i] = up[point_from + i, axis]
    mx, my, mz, radius = middle_of(points, count)
    sin2 = math.sin(mask_rad) ** 2
    beyond, smallest = radius - mask_rad + _PAD_RAD, _SMALLEST_KM * math.cos(mask_rad)
    cos_beyond, sin_beyond = math.cos(beyond), math.sin(beyond)
    one, total = (
        np.zeros((10, count)),
        np.empty((10, count)),
    )  # cleared in loops: a slice of two axes takes 1 s to compile
    needed, used = np.empty(count), np.empty(count)
    g, p, h, v, t = np.empty(count), np.empty(count), np.empty(count), np.empty(count), np.empty(count)
    n, epochs = satellite_km.shape[0], satellite_km.shape[1]
    held = np.empty((6, count, TILE))
    for k in range(epochs):
        for i in range(count):
            needed[i], used[i] = 4.0, 0.0
            for row in range(10):
                total[row, i] = 0.0
        for row in range(n):
            x, y, z = satellite_km[row, k, 0], satellite_km[row, k, 1], satellite_km[row, k, 2]
            if not math.isnan(x):
                # in sight of the block where the angle from its middle is below acos(q) + beyond: cosine of a sum
                r2 = x * x + y * y + z * z
                q = min(smallest / math.sqrt(r2), 1.0)
                cos_reach = q * cos_beyond - math.sqrt(1.0 - q * q) * sin_beyond
                if beyond > 0.5 * math.pi or mx * x + my * y + mz * z >= math.sqrt(r2) * cos_reach:
                    add_satellite(x, y, z, points, ups, sin2, count, one)
            if row == n - 1 or system[row + 1] != system[row]:
                join_clock(one, total, needed, used, own_clocks, count)
        tile = k % TILE
        solve(total, needed, used, ups, count, g, p, h, v, t)
        for i in range(count):
            held[SATELLITES, i, tile] = used[i]
            held[GDOP, i, tile] = g[i]
            held[PDOP, i, tile] = p[i]
            held[HDOP, i, tile] = h[i]
            held[VDOP, i, tile] = v[i]
            held[TDOP, i, tile] = t[i]
        if tile == TILE - 1 or k == epochs - 1:
            for what in range(6):
                for i in range(count):
                    for at in range(tile + 1):
                        dops[what, i, k - tile + at] = held[what, i, at]

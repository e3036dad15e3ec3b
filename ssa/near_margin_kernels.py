"""Margins for searches: a rule's margin without its angles, for when many are asked and only the edge matters.

A near margin has the sign of `ssa.access_kernels.rule_margin`, is NaN where that is, and grows like it at the edge: the
difference of two cosines over the sine of the edge, where the margin is the difference of the two angles. It costs a
square root where the margin costs an arc tangent (12 ns against 100), and has no cusp at a target's zenith or at a
cone's centre. Away from the edge it is no angle; the kinks where min or max changes stay.

A near program is the table of a program with sines, cosines and scales in the place of its angles.
"""

from __future__ import annotations

import math

from orbits.constants import WGS84_RADIUS_KM
from orbits.jit import column, entry, f8, inner, out
from orbits.sgp4_core.vector_kernels import fill
from ssa.access_kernels import (
    CLAUSE,
    CODE,
    CONE,
    DETIC,
    ELEVATION,
    FIRST,
    OFF_NADIR,
    POLAR_STRETCH,
    RANGE,
    RECTANGLE,
    SAR,
    SIGN,
    SQUINT,
    SUN,
    SUNLIT,
    forward_right,
)
from ssa.elevation_mask_kernels import MASK, MASK_POINTS, mask_elevation

NEAR_WIDTH = 20
_LEAST_SINE = 1.0e-3  # of an edge: narrower ones keep their sign, and are told on a scale that does not run away
_NEVER = 2.0  # beyond any cosine: there is no such edge


@inner
def scale_of(sine):
    return 1.0 / max(abs(sine), _LEAST_SINE)


@inner
def lay_near_row(row, near):
    """Fill the row `near` (NEAR_WIDTH,) of a near program from the row (WIDTH,) of a program."""
    fill(near, 0.0)
    for k in range(FIRST):
        near[k] = row[k]
    code = int(row[CODE])
    a, b = row[FIRST], row[FIRST + 1]
    if code == ELEVATION:
        near[FIRST], near[FIRST + 1] = math.sin(a), scale_of(math.cos(a))
    elif code in (SAR, OFF_NADIR):
        near[FIRST], near[FIRST + 1] = (math.cos(a), scale_of(math.sin(a))) if a > 0.0 else (_NEVER, 1.0)
        near[FIRST + 2], near[FIRST + 3] = (math.cos(b), scale_of(math.sin(b))) if b < math.pi else (-_NEVER, 1.0)
        near[FIRST + 4] = row[FIRST + 2]
    elif code == SUN:
        near[FIRST], near[FIRST + 1] = (math.sin(a), scale_of(math.cos(a))) if a > -0.5 * math.pi else (-_NEVER, 1.0)
        near[FIRST + 2], near[FIRST + 3] = (math.sin(b), scale_of(math.cos(b))) if b < 0.5 * math.pi else (_NEVER, 1.0)
    elif code == RANGE:
        near[FIRST], near[FIRST + 1] = a, b
    elif code in (MASK, MASK_POINTS):
        for k in range(FIRST, row.shape[0]):
            near[k] = row[k]
    elif code == SQUINT:
        near[FIRST], near[FIRST + 1] = math.sin(a), scale_of(math.cos(a))
        if a >= 0.5 * math.pi:
            near[FIRST] = _NEVER
    elif code == CONE:
        for k in range(3):
            near[FIRST + k] = row[FIRST + k]
        half = row[FIRST + 3]
        near[FIRST + 3], near[FIRST + 4] = (math.cos(half), scale_of(math.sin(half))) if half < math.pi else (-2.0, 1.0)
    elif code == RECTANGLE:
        for k in range(9):
            near[FIRST + k] = row[FIRST + k]
        near[FIRST + 9], near[FIRST + 10] = math.sin(row[FIRST + 9]), math.cos(row[FIRST + 9])
        near[FIRST + 11], near[FIRST + 12] = math.sin(row[FIRST + 10]), math.cos(row[FIRST + 10])


@inner
def near_condition(
    near, k, sine, distance, sx, sy, sz, vx, vy, vz, dx, dy, dz, ux, uy, uz, nx, ny, nz, hx, hy, hz
):  # fmt: skip
    """The near margin of row `k` before its sign; `sine` is that of the elevation of S over the target."""
    code = int(near[k, CODE])
    if code == ELEVATION:
        return (sine - near[k, FIRST]) * near[k, FIRST + 1]
    if code == SAR:
        margin = min((near[k, FIRST] - sine) * near[k, FIRST + 1], (sine - near[k, FIRST + 2]) * near[k, FIRST + 3])
        if near[k, FIRST + 4] != 0.0:
            cx, cy, cz = vy * sz - vz * sy, vz * sx - vx * sz, vx * sy - vy * sx
            size = distance * math.sqrt(cx * cx + cy * cy + cz * cz)
            side = near[k, FIRST + 4] * (dx * cx + dy * cy + dz * cz) / size
            if side != side:
                return side
            margin = min(margin, side)
        return margin
    if code == SUN:
        height = ux * hx + uy * hy + uz * hz
        return min((height - near[k, FIRST]) * near[k, FIRST + 1], (near[k, FIRST + 2] - height) * near[k, FIRST + 3])
    if code == SUNLIT:
        # on axes that make the ellipsoid a sphere: the angle from nadir to Sun against that from nadir to limb
        tall_s, tall_h = sz * POLAR_STRETCH, hz * POLAR_STRETCH
        radius = math.sqrt(sx * sx + sy * sy + tall_s * tall_s)
        limb_sine = min(WGS84_RADIUS_KM / radius, 1.0)
        away = math.sqrt(hx * hx + hy * hy + tall_h * tall_h)
        to_sun = -(sx * hx + sy * hy + tall_s * tall_h) / (radius * away)
        return (math.sqrt(1.0 - limb_sine * limb_sine) - to_sun) / limb_sine
    if code == RANGE:
        return min(distance - near[k, FIRST], near[k, FIRST + 1] - distance) / WGS84_RADIUS_KM
    if code == SQUINT:
        ahead = (dx * vx + dy * vy + dz * vz) / (distance * math.sqrt(vx * vx + vy * vy + vz * vz))
        return (near[k, FIRST] - abs(ahead)) * near[k, FIRST + 1]
    # what is left looks down from the satellite
    if near[k, DETIC] == 0.0:
        radius = -math.sqrt(sx * sx + sy * sy + sz * sz)
        nx, ny, nz = sx / radius, sy / radius, sz / radius
    if code == OFF_NADIR:
        off = (dx * nx + dy * ny + dz * nz) / distance
        margin = min((near[k, FIRST] - off) * near[k, FIRST + 1], (off - near[k, FIRST + 2]) * near[k, FIRST + 3])
        return min(margin, sine)
    if code == MASK:
        lowest = mask_elevation(near, k, FIRST, dx, dy, dz, ux, uy, uz)
        return (sine - math.sin(lowest)) * scale_of(math.cos(lowest))
    if code == MASK_POINTS:
        return math.inf
    fx, fy, fz, rx, ry, rz = forward_right(nx, ny, nz, vx, vy, vz)
    ahead = (dx * fx + dy * fy + dz * fz) / distance
    right = (dx * rx + dy * ry + dz * rz) / distance
    down = (dx * nx + dy * ny + dz * nz) / distance
    bore = near[k, FIRST] * ahead + near[k, FIRST + 1] * right + near[k, FIRST + 2] * down
    if code == CONE:
        margin = (bore - near[k, FIRST + 3]) * near[k, FIRST + 4]
        return min(margin, sine) if margin == margin else margin
    if code == RECTANGLE:
        across = near[k, FIRST + 3] * ahead + near[k, FIRST + 4] * right + near[k, FIRST + 5] * down
        along = near[k, FIRST + 6] * ahead + near[k, FIRST + 7] * right + near[k, FIRST + 8] * down
        beside = bore * near[k, FIRST + 9] - abs(across) * near[k, FIRST + 10]
        before = bore * near[k, FIRST + 11] - abs(along) * near[k, FIRST + 12]
        margin = min(beside, before)
        return min(margin, sine) if margin == margin else margin
    return math.nan


@inner
def near_margin(near, sx, sy, sz, vx, vy, vz, px, py, pz, ux, uy, uz, nx, ny, nz, hx, hy, hz):
    """The near margin of a compiled rule; arguments as of `rule_margin`."""
    dx, dy, dz = px - sx, py - sy, pz - sz
    distance = math.sqrt(dx * dx + dy * dy + dz * dz)
    sine = -(ux * dx + uy * dy + uz * dz) / distance
    if sine != sine:
        return sine
    best = -math.inf
    clause = math.inf
    for k in range(near.shape[0]):
        if k > 0 and near[k, CLAUSE] != near[k - 1, CLAUSE]:
            best = max(best, clause)
            clause = math.inf
        margin = near_condition(
            near, k, sine, distance, sx, sy, sz, vx, vy, vz, dx, dy, dz, ux, uy, uz, nx, ny, nz, hx, hy, hz
        )  # fmt: skip
        if margin != margin:
            return margin
        clause = min(clause, near[k, SIGN] * margin)
    return max(best, clause)


@entry(column(f8, 2), out(f8, 2))
def lay_near_programs_kernel(programs, near):
    """Near programs (k, NEAR_WIDTH) for the rows of programs (k, WIDTH)."""
    for k in range(programs.shape[0]):
        lay_near_row(programs[k], near[k])


@entry(column(f8, 2), column(f8, 2), out(f8))
def near_margins_kernel(near, geometry, margins):
    """`near_margin` for rows of 18 numbers: S, V, P, U, N, H."""
    for k in range(geometry.shape[0]):
        g = geometry[k]
        margins[k] = near_margin(
            near, g[0], g[1], g[2], g[3], g[4], g[5], g[6], g[7], g[8],
            g[9], g[10], g[11], g[12], g[13], g[14], g[15], g[16], g[17],
        )  # fmt: skip

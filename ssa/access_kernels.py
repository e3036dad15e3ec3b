"""Evaluate an access rule on one geometry: the floor below `ssa.sensors`, which compiles rules to programs.

A program is a table (k, WIDTH) of float64, one condition a row, in disjunctive form: conditions of the same clause are
joined by min, clauses by max. Columns: CODE, SIGN (-1 for "not"), CLAUSE (counts from 0, rows in order), DETIC (1 for
the geodetic nadir, 0 for the geocentric), then the condition's parameters. A mask by azimuth takes rows more, which
`ssa.elevation_mask_kernels` describes.

The margin is in radians, positive inside, zero at the edge, and continuous in the geometry. It is smooth but for these
kinks: where min or max changes from one condition to another (between two clauses, between the bounds of one condition,
at the corners of a rectangular field), at the zenith of the target and at the centre of a cone (angles have a cusp
there), and where a squint is zero. It is NaN where an input that a condition needs is NaN.
"""

from __future__ import annotations

import math

from orbits.constants import WGS84_FLATTENING, WGS84_RADIUS_KM
from orbits.jit import column, entry, f8, inner, out
from ssa.elevation_mask_kernels import LOWEST, MASK, MASK_POINTS, mask_elevation

CODE, SIGN, CLAUSE, DETIC, FIRST = 0, 1, 2, 3, 4
WIDTH = 16
ELEVATION, OFF_NADIR, SAR, CONE, RECTANGLE, SUN, SUNLIT, RANGE, SQUINT = 1, 2, 3, 4, 5, 6, 7, 8, 9

# For culling: no target lies deeper than 12 km below the ellipsoid, which is what `GroundSite` allows.
LOWEST_TARGET_KM = WGS84_RADIUS_KM * (1.0 - WGS84_FLATTENING) - 12.0
# Geodetic and geocentric vertical differ by 0.1924 deg at most on the ellipsoid, and by 0.1928 deg 12 km below it.
VERTICALS_APART_RAD = 0.00337
_E2 = WGS84_FLATTENING * (2.0 - WGS84_FLATTENING)
POLAR_STRETCH = 1.0 / (1.0 - WGS84_FLATTENING)  # of the polar axis, which makes the ellipsoid a sphere


@inner
def geodetic_nadir(x, y, z):
    """Unit vector from a satellite (ITRS km) down the normal of WGS84 (Bowring 1976, twice: within 1e-9 rad)."""
    p = math.sqrt(x * x + y * y)
    b = WGS84_RADIUS_KM * (1.0 - WGS84_FLATTENING)
    tall, wide = z * WGS84_RADIUS_KM, p * b
    up_z, up_p = z, p
    for _ in range(2):
        size = math.sqrt(tall * tall + wide * wide)
        sine, cosine = tall / size, wide / size
        up_z = z + _E2 / (1.0 - _E2) * b * sine * sine * sine
        up_p = p - _E2 * WGS84_RADIUS_KM * cosine * cosine * cosine
        tall, wide = (1.0 - WGS84_FLATTENING) * up_z, up_p
    size = math.sqrt(up_z * up_z + up_p * up_p)
    flat = -up_p / (size * p) if p > 0.0 else 0.0
    return flat * x, flat * y, -up_z / size


@inner
def angle_between(ax, ay, az, bx, by, bz):
    """The angle (rad) between two vectors of any length."""
    cx, cy, cz = ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx
    return math.atan2(math.sqrt(cx * cx + cy * cy + cz * cz), ax * bx + ay * by + az * bz)


@inner
def arc_sine(value):
    return math.asin(min(max(value, -1.0), 1.0)) if value == value else value


@inner
def squint(sx, sy, sz, vx, vy, vz, px, py, pz):
    """Angle (rad) of the line to the target ahead of the plane across the velocity; its zero is zero Doppler."""
    dx, dy, dz = px - sx, py - sy, pz - sz
    size = math.sqrt((dx * dx + dy * dy + dz * dz) * (vx * vx + vy * vy + vz * vz))
    return arc_sine((dx * vx + dy * vy + dz * vz) / size)


@inner
def right_of_track(sx, sy, sz, vx, vy, vz, px, py, pz):
    """Angle (rad) of the line to the target right of the plane of track and vertical: (P - S) . (V x S) over sizes.

    NaN where the satellite moves straight up, down or not at all and has no sides.
    """
    dx, dy, dz = px - sx, py - sy, pz - sz
    cx, cy, cz = vy * sz - vz * sy, vz * sx - vx * sz, vx * sy - vy * sx
    size = math.sqrt((dx * dx + dy * dy + dz * dz) * (cx * cx + cy * cy + cz * cz))
    return arc_sine((dx * cx + dy * cy + dz * cz) / size)


@inner
def forward_right(nx, ny, nz, vx, vy, vz):
    """Unit vectors forward (velocity across the nadir) and right (nadir x forward), as six numbers."""
    along = vx * nx + vy * ny + vz * nz
    fx, fy, fz = vx - along * nx, vy - along * ny, vz - along * nz
    size = math.sqrt(fx * fx + fy * fy + fz * fz)
    fx, fy, fz = fx / size, fy / size, fz / size
    return fx, fy, fz, ny * fz - nz * fy, nz * fx - nx * fz, nx * fy - ny * fx


@inner
def sunlit_margin(sx, sy, sz, hx, hy, hz):
    """Angle (rad) of the Sun's centre above the Earth's limb seen from S, on axes that make the ellipsoid a sphere."""
    tall_s, tall_h = sz * POLAR_STRETCH, hz * POLAR_STRETCH
    radius = math.sqrt(sx * sx + sy * sy + tall_s * tall_s)
    limb = math.asin(min(WGS84_RADIUS_KM / radius, 1.0))
    return angle_between(-sx, -sy, -tall_s, hx, hy, tall_h) - limb


@inner
def condition_margin(
    program, k, sight, distance, sx, sy, sz, vx, vy, vz, dx, dy, dz, px, py, pz, ux, uy, uz, nx, ny, nz, hx, hy, hz
):
    """The margin (rad) of row `k` of a program before its sign; `sight` is the elevation of S over the target."""
    code = int(program[k, CODE])
    if code == ELEVATION:
        return sight - program[k, FIRST]
    if code == SAR:
        incidence = 0.5 * math.pi - sight
        margin = min(incidence - program[k, FIRST], program[k, FIRST + 1] - incidence)
        if program[k, FIRST + 2] != 0.0:
            margin = min(margin, program[k, FIRST + 2] * right_of_track(sx, sy, sz, vx, vy, vz, px, py, pz))
        return margin
    if code == SUN:
        height = arc_sine(ux * hx + uy * hy + uz * hz)
        return min(height - program[k, FIRST], program[k, FIRST + 1] - height)
    if code == SUNLIT:
        return sunlit_margin(sx, sy, sz, hx, hy, hz)
    if code == RANGE:
        return min(distance - program[k, FIRST], program[k, FIRST + 1] - distance) / WGS84_RADIUS_KM
    if code == MASK:
        return sight - mask_elevation(program, k, FIRST, dx, dy, dz, ux, uy, uz)
    if code == MASK_POINTS:
        return math.inf
    if code == SQUINT:
        return program[k, FIRST] - abs(squint(sx, sy, sz, vx, vy, vz, px, py, pz))
    # what is left looks down from the satellite
    if program[k, DETIC] == 0.0:
        radius = -math.sqrt(sx * sx + sy * sy + sz * sz)
        nx, ny, nz = sx / radius, sy / radius, sz / radius
    if code == OFF_NADIR:
        angle = angle_between(nx, ny, nz, dx, dy, dz)
        return min(min(angle - program[k, FIRST], program[k, FIRST + 1] - angle), sight)
    fx, fy, fz, rx, ry, rz = forward_right(nx, ny, nz, vx, vy, vz)
    ahead = (dx * fx + dy * fy + dz * fz) / distance
    right = (dx * rx + dy * ry + dz * rz) / distance
    down = (dx * nx + dy * ny + dz * nz) / distance
    if code == CONE:
        angle = angle_between(program[k, FIRST], program[k, FIRST + 1], program[k, FIRST + 2], ahead, right, down)
        return min(program[k, FIRST + 3] - angle, sight)
    if code == RECTANGLE:
        bore = program[k, FIRST] * ahead + program[k, FIRST + 1] * right + program[k, FIRST + 2] * down
        across = program[k, FIRST + 3] * ahead + program[k, FIRST + 4] * right + program[k, FIRST + 5] * down
        along = program[k, FIRST + 6] * ahead + program[k, FIRST + 7] * right + program[k, FIRST + 8] * down
        half_across, half_along = program[k, FIRST + 9], program[k, FIRST + 10]
        beside = bore * math.sin(half_across) - abs(across) * math.cos(half_across)
        before = bore * math.sin(half_along) - abs(along) * math.cos(half_along)
        return min(arc_sine(min(beside, before)), sight)
    return math.nan


@inner
def rule_margin(program, sx, sy, sz, vx, vy, vz, px, py, pz, ux, uy, uz, nx, ny, nz, hx, hy, hz):
    """The margin (rad, positive inside) of a compiled rule.

    S: satellite, ITRS km; V: its velocity relative to the turning Earth, km/s; P: target, ITRS km; U: unit geodetic up
    at the target; N: unit geodetic nadir at the satellite; H: unit direction of the Sun from the Earth's centre, ITRS.
    """
    dx, dy, dz = px - sx, py - sy, pz - sz
    distance = math.sqrt(dx * dx + dy * dy + dz * dz)
    sight = 0.5 * math.pi - angle_between(ux, uy, uz, -dx, -dy, -dz)
    best = -math.inf
    clause = math.inf
    for k in range(program.shape[0]):
        if k > 0 and program[k, CLAUSE] != program[k - 1, CLAUSE]:
            best = max(best, clause)
            clause = math.inf
        margin = condition_margin(
            program,
            k,
            sight,
            distance,
            sx,
            sy,
            sz,
            vx,
            vy,
            vz,
            dx,
            dy,
            dz,
            px,
            py,
            pz,
            ux,
            uy,
            uz,
            nx,
            ny,
            nz,
            hx,
            hy,
            hz,
        )
        if margin != margin:
            return margin
        clause = min(clause, program[k, SIGN] * margin)
    return max(best, clause)


@inner
def central_angle_of_elevation(elevation, radius):
    """Widest angle (rad) at the Earth's centre at which a satellite can stand at this geodetic elevation or higher."""
    lowest = elevation - VERTICALS_APART_RAD
    if radius <= LOWEST_TARGET_KM:
        return math.pi
    return math.acos(min(LOWEST_TARGET_KM * math.cos(lowest) / radius, 1.0)) - lowest


@inner
def central_angle_of_off_nadir(widest, radius):
    """The same for an angle off either nadir of `widest` (rad) or less, with the satellite above the horizon."""
    horizon = central_angle_of_elevation(0.0, radius)
    angle = widest + VERTICALS_APART_RAD
    if radius <= LOWEST_TARGET_KM or angle >= 0.5 * math.pi:
        return horizon
    sine = radius * math.sin(angle) / LOWEST_TARGET_KM
    if sine >= math.cos(VERTICALS_APART_RAD):
        return horizon
    return math.asin(sine) - angle


@inner
def central_angle_of_range(farthest_km, radius):
    """The same for a distance of `farthest_km` or less, whatever the radius."""
    if radius <= LOWEST_TARGET_KM:
        return math.pi
    return 2.0 * math.asin(min(0.5 * farthest_km / LOWEST_TARGET_KM, 1.0))


@inner
def widest_central_angle_rad(program, radius):
    """A central angle (rad) between satellite and target beyond which the rule cannot hold, for this geocentric radius.

    pi where nothing bounds it. Never smaller than the truth for targets 12 km below the ellipsoid or higher, and wider
    than it by 0.02 rad or less in low orbit. It never falls with the radius: for an orbit, give the largest radius.
    The bounds: seen from a target at geocentric radius q >= LOWEST_TARGET_KM, a satellite at geocentric elevation e
    stands acos(q cos(e) / r) - e away, which falls with q and e, and e is within VERTICALS_APART_RAD of the geodetic
    elevation. Off nadir by a on the near side of the horizon, it stands asin(r sin(a) / q) - a away, which grows with a
    and falls with q. A chord d gives sin^2(angle / 2) = (d^2 - (r - q)^2) / (4 r q) <= (d / 2 q)^2 of the smallest q.
    """
    widest = 0.0
    clause = math.pi
    for k in range(program.shape[0]):
        if k > 0 and program[k, CLAUSE] != program[k - 1, CLAUSE]:
            widest = max(widest, clause)
            clause = math.pi
        if program[k, SIGN] < 0.0:
            continue
        code = int(program[k, CODE])
        if code == ELEVATION:
            clause = min(clause, central_angle_of_elevation(program[k, FIRST], radius))
        elif code == MASK:
            clause = min(clause, central_angle_of_elevation(program[k, FIRST + LOWEST], radius))
        elif code == SAR:
            clause = min(clause, central_angle_of_elevation(0.5 * math.pi - program[k, FIRST + 1], radius))
        elif code == OFF_NADIR:
            clause = min(clause, central_angle_of_off_nadir(program[k, FIRST + 1], radius))
        elif code == CONE:
            off = angle_between(program[k, FIRST], program[k, FIRST + 1], program[k, FIRST + 2], 0.0, 0.0, 1.0)
            clause = min(clause, central_angle_of_off_nadir(off + program[k, FIRST + 3], radius))
        elif code == RECTANGLE:
            off = angle_between(program[k, FIRST], program[k, FIRST + 1], program[k, FIRST + 2], 0.0, 0.0, 1.0)
            wide, tall = math.tan(program[k, FIRST + 9]), math.tan(program[k, FIRST + 10])
            corner = math.atan(math.sqrt(wide * wide + tall * tall))
            clause = min(clause, central_angle_of_off_nadir(off + corner, radius))
        elif code == RANGE:
            clause = min(clause, central_angle_of_range(program[k, FIRST + 1], radius))
    return max(widest, clause)


@entry(column(f8, 2), column(f8, 2), out(f8))
def rule_margins_kernel(program, geometry, margins):
    """`rule_margin` for rows of 18 numbers: S, V, P, U, N, H."""
    for k in range(geometry.shape[0]):
        g = geometry[k]
        margins[k] = rule_margin(
            program, g[0], g[1], g[2], g[3], g[4], g[5], g[6], g[7], g[8],
            g[9], g[10], g[11], g[12], g[13], g[14], g[15], g[16], g[17],
        )  # fmt: skip


@entry(column(f8, 2), column(f8), out(f8))
def widest_central_angles_kernel(program, radii, angles):
    """`widest_central_angle_rad` for each geocentric radius (km)."""
    for k in range(radii.shape[0]):
        angles[k] = widest_central_angle_rad(program, radii[k])

"""Which cells of a latitude-longitude grid satellites see, step by step, row by row: arrays in, counts out.

On the ellipsoid, for any sensor symmetric about the nadir, what a satellite sees of a row of latitude is bounded by
values of c, the cosine of the longitude from the satellite: height over a point's horizon, distance along the nadir and
distance squared are linear in c, so each rule is a quadratic in one of them (`ssa/coverage/maps.py` has the formulas).
A row then costs two marks in an array of differences; a prefix sum makes the counts. The loops over rows hold no
branch, so that they become vector code.
"""

from __future__ import annotations

import math

import numpy as np

from orbits.constants import WGS84_FLATTENING, WGS84_RADIUS_KM
from orbits.jit import column, entry, f8, i4, i8, inner, out, quick

# rows of `table` (9, rows): what a row of latitude is, at its middle
COS, SIN, P_KM, Z_KM, N_KM, HEIGHT_KM, R2_KM2, LIFT_KM, LIFT_PER_Z_KM = range(9)
# columns of `rules` (n, 5); an `INNER` of NaN is none
MODE, OUTER, INNER, WIDEST_RAD, HAS_INNER = range(5)
ELEVATION, GEOCENTRIC, GEODETIC = 0, 1, 2

_SMALLEST_KM = 6356.75  # of the ellipsoid's radii: the widest circle of view
_PAD_RAD = 0.006  # geodetic against geocentric latitude, 0.0034, and the vertical's deflection
_TILT_RAD = 0.0034  # of the geodetic nadir against the geocentric
_E2 = WGS84_FLATTENING * (2.0 - WGS84_FLATTENING)
_NONE, _ALL = 2.0, -2.0  # cosines that no longitude and every longitude exceeds
_TINY = 1.0e-30

# asin(s) = s + s z P(z) / Q(z), z = s^2 <= 1/4: fdlibm e_asin.c, Sun Microsystems 1993, below 1 ulp
_P0, _P1, _P2 = 1.66666666666666657415e-01, -3.25565818622400915405e-01, 2.01212532134862925881e-01
_P3, _P4, _P5 = -4.00555345006794114027e-02, 7.91534994289814532176e-04, 3.47933107596021167570e-05
_Q1, _Q2, _Q3, _Q4 = (
    -2.40339491173441421878,
    2.02094576023350569471,
    -6.88283971605453293030e-01,
    7.70381505559019352791e-02,
)


@quick
def arc_cosine(x):
    """acos without a branch; at most 0 beyond 1 (-1, so that it holds nothing), pi below -1."""
    size = min(abs(x), 1.0)
    near = size > 0.5
    z = (1.0 - size) * 0.5 if near else size * size
    s = math.sqrt(z) if near else size
    p = z * (_P0 + z * (_P1 + z * (_P2 + z * (_P3 + z * (_P4 + z * _P5)))))
    q = 1.0 + z * (_Q1 + z * (_Q2 + z * (_Q3 + z * _Q4)))
    arc = s + s * (p / q)
    positive = 2.0 * arc if near else 0.5 * math.pi - arc
    angle = positive if x >= 0.0 else math.pi - positive
    return -1.0 if x > 1.0 else angle


@quick
def horizon_cosines(table, lo, hi, rho, z_s, r2, sin_elevation, cosines):
    """For rows `lo` to `hi`: the least c at which the elevation is at least that of `sin_elevation`."""
    k2 = sin_elevation * sin_elevation
    inverse_rho = 1.0 / rho
    for i in range(lo, hi):
        a = z_s * table[SIN, i] - table[HEIGHT_KM, i]
        b = k2 * table[N_KM, i]
        square = b * b + k2 * (r2 + table[LIFT_KM, i] + z_s * table[LIFT_PER_Z_KM, i])
        height = max(math.sqrt(max(square, 0.0)) - b, 0.0)
        cosines[i] = (height - a) * inverse_rho / table[COS, i]


@quick
def cone_cosines(table, lo, hi, rho, z_s, r2, cos_nadir, sin_nadir, m, cos2_half, cosines, horizon, ring):
    """The same for a nadir cone above the horizon; `horizon` and `ring` hold what a second look near it needs.

    Where `ring[i]` > `horizon[i]`, c between these two is inside as well: the far side of a cone as wide as the Earth.
    """
    g = cos2_half * m
    along = rho * cos_nadir + z_s * sin_nadir
    inverse_rho, inverse_cos = 1.0 / rho, 1.0 / cos_nadir
    for i in range(lo, hi):
        k = along - table[Z_KM, i] * sin_nadir
        d = r2 + table[R2_KM2, i] - 2.0 * z_s * table[Z_KM, i]
        square = g * g + cos2_half * (d - 2.0 * m * k)
        root = math.sqrt(max(square, 0.0))
        inverse_l = inverse_cos / table[P_KM, i]
        edge = (k - g + root) * inverse_l if square >= 0.0 else _ALL
        far = (k - g - root) * inverse_l if square >= 0.0 else _ALL
        least = (table[HEIGHT_KM, i] - z_s * table[SIN, i]) * inverse_rho / table[COS, i]
        horizon[i] = least
        ring[i] = far
        cosines[i] = max(edge, least)


@quick
def ends_of(cosines, lo, hi, place, columns_per_rad, turns, firsts, lasts):
    """First and last column within the angle of each cosine from `place` (columns); both `turns` columns too far."""
    for i in range(lo, hi):
        half = arc_cosine(cosines[i]) * columns_per_rad
        # truncation of positive numbers is the floor
        firsts[i] = 2 * turns - np.int64(turns - place + half)
        lasts[i] = np.int64(turns + place + half)


@inner
def mark(marks, i, first, last, columns, weight):
    """Add `weight` to the columns `first` to `last` (both inside) of row `i`, round the Earth."""
    count = last - first + 1
    if count <= 0:
        return
    if count >= columns:
        marks[i, 0] += weight
        return
    a = first % columns
    b = a + count
    marks[i, a] += weight
    if b <= columns:
        marks[i, b] -= weight
    else:
        marks[i, 0] += weight
        marks[i, b - columns] -= weight


@inner
def mark_rows(marks, lo, hi, firsts, lasts, columns, weight):
    for i in range(lo, hi):
        mark(marks, i, firsts[i], lasts[i], columns, weight)


@inner
def mark_one(marks, i, cosine, place, columns_per_rad, turns, columns, weight):
    half = arc_cosine(cosine) * columns_per_rad
    mark(marks, i, 2 * turns - np.int64(turns - place + half), np.int64(turns + place + half), columns, weight)


@inner
def nadir_of(rho, z_s, r2, geodetic):
    """Cosine and sine of the nadir's latitude, and rho / cosine, which stays whole over the poles (km)."""
    if not geodetic:
        r = math.sqrt(r2)
        return rho / r, z_s / r, r
    b = WGS84_RADIUS_KM * (1.0 - WGS84_FLATTENING)
    beta = math.atan2(z_s * WGS84_RADIUS_KM, rho * b)
    latitude = 0.0
    for _ in range(3):  # Bowring 1976, as in orbits/frames.py
        latitude = math.atan2(
            z_s + _E2 / (1.0 - _E2) * b * math.sin(beta) ** 3, rho - _E2 * WGS84_RADIUS_KM * math.cos(beta) ** 3
        )
        beta = math.atan2((1.0 - WGS84_FLATTENING) * math.sin(latitude), math.cos(latitude))
    sine, cosine = math.sin(latitude), math.cos(latitude)
    normal = WGS84_RADIUS_KM / math.sqrt(1.0 - _E2 * sine * sine)
    height = rho * cosine + z_s * sine - WGS84_RADIUS_KM * WGS84_RADIUS_KM / normal
    return cosine, sine, normal + height


@inner
def widest_view(r, rule, mode):
    """A bound of the central angle (rad) between the satellite and anything it sees."""
    horizon = math.acos(min(_SMALLEST_KM / r, 1.0))
    if mode == ELEVATION:
        mask = rule[WIDEST_RAD]
        return math.acos(min(_SMALLEST_KM * math.cos(mask) / r, 1.0)) - mask + _PAD_RAD
    half = rule[WIDEST_RAD] + (_TILT_RAD if mode == GEODETIC else 0.0)
    sine = r / _SMALLEST_KM * math.sin(half)
    if half >= 0.5 * math.pi or sine >= 1.0:
        return horizon + _PAD_RAD
    return min(math.asin(sine) - half, horizon) + _PAD_RAD


@inner
def mark_satellite(x, y, z_s, rule, table, columns, marks, cosines, horizon, ring, firsts, lasts):
    """Mark what one satellite sees at one step."""
    rows = table.shape[1]
    r2 = x * x + y * y + z_s * z_s
    rho = max(math.sqrt(x * x + y * y), _TINY)
    mode = int(rule[MODE])
    widest = widest_view(math.sqrt(r2), rule, mode)
    middle = math.atan2(z_s, rho)
    lo = max(int((middle - widest + 0.5 * math.pi) / math.pi * rows), 0)
    hi = min(int((middle + widest + 0.5 * math.pi) / math.pi * rows) + 1, rows)
    columns_per_rad = columns / (2.0 * math.pi)
    place = (math.atan2(y, x) + math.pi) * columns_per_rad - 0.5
    turns = 2 * columns
    cos_nadir, sin_nadir, m = nadir_of(rho, z_s, r2, mode == GEODETIC)
    for part in range(2 if rule[HAS_INNER] > 0.0 else 1):
        weight = 1 - 2 * part
        if mode == ELEVATION:
            horizon_cosines(table, lo, hi, rho, z_s, r2, rule[OUTER + part], cosines)
        else:
            cone_cosines(
                table, lo, hi, rho, z_s, r2, cos_nadir, sin_nadir, m, rule[OUTER + part], cosines, horizon, ring
            )
            for i in range(lo, hi):
                if ring[i] > horizon[i]:
                    mark_one(marks, i, horizon[i], place, columns_per_rad, turns, columns, weight)
                    mark_one(marks, i, ring[i], place, columns_per_rad, turns, columns, -weight)
        ends_of(cosines, lo, hi, place, columns_per_rad, turns, firsts, lasts)
        mark_rows(marks, lo, hi, firsts, lasts, columns, weight)


@quick
def note_row(counts, at_least, fold_sum, run, longest, lead, steps_before):
    """Add one step's counts of a row to its sums; returns how many cells are seen. `lead`: unseen from the start on."""
    seen = 0
    for j in range(counts.shape[0]):
        count = counts[j]
        up = count > 0
        seen += 1 if up else 0
        fold_sum[j] += count
        now = 0 if up else run[j] + 1
        run[j] = now
        longest[j] = max(longest[j], now)
        lead[j] = now if now > steps_before else lead[j]
    for k in range(at_least.shape[0]):
        for j in range(counts.shape[0]):
            at_least[k, j] += 1 if counts[j] > k else 0
    return seen


@entry(
    column(f8, 3), column(f8, 2), column(f8, 2), column(f8), i8, i8,
    out(i4, 3), out(i8, 2), out(i4, 2), out(i4, 2), out(i4, 2), out(f8),
)  # fmt: skip
def add_steps_kernel(
    position_km, rules, table, row_area, step_from, steps_before, at_least, fold_sum, run, longest, lead, area
):
    """Go through the steps of `position_km` (n, t, 3; NaN sees nothing) and add to the sums (.., rows, columns).

    `steps_before` steps are in the sums already; `area[step_from + k]` becomes the area seen at step k.
    """
    rows, columns = fold_sum.shape
    marks = np.zeros((rows, columns + 1), dtype=np.int32)
    counts = np.empty(columns, dtype=np.int32)
    cosines, horizon, ring = np.empty(rows), np.empty(rows), np.empty(rows)
    firsts, lasts = np.empty(rows, dtype=np.int64), np.empty(rows, dtype=np.int64)
    for k in range(position_km.shape[1]):
        for row in range(rows):
            for j in range(columns + 1):
                marks[row, j] = 0
        for row in range(position_km.shape[0]):
            x, y, z_s = position_km[row, k, 0], position_km[row, k, 1], position_km[row, k, 2]
            if not math.isnan(x):
                mark_satellite(x, y, z_s, rules[row], table, columns, marks, cosines, horizon, ring, firsts, lasts)
        total = 0.0
        for i in range(rows):
            count = 0
            for j in range(columns):
                count += marks[i, j]
                counts[j] = count
            seen = note_row(counts, at_least[:, i], fold_sum[i], run[i], longest[i], lead[i], steps_before + k)
            total += row_area[i] * seen
        area[step_from + k] = total

"""Closest approaches of candidate pairs, on SGP4's own positions (see `closest_approach`)."""

from __future__ import annotations

import math

from orbits.jit import column, entry, f8, i8, inner, out, record_type
from orbits.sgp4_core.propagation_kernels import minutes_since_epoch, state_at
from orbits.sgp4_core.record import SGP4_RECORD
from orbits.sgp4_core.vector_kernels import borrowed

NUMBERS = 16  # columns of an approach
BEGIN, END, TCA, MISS_R, MISS_T, MISS_N, SPEED_R, SPEED_T, SPEED_N, MISS, SPEED, RADIUS, X, Y, Z, FLAGS = range(NUMBERS)
IS_STAY, CUT_AT_START, CUT_AT_END = 1, 2, 4  # bits of FLAGS

_CONVEX = 4.0  # times k D: relative speeds above it leave one minimum (see `closest_approach`)
_K_PER_S = math.sqrt(1.02 * 2.0 * 398600.8 / 6378.135**3)
_TIME_TOLERANCE_S = 1.0e-6
_FAR_SQUARED = 1.0e18


@inner
def apart_at(one, other, minutes_one, minutes_other, seconds):
    """Squared distance (km^2) `seconds` after the window's start; huge where one of the two has no state."""
    a, _, _, _ = state_at(one, minutes_one + seconds / 60.0, 0.0, 0.0, 0.0)
    b, _, _, _ = state_at(other, minutes_other + seconds / 60.0, 0.0, 0.0, 0.0)
    if a[0] != 0 or b[0] != 0:
        return _FAR_SQUARED
    dx, dy, dz = b[1] - a[1], b[2] - a[2], b[3] - a[3]
    return dx * dx + dy * dy + dz * dz


@inner
def crossing(one, other, m1, m2, inside, outside, limit_squared):
    """The time between `inside` (closer than the limit) and `outside` at which the distance is the limit."""
    for _ in range(60):
        if abs(outside - inside) < 1.0e-4:
            break
        middle = 0.5 * (inside + outside)
        if apart_at(one, other, m1, m2, middle) <= limit_squared:
            inside = middle
        else:
            outside = middle
    return inside


@inner
def extremum(one, other, m1, m2, left, middle, right, sign):
    """Time and squared distance of the extremum between samples: `sign` 1 for a minimum, -1 for a maximum.

    Golden section first, then parabolas through points that come ever closer.
    """
    best, f_best = middle, sign * apart_at(one, other, m1, m2, middle)
    low, high = left, right
    golden = 0.381966011250105
    for _ in range(6):
        at = best + golden * (high - best) if high - best > best - low else best - golden * (best - low)
        value = sign * apart_at(one, other, m1, m2, at)
        if value < f_best:
            low, high = (best, high) if at > best else (low, best)
            best, f_best = at, value
        elif at > best:
            high = at
        else:
            low = at
    tau = 0.25 * (high - low)
    for _ in range(30):
        f0 = sign * apart_at(one, other, m1, m2, best)
        before, after = sign * apart_at(one, other, m1, m2, best - tau), sign * apart_at(one, other, m1, m2, best + tau)
        curvature = before - 2.0 * f0 + after
        if not curvature > 0.0:
            break
        move = 0.5 * tau * (before - after) / curvature
        move = min(max(move, -tau), tau)
        best += move
        if abs(move) < 1.0e-4 * tau or abs(move) < _TIME_TOLERANCE_S:
            if tau < 2.0:
                break
            tau *= 0.3
        else:
            tau = max(0.3 * tau, min(tau, 0.5))
    best = min(max(best, left), right)
    return best, apart_at(one, other, m1, m2, best)


@inner
def quick_approach(one, other, m1, m2, seconds, reach):
    """(found, time, squared distance) of the one minimum of a fast encounter near `seconds`.

    Two steps along the relative velocity, then parabolas on positions alone: SGP4's velocity is not the derivative of
    its position. Not found when the pair stays farther apart than `reach`.
    """
    t = seconds
    speed = 0.0
    for _ in range(4):
        a, _, _, _ = state_at(one, m1 + t / 60.0, 0.0, 0.0, 0.0)
        b, _, _, _ = state_at(other, m2 + t / 60.0, 0.0, 0.0, 0.0)
        if a[0] != 0 or b[0] != 0:
            return False, t, _FAR_SQUARED
        dx, dy, dz = b[1] - a[1], b[2] - a[2], b[3] - a[3]
        du, dv, dw = b[4] - a[4], b[5] - a[5], b[6] - a[6]
        square = du * du + dv * dv + dw * dw
        move = -(dx * du + dy * dv + dz * dw) / square
        t += move
        speed = math.sqrt(square)
        if abs(move) * speed < 1.0:
            break
    tau = min(0.5, 2.0 / speed)
    for _ in range(12):
        f0 = apart_at(one, other, m1, m2, t)
        if f0 > reach * reach:
            return False, t, f0
        before, after = apart_at(one, other, m1, m2, t - tau), apart_at(one, other, m1, m2, t + tau)
        curvature = before - 2.0 * f0 + after
        if not curvature > 0.0:
            return False, t, f0
        move = 0.5 * tau * (before - after) / curvature
        t += min(max(move, -10.0 * tau), 10.0 * tau)
        if abs(move) < 1.0e-4:
            break
    return True, t, apart_at(one, other, m1, m2, t)


@inner
def write_approach(one, other, m1, m2, begin, end, tca, flags, row):
    """Fill one row of NUMBERS: the second object relative to the first, in the first's RTN."""
    a, _, _, _ = state_at(one, m1 + tca / 60.0, 0.0, 0.0, 0.0)
    b, _, _, _ = state_at(other, m2 + tca / 60.0, 0.0, 0.0, 0.0)
    x, y, z, u, v, w = a[1], a[2], a[3], a[4], a[5], a[6]
    dx, dy, dz = b[1] - x, b[2] - y, b[3] - z
    du, dv, dw = b[4] - u, b[5] - v, b[6] - w
    r = math.sqrt(x * x + y * y + z * z)
    hx, hy, hz = y * w - z * v, z * u - x * w, x * v - y * u
    h = math.sqrt(hx * hx + hy * hy + hz * hz)
    rx, ry, rz = x / r, y / r, z / r
    nx, ny, nz = hx / h, hy / h, hz / h
    tx, ty, tz = ny * rz - nz * ry, nz * rx - nx * rz, nx * ry - ny * rx
    row[BEGIN], row[END], row[TCA] = begin, end, tca
    row[MISS_R], row[MISS_T] = dx * rx + dy * ry + dz * rz, dx * tx + dy * ty + dz * tz
    row[MISS_N] = dx * nx + dy * ny + dz * nz
    row[SPEED_R], row[SPEED_T] = du * rx + dv * ry + dw * rz, du * tx + dv * ty + dw * tz
    row[SPEED_N] = du * nx + dv * ny + dw * nz
    row[MISS] = math.sqrt(dx * dx + dy * dy + dz * dz)
    row[SPEED] = math.sqrt(du * du + dv * dv + dw * dw)
    row[RADIUS], row[X], row[Y], row[Z], row[FLAGS] = r, x, y, z, float(flags)


@inner
def relative_speed(one, other, m1, m2, seconds):
    """Of two states of SGP4 (km/s); 0 where one fails."""
    a, _, _, _ = state_at(one, m1 + seconds / 60.0, 0.0, 0.0, 0.0)
    b, _, _, _ = state_at(other, m2 + seconds / 60.0, 0.0, 0.0, 0.0)
    if a[0] != 0 or b[0] != 0:
        return 0.0
    du, dv, dw = b[4] - a[4], b[5] - a[5], b[6] - a[6]
    return math.sqrt(du * du + dv * dv + dw * dw)


@inner
def slow_approaches(one, other, m1, m2, first_s, last_s, step_s, window_s, reach, least_stay_s, i, j, knots, rows,
                    pairs, used):  # fmt: skip
    """Every stretch of time from `first_s` to `last_s` that the pair spends within `reach`; how many rows are used.

    The distance is sampled, its extrema are refined where they may cross the limit, and between two knots it is
    taken to rise or fall only.
    """
    limit_squared = reach * reach
    count = round((last_s - first_s) / step_s) + 1
    # one sample more on either side, so that an extremum in the first or last interval has neighbours
    before, now = 0.0, apart_at(one, other, m1, m2, first_s - step_s)
    after = apart_at(one, other, m1, m2, first_s)
    known = 0
    for k in range(count):
        t = first_s + k * step_s
        before, now = now, after
        after = apart_at(one, other, m1, m2, t + step_s)
        at, value = t, now
        turns = False
        if before > now and now <= after and after < _FAR_SQUARED and before < _FAR_SQUARED:
            at, value = extremum(one, other, m1, m2, t - step_s, t, t + step_s, 1.0)
            turns = True
        elif before < now and now >= after and now < 4.0 * limit_squared:
            at, value = extremum(one, other, m1, m2, t - step_s, t, t + step_s, -1.0)
            turns = True
        if turns and at < t and at > first_s:
            knots[known, 0], knots[known, 1] = at, value
            known += 1
        knots[known, 0], knots[known, 1] = t, now
        known += 1
        if turns and at > t and at < last_s:
            knots[known, 0], knots[known, 1] = at, value
            known += 1
    is_inside = False
    begin, best, f_best, flags = 0.0, 0.0, _FAR_SQUARED, 0
    for k in range(known):
        t, f = knots[k, 0], knots[k, 1]
        if f <= limit_squared:
            if not is_inside:
                is_inside, f_best, flags = True, _FAR_SQUARED, 0
                begin = t
                if k > 0 and knots[k - 1, 1] < _FAR_SQUARED:
                    begin = crossing(one, other, m1, m2, t, knots[k - 1, 0], limit_squared)
                elif t <= 0.0:
                    flags |= CUT_AT_START
            if f < f_best:
                best, f_best = t, f
        if is_inside and (f > limit_squared or k == known - 1):
            end = t
            if f > limit_squared:
                end = knots[k - 1, 0]
                if f < _FAR_SQUARED:
                    end = crossing(one, other, m1, m2, knots[k - 1, 0], t, limit_squared)
            elif t >= window_s - 1.0e-6:
                flags |= CUT_AT_END
            is_inside = False
            if end - begin > least_stay_s or (flags == CUT_AT_START | CUT_AT_END):
                flags |= IS_STAY
            if used < rows.shape[0]:
                write_approach(one, other, m1, m2, begin, end, best, flags, rows[used])
                pairs[used, 0], pairs[used, 1] = i, j
            used += 1
    return used


@entry(
    column(record_type(SGP4_RECORD)), column(i8), column(i8), column(i8), column(i8), i8, i8, f8, f8, f8, f8, f8,
    out(f8, 2), out(f8, 2), out(i8, 2), out(i8),
)  # fmt: skip
def approach_kernel(
    records, first_row, second_row, first_interval, last_interval, begin, end, jd_day, day_fraction, step_s, window_s,
    reach, knots, rows, pairs, done,
):  # fmt: skip
    """Approaches below `reach` km of the candidates begin .. end - 1, in rows of NUMBERS with the pair in `pairs`.

    Times count in seconds from the window's start (`jd_day` + `day_fraction`). `knots` (3 x samples + 3, 2) is work
    space for the longest run. `done` gets the first candidate that did not fit, and the number of rows filled.
    """
    records, first_row, second_row = borrowed(records), borrowed(first_row), borrowed(second_row)
    first_interval, last_interval = borrowed(first_interval), borrowed(last_interval)
    knots, rows, pairs = borrowed(knots), borrowed(rows), borrowed(pairs)
    limit_squared = reach * reach
    used = 0
    done[0], done[1] = begin, 0
    for c in range(begin, end):
        i, j = first_row[c], second_row[c]
        one, other = records[i], records[j]
        m1, m2 = minutes_since_epoch(one, jd_day, day_fraction), minutes_since_epoch(other, jd_day, day_fraction)
        first_s, last_s = first_interval[c] * step_s, (last_interval[c] + 1) * step_s
        middle = 0.5 * (first_s + last_s)
        is_quick = False
        if last_interval[c] - first_interval[c] < 3:
            speed = relative_speed(one, other, m1, m2, middle)
            is_quick = speed > _CONVEX * _K_PER_S * (reach + speed * (last_s - first_s) * 0.1)
        if is_quick:
            found, t, f = quick_approach(one, other, m1, m2, middle, reach + 1.0)
            if found and f <= limit_squared:
                flags = 0
                if t < 0.0:
                    t, flags = 0.0, CUT_AT_START
                elif t > window_s:
                    t, flags = window_s, CUT_AT_END
                if flags == 0 or apart_at(one, other, m1, m2, t) <= limit_squared:
                    if used < rows.shape[0]:
                        write_approach(one, other, m1, m2, t, t, t, flags, rows[used])
                        half = math.sqrt(max(limit_squared - f, 0.0)) / max(rows[used, SPEED], 1.0e-9)
                        rows[used, BEGIN], rows[used, END] = max(t - half, 0.0), min(t + half, window_s)
                        pairs[used, 0], pairs[used, 1] = i, j
                    used += 1
        else:
            least_stay_s = 15.0 * 2.0 * math.pi / max(one.no_unkozai, other.no_unkozai)
            used = slow_approaches(
                one, other, m1, m2, first_s, last_s, step_s, window_s, reach, least_stay_s, i, j, knots, rows, pairs,
                used,
            )  # fmt: skip
        if used > rows.shape[0]:
            return
        done[0], done[1] = c + 1, used

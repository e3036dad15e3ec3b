"""All pairs that may come close in an interval of time: a column grid, sixteen neighbours at a time (see `sieve`)."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from orbits.jit import column, entry, f4, f8, i4, i8, inlined, inner, out, quick, u1
from orbits.sgp4_core.vector_kernels import borrowed, fill
from ssa.conjunctions.pair_vector_kernels import LANES, chord_mask, line_mask, lowest_bit

COLUMNS = 128  # columns of the grid along x, and along y: they wrap round
CELLS = COLUMNS * COLUMNS
FAST_KM_S = 8.0  # chord speed above which an object looks two columns far
FASTEST_KM_S = 11.2  # nothing bound to the Earth is faster
FAR_KM = 60_000.0  # from here on single precision needs a pad of its own
STEP_BITS = 12  # of a key: the interval within its block

# what goes into `limits`
PAD, SPACING, INTERVAL, TIDE, ROUGH = range(5)
LIMITS = 5

_SHIFT = float(COLUMNS * 32)  # columns added so that truncation is a floor
_ROUNDING = 4.0e-7  # of the distance from the Earth's centre: rounded positions and middles, with a factor of two
_CANCELLED = 2.0e-6  # of the squared reach: what the difference of two products loses
_GM = 398600.8  # WGS72, km^3/s^2


@entry(column(f8, 3), column(u1, 2), i8, i8, out(f4, 3))
def lay_planes(position, status, first, count, planes):
    """Put positions (rows, 3, t) of objects first .. first + rows - 1 into `planes` (t, 3, n): one plane for a time.

    Only the first `count` times; NaN where status is not 0.
    """
    position, status, planes = borrowed(position), borrowed(status), borrowed(planes)
    rows = position.shape[0]
    for begin in range(0, rows, LANES):
        end = min(begin + LANES, rows)
        for axis in range(3):
            for k in range(count):
                row = planes[k, axis, first + begin : first + end]
                for place in range(end - begin):
                    row[place] = position[begin + place, axis, k]


@quick
def middles(early, late, x, w):
    """Middle and displacement of each object along one axis."""
    for o in range(x.shape[0]):
        x[o] = np.float32(0.5) * (early[o] + late[o])
        w[o] = late[o] - early[o]


@quick
def residuals(x0, x1, x2, y0, y1, y2, z0, z1, z2, gravity, residual):
    """How far three positions in a row are from what the Earth's attraction alone would make them (km)."""
    two = np.float32(2.0)
    for o in range(residual.shape[0]):
        r_squared = x1[o] * x1[o] + y1[o] * y1[o] + z1[o] * z1[o]
        pull = gravity / (r_squared * np.sqrt(r_squared))
        dx = x0[o] - two * x1[o] + x2[o] + pull * x1[o]
        dy = y0[o] - two * y1[o] + y2[o] + pull * y1[o]
        dz = z0[o] - two * z1[o] + z2[o] + pull * z1[o]
        residual[o] = np.sqrt(dx * dx + dy * dy + dz * dz)


@quick
def place_in_grid(x, y, per_cell, cell):
    """The cell of each middle; numbers without meaning where there is none (NaN)."""
    shift = np.float32(_SHIFT)
    for o in range(cell.shape[0]):
        along = np.int32(x[o] * per_cell + shift) & np.int32(COLUMNS - 1)
        across = np.int32(y[o] * per_cell + shift) & np.int32(COLUMNS - 1)
        cell[o] = across * np.int32(COLUMNS) + along


@quick
def mark_special(x, y, z, u, v, w, early, late, fast_squared, far_squared, rough, special):
    """special[o] is 1 for objects that are fast, far or not smooth here."""
    for o in range(special.shape[0]):
        moved = u[o] * u[o] + v[o] * v[o] + w[o] * w[o]
        away = x[o] * x[o] + y[o] * y[o] + z[o] * z[o]
        odd = (moved > fast_squared) | (away > far_squared) | (early[o] > rough) | (late[o] > rough)
        special[o] = np.uint8(1) if odd else np.uint8(0)


@inner
def sort_by_cell(cell, alive, start, order, first_of):
    """Counting sort of the objects by cell; start[c] is where cell c begins; returns how many there are."""
    for c in range(CELLS + 1):
        start[c] = 0
    for o in range(cell.shape[0]):
        if alive[o] == alive[o]:
            start[cell[o] + 1] += 1
    total = 0
    for c in range(CELLS):
        total += start[c + 1]
        first_of[c] = start[c] + 0 if c == 0 else first_of[c - 1] + start[c]
        start[c] = first_of[c]
    start[CELLS] = total
    for o in range(cell.shape[0]):
        if alive[o] == alive[o]:
            place = first_of[cell[o]]
            order[place] = o
            first_of[cell[o]] = place + 1
    return total


@quick
def gather(values, order, total, sorted_values):
    for place in range(total):
        sorted_values[place] = values[order[place]]


@inner
def keep_pairs(mask, at, i, order, step, objects, group, allowed, groups, keys, used):
    """Write the pairs of object `i` with those whose bits are set, unless their groups are not asked about."""
    while mask != 0:
        j = order[at + lowest_bit(mask)]
        mask &= mask - 1
        if i != j and allowed[group[i] * groups + group[j]] == 1:
            if used < keys.shape[0]:
                low, high = min(i, j), max(i, j)
                keys[used] = ((low * objects + high) << STEP_BITS) | step
            used += 1
    return used


@inlined
def scan(sorted_paths, first, last, me, reach, close, i, order, step, objects, group, allowed, groups, keys, used):
    """Test the objects first .. last - 1 of the sorted order against the path `me`."""
    xs, ys, zs, us, vs, ws = sorted_paths
    x, y, z, u, v, w = me
    off_line = close + np.float32(_CANCELLED) * reach
    at = first
    while at < last:
        mask: Any = line_mask(xs, ys, zs, us, vs, ws, at, x, y, z, u, v, w, reach, off_line)
        if last - at < LANES:
            mask &= (1 << (last - at)) - 1
        if mask != 0:
            mask &= chord_mask(xs, ys, zs, us, vs, ws, at, x, y, z, u, v, w, close)
            if mask != 0:
                used = keep_pairs(mask, at, i, order, step, objects, group, allowed, groups, keys, used)
        at += LANES
    return used


@inner
def scan_columns(
    sorted_paths, start, row, left, right, me, reach, close, i, order, step, objects, group, allowed, groups, keys, used
):  # fmt: skip
    """Test the cells left .. right of one row, which wraps round."""
    begin = (row & (COLUMNS - 1)) * COLUMNS
    if left < 0:
        used = scan(
            sorted_paths, start[begin + COLUMNS + left], start[begin + COLUMNS], me, reach, close, i, order, step,
            objects, group, allowed, groups, keys, used,
        )  # fmt: skip
    if right >= COLUMNS:
        used = scan(
            sorted_paths, start[begin], start[begin + right - COLUMNS + 1], me, reach, close, i, order, step,
            objects, group, allowed, groups, keys, used,
        )  # fmt: skip
    return scan(
        sorted_paths, start[begin + max(left, 0)], start[begin + min(right, COLUMNS - 1) + 1], me, reach, close, i,
        order, step, objects, group, allowed, groups, keys, used,
    )  # fmt: skip


@entry(
    column(f4, 3), i8, i8, i8, column(f8), column(u1), column(u1), column(i8), out(f4, 2), out(i4), out(u1), out(i8),
    out(i8),
)  # fmt: skip
def sieve_kernel(
    planes, first, last, step_offset, limits, group, allowed, watched, floats, integers, marks, keys, done
):
    """Keys of the pairs that may come close in the intervals first .. last - 1 of a block of planes (t, 3, n).

    `limits` is laid out above, `group` (n,) and `allowed` (groups x groups) say which pairs are asked about. With
    `watched` (rows), only pairs with one of these objects are looked for; empty means all. `floats`
    (14, n + LANES), `integers` (2 n + 2 CELLS + 2), `marks` (n,) are work space. `done` gets the first interval
    that did not fit into `keys`, and how many keys there are. An object beside others of its own cell finds those
    after itself, and those of the next column, and the three of the next row: each pair once.
    """
    planes, floats, integers = borrowed(planes), borrowed(floats), borrowed(integers)
    marks, keys, group, allowed = borrowed(marks), borrowed(keys), borrowed(group), borrowed(allowed)
    watched = borrowed(watched)
    objects = planes.shape[2]
    times = planes.shape[0]
    groups = int(math.sqrt(allowed.shape[0]) + 0.5)
    x, y, z = floats[0, :objects], floats[1, :objects], floats[2, :objects]
    u, v, w = floats[3, :objects], floats[4, :objects], floats[5, :objects]
    xs, ys, zs, us, vs, ws = floats[6], floats[7], floats[8], floats[9], floats[10], floats[11]
    sorted_paths = (xs, ys, zs, us, vs, ws)
    early, late = floats[12, :objects], floats[13, :objects]
    cell, order = integers[:objects], integers[objects : 2 * objects]
    start = integers[2 * objects : 2 * objects + CELLS + 1]
    first_of = integers[2 * objects + CELLS + 1 : 2 * objects + 2 * CELLS + 1]
    interval = limits[INTERVAL]
    cell_km = limits[SPACING]
    pad = limits[PAD]
    per_cell = np.float32(1.0 / cell_km)
    reach, close = np.float32(cell_km * cell_km), np.float32(pad * pad)
    fast_squared = np.float32((FAST_KM_S * interval) ** 2)
    far_squared, rough = np.float32(FAR_KM * FAR_KM), np.float32(limits[ROUGH])
    gravity = np.float32(_GM * interval * interval)
    zero = np.float32(0.0)
    fill(late, zero)
    used = 0
    done[0], done[1] = first, 0
    for k in range(first, last):
        one, two = k, k + 1
        middles(planes[one, 0], planes[two, 0], x, u)
        middles(planes[one, 1], planes[two, 1], y, v)
        middles(planes[one, 2], planes[two, 2], z, w)
        if k == first:
            fill(early, zero)
            if k > 0:
                residuals(
                    planes[k - 1, 0], planes[k, 0], planes[k + 1, 0],
                    planes[k - 1, 1], planes[k, 1], planes[k + 1, 1],
                    planes[k - 1, 2], planes[k, 2], planes[k + 1, 2], gravity, early,
                )  # fmt: skip
        else:
            for i in range(objects):
                early[i] = late[i]
        if k + 2 < times:
            residuals(
                planes[k, 0], planes[k + 1, 0], planes[k + 2, 0],
                planes[k, 1], planes[k + 1, 1], planes[k + 2, 1],
                planes[k, 2], planes[k + 1, 2], planes[k + 2, 2], gravity, late,
            )  # fmt: skip
        else:
            fill(late, zero)
        place_in_grid(x, y, per_cell, cell)
        total = sort_by_cell(cell, x, start, order, first_of)
        gather(x, order, total, xs)
        gather(y, order, total, ys)
        gather(z, order, total, zs)
        gather(u, order, total, us)
        gather(v, order, total, vs)
        gather(w, order, total, ws)
        mark_special(x, y, z, u, v, w, early, late, fast_squared, far_squared, rough, marks)
        step = step_offset + k
        if watched.shape[0] == 0:
            for c in range(CELLS):
                begin, end = start[c], start[c + 1]
                if begin == end:
                    continue
                row, place_in_row = c // COLUMNS, c % COLUMNS
                is_edge = place_in_row == COLUMNS - 1
                own_end = end if is_edge else start[c + 2]
                for place in range(begin, end):
                    me = (xs[place], ys[place], zs[place], us[place], vs[place], ws[place])
                    i = order[place]
                    used = scan(
                        sorted_paths, place + 1, own_end, me, reach, close, i, order, step, objects, group, allowed,
                        groups, keys, used,
                    )  # fmt: skip
                    if is_edge:
                        used = scan(
                            sorted_paths, start[row * COLUMNS], start[row * COLUMNS + 1], me, reach, close, i, order,
                            step, objects, group, allowed, groups, keys, used,
                        )  # fmt: skip
                    used = scan_columns(
                        sorted_paths, start, row + 1, place_in_row - 1, place_in_row + 1, me, reach, close, i, order,
                        step, objects, group, allowed, groups, keys, used,
                    )  # fmt: skip
        else:
            for number in range(watched.shape[0]):
                i = watched[number]
                if x[i] != x[i]:  # no state here
                    continue
                me = (x[i], y[i], z[i], u[i], v[i], w[i])
                row, place_in_row = cell[i] // COLUMNS, cell[i] % COLUMNS
                for other in range(row - 1, row + 2):
                    used = scan_columns(
                        sorted_paths, start, other, place_in_row - 1, place_in_row + 1, me, reach, close, i, order,
                        step, objects, group, allowed, groups, keys, used,
                    )  # fmt: skip
        for i in range(objects):
            if marks[i] == 0:
                continue
            me = (x[i], y[i], z[i], u[i], v[i], w[i])
            moved = math.sqrt(u[i] * u[i] + v[i] * v[i] + w[i] * w[i])
            # of two such objects, the one with the larger pad looks for both
            wide = pad + limits[TIDE] + 2.0 * rough_pad(i, x, y, z, early, late, rough)
            sight = wide + 0.5 * (moved + FASTEST_KM_S * interval)
            if sight < 2.0 * cell_km:
                row, place_in_row = cell[i] // COLUMNS, cell[i] % COLUMNS
                for other in range(row - 2, row + 3):
                    used = scan_columns(
                        sorted_paths, start, other, place_in_row - 2, place_in_row + 2, me, np.float32(sight * sight),
                        np.float32(wide * wide), i, order, step, objects, group, allowed, groups, keys, used,
                    )  # fmt: skip
            else:
                used = scan(
                    sorted_paths, 0, total, me, np.float32(sight * sight), np.float32(wide * wide), i, order, step,
                    objects, group, allowed, groups, keys, used,
                )  # fmt: skip
        if used > keys.shape[0]:
            return
        done[0], done[1] = k + 1, used


@inner
def rough_pad(i, x, y, z, early, late, rough):
    """What an object that is far or not smooth may be off its straight path, beyond what all are allowed (km)."""
    worst = 0.0
    if early[i] > rough or late[i] > rough:
        worst = 2.0 * max(early[i], late[i])
    away = math.sqrt(x[i] * x[i] + y[i] * y[i] + z[i] * z[i])
    if away > FAR_KM:
        worst += _ROUNDING * away
    return worst

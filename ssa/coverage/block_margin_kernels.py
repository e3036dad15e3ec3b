"""Near margins of 32 pairs of a state and a cell at once, side by side, so that the loops become vector code.

Numbers lie in rows of LANES, one coordinate behind the other, in flat arrays: the compiler sees that rows do not touch.
The usual conditions (elevation, incidence, off-nadir angle, height of the Sun) are taken in all lanes at once; rarer
ones lane by lane, by `ssa.near_margin_kernels` itself. About 10 ns a pair on a busy machine, where one pair alone, its
state interpolated, took 77 (tests/benchmarks/coverage_accesses.py times the whole search). Lanes without a pair hold
any numbers, and are not looked at.
"""

from __future__ import annotations

import math

from orbits.jit import inner, quick
from ssa.access_kernels import CLAUSE, CODE, DETIC, ELEVATION, FIRST, OFF_NADIR, SAR, SIGN, SUN
from ssa.near_margin_kernels import near_condition

LANES = 32
STATE_NUMBERS = 12  # of a state: position, velocity, geodetic nadir, direction of the Sun
CELL_NUMBERS = 9  # of a cell: position (km), unit up, unit radius
FAR = -1.0e9  # the margin of a cell out of reach, or where the rule has no value

_SY, _SZ, _VX, _VY, _VZ, _NX, _NY, _NZ, _HX, _HY, _HZ = (LANES * row for row in range(1, STATE_NUMBERS))
_PY, _PZ, _UX, _UY, _UZ, _RX, _RY, _RZ = (LANES * row for row in range(1, CELL_NUMBERS))
# rows of the work space `w`
_DX, _DY, _DZ, _PER_DISTANCE, _SINE, _CLAUSE, BEST, _OX, _OY, _OZ = (LANES * row for row in range(10))
WORK = 10 * LANES


@quick
def lay_lines(v, p, w):
    """Lines of sight from states to cells, the sine of their elevation, and conditions that none has joined yet."""
    for c in range(LANES):
        dx, dy, dz = p[c] - v[c], p[_PY + c] - v[_SY + c], p[_PZ + c] - v[_SZ + c]
        per_distance = 1.0 / math.sqrt(dx * dx + dy * dy + dz * dz)
        w[_DX + c], w[_DY + c], w[_DZ + c], w[_PER_DISTANCE + c] = dx, dy, dz, per_distance
        w[_SINE + c] = -(p[_UX + c] * dx + p[_UY + c] * dy + p[_UZ + c] * dz) * per_distance
        w[_CLAUSE + c] = math.inf
        w[BEST + c] = -math.inf


@quick
def lay_nadir(v, w):
    """The geocentric nadir of the states."""
    for c in range(LANES):
        x, y, z = v[c], v[_SY + c], v[_SZ + c]
        per_radius = -1.0 / math.sqrt(x * x + y * y + z * z)
        w[_OX + c], w[_OY + c], w[_OZ + c] = x * per_radius, y * per_radius, z * per_radius


@quick
def copy_nadir(v, w):
    """The geodetic nadir of the states, where the geocentric one would stand."""
    for c in range(LANES):
        w[_OX + c], w[_OY + c], w[_OZ + c] = v[_NX + c], v[_NY + c], v[_NZ + c]


@quick
def join_by_sine(most, per_most, least, per_least, sign, w):
    """Join the condition that the sine of elevation lies between two bounds."""
    for c in range(LANES):
        value, clause = w[_SINE + c], w[_CLAUSE + c]
        high, low = (most - value) * per_most, (value - least) * per_least
        margin = sign * (low if low < high else high)
        # a margin without a value takes the clause's place, and stays there
        w[_CLAUSE + c] = clause if margin >= clause or clause != clause else margin


@quick
def join_by_nadir(most, per_most, least, per_least, sign, w):
    """Join the condition that the cosine of the off-nadir angle lies between two bounds, the cell below the horizon."""
    for c in range(LANES):
        value = (w[_DX + c] * w[_OX + c] + w[_DY + c] * w[_OY + c] + w[_DZ + c] * w[_OZ + c]) * w[_PER_DISTANCE + c]
        high, low = (most - value) * per_most, (value - least) * per_least
        margin, sine, clause = low if low < high else high, w[_SINE + c], w[_CLAUSE + c]
        margin = sign * (sine if sine < margin else margin)
        w[_CLAUSE + c] = clause if margin >= clause or clause != clause else margin


@quick
def join_by_sun(most, per_most, least, per_least, sign, v, p, w):
    """Join the condition that the sine of the Sun's height lies between two bounds."""
    for c in range(LANES):
        value = p[_UX + c] * v[_HX + c] + p[_UY + c] * v[_HY + c] + p[_UZ + c] * v[_HZ + c]
        high, low, clause = (most - value) * per_most, (value - least) * per_least, w[_CLAUSE + c]
        margin = sign * (low if low < high else high)
        w[_CLAUSE + c] = clause if margin >= clause or clause != clause else margin


@inner
def join_one_by_one(near, row, sign, v, p, w):
    """Join a condition that has no loop of its own."""
    for c in range(LANES):
        margin, clause = sign * near_condition(
            near, row, w[_SINE + c], 1.0 / w[_PER_DISTANCE + c], v[c], v[_SY + c], v[_SZ + c],
            v[_VX + c], v[_VY + c], v[_VZ + c], w[_DX + c], w[_DY + c], w[_DZ + c],
            p[_UX + c], p[_UY + c], p[_UZ + c], v[_NX + c], v[_NY + c], v[_NZ + c], v[_HX + c], v[_HY + c], v[_HZ + c],
        ), w[_CLAUSE + c]  # fmt: skip
        w[_CLAUSE + c] = clause if margin >= clause or clause != clause else margin


@quick
def close_clause(w):
    """The best of the clauses so far; one without a value takes the best's place, and stays there."""
    for c in range(LANES):
        best, clause = w[BEST + c], w[_CLAUSE + c]
        w[BEST + c] = best if clause <= best or best != best else clause
        w[_CLAUSE + c] = math.inf


@inner
def lane_margins(near, v, p, w):
    """The rule's near margins, NaN where it has no value, into the row BEST of `w`: states `v`, cells `p`."""
    lay_lines(v, p, w)
    for row in range(near.shape[0]):
        if row > 0 and near[row, CLAUSE] != near[row - 1, CLAUSE]:
            close_clause(w)
        code, sign = int(near[row, CODE]), near[row, SIGN]
        a, per_a, b, per_b = near[row, FIRST], near[row, FIRST + 1], near[row, FIRST + 2], near[row, FIRST + 3]
        if code == ELEVATION:
            a, per_a, b, per_b = math.inf, 1.0, a, per_a
        if code == ELEVATION or (code == SAR and near[row, FIRST + 4] == 0.0):
            join_by_sine(a, per_a, b, per_b, sign, w)
        elif code == OFF_NADIR:
            if near[row, DETIC] == 0.0:
                lay_nadir(v, w)
            else:
                copy_nadir(v, w)
            join_by_nadir(a, per_a, b, per_b, sign, w)
        elif code == SUN:
            join_by_sun(b, per_b, a, per_a, sign, v, p, w)
        else:
            join_one_by_one(near, row, sign, v, p, w)
    close_clause(w)


@quick
def put_margins(sx, sy, sz, reach_cosine, p, w, margins):
    """The margins (LANES,): FAR where the state is out of reach, (sx, sy, sz) its unit vector, or without a value."""
    for c in range(LANES):
        away, margin = sx * p[_RX + c] + sy * p[_RY + c] + sz * p[_RZ + c], w[BEST + c]
        margins[c] = margin if away >= reach_cosine and margin == margin else FAR


@quick
def spread_number(number, lanes):
    for c in range(LANES):
        lanes[c] = number


@inner
def block_margins(near, state, per_radius, reach_cosine, p, v, w, margins):
    """Fill `margins` (LANES,) for one state and the cells `p`; `v` is where the state is put into lanes."""
    for row in range(STATE_NUMBERS):
        spread_number(state[row], v[row * LANES : (row + 1) * LANES])
    lane_margins(near, v, p, w)
    put_margins(state[0] * per_radius, state[1] * per_radius, state[2] * per_radius, reach_cosine, p, w, margins)


@quick
def mark_events(older, before, now, busy):
    """Set `busy` (LANES,) to 1 where a margin changes its sign, or turns so near to zero that it may have crossed."""
    for c in range(LANES):
        o, b, m = older[c], before[c], now[c]
        is_in, was_in = m >= 0.0, b >= 0.0
        sign = -1.0 if was_in else 1.0
        rise, fall = sign * (b - o), sign * (b - m)
        room = abs(rise) if abs(rise) > abs(fall) else abs(fall)
        turns = b > FAR and (o >= 0.0) == was_in and rise >= 0.0 and fall > 0.0 and abs(b) < room
        busy[c] = 1.0 if (is_in != was_in) or turns else busy[c]

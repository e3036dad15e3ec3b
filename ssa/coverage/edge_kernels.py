"""Edges of accesses, up to 32 side by side: the times at which the margin crosses zero, each between two states.

An edge begins where the cubic through the margins of four states crosses zero, with that cubic's slope, and goes on by
secants on the margin itself, of the cubic through the states; by halving where these do not help. Two evaluations are
the rule. Each edge is written to its place in the accesses when all are found.
"""

from __future__ import annotations

from orbits.jit import inner
from ssa.coverage.block_margin_kernels import BEST, CELL_NUMBERS, FAR, LANES, STATE_NUMBERS, WORK, lane_margins

EDGE_TOLERANCE_S = 1.0e-4
EDGE_TOLERANCE_RAD = 2.0e-7  # a fifth of a metre from 1,000 km
_MOST_TURNS, _SECANTS = 60, 6
# rows of the edges `e`: four weights, the first of four states, time and slope, the last time and margin, brackets on
# either side, where the edge belongs, and whether it is found
_WA, _WB, _WC, _WD, _FIRST, _S, _SLOPE, _LAST_S, _LAST_F, _OUT, _IN, _SLOT, _SIDE, _DONE = (
    LANES * row for row in range(14)
)
_CELLS = 14 * LANES
_STATES = _CELLS + CELL_NUMBERS * LANES
_WORK = _STATES + STATE_NUMBERS * LANES
EDGE_SPACE = _WORK + WORK


@inner
def put_edge(e, lane, nodes, p, cell_lane, outside, inside, s, slope, slot, side):
    """Edge `lane` of `e`: between `outside` and `inside` (s), begun at `s`; for column `side` of the access `slot`."""
    first, _, _, _, _, wa, wb, wc, wd = nodes
    e[_WA + lane], e[_WB + lane], e[_WC + lane], e[_WD + lane], e[_FIRST + lane] = wa, wb, wc, wd, first
    e[_S + lane], e[_SLOPE + lane], e[_LAST_S + lane], e[_LAST_F + lane] = s, slope, s, 0.0
    e[_OUT + lane], e[_IN + lane], e[_SLOT + lane], e[_SIDE + lane], e[_DONE + lane] = outside, inside, slot, side, 0.0
    for row in range(CELL_NUMBERS):
        e[_CELLS + row * LANES + lane] = p[row * LANES + cell_lane]


@inner
def lay_state(e, lane, states, time_column, v):
    """The state at the edge's time, by the cubic through four states, into its lane of `v`."""
    first, s = int(e[_FIRST + lane]), e[_S + lane]
    a, b = s - states[first, time_column], s - states[first + 1, time_column]
    c, d = s - states[first + 2, time_column], s - states[first + 3, time_column]
    ab, cd = a * b, c * d
    wa, wb, wc, wd = e[_WA + lane] * b * cd, e[_WB + lane] * a * cd, e[_WC + lane] * ab * d, e[_WD + lane] * ab * c
    for row in range(STATE_NUMBERS):
        v[row * LANES + lane] = (
            wa * states[first, row] + wb * states[first + 1, row] + wc * states[first + 2, row]
            + wd * states[first + 3, row]
        )  # fmt: skip


@inner
def step_edge(e, lane, f, turn):
    """Take the margin `f` at the edge's time: the edge is found, or its next time is put."""
    s = e[_S + lane]
    if abs(f) < EDGE_TOLERANCE_RAD:
        e[_DONE + lane] = 1.0
        return
    if f >= 0.0:
        e[_IN + lane] = s
    else:
        e[_OUT + lane] = s
    outside, inside = e[_OUT + lane], e[_IN + lane]
    if abs(inside - outside) < EDGE_TOLERANCE_S:
        e[_S + lane], e[_DONE + lane] = inside, 1.0
        return
    if turn > 0:
        e[_SLOPE + lane] = (f - e[_LAST_F + lane]) / (s - e[_LAST_S + lane])
    e[_LAST_S + lane], e[_LAST_F + lane] = s, f
    s = s - f / e[_SLOPE + lane]
    if turn >= _SECANTS or not min(outside, inside) < s < max(outside, inside):
        s = 0.5 * (outside + inside)
    e[_S + lane] = s


@inner
def find_edges(near, states, time_column, count, e, found):
    """Find the first `count` edges of `e` and write them to `found`, as far as that reaches."""
    p, v, w = e[_CELLS:_STATES], e[_STATES:_WORK], e[_WORK:]
    best = w[BEST:]
    for turn in range(_MOST_TURNS):
        waiting = 0
        for lane in range(count):
            if e[_DONE + lane] == 0.0:
                waiting += 1
                lay_state(e, lane, states, time_column, v)
        if waiting == 0:
            break
        lane_margins(near, v, p, w)
        for lane in range(count):
            if e[_DONE + lane] == 0.0:
                step_edge(e, lane, best[lane] if best[lane] == best[lane] else FAR, turn)
    for lane in range(count):
        slot = int(e[_SLOT + lane])
        if slot < found.shape[0]:
            found[slot, int(e[_SIDE + lane])] = e[_S + lane] if e[_DONE + lane] > 0.0 else e[_IN + lane]

"""States on fine uniform grids: SGP4 at few nodes, a polynomial of degree 18 in between, and a check of each.

A day of one-minute steps asks for 1,440 states of an orbit that has no feature shorter than a quarter of a revolution.
So the grid is cut into segments of about half a revolution at perigee's pace; in each SGP4 itself is evaluated at the
19 Chebyshev-Lobatto nodes, whose ends neighbours share, and every step is a fixed sum of the node values: one matrix
serves all objects and segments of one length.

Whether the polynomial is good enough is asked of each segment, never assumed. Its last two Chebyshev coefficients must
lie below a tolerance: a measure of what is left out, since coefficients of these orbits fall fast from degree to
degree. A jump or a kink (SDP4 has some) shows in them, too, but may show with less than a hundredth of its size: so
resonance makes its steps between groups of segments, never inside one. Segments near a status (low perigee,
eccentricity near its floor) are refused at the nodes. Refused segments are computed state by state.
Source: L. N. Trefethen, Approximation Theory and Approximation Practice (2013), chapters 3, 5 and 7.
"""

from __future__ import annotations

import math

from orbits.jit import inner, quick
from orbits.sgp4_core.lane_kernels import EM, EM_RAW, LANES, MR, PX, STATUS
from orbits.sgp4_core.near_earth_lane_kernels import ECC_WAVE
from orbits.sgp4_core.polynomial_kernels import add_rows, mirror_columns
from orbits.sgp4_core.vector_kernels import WIDTH

DEGREE = 18
POINTS = DEGREE + 1
UNIT = 2 * WIDTH  # segments are as many steps long as fit whole vectors, mirror-wise
SEGMENT_STEPS_MIN, SEGMENT_STEPS_MAX = 32, 256  # below, states one by one are as fast; above, nothing is won
LENGTHS = SEGMENT_STEPS_MAX // UNIT + 1
HALF_MAX = SEGMENT_STEPS_MAX // 2
STAGE = 2048  # steps of a row that is folded while the one before is written: 16 kB each
PAST_CACHES_BYTES = 16_000_000  # larger results are written past the caches
PARTS = 32  # columns of nodes, one a segment; one more holds the end of the last
GROUP = PARTS - 1  # segments done together
NODES_MAX = POINTS * PARTS
SEGMENT_RAD = 3.4  # of the perigee's motion

_LOW_RADIUS = 1.02  # Earth radii: closer to the decay test than nodes can tell
_KINK_MARGIN = 0.02  # of the eccentricity's wave: how far it may dip between nodes
# how large the last two coefficients may be: km, km/s
NEAR_TOLERANCE_KM, NEAR_TOLERANCE_KM_S = 6.0e-7, 1.5e-9
DEEP_TOLERANCE_KM, DEEP_TOLERANCE_KM_S = 5.0e-8, 5.0e-11


@inner
def perigee_pace(r, farthest_min):
    """The fastest the true anomaly can turn (rad/min) within `farthest_min` minutes of the epoch, about."""
    e = r.ecco + abs(r.bstar * r.cc4) * farthest_min + 2.0 * abs(r.bstar * r.cc5) + abs(r.dedt) * farthest_min
    if r.is_deep == 1:
        e += 0.005
    e = min(e + 0.002, 0.99)
    return r.no_unkozai * (1.0 + e) ** 2 / (1.0 - e * e) ** 1.5


@inner
def segment_steps(r, farthest_min, step_min, count):
    """Steps in one segment of this object, a multiple of UNIT; 0 where states one by one are as cheap."""
    steps = int(SEGMENT_RAD / (perigee_pace(r, farthest_min) * step_min))
    steps = min(steps - steps % UNIT, SEGMENT_STEPS_MAX)
    if steps < SEGMENT_STEPS_MIN or count < SEGMENT_STEPS_MIN:
        return 0
    pieces = (count + steps - 1) // steps
    steps = (count + pieces - 1) // pieces
    return (steps + UNIT - 1) // UNIT * UNIT


@inner
def lay_matrix(matrix, steps, places, weights):
    """Fold weights of a segment of `steps` steps into the flat `matrix`, rows of HALF_MAX (see `fold_columns`).

    Step m stands at (m + 1/2) / steps of the segment, which is never a node. `places` are the
    nodes', `weights` (POINTS,) is scratch.
    """
    for m in range(steps // 2):
        total = 0.0
        for j in range(POINTS):
            end = 0.5 if j == 0 or j == DEGREE else 1.0
            weights[j] = end * (1.0 - 2.0 * (j % 2)) / ((m + 0.5) / steps - places[j])
            total += weights[j]
        for j in range(DEGREE // 2):
            early, late = weights[j] / total, weights[DEGREE - j] / total
            matrix[j * HALF_MAX + m] = 0.5 * (early + late)
            matrix[(DEGREE // 2 + 1 + j) * HALF_MAX + m] = 0.5 * (early - late)
        matrix[DEGREE // 2 * HALF_MAX + m] = weights[DEGREE // 2] / total


@inner
def node_place(j):
    """Where node j stands in its segment, 0 to 1."""
    return 0.5 - 0.5 * math.cos(j * math.pi / DEGREE)


@inner
def lay_places(places, tails):
    """Node places (POINTS,), and the weights of the last two Chebyshev coefficients (2, POINTS)."""
    for j in range(POINTS):
        places[j] = node_place(j)
        end = 0.5 if j == 0 or j == DEGREE else 1.0
        sign = 1.0 - 2.0 * (j % 2)
        tails[0, j] = end * sign / DEGREE
        tails[1, j] = 2.0 * end * sign * math.cos(j * math.pi / DEGREE) / DEGREE


@quick
def keep_nodes(w, is_deep, nodes, first, used, wants_velocity):
    """Copy the states of `used` lanes to `nodes` (7, NODES) from column `first` on; row 6 marks suspicious nodes."""
    for axis in range(6 if wants_velocity else 3):
        state, kept = w[(PX + axis) * LANES : (PX + axis) * LANES + used], nodes[axis, first : first + used]
        for k in range(used):
            kept[k] = state[k]
    marks = nodes[6, first : first + used]
    for k in range(used):
        raw = w[EM_RAW * LANES + k]
        dip = 0.0 if is_deep else _KINK_MARGIN * abs(w[ECC_WAVE * LANES + k])
        low = w[EM * LANES + k] < 1.0e-5 if is_deep else False
        is_suspicious = w[STATUS * LANES + k] != 0.0 or not w[MR * LANES + k] > _LOW_RADIUS or raw < 2.0e-6 + dip or low
        marks[k] = 1.0 if is_suspicious else 0.0


@inner
def mark_segments(nodes, columns, faults):
    """faults[s] above 0 for each segment with a suspicious node; `mirror_parts` adds those of each axis."""
    add_rows(nodes, 6 * NODES_MAX, columns, POINTS, faults)


@inner
def mirror_parts(nodes, axis, columns, tails, tolerance, parts, faults):
    """Make `parts` of one axis for `fold_columns`; faults[s] grows where the polynomial of segment s is not good.

    `nodes` (7, NODES_MAX) holds node j of segment s in column j columns + s, for j = 0 .. DEGREE.
    """
    mirror_columns(nodes, axis * NODES_MAX, columns, DEGREE, tails, parts, PARTS, tolerance, faults)

"""One object's motion over a window as polynomials that kernels evaluate at any time, in about a tenth of SGP4's time.

A track is what `segment_kernels` does for grids, kept as Chebyshev coefficients: segments of one length, each with a
mark that says whether its polynomial is good. Times in a segment that is not, and outside the window, go to SGP4
itself, so a consumer sees one function of time and never which way an answer came. Good segments agree with SGP4 to a
millimetre or so: their last two coefficients lie below a millimetre.
"""

from __future__ import annotations

import math
from typing import Any

from orbits.jit import inlined, inner
from orbits.sgp4_core.deep_space_kernels import STEP_MIN
from orbits.sgp4_core.deep_space_lane_kernels import DEEP_ROWS, advance_resonance
from orbits.sgp4_core.grid_kernels import columns_of, nodes_of_group, prepare
from orbits.sgp4_core.lane_kernels import LANES
from orbits.sgp4_core.polynomial_kernels import chebyshev_coefficients, chebyshev_sum, fold_columns
from orbits.sgp4_core.propagation_kernels import state_at
from orbits.sgp4_core.segment_kernels import (
    DEGREE,
    GROUP,
    HALF_MAX,
    NODES_MAX,
    PARTS,
    POINTS,
    lay_matrix,
    lay_places,
    mark_segments,
    mirror_parts,
    perigee_pace,
)
from orbits.sgp4_core.status import OK
from orbits.sgp4_core.vector_kernels import WIDTH, fill

TRACK_TOLERANCE_KM, TRACK_TOLERANCE_KM_S = 1.0e-6, 2.0e-9
TRACK_RAD = 2.7  # of the perigee's motion: shorter than a grid's segments, since one that fails slows a whole search
_OF_SINGULARITY = 0.52  # half a segment, of the distance that `singularity` gives: no eccentric object fails
TABLE_STEPS = 48  # states of one segment in a track's table: 0.056 rad apart
SEGMENT_NUMBERS = POINTS * WIDTH  # coefficients of one segment
_HALVES = DEGREE // 2 + 1

_W = DEEP_ROWS * LANES
_SMALL = _W + NODES_MAX  # constants, integrator, places, tails, sums
_NODES = _SMALL + 400
_VALUES = _NODES + 7 * NODES_MAX
_WEIGHTS = _VALUES + SEGMENT_NUMBERS
_MATRIX = _WEIGHTS + POINTS * _HALVES + 2  # a whole number of vectors
_PARTS = _MATRIX + POINTS * HALF_MAX
TRACK_SCRATCH = _PARTS + POINTS * PARTS


def track_room(duration_s: float) -> int:
    """Segments to provide for a window; objects that need more (a revolution in half an hour) go without a track."""
    return 64 + int(duration_s / 60.0 / 20.0)


@inner
def lay_transform(weights):
    """The even and odd halves of the cosine transform from node values to coefficients."""
    for k in range(POINTS):
        for j in range(_HALVES):
            end = 0.5 if j == 0 else 1.0
            scale = (1.0 if k == 0 or k == DEGREE else 2.0) / DEGREE
            # nodes run from the segment's beginning, where u is -1
            weights[k * _HALVES + j] = end * scale * (1.0 - 2.0 * (k % 2)) * math.cos(k * j * math.pi / DEGREE)


@inner
def singularity(e):
    """How far from the real axis Kepler's equation has its branch point, beside perigee: radians of mean anomaly.

    It bounds how fast a polynomial about perigee converges, whatever else the orbit does: without it, 2,100 of 26,834
    objects, nearly all of e above 0.1, had segments that were not good.
    """
    root = math.sqrt(1.0 - e * e)
    return math.log((1.0 + root) / max(e, 1.0e-4)) - root


@inner
def track_segments(r, begin_min, end_min, room):
    """First minute, length (min) and number of segments that hold begin_min to end_min; 0 where `room` is too small."""
    if r.status != 0:
        return begin_min, 1.0, 0
    pace = perigee_pace(r, max(abs(begin_min), abs(end_min)))
    length = min(TRACK_RAD / pace, 2.0 * _OF_SINGULARITY * singularity(r.ecco) / r.no_unkozai)
    first = begin_min
    if r.is_deep == 1 and r.irez != 0:
        # the resonance integrator steps at whole multiples of 720 minutes from the epoch: no segment holds such a step
        length = STEP_MIN / math.ceil(STEP_MIN / length)
        first = math.floor(begin_min / STEP_MIN) * STEP_MIN
    count = math.ceil((end_min - first) / length)
    if count > room:
        return begin_min, 1.0, 0
    return first, length, count


@inner
def ready_scratch(scratch):
    """Lay out in `scratch` (TRACK_SCRATCH,) what all tracks share; before the first `lay_track` with it."""
    fill(scratch, 0.0)  # unused columns are summed, too: denormal numbers there cost fourfold
    small = scratch[_SMALL:_NODES]
    places = small[70 : 70 + POINTS]
    lay_places(places, small[100 : 100 + 2 * POINTS].reshape((2, POINTS)))
    lay_transform(scratch[_WEIGHTS:_MATRIX])
    lay_matrix(scratch[_MATRIX:_PARTS], TABLE_STEPS, places, small[250 : 250 + PARTS])


@inner
def lay_track(r, begin_min, end_min, scratch, coefficients, good, table):
    """Fill `coefficients` (flat, SEGMENT_NUMBERS a segment) and `good` (segments,): first minute, length, number.

    `table` (6, TABLE_STEPS a segment) gets states at the middles of the TABLE_STEPS equal parts of each segment:
    numbers without meaning where the segment is not good. `scratch` is made ready by `ready_scratch`; all arrays are
    borrowed (see `vector_kernels`).
    """
    first, length, count = track_segments(r, begin_min, end_min, good.shape[0])
    if count == 0:
        return first, length, count
    w, times, small = scratch[:_W], scratch[_W:_SMALL], scratch[_SMALL:_NODES]
    nodes = scratch[_NODES:_VALUES].reshape((7, NODES_MAX))
    values, weights = scratch[_VALUES:_WEIGHTS], scratch[_WEIGHTS:_MATRIX]
    matrix, parts = scratch[_MATRIX:_PARTS], scratch[_PARTS:TRACK_SCRATCH]
    c, carry, places = small[:64], small[64:70], small[70 : 70 + POINTS]
    tails = small[100 : 100 + 2 * POINTS].reshape((2, POINTS))
    faults = small[150 : 150 + PARTS]
    is_deep = r.is_deep == 1
    prepare(r, is_deep, c, w, carry)
    group = 0
    while group < count:
        some = min(GROUP, count - group)
        begin = first + group * length
        if is_deep and r.irez != 0:
            some = max(1, min(some, segments_left(begin, length)))
            advance_resonance(r, begin + 0.5 * length, carry)
        # always true, but not `True`: so this and the grid share one compiled form
        wants_velocity = some > 0
        nodes_of_group(
            r, is_deep, begin + 0.5 * length, 0, 1, length, some, places, times, w, carry, wants_velocity, nodes
        )
        columns = columns_of(some)
        mark_segments(nodes, columns, faults)
        for axis in range(6):
            mirror_parts(
                nodes, axis, columns, tails, TRACK_TOLERANCE_KM if axis < 3 else TRACK_TOLERANCE_KM_S, parts, faults
            )
            at = group * TABLE_STEPS
            for m in range(0, TABLE_STEPS // 2, WIDTH):
                fold_columns(
                    parts, PARTS, DEGREE, matrix, HALF_MAX, m, some, TABLE_STEPS, table[axis], at, None, 0, 0, 0
                )
        for s in range(some):
            good[group + s] = 1 if faults[s] == 0.0 else 0
            for j in range(POINTS):
                for axis in range(6):
                    values[j * WIDTH + axis] = nodes[axis, j * columns + s]
            chebyshev_coefficients(values, DEGREE, weights, coefficients, (group + s) * SEGMENT_NUMBERS)
        group += some
    return first, length, count


@inner
def segments_left(begin_min, length_min):
    """Segments from `begin_min` to the next step of the resonance integrator."""
    step_end = (math.floor((begin_min + 0.5 * length_min) / STEP_MIN) + 1.0) * STEP_MIN
    return round((step_end - begin_min) / length_min)


@inner
def state_by_sgp4(r, minutes):
    """What `tracked_state` gives where there is no polynomial."""
    return state_at(r, minutes, 0.0, 0.0, 0.0)[0]


@inlined
def tracked_state(r, coefficients, good, first_min, per_length, count, minutes):
    """(status, x, y, z, vx, vy, vz) in km and km/s, TEME, `minutes` after the epoch; `per_length` is 1 / length."""
    place = (minutes - first_min) * per_length
    segment = int(place)
    if place >= 0.0 and segment < count and good[segment] == 1:
        u = 2.0 * (place - segment) - 1.0
        state: Any = chebyshev_sum(coefficients, segment * SEGMENT_NUMBERS, DEGREE, u)
        return OK, state[0], state[1], state[2], state[3], state[4], state[5]
    return state_by_sgp4(r, minutes)

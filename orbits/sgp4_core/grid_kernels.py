"""Fill arrays with states: many objects at common times, by lanes of vector code (see `lane_kernels`).

Fine uniform grids go by segments (`segment_kernels`); whatever segments refuse, coarse grids and lists of times are
queued as runs of one object and packed into lanes, several objects to a block where runs are short.
"""

from __future__ import annotations

import math

from orbits.jit import column, entry, f8, i8, inner, out, record_type, u1
from orbits.sgp4_core.deep_space_lane_kernels import (
    A_NOW,
    DEEP_ROWS,
    MM,
    advance_resonance,
    deep_space_constants,
    deep_space_lanes,
    fill_deep_space,
    mean_anomalies,
    resonance_holds_until,
    start_resonance,
)  # fmt: skip
from orbits.sgp4_core.lane_kernels import ASK_SCALAR, FAULT, LANES, PX, STATUS, VX, T
from orbits.sgp4_core.near_earth_lane_kernels import (
    fill_near_earth,
    near_earth_constants,
    near_earth_lanes,
)  # fmt: skip
from orbits.sgp4_core.polynomial_kernels import fold_columns
from orbits.sgp4_core.propagation_kernels import minutes_since_epoch, state_at
from orbits.sgp4_core.record import SGP4_RECORD
from orbits.sgp4_core.segment_kernels import (
    DEEP_TOLERANCE_KM,
    DEEP_TOLERANCE_KM_S,
    DEGREE,
    GROUP,
    HALF_MAX,
    LENGTHS,
    NEAR_TOLERANCE_KM,
    NEAR_TOLERANCE_KM_S,
    NODES_MAX,
    PARTS,
    PAST_CACHES_BYTES,
    POINTS,
    SEGMENT_STEPS_MIN,
    STAGE,
    UNIT,
    keep_nodes,
    lay_matrix,
    lay_places,
    mark_segments,
    mirror_parts,
    segment_steps,
)  # fmt: skip
from orbits.sgp4_core.vector_kernels import (
    VECTOR_BYTES,
    WIDTH,
    address_of,
    borrowed,
    copy_run,
    fill,
    stream_vectors,
)  # fmt: skip

NAN = math.nan
_RUNS = 512  # runs queued before they are done

# where each piece of the scratch array begins
_W = DEEP_ROWS * LANES
_TIMES = _W + 504  # pieces begin at whole vectors
_NODES = _TIMES + NODES_MAX
_PARTS = _NODES + 7 * NODES_MAX
_STAGE = _PARTS + POINTS * PARTS
_MATRICES = _STAGE + 2 * STAGE
SCRATCH_NUMBERS = _MATRICES + LENGTHS * POINTS * HALF_MAX
SCRATCH_INTEGERS = 3 * LANES + 3 * _RUNS + 3 + LENGTHS


@inner
def fail_row(row, status_code, first, last, position, velocity, status):
    """No states for one object."""
    for k in range(first, last):
        status[row, k] = status_code
        for axis in range(3):
            position[row, axis, k] = NAN
            if velocity.shape[0] > 0:
                velocity[row, axis, k] = NAN


@inner
def lanes_to_arrays(records, w, lanes, bad, pieces, used, jd_day, day_fraction, position, velocity, status):
    """Write a block: `pieces` (., 3) lists first lane, row and first time of `used` runs of lanes."""
    wants_velocity = velocity.shape[0] > 0
    count = status.shape[1]
    for piece in range(used):
        lane, row, k = pieces[piece, 0], pieces[piece, 1], pieces[piece, 2]
        end = pieces[piece + 1, 0] if piece + 1 < used else lanes
        shift = k - lane
        run = end - lane
        for axis in range(3):
            copy_run(w, (PX + axis) * LANES + lane, position, (3 * row + axis) * count + k, run)
        if wants_velocity:
            for axis in range(3):
                copy_run(w, (VX + axis) * LANES + lane, velocity, (3 * row + axis) * count + k, run)
        fill(status[row, k : shift + end], 0)
        if bad == 0:
            continue
        for place in range(lane, end):
            code = w[STATUS * LANES + place]
            k = shift + place
            if code == ASK_SCALAR:
                t = minutes_since_epoch(records[row], jd_day[k], day_fraction[k])
                state, _, _, _ = state_at(records[row], t, 0.0, 0.0, 0.0)
                status[row, k] = state[0]
                position[row, 0, k], position[row, 1, k], position[row, 2, k] = state[1], state[2], state[3]
                if wants_velocity:
                    velocity[row, 0, k], velocity[row, 1, k], velocity[row, 2, k] = state[4], state[5], state[6]
            elif code != 0.0:
                fail_row(row, int(code), k, k + 1, position, velocity, status)


@inner
def do_runs(records, is_deep, runs, count, jd_day, day_fraction, position, velocity, status, w, c, carry, pieces):
    """States of the `count` runs (row, first time, last time) in `runs`, packed into lanes."""
    wants_velocity = velocity.shape[0] > 0
    lane = 0
    used = 0
    filled = -1  # the object whose constants stand in every lane
    for run in range(count):
        row, k, last = runs[run, 0], runs[run, 1], runs[run, 2]
        r = records[row]
        if is_deep:
            deep_space_constants(r, c)
            start_resonance(r, carry)
        else:
            near_earth_constants(r, c)
        while k < last:
            n = min(LANES - lane, last - k)
            at = T * LANES + lane
            minutes, days, fractions = w[at : at + n], jd_day[k : k + n], day_fraction[k : k + n]
            epoch_day, epoch_fraction = r.epoch_jd_day, r.epoch_day_fraction
            for place in range(n):
                # as `minutes_since_epoch`
                minutes[place] = ((days[place] - epoch_day) + (fractions[place] - epoch_fraction)) * 1440.0
            if is_deep:
                mean_anomalies(
                    r, w[at : at + n], carry, False, w[MM * LANES + lane : MM * LANES + lane + n],
                    w[A_NOW * LANES + lane : A_NOW * LANES + lane + n],
                    w[FAULT * LANES + lane : FAULT * LANES + lane + n],
                )  # fmt: skip
            if filled != row:
                if is_deep:
                    fill_deep_space(c, w, lane, lane + n)
                else:
                    fill_near_earth(r, c, w, lane, lane + n)
                filled = row if n == LANES else -1
            pieces[used, 0], pieces[used, 1], pieces[used, 2] = lane, row, k
            used += 1
            lane += n
            k += n
            if lane == LANES or (run == count - 1 and k == last):
                bad = deep_space_lanes(w, wants_velocity) if is_deep else near_earth_lanes(w, wants_velocity)
                lanes_to_arrays(records, w, lane, bad, pieces, used, jd_day, day_fraction, position, velocity, status)
                lane = 0
                used = 0


@inner
def columns_of(count):
    """Columns for `count` segments: one more for the end of the last, and a whole group's where most are taken."""
    return PARTS if count >= PARTS // 2 + PARTS // 4 else count + 1


@inner
def nodes_of_group(r, is_deep, start, first, steps, step_min, count, places, times, w, carry, wants_velocity, nodes):
    """Node states of `count` segments from step `first` on: node j of segment s in column j `columns_of(count)` + s.

    A segment begins half a step before its first step. The resonance integrator stays where the first step puts it.
    """
    columns = columns_of(count)
    length = steps * step_min
    begin = start + (first - 0.5) * step_min
    for j in range(DEGREE):
        at_node = times[j * columns : (j + 1) * columns]
        for s in range(columns):
            at_node[s] = begin + (min(s, count) + (places[j] if s < count else 0.0)) * length
    total = DEGREE * columns
    done = 0
    while done < total:
        used = min(LANES, total - done)
        copy_run(times, done, w, T * LANES, used)
        for k in range(used, LANES):
            w[T * LANES + k] = begin
        if is_deep:
            mean_anomalies(
                r, w[T * LANES : (T + 1) * LANES], carry, True, w[MM * LANES : (MM + 1) * LANES],
                w[A_NOW * LANES : (A_NOW + 1) * LANES], w[FAULT * LANES : (FAULT + 1) * LANES],
            )  # fmt: skip
            deep_space_lanes(w, wants_velocity)
        else:
            near_earth_lanes(w, wants_velocity)
        keep_nodes(w, is_deep, nodes, done, used, wants_velocity)
        done += used
    # the end of each segment is the beginning of the next
    for axis in range(7):
        late, early = nodes[axis, total : total + columns], nodes[axis, :columns]
        for s in range(columns - 1):
            late[s] = early[s + 1]
        late[columns - 1] = early[columns - 1]


@inner
def prepare(r, is_deep, c, w, carry):
    """Put the constants of one object into every lane."""
    if is_deep:
        deep_space_constants(r, c)
        start_resonance(r, carry)
        fill_deep_space(c, w, 0, LANES)
    else:
        near_earth_constants(r, c)
        fill_near_earth(r, c, w, 0, LANES)


@inner
def smooth_until(r, is_deep, start, first, step_min, count, carry):
    """The end of the steps from `first` on between which the resonance integrator makes no step."""
    if not is_deep or r.irez == 0:
        return count
    t = start + first * step_min
    advance_resonance(r, t, carry)
    end = int((resonance_holds_until(t, carry) - start) / step_min) + 1
    return min(max(end, first + 1), count)


@inner
def leave_waiting(stage, begin, target, row, axis, first, count, waiting):
    """Have stage[begin : begin + count] written past the caches to target[row, axis, first : first + count], later.

    The numbers before and after whole vectors of memory are copied at once; `waiting` gets the address of the rest,
    its first number in `stage` and its vectors.
    """
    at = (row * target.shape[1] + axis) * target.shape[2] + first
    lead = min(-(address_of(target) // 8 + at) % WIDTH, count)
    vectors = (count - lead) // WIDTH
    for k in range(lead):
        target[row, axis, first + k] = stage[begin + k]
    for k in range(lead + vectors * WIDTH, count):
        target[row, axis, first + k] = stage[begin + k]
    waiting[0], waiting[1], waiting[2] = address_of(target) + 8 * (at + lead), begin + lead, vectors


@inner
def write_waiting(stage, waiting):
    """Write what waits; before anything else is written to the same states."""
    stream_vectors(stage, waiting[1], waiting[0], waiting[2])
    waiting[2] = 0


@inner
def fold_group(
    nodes, axes, count, matrix, steps, row, first, last, position, velocity, tails, tolerance_km, tolerance_km_s, parts,
    faults, stage, waiting, past_caches,
):  # fmt: skip
    """States of `count` segments at the steps first <= k < last, axis by axis; `faults` for each segment.

    Whole rows at a time, since memory takes long sequences faster, and each while the next is computed in the other
    half of `stage`: the last one stays `waiting`. Steps of refused segments get numbers to be overwritten.
    """
    columns = columns_of(count)
    mark_segments(nodes, columns, faults)
    for axis in range(axes):
        mirror_parts(nodes, axis, columns, tails, tolerance_km if axis < 3 else tolerance_km_s, parts, faults)
        begin = STAGE if waiting[1] < STAGE else 0
        for m in range(0, steps // 2, WIDTH):
            pairs = min(count, waiting[2] // 2)
            fold_columns(
                parts, PARTS, DEGREE, matrix, HALF_MAX, m, count, steps, stage, begin,
                stage, waiting[1], waiting[0], pairs,
            )  # fmt: skip
            waiting[0] += 2 * pairs * VECTOR_BYTES
            waiting[1] += 2 * pairs * WIDTH
            waiting[2] -= 2 * pairs
        write_waiting(stage, waiting)
        waiting[1] = begin
        target, place = (position, axis) if axis < 3 else (velocity, axis - 3)
        if past_caches:
            leave_waiting(stage, begin, target, row, place, first, last - first, waiting)
        else:
            for k in range(last - first):
                target[row, place, first + k] = stage[begin + k]


@entry(
    column(record_type(SGP4_RECORD)), column(i8), f8, f8, f8, i8, column(f8), column(f8),
    out(f8, 3), out(f8, 3), out(u1, 2), out(f8), out(i8), out(i8),
)  # fmt: skip
def grid_kernel(
    records, rows, grid_jd_day, grid_day_fraction, step_min, count, jd_day, day_fraction, position, velocity, status,
    scratch, integers, tally,
):  # fmt: skip
    """States of the records in `rows`, all near-earth or all deep-space, at times that a uniform grid also describes.

    Fills positions (n, 3, t) km, velocities (n, 3, t) or (0, 3, t) km/s and status (n, t) in those rows. `jd_day` and
    `day_fraction` are the times one by one; with step_min 0 they are any times, and no polynomial is used. `scratch`
    (SCRATCH_NUMBERS,) and `integers` (SCRATCH_INTEGERS,) are work space, a pair that begins as zeros and goes from call
    to call together: it keeps the matrices that were laid. `tally` (3,) counts segments
    kept, segments refused, and states computed one by one.
    """
    fill(tally, 0)
    if rows.shape[0] == 0:
        return
    position, velocity, status = borrowed(position), borrowed(velocity), borrowed(status)
    jd_day, day_fraction = borrowed(jd_day), borrowed(day_fraction)
    room, counts = borrowed(scratch), borrowed(integers)
    wants_velocity = velocity.shape[0] > 0
    axes = 6 if wants_velocity else 3
    is_deep = records[rows[0]].is_deep == 1
    by_segments = step_min > 0.0 and count >= SEGMENT_STEPS_MIN
    w = room[:_W]
    c, carry = room[_W : _W + 64], room[_W + 64 : _W + 70]
    places, weights = room[_W + 70 : _W + 70 + POINTS], room[_W + 100 : _W + 100 + POINTS]
    tails = room[_W + 130 : _W + 130 + 2 * POINTS].reshape((2, POINTS))
    faults = room[_W + 200 : _W + 200 + PARTS]
    times = room[_TIMES : _TIMES + NODES_MAX]
    nodes = room[_NODES:_PARTS].reshape((7, NODES_MAX))
    parts, stage = room[_PARTS:_STAGE], room[_STAGE:_MATRICES]
    matrices = room[_MATRICES:SCRATCH_NUMBERS].reshape((LENGTHS, POINTS * HALF_MAX))
    pieces = counts[: 3 * LANES].reshape((LANES, 3))
    runs = counts[3 * LANES : 3 * LANES + 3 * _RUNS].reshape((_RUNS, 3))
    waiting = counts[3 * LANES + 3 * _RUNS : 3 * LANES + 3 * _RUNS + 3]
    has_matrix = counts[3 * LANES + 3 * _RUNS + 3 :]
    fill(w, 0.0)
    queued = 0
    past_caches = (position.size + velocity.size) * 8 > PAST_CACHES_BYTES
    lay_places(places, tails)
    tolerance_km = DEEP_TOLERANCE_KM if is_deep else NEAR_TOLERANCE_KM
    tolerance_km_s = DEEP_TOLERANCE_KM_S if is_deep else NEAR_TOLERANCE_KM_S
    for place in range(rows.shape[0]):
        row = rows[place]
        r = records[row]
        if r.status != 0:
            fail_row(row, r.status, 0, count, position, velocity, status)
            continue
        start, steps = 0.0, 0
        if by_segments:
            start = minutes_since_epoch(r, grid_jd_day, grid_day_fraction)
            farthest_min = max(abs(start), abs(start + count * step_min))
            steps = segment_steps(r, farthest_min, step_min, count)
        first = 0
        is_prepared = False
        if steps > 0 and has_matrix[steps // UNIT] == 0:
            lay_matrix(matrices[steps // UNIT], steps, places, weights)
            has_matrix[steps // UNIT] = 1
        while first < count:
            some = 0
            end = count
            if steps > 0:
                if not is_prepared:
                    prepare(r, is_deep, c, w, carry)
                    is_prepared = True
                end = smooth_until(r, is_deep, start, first, step_min, count, carry)
                if end - first >= WIDTH:
                    some = min(GROUP, STAGE // steps, (end - first + steps - 1) // steps)
            if some > 0:
                nodes_of_group(
                    r, is_deep, start, first, steps, step_min, some, places, times, w, carry, wants_velocity, nodes
                )
                end = min(end, first + some * steps)
                fold_group(
                    nodes, axes, some, matrices[steps // UNIT], steps, row, first, end, position, velocity, tails,
                    tolerance_km, tolerance_km_s, parts, faults, stage, waiting, past_caches,
                )  # fmt: skip
                fill(status[row, first:end], 0)
            for s in range(max(some, 1)):
                left = first + s * steps
                right = min(left + steps, end) if some > 0 else end
                if some > 0 and faults[s] == 0.0:
                    tally[0] += 1
                else:
                    runs[queued, 0], runs[queued, 1], runs[queued, 2] = row, left, right
                    queued += 1
                    tally[1] += some > 0
                    tally[2] += right - left
                    if queued == _RUNS:
                        write_waiting(stage, waiting)
                        do_runs(
                            records, is_deep, runs, queued, jd_day, day_fraction, position, velocity, status,
                            w, c, carry, pieces,
                        )  # fmt: skip
                        queued = 0
                        is_prepared = False
            first = end
    write_waiting(stage, waiting)
    do_runs(records, is_deep, runs, queued, jd_day, day_fraction, position, velocity, status, w, c, carry, pieces)

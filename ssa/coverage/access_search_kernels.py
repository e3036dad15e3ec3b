"""Find when each cell of a region lies inside an object's access rule, to a tenth of a millisecond.

- The object's window becomes polynomials and a table of states (`orbits.sgp4_core.track_kernels`). Stretches of the
  table in which the object is farther from the region's bounding cap than the rule can reach are passed over.
- In the stretches left, states stand so near that the view from perigee turns by 0.15 rad at most (10 s at 500 km), and
  0.014 rad of the object's motion, once for all cells. A cell passes over the states from which the rule cannot reach
  it, blocks of neighbouring cells together first; at the others its near margin is taken (`ssa.near_margin_kernels`).
- A change of sign is an edge (`edge_kernels`), found on the cubic through the four states round it.
- An access shorter than the spacing shows as a local maximum of that margin below zero. It is looked for by golden
  section wherever its own differences leave room for a positive peak; so for dips of an open access.

Limit: two accesses of one cell that begin and end between the same two states are seen as one or none.
"""

from __future__ import annotations

import math

from orbits.constants import EARTH_ROTATION_RAD_S, WGS72_RADIUS_KM
from orbits.jit import column, entry, f8, i8, inner, out, record_type, u1
from orbits.sgp4_core.propagation_kernels import minutes_since_epoch
from orbits.sgp4_core.record import SGP4_RECORD
from orbits.sgp4_core.track_kernels import TABLE_STEPS, lay_track, ready_scratch
from orbits.sgp4_core.vector_kernels import borrowed, fill
from ssa.access_kernels import (
    CLAUSE,
    CODE,
    FIRST,
    SIGN,
    SUN,
    VERTICALS_APART_RAD,
    geodetic_nadir,
    widest_central_angle_rad,
)
from ssa.coverage.block_margin_kernels import FAR, LANES, STATE_NUMBERS, WORK, block_margins, mark_events
from ssa.coverage.edge_kernels import EDGE_SPACE, find_edges, put_edge
from ssa.elevation_mask_kernels import finest_share
from ssa.near_margin_kernels import near_margin
from ssa.passes_kernels import reach, sidereal_angle, track_at, turn_table, turned_with_earth

STATE_ROWS = 16  # S, V, N, H (3 each), one over the radius, time, and two to spare
PER_R, TIME = 12, 13
CHUNK = 2048  # states in one stretch; longer ones are cut, and their accesses joined again
_FINE = 4  # states per step of the table at least, and as many as turn the view from perigee by _FINE_VIEW_RAD
_FINE_VIEW_RAD = 0.15
_LOWEST_KM, _LOW_SPEED_KM_S = 100.0, 7.8
_MOTION_SLACK_RAD = 0.09  # of a step of the table: what object and Earth move in it, and a little more
_FINE_SLACK = 1.1  # of the longest step between two states
_PEAK_TOLERANCE_S = 5.0e-3
_SUN_SLACK_RAD = 1.0e-3 + VERTICALS_APART_RAD  # the Sun's own motion, and cells' verticals
START, END = 2, 3  # columns of `found`
# the work space: margins of a block, edges, and what `block_margins` needs; the geometry of one state
_MARGINS = (CHUNK + 2) * LANES
_WORK = _MARGINS + EDGE_SPACE
_STATE = _WORK + WORK
_BUSY = _STATE + STATE_NUMBERS * LANES
_ONE = _BUSY + LANES
SEARCH_SPACE = _ONE + STATE_ROWS


@inner
def access_state(r, track, turns, sun, s, g):
    """Fill the column `g` (STATE_ROWS,) with the geometry `s` seconds after the start; false where SGP4 fails."""
    status, x, y, z, vx, vy, vz = track_at(r, track, s)
    if status != 0:
        return False
    angle = sidereal_angle(turns, s)
    g[0], g[1], g[3], g[4] = turned_with_earth(angle, x, y, vx, vy)
    g[2], g[5] = z, vz
    g[6], g[7], g[8] = geodetic_nadir(g[0], g[1], z)
    hour = min(int(s / 3600.0), sun.shape[0] - 2)
    share = s / 3600.0 - hour
    hx = sun[hour, 0] + share * (sun[hour + 1, 0] - sun[hour, 0])
    hy = sun[hour, 1] + share * (sun[hour + 1, 1] - sun[hour, 1])
    hz = sun[hour, 2] + share * (sun[hour + 1, 2] - sun[hour, 2])
    g[9], g[10], _, _ = turned_with_earth(angle, hx, hy, 0.0, 0.0)
    g[11] = hz
    g[PER_R] = 1.0 / math.sqrt(g[0] * g[0] + g[1] * g[1] + z * z)
    g[TIME] = s
    return True


@inner
def margin_of(near, g, cells, cell):
    """The rule's near margin for one geometry and one cell; far outside where it has no value."""
    margin = near_margin(
        near, g[0], g[1], g[2], g[3], g[4], g[5],
        cells[cell, 0], cells[cell, 1], cells[cell, 2], cells[cell, 3], cells[cell, 4], cells[cell, 5],
        g[6], g[7], g[8], g[9], g[10], g[11],
    )  # fmt: skip
    return margin if margin == margin else FAR


@inner
def nodes_round(states, count, k):
    """The first of four states round the step from k - 1 to k, their times, and the constants of their polynomials."""
    first = max(0, min(k - 2, count - 4))
    a, b, c, d = states[first, TIME], states[first + 1, TIME], states[first + 2, TIME], states[first + 3, TIME]
    return (
        first, a, b, c, d,
        1.0 / ((a - b) * (a - c) * (a - d)), 1.0 / ((b - a) * (b - c) * (b - d)),
        1.0 / ((c - a) * (c - b) * (c - d)), 1.0 / ((d - a) * (d - b) * (d - c)),
    )  # fmt: skip


@inner
def margin_at(states, nodes, near, cells, cell, s, g):
    """The near margin at a time (s) between states, by the cubic through four of them: within 11 mm of the track."""
    first, a, b, c, d, wa, wb, wc, wd = nodes
    a, b, c, d = s - a, s - b, s - c, s - d
    wa, wb, wc, wd = wa * b * c * d, wb * a * c * d, wc * a * b * d, wd * a * b * c
    for row in range(12):
        g[row] = (
            wa * states[first, row] + wb * states[first + 1, row] + wc * states[first + 2, row]
            + wd * states[first + 3, row]
        )  # fmt: skip
    return margin_of(near, g, cells, cell)


@inner
def cubic_crossing(nodes, values, left_s, left, right_s, right):
    """Where the cubic through the margins at four states crosses zero between two of them, and its slope there.

    `values` are the four margins; where one of them is none, the straight line between the two states is taken.
    """
    _, a, b, c, d, wa, wb, wc, wd = nodes
    va, vb, vc, vd = values
    slope = (right - left) / (right_s - left_s)
    s = left_s - left / slope
    if min(min(va, vb), min(vc, vd)) <= FAR:
        return s, slope
    va, vb, vc, vd = va * wa, vb * wb, vc * wc, vd * wd
    for _ in range(3):
        ta, tb, tc, td = s - a, s - b, s - c, s - d
        ab, cd = ta * tb, tc * td
        value = cd * (va * tb + vb * ta) + ab * (vc * td + vd * tc)
        slope = cd * (va + vb) + (tc + td) * (va * tb + vb * ta) + ab * (vc + vd) + (ta + tb) * (vc * td + vd * tc)
        s = min(max(s - value / slope, left_s), right_s)
    return s, slope


@inner
def time_beyond(states, nodes, near, cells, cell, first, last, sign, g):
    """A time between two at which sign * margin is positive, by golden section on its maximum; -1 if there is none."""
    golden = 0.6180339887498949
    a, b = last - golden * (last - first), first + golden * (last - first)
    at_a = sign * margin_at(states, nodes, near, cells, cell, a, g)
    at_b = sign * margin_at(states, nodes, near, cells, cell, b, g)
    while last - first > _PEAK_TOLERANCE_S:
        if at_a > 0.0:
            return a
        if at_b > 0.0:
            return b
        if at_a > at_b:
            last, b, at_b = b, a, at_a
            a = last - golden * (last - first)
            at_a = sign * margin_at(states, nodes, near, cells, cell, a, g)
        else:
            first, a, at_a = a, b, at_b
            b = first + golden * (last - first)
            at_b = sign * margin_at(states, nodes, near, cells, cell, b, g)
    return -1.0


@inner
def begin_access(found, slot, row, cell, start):
    """Note an access that begins; one beyond the room is not kept, only counted."""
    if slot < found.shape[0]:
        found[slot, 0], found[slot, 1], found[slot, START] = row, cell, start


@inner
def end_access(found, slot, end):
    if slot < found.shape[0]:
        found[slot, END] = end


@inner
def longest_step(states, count):
    """The longest chord between the directions of two neighbouring states."""
    longest = 0.0
    for k in range(1, count):
        a, b = states[k - 1], states[k]
        dx, dy, dz = (
            a[0] * a[PER_R] - b[0] * b[PER_R], a[1] * a[PER_R] - b[1] * b[PER_R], a[2] * a[PER_R] - b[2] * b[PER_R]
        )  # fmt: skip
        longest = max(longest, dx * dx + dy * dy + dz * dz)
    return math.sqrt(longest)


@inner
def states_in_reach(x, y, z, reach, states, count, per_step):
    """First and last of the states whose direction is within `reach` (rad) of a direction; (count, -1) if none is."""
    first, last = count, -1
    reach_chord = 2.0 * math.sin(0.5 * min(reach, math.pi))
    k = 0
    while k < count:
        g = states[k]
        away = (g[0] * x + g[1] * y + g[2] * z) * g[PER_R]
        # the distance changes by one step's chord at most from state to state
        room = (math.sqrt(max(2.0 - 2.0 * away, 0.0)) - reach_chord) * per_step
        if room <= 0.0:
            first, last = min(first, k), k
            k += max(1, int(-room))
            continue
        k += max(1, int(room))
    # steps inside reach may have jumped past the last one
    while 0 <= last < count - 1:
        g = states[last + 1]
        away = (g[0] * x + g[1] * y + g[2] * z) * g[PER_R]
        if math.sqrt(max(2.0 - 2.0 * away, 0.0)) > reach_chord:
            break
        last += 1
    return first, last


@inner
def wrong_sun(near, x, y, z, radius, states, count):
    """Whether a Sun limit of a rule without alternatives fails all through a stretch at all cells of a block."""
    rows = near.shape[0]
    middle = states[count // 2]
    height = math.asin(min(max(x * middle[9] + y * middle[10] + z * middle[11], -1.0), 1.0))
    turned = EARTH_ROTATION_RAD_S * max(middle[TIME] - states[0, TIME], states[count - 1, TIME] - middle[TIME])
    slack = radius + turned + _SUN_SLACK_RAD
    for k in range(rows):
        if near[k, CLAUSE] != near[0, CLAUSE]:
            return False
    for k in range(rows):
        if near[k, CODE] == SUN and near[k, SIGN] > 0.0:
            low, high = math.sin(max(height - slack, -0.5 * math.pi)), math.sin(min(height + slack, 0.5 * math.pi))
            if high < near[k, FIRST] or low > near[k, FIRST + 2]:
                return True
    return False


@inner
def accesses_in_stretch(near, cells, blocks, lanes, widest, states, count, row, found, used, space):
    """Accesses of every cell within the `count` states of one stretch, four at least."""
    step = longest_step(states, count)
    reach = min(widest + _FINE_SLACK * step, math.pi)
    reach_cosine = math.cos(reach)
    per_step = 1.0 / step if step > 0.0 else 0.0
    margins, edges = space[:_MARGINS], space[_MARGINS:_WORK]
    w, v, busy, g = space[_WORK:_STATE], space[_STATE:_BUSY], space[_BUSY:_ONE], space[_ONE:]
    waiting = 0
    for block in range(blocks.shape[0]):
        x, y, z, radius = blocks[block, 0], blocks[block, 1], blocks[block, 2], blocks[block, 3]
        first, last = states_in_reach(x, y, z, reach + radius, states, count, per_step)
        if first > last or wrong_sun(near, x, y, z, radius, states, count):
            continue
        # one state more, out of reach, closes what is open
        until = min(last + 2, count)
        p = lanes[block]
        fill(busy, 0.0)
        at = 2 * LANES
        for k in range(first, until):
            now = margins[at : at + LANES]
            block_margins(near, states[k], states[k, PER_R], reach_cosine, p, v, w, now)
            mark_events(margins[at - 2 * LANES : at - LANES], margins[at - LANES : at], now, busy)
            at += LANES
        cell_from = int(blocks[block, 4])
        for cell in range(cell_from, int(blocks[block, 5])):
            if busy[cell - cell_from] > 0.0:
                used, waiting = accesses_of_cell(
                    near, cells, cell, p, cell - cell_from, margins[cell - cell_from :], states, count, first, until,
                    row, found, used, edges, waiting, g,
                )  # fmt: skip
    find_edges(near, states, TIME, waiting, edges, found)
    return used


@inner
def accesses_of_cell(
    near, cells, cell, p, lane, margins, states, count, first_state, until, row, found, used, edges, waiting, g
):  # fmt: skip
    """Accesses of a cell with these margins, LANES apart; the first two belong to no state, the third to the first.

    Edges are gathered, and found when LANES of them are `waiting`.
    """
    older, before = FAR, FAR
    opened = -1  # the access under way
    for k in range(first_state, until):
        at = (k - first_state + 2) * LANES
        margin = margins[at]
        s, left_s = states[k, TIME], states[max(k - 1, 0), TIME]
        crosses = k > 0 and (margin >= 0.0) != (before >= 0.0)
        turn_s = -1.0
        if k == 0:
            if margin >= 0.0:
                opened, used = used, used + 1
                begin_access(found, opened, row, cell, s)
        elif not crosses and k > 1 and before > FAR and (older >= 0.0) == (before >= 0.0):
            # a turn at the last state: could the margin have been on the other side of zero round it?
            sign = -1.0 if before >= 0.0 else 1.0
            room = max(abs(before - older), abs(margin - before))
            turns_here = sign * (before - older) >= 0.0 and sign * (before - margin) > 0.0
            if turns_here and abs(before) < room:
                nodes, left_s = nodes_round(states, count, k), states[k - 2, TIME]
                turn_s = time_beyond(states, nodes, near, cells, cell, left_s, s, sign, g)
        if crosses or turn_s >= 0.0:
            nodes = nodes_round(states, count, k)
            values = FAR, FAR, FAR, FAR
            at += (nodes[0] - k) * LANES
            if nodes[0] >= first_state and nodes[0] + 4 <= until:
                values = margins[at], margins[at + LANES], margins[at + 2 * LANES], margins[at + 3 * LANES]
            there, left = margin, before
            if not crosses:
                there, left = margin_at(states, nodes, near, cells, cell, turn_s, g), older
            for side in range(1 if crosses else 2):
                # from the state on the left to the crossing's other side, then from there to the state on the right
                right_s, right = (s, margin) if crosses or side == 1 else (turn_s, there)
                if side == 1:
                    left_s, left = turn_s, there
                if crosses:
                    guess, slope = cubic_crossing(nodes, values, left_s, left, right_s, right)
                else:
                    slope = (right - left) / (right_s - left_s)
                    guess = left_s - left / slope
                begins = right >= 0.0
                if begins:
                    opened, used = used, used + 1
                    begin_access(found, opened, row, cell, 0.0)
                outside, inside = (left_s, right_s) if begins else (right_s, left_s)
                put_edge(
                    edges, waiting, nodes, p, lane, outside, inside, guess, slope, opened, START if begins else END
                )
                waiting += 1
                if waiting == LANES:
                    find_edges(near, states, TIME, waiting, edges, found)
                    waiting = 0
                if not begins:
                    opened = -1
        older, before = before, margin
    if opened >= 0:
        end_access(found, opened, states[until - 1, TIME])
    return used, waiting


@inner
def short_stretch(r, track, turns, sun, begin_s, states, count):
    """Lay a stretch of less than four states anew with four, over the same time; 0 where it is no stretch."""
    if count < 2:
        return 0
    end_s = states[count - 1, TIME]
    for k in range(4):
        if not access_state(r, track, turns, sun, begin_s + (end_s - begin_s) * k / 3.0, states[k]):
            return 0
    return 4


@inner
def accesses_of_object(
    r, track, turns, sun, program, near, cells, blocks, lanes, cap, duration_s, table, samples, begin_s, step_s,
    minutes, states, row, found, used, space,
):  # fmt: skip
    """All accesses of one object, stretch by stretch."""
    largest_radius, _ = reach(r, minutes, minutes + duration_s / 60.0)
    widest = widest_central_angle_rad(program, largest_radius)
    limit = min(cap[3] + widest + _MOTION_SLACK_RAD, math.pi)
    cosine = math.cos(limit)
    perigee_km = r.a_unkozai * (1.0 - r.ecco) * WGS72_RADIUS_KM
    height_km = max(perigee_km - WGS72_RADIUS_KM, _LOWEST_KM)
    fine_s = min(step_s / _FINE, _FINE_VIEW_RAD * height_km / _LOW_SPEED_KM_S)
    fine_s *= finest_share(program, CODE, FIRST, _FINE_VIEW_RAD)
    s = 0.0
    while s < duration_s:
        # the next time at which the object may reach the region
        if samples > 0 and limit < math.pi:
            k = max(0, min(samples - 1, math.floor((s - begin_s) / step_s + 0.5)))
            while k < samples:
                x, y, z = table[0, k], table[1, k], table[2, k]
                if x * cap[0] + y * cap[1] + z * cap[2] >= cosine * math.sqrt(x * x + y * y + z * z):
                    break
                k += 1
            if k == samples:
                break
            s = max(s, begin_s + (k - 1) * step_s)
            last = k
            while last < samples:
                x, y, z = table[0, last], table[1, last], table[2, last]
                if x * cap[0] + y * cap[1] + z * cap[2] < cosine * math.sqrt(x * x + y * y + z * z):
                    break
                last += 1
            end = min(begin_s + (last + 1) * step_s, duration_s)
        else:
            end = duration_s
        while s < end:
            count = 0
            at = s
            while count < CHUNK:
                if access_state(r, track, turns, sun, at, states[count]):
                    count += 1
                elif count > 0:
                    break
                if at >= end:
                    break
                # no step is much shorter than the others, whose cubics would suffer by it
                at = at + fine_s if at + 1.2 * fine_s < end else end
            if 0 < count < 4:
                count = short_stretch(r, track, turns, sun, s, states, count)
            if count > 1:
                used = accesses_in_stretch(near, cells, blocks, lanes, widest, states, count, row, found, used, space)
            # stretches overlap by two states, so that no peak falls between them; what they share is joined later
            s = end if at >= end else max(at - 3.0 * fine_s, s + fine_s)
    return used


@entry(
    column(record_type(SGP4_RECORD)), f8, f8, f8, column(f8), column(f8, 2), column(f8, 2), column(i8), column(f8, 2),
    column(f8, 2), column(f8, 2), column(f8, 2), column(f8), out(f8), out(f8), out(u1), out(f8, 2), out(f8, 2),
    out(f8), out(f8, 2), out(i8),
)  # fmt: skip
def find_accesses_kernel(
    records, jd_day, day_fraction, duration_s, turns, sun, programs, first_row, near_programs, cells, blocks, lanes,
    cap, scratch, coefficients, good, table, states, space, found, progress,
):  # fmt: skip
    """Accesses (object row, cell row, start, end in seconds after the start) of every object to every cell.

    `programs` holds the objects' compiled rules one behind the other, object i's from row first_row[i] on, and
    `near_programs` the same rows as near programs; `cells` (c, 9) positions (km), unit up and unit radius; `blocks`
    (b, 6) runs of neighbouring cells: their middle (unit), how far (rad) cells lie from it, the first cell and the one
    after the last, and `lanes` (b, CELL_NUMBERS * LANES) their cells side by side; `cap` the region's centre (unit) and
    angle (rad); `sun` (h, 3) the Sun's direction hour by hour, TEME. `progress` is as in `find_events_kernel`; the rest
    is work space.
    """
    records, programs, cells, sun, turns = (
        borrowed(records), borrowed(programs), borrowed(cells), borrowed(sun), borrowed(turns),
    )  # fmt: skip
    scratch, coefficients, good, table = borrowed(scratch), borrowed(coefficients), borrowed(good), borrowed(table)
    states, found, cap, near_programs = borrowed(states), borrowed(found), borrowed(cap), borrowed(near_programs)
    blocks, lanes, space = borrowed(blocks), borrowed(lanes), borrowed(space)
    ready_scratch(scratch)
    fill(space, 0.0)  # lanes without a pair are computed, too: denormal numbers there would cost
    fill(space[: 2 * LANES], FAR)  # the margins before the first state
    row = progress[0]
    used = 0
    while row < records.shape[0]:
        r = records[row]
        minutes = minutes_since_epoch(r, jd_day, day_fraction)
        first_min, length_min, count = lay_track(
            r, minutes, minutes + duration_s / 60.0, scratch, coefficients, good, table
        )
        begin_s = (first_min + 0.5 * length_min / TABLE_STEPS - minutes) * 60.0
        step_s = length_min * 60.0 / TABLE_STEPS if count > 0 else 20.0
        samples = count * TABLE_STEPS
        turn_table(table, samples, begin_s, step_s, turns)
        for segment in range(count):
            if good[segment] == 0:
                samples = 0  # the table cannot steer: every state is looked at
        track = (coefficients, good, first_min, 1.0 / length_min, count, minutes)
        program = programs[first_row[row] : first_row[row + 1]]
        near = near_programs[first_row[row] : first_row[row + 1]]
        reached = accesses_of_object(
            r, track, turns, sun, program, near, cells, blocks, lanes, cap, duration_s, table, samples, begin_s, step_s,
            minutes, states, row, found, used, space,
        )  # fmt: skip
        if reached > found.shape[0]:
            break
        used = reached
        row += 1
    progress[0] = row
    progress[1] = used

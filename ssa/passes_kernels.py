"""Find rises, culminations and sets of many objects over many sites, on SGP4 itself.

How no pass is missed, and why it is fast (see `ssa/passes.py` for what is claimed):
- Far from the site, the next node is put where the object could at the earliest stand above the mask: the angle between
  object and site at the Earth's centre cannot shrink faster than `fastest_rad_s`, and above the mask it is below
  `widest_rad`. Nothing can happen in between.
- Near the site, nodes are 0.06 rad of the object's own motion apart, in which elevation has one extremum at most. The
  sign of its rate at both nodes brackets that extremum, so a pass that rises and sets between two nodes is found by its
  peak.
- An object whose polynomials are good in the whole window, which is nearly every one, has its nodes in a table that all
  sites share; `sky_vector_kernels` finds the neighbours between which something happens. Neighbours of which one stands
  deeper below the site's horizontal plane than the object moves between two nodes have nothing between them.
- Peaks are refined with differences of positions, since SGP4's velocity is not the derivative of its position; edges
  by Newton steps inside a bracket.
"""

from __future__ import annotations

import math

import numpy as np

from orbits.constants import EARTH_ROTATION_RAD_S, WGS72_MU_KM3_S2, WGS72_RADIUS_KM
from orbits.jit import column, entry, f8, i8, inlined, inner, out, quick, record_type, u1
from orbits.sgp4_core.lane_kernels import sine_cosine
from orbits.sgp4_core.propagation_kernels import minutes_since_epoch
from orbits.sgp4_core.record import SGP4_RECORD
from orbits.sgp4_core.track_kernels import TABLE_STEPS, lay_track, ready_scratch, tracked_state
from orbits.sgp4_core.vector_kernels import borrowed
from ssa.sky_vector_kernels import ABOVE, CLIMBS, EVENT, WORD, lowest_bit, mark_states

# A site in the frame that turns with the sidereal angle alone: polar motion is put into the site, once.
SITE_RECORD = np.dtype(
    [
        ("x_km", "f8"), ("y_km", "f8"), ("z_km", "f8"), ("radius_km", "f8"),
        ("east_x", "f8"), ("east_y", "f8"), ("east_z", "f8"),
        ("north_x", "f8"), ("north_y", "f8"), ("north_z", "f8"),
        ("up_x", "f8"), ("up_y", "f8"), ("up_z", "f8"),
        ("sin_mask", "f8"), ("mask_rad", "f8"), ("deflection_rad", "f8"),
    ],
    align=True,
)  # fmt: skip

RISE, CUT_START, CULMINATION, SET, CUT_END, FAILED, FAILED_UNTIL = 1, 2, 3, 4, 5, 6, 7

_NODE_SPACING_RAD = 0.06  # of the object's motion, v / r: 53 s in low orbit, 14 min at GEO
_HALF_SPACING_RAD = 0.0005  # of the central differences that place a peak: 0.45 s in low orbit, 7 s at GEO
EDGE_TOLERANCE_S = 1.0e-6
_NEWTON_LEAVES_S = 1.0e-7
_PEAK_TOLERANCE_S = 1.0e-4
_FAILURE_TOLERANCE_S = 0.01
_STEPS = 60
_HALF_SPACING_LOW_S = _HALF_SPACING_RAD * 7000.0 / 7.6  # for every near-earth object of a table
_ALMOST_NOTHING = 1.0e-30
_DEGREES = 180.0 / math.pi
LOOK_NUMBERS = 8
_SMOOTH_SINE = 0.5  # masks up to here: an arc that peaks near them lies two heights away or more
_LOW_ARC = 0.05  # in the sine of elevation: arcs whose tangents meet this far below the mask are not looked at


@inner
def sidereal_angle(turns, s):
    """The Earth's angle `s` seconds after the start, linear between daily values in `turns`."""
    day = min(int(s / 86400.0), turns.shape[0] - 2) if s > 0.0 else 0
    return turns[day] + (turns[day + 1] - turns[day]) * (s / 86400.0 - day)


@inner
def turned_with_earth(angle, x, y, vx, vy):
    """The equatorial components of position and velocity in axes that turn with the Earth."""
    sine, cosine = sine_cosine(angle)
    px = cosine * x + sine * y
    py = cosine * y - sine * x
    wx = cosine * vx + sine * vy + EARTH_ROTATION_RAD_S * py
    wy = cosine * vy - sine * vx - EARTH_ROTATION_RAD_S * px
    return px, py, wx, wy


@inlined
def track_at(r, track, s):
    """Status and state `s` seconds after the window's start, by polynomials or SGP4 itself (see `track_kernels`)."""
    coefficients, good, first_min, per_length, count, minutes_at_start = track
    return tracked_state(r, coefficients, good, first_min, per_length, count, minutes_at_start + s / 60.0)


@inner
def sky_state(r, track, s, turns, site):
    """Status, sine of elevation, its rate (1/s), cosine of the centre angle, radius (km), speed (km/s)."""
    status, x, y, z, vx, vy, vz = track_at(r, track, s)
    px, py, wx, wy = turned_with_earth(sidereal_angle(turns, s), x, y, vx, vy)
    dx, dy, dz = px - site.x_km, py - site.y_km, z - site.z_km
    up = dx * site.up_x + dy * site.up_y + dz * site.up_z
    distance2 = dx * dx + dy * dy + dz * dz
    distance = math.sqrt(distance2)
    up_rate = wx * site.up_x + wy * site.up_y + vz * site.up_z
    closing = dx * wx + dy * wy + dz * vz
    rate = (up_rate - up * closing / distance2) / distance
    radius = math.sqrt(px * px + py * py + z * z)
    cos_centre = (px * site.x_km + py * site.y_km + z * site.z_km) / (radius * site.radius_km)
    speed = math.sqrt(vx * vx + vy * vy + vz * vz)
    return status, up / distance, rate, cos_centre, radius, speed


@inner
def node_state(r, track, s, turns, site):
    """`sky_state` with a rate whose sign can be trusted.

    SGP4's deep-space velocity is off by up to 1e-3 km/s from the derivative of its position, which would move the
    turning point of a geosynchronous satellite's elevation by 45 minutes: there the rate is a difference of positions.
    """
    status, sine, rate, cos_centre, radius, speed = sky_state(r, track, s, turns, site)
    if r.is_deep == 1 and status == 0:
        half_s = _HALF_SPACING_RAD * radius / speed
        ahead = sky_state(r, track, s + half_s, turns, site)
        if ahead[0] == 0:
            rate = (ahead[1] - sine) / half_s
    return status, sine, rate, cos_centre, radius, speed


@inlined
def height_of(r, track, s, turns, site):
    """Sine of elevation and its rate (1/s): `sky_state` without the rest, for the innermost steps."""
    _, x, y, z, vx, vy, vz = track_at(r, track, s)
    px, py, wx, wy = turned_with_earth(sidereal_angle(turns, s), x, y, vx, vy)
    dx, dy, dz = px - site.x_km, py - site.y_km, z - site.z_km
    up = dx * site.up_x + dy * site.up_y + dz * site.up_z
    per_square = 1.0 / (dx * dx + dy * dy + dz * dz)
    per_distance = math.sqrt(per_square)
    up_rate = wx * site.up_x + wy * site.up_y + vz * site.up_z
    closing = dx * wx + dy * wy + dz * vz
    return up * per_distance, (up_rate - up * closing * per_square) * per_distance


@inner
def sine_of_elevation(r, track, s, turns, site):
    return height_of(r, track, s, turns, site)[0]


@inner
def crossing_guess(left_s, left_margin, left_rate, s, margin, rate):
    """Where the cubic through two margins and their rates crosses zero, as it does between them: where to start."""
    width = s - left_s
    a, b = left_rate * width, rate * width
    rise = margin - left_margin
    low, high = 0.0, 1.0
    x = -left_margin / rise
    for _ in range(8):
        value = left_margin + x * (a + x * ((3.0 * rise - 2.0 * a - b) + x * (a + b - 2.0 * rise)))
        slope = a + x * (2.0 * (3.0 * rise - 2.0 * a - b) + x * 3.0 * (a + b - 2.0 * rise))
        if value * rise < 0.0:
            low = x
        else:
            high = x
        trial = x - value / slope
        if not low <= trial <= high:
            trial = 0.5 * (low + high)
        if abs(trial - x) < 1.0e-6:
            return left_s + trial * width
        x = trial
    return left_s + x * width


@inner
def find_edge(r, track, turns, site, below, above, guess):
    """The time (s) between `below` and `above`, in either order, at which elevation equals the mask."""
    s = guess
    last_s, last_rate = guess, math.nan
    for _ in range(_STEPS):
        sine, rate = height_of(r, track, s, turns, site)
        margin = sine - site.sin_mask
        if margin >= 0.0:
            above = s
        else:
            below = s
        step = -margin / rate
        trial = s + step
        inside = min(below, above) < trial < max(below, above)
        # what a Newton step leaves is half its square, by how the rate changes
        leaves = step * step * abs(rate - last_rate) < 2.0 * _NEWTON_LEAVES_S * abs(rate * (s - last_s))
        if inside and (abs(step) < EDGE_TOLERANCE_S or (leaves and abs(step) < abs(s - last_s))):
            return trial
        if abs(above - below) < EDGE_TOLERANCE_S:
            return above
        last_s, last_rate = s, rate
        s = trial if inside else 0.5 * (below + above)
    return above


@inner
def turn_guess(first, margin_first, rate_first, last, margin_last, rate_last, sign):
    """Where the cubic through two margins and their rates turns, and its second derivative there."""
    width = last - first
    a, b = sign * rate_first * width, sign * rate_last * width
    rise = sign * (margin_last - margin_first)
    square, slope = 3.0 * (a + b - 2.0 * rise), 2.0 * (3.0 * rise - 2.0 * a - b)
    root = math.sqrt(max(slope * slope - 4.0 * square * a, 0.0))
    x = min(max(2.0 * a / (root - slope), 0.0), 1.0)
    return first + x * width, -sign * root / (width * width)


@inner
def find_turn(r, track, turns, site, first, margin_first, rate_first, last, margin_last, rate_last, sign, half_s):
    """Time and sine of elevation of the maximum (sign 1) or minimum (sign -1) between two nodes.

    Newton steps on central differences of the sine over `half_s`, from where a cubic turns; `find_extremum` where
    they do not settle.
    """
    s, bend = turn_guess(first, margin_first, rate_first, last, margin_last, rate_last, sign)
    if r.is_deep == 0:
        s = min(max(s - height_of(r, track, s, turns, site)[1] / bend, first), last)
    for _ in range(4):
        before = height_of(r, track, s - half_s, turns, site)[0]
        value = height_of(r, track, s, turns, site)[0]
        after = height_of(r, track, s + half_s, turns, site)[0]
        slope = (after - before) / (2.0 * half_s)
        bend = (before - 2.0 * value + after) / (half_s * half_s)
        step = -slope / bend
        if not (sign * bend < 0.0 and abs(step) < 4.0 * half_s):
            break
        s += step
        # the sine's third derivative moves it by less than a hundredth of the step's square over `half_s`
        if abs(step) < 0.05 * half_s:
            return s, value + step * (slope + 0.5 * step * bend)
    return find_extremum(r, track, turns, site, first, rate_first, last, rate_last, sign, half_s)


@inner
def find_extremum(r, track, turns, site, first, rate_first, last, rate_last, sign, half_s):
    """Time and sine of elevation of the maximum (sign 1) or minimum (sign -1) between `first` and `last`.

    Interpolates and bisects on the rate from SGP4's velocity, given at both ends, then takes Newton steps on central
    differences of the sine of elevation over `half_s`.
    """
    left, right = first, last
    rate_left, rate_right = sign * rate_first, sign * rate_last
    s = 0.5 * (left + right)
    for step in range(_STEPS):
        if right - left < half_s or rate_left <= 0.0 or rate_right >= 0.0:
            break
        s = left + (right - left) * rate_left / (rate_left - rate_right)
        if step % 3 == 2:
            s = 0.5 * (left + right)
        rate = sign * node_state(r, track, s, turns, site)[2]
        # the steps below take over where this one, too, would move it by little
        near = abs(rate) * (right - left) < 4.0 * half_s * (rate_left - rate_right)
        if rate > 0.0:
            if near or s - left < 0.01 * half_s:
                break
            left, rate_left = s, rate
        else:
            if near or right - s < 0.01 * half_s:
                break
            right, rate_right = s, rate
    value = sine_of_elevation(r, track, s, turns, site)
    for _ in range(6):
        before = sine_of_elevation(r, track, s - half_s, turns, site)
        after = sine_of_elevation(r, track, s + half_s, turns, site)
        curvature = (before - 2.0 * value + after) / (half_s * half_s)
        if not sign * curvature < 0.0:
            break
        step_s = -(after - before) / (2.0 * half_s) / curvature
        step_s = min(max(step_s, -20.0 * half_s), 20.0 * half_s)
        # the bracket is that of SGP4's velocity, or of a forward difference: the true turn may lie just outside
        moved = min(max(s + step_s, first - 20.0 * half_s), last + 20.0 * half_s)
        step_s = moved - s
        s = moved
        value = sine_of_elevation(r, track, s, turns, site)
        if abs(step_s) < _PEAK_TOLERANCE_S:
            break
    return s, value


@inner
def find_failure(r, track, turns, site, good, bad):
    """The last time (s) with a state, between `good` and `bad` in either order, to a hundredth of a second."""
    while abs(bad - good) > _FAILURE_TOLERANCE_S:
        s = 0.5 * (good + bad)
        if sky_state(r, track, s, turns, site)[0] == 0:
            good = s
        else:
            bad = s
    return good


@inner
def reach(r, minutes_at_start, minutes_at_end):
    """Bounds for the whole window: largest radius (km) and fastest angular rate against the turning Earth (rad/s)."""
    tempa_start = 1.0 - r.cc1 * minutes_at_start
    tempa_end = 1.0 - r.cc1 * minutes_at_end
    for_start = minutes_at_start * minutes_at_start
    for_end = minutes_at_end * minutes_at_end
    if r.isimp == 0:
        tempa_start -= for_start * (r.d2 + minutes_at_start * (r.d3 + minutes_at_start * r.d4))
        tempa_end -= for_end * (r.d2 + minutes_at_end * (r.d3 + minutes_at_end * r.d4))
    largest = max(abs(tempa_start), abs(tempa_end), 1.0)
    smallest = min(abs(tempa_start), abs(tempa_end), 1.0)
    farthest_min = max(abs(minutes_at_start), abs(minutes_at_end))
    drift = abs(r.bstar * r.cc4) * farthest_min + 2.0 * abs(r.bstar * r.cc5) + abs(r.dedt) * farthest_min
    if r.is_deep == 1:
        drift += 0.02  # lunisolar periodics of the eccentricity
    e_high = min(r.ecco + drift + 0.002, 0.999)
    e_low = max(r.ecco - drift - 0.002, 0.0)
    a_high = r.a_unkozai * largest * largest * 1.005 * WGS72_RADIUS_KM
    a_low = r.a_unkozai * smallest * smallest * 0.995 * WGS72_RADIUS_KM
    # below the surface SGP4 gives no state, so the surface bounds the perigee
    r_min = max(a_low * (1.0 - e_high) - 30.0, WGS72_RADIUS_KM)
    r_max = a_high * (1.0 + e_high) + 30.0
    momentum = math.sqrt(WGS72_MU_KM3_S2 * a_high * (1.0 - e_low * e_low)) * 1.01
    return r_max, momentum / (r_min * r_min) * 1.02 + EARTH_ROTATION_RAD_S


@inner
def note(events, used, row, place, kind, s):
    """Write one event; past the end nothing is written, and the caller sees it by the count."""
    if used < events.shape[0]:
        events[used, 0] = row
        events[used, 1] = place
        events[used, 2] = kind
        events[used, 3] = s
    return used + 1


@inner
def note_between(
    r, track, turns, site, left_s, left_margin, left_rate, s, margin, rate, half_s, is_up, row, place, events, used
):
    """Events between two nodes so near that elevation has one extremum there at most; returns their count and state."""
    if margin < 0.0 and left_margin < 0.0:
        if left_rate > 0.0 and rate < 0.0:
            # a low arc is smooth, and its tangents meet above it; near the zenith of a very low orbit they may not
            meet = left_margin + left_rate * (left_margin - margin - rate * (left_s - s)) / (rate - left_rate)
            if meet < -_LOW_ARC and site.sin_mask <= _SMOOTH_SINE:
                return used, is_up
            peak_s, peak = find_turn(
                r, track, turns, site, left_s, left_margin, left_rate, s, margin, rate, 1.0, half_s
            )
            if peak >= site.sin_mask:
                # the peak may lie just outside its nodes; there its pass does, too
                before = min(left_s, peak_s - 25.0 * half_s)
                after = max(s, peak_s + 25.0 * half_s)
                used = note(
                    events,
                    used,
                    row,
                    place,
                    RISE,
                    find_edge(r, track, turns, site, before, peak_s, 0.5 * (before + peak_s)),
                )
                used = note(events, used, row, place, CULMINATION, peak_s)
                used = note(
                    events,
                    used,
                    row,
                    place,
                    SET,
                    find_edge(r, track, turns, site, after, peak_s, 0.5 * (after + peak_s)),
                )
        return used, is_up
    if left_margin < 0.0:
        guess = crossing_guess(left_s, left_margin, left_rate, s, margin, rate)
        used = note(events, used, row, place, RISE, find_edge(r, track, turns, site, left_s, s, guess))
        is_up = True
    if left_rate > 0.0 and rate <= 0.0:
        peak_s, peak = find_turn(r, track, turns, site, left_s, left_margin, left_rate, s, margin, rate, 1.0, half_s)
        if peak >= site.sin_mask:
            used = note(events, used, row, place, CULMINATION, peak_s)
    if left_rate < 0.0 and rate >= 0.0 and margin >= 0.0 and left_margin >= 0.0:
        dip_s, dip = find_turn(r, track, turns, site, left_s, left_margin, left_rate, s, margin, rate, -1.0, half_s)
        if dip < site.sin_mask:
            used = note(
                events, used, row, place, SET, find_edge(r, track, turns, site, dip_s, left_s, 0.5 * (dip_s + left_s))
            )
            used = note(events, used, row, place, RISE, find_edge(r, track, turns, site, dip_s, s, 0.5 * (dip_s + s)))
    if margin < 0.0:
        # a peak between the two puts the last crossing behind it: the cubic's only crossing all the same
        guess = crossing_guess(left_s, left_margin, left_rate, s, margin, rate)
        used = note(events, used, row, place, SET, find_edge(r, track, turns, site, s, left_s, guess))
        is_up = False
    return used, is_up


@quick
def turn_table(table, count, begin_s, step_s, turns):
    """Turn the first `count` TEME states of a table into axes that turn with the Earth; returns their top speed."""
    x, y, vx, vy, vz = table[0], table[1], table[3], table[4], table[5]
    top = 0.0
    last = turns.shape[0] - 1
    whole = turns[last] - turns[0]
    rate = whole / (last * 86400.0)
    for k in range(count):
        s = begin_s + k * step_s
        # a mean rate: this table only steers the search, whose answers come from `sidereal_angle`
        sine, cosine = sine_cosine(turns[0] + rate * s)
        px = cosine * x[k] + sine * y[k]
        py = cosine * y[k] - sine * x[k]
        wx = cosine * vx[k] + sine * vy[k] + EARTH_ROTATION_RAD_S * py
        wy = cosine * vy[k] - sine * vx[k] - EARTH_ROTATION_RAD_S * px
        x[k] = px
        y[k] = py
        vx[k] = wx
        vy[k] = wy
    for k in range(0, count, 4):  # neighbours differ by less than the margin below
        top = max(top, vx[k] * vx[k] + vy[k] * vy[k] + vz[k] * vz[k])
    return 1.02 * math.sqrt(top) + 0.1


@quick
def difference_velocities(table, count, step_s):
    """Put derivatives of the positions, fourth-order differences of neighbours, in place of a table's velocities.

    For deep space, where SGP4's velocity may not be asked whether an object climbs (see `node_state`). Their error is
    below 4e-7 of the speed in circular orbits, 3e-5 at Molniya's perigee.
    """
    per_step = 1.0 / (12.0 * step_s)
    for axis in range(3):
        position, velocity = table[axis], table[3 + axis]
        for k in range(count):
            at = min(max(k, 2), count - 3)
            a, b, c, d, e = position[at - 2], position[at - 1], position[at], position[at + 1], position[at + 2]
            if k == at:
                total = a - 8.0 * b + 8.0 * d - e
            elif k == 0:
                total = -25.0 * a + 48.0 * b - 36.0 * c + 16.0 * d - 3.0 * e
            elif k == 1:
                total = -3.0 * a - 10.0 * b + 18.0 * c - 6.0 * d + e
            elif k == count - 2:
                total = -a + 6.0 * b - 18.0 * c + 10.0 * d + 3.0 * e
            else:
                total = 3.0 * a - 16.0 * b + 36.0 * c - 48.0 * d + 25.0 * e
            velocity[k] = total * per_step


@inner
def table_node(r, table, k, site, plane_km, words):
    """Margin of the sine of elevation, its rate and `half_s` at state k of a table; signs are those of its bits."""
    px, py, pz, ux, uy, uz = table[0, k], table[1, k], table[2, k], table[3, k], table[4, k], table[5, k]
    dx, dy, dz = px - site.x_km, py - site.y_km, pz - site.z_km
    up = px * site.up_x + py * site.up_y + pz * site.up_z - plane_km
    per_distance = 1.0 / math.sqrt(dx * dx + dy * dy + dz * dz)
    up_rate = ux * site.up_x + uy * site.up_y + uz * site.up_z
    margin = up * per_distance - site.sin_mask
    rate = (up_rate - up * (dx * ux + dy * uy + dz * uz) * per_distance * per_distance) * per_distance
    half_s = _HALF_SPACING_LOW_S
    if r.is_deep == 1:
        wx, wy = ux - EARTH_ROTATION_RAD_S * py, uy + EARTH_ROTATION_RAD_S * px
        half_s = _HALF_SPACING_RAD * math.sqrt((px * px + py * py + pz * pz) / (wx * wx + wy * wy + uz * uz))
    # two roundings of one number must not differ about its sign: an edge between them would be lost
    word, bit = k // WORD, k % WORD
    is_above, climbs = (words[ABOVE, word] >> bit) & 1, (words[CLIMBS, word] >> bit) & 1
    if is_above == 1:
        margin = max(margin, 0.0)
    elif margin >= 0.0:
        margin = -_ALMOST_NOTHING
    if climbs == 1:
        rate = max(rate, _ALMOST_NOTHING)
    elif rate >= 0.0:
        rate = -_ALMOST_NOTHING
    return margin, rate, half_s


@inner
def find_events_on_table(
    r, track, table, begin_s, step_s, fastest_km_s, row, site, place, duration_s, turns, words, events, used
):
    """The same as `find_events` for an object whose polynomials are good in the whole window, over a mask of 0 or more.

    `table` (6, .) holds its positions (km) and velocities (km/s) against the turning Earth at begin_s + k step_s;
    `words` (4, .) is work space. An object that stands farther below the site's horizontal plane than `fastest_km_s`
    carries it in a step has no event until the next state, nor had one since the last.
    """
    first = max(0, math.floor(-begin_s / step_s) + 1)
    last = math.ceil((duration_s - begin_s) / step_s) - 1
    _, sine, left_rate, _, radius, speed = node_state(r, track, 0.0, turns, site)
    left_s, left_margin = 0.0, sine - site.sin_mask
    is_up = left_margin >= 0.0
    if is_up:
        used = note(events, used, row, place, CUT_START, 0.0)
    half_s = _HALF_SPACING_RAD * radius / speed
    plane_km = site.x_km * site.up_x + site.y_km * site.up_y + site.z_km * site.up_z
    if first <= last:
        mark_states(
            table.reshape(table.size), table.shape[1], last // WORD + 1, (site.x_km, site.y_km, site.z_km),
            (site.up_x, site.up_y, site.up_z), plane_km, -fastest_km_s * step_s, site.sin_mask * site.sin_mask,
            words.reshape(words.size), words.shape[1],
        )  # fmt: skip
        margin, rate, _ = table_node(r, table, first, site, plane_km, words)
        s = begin_s + first * step_s
        used, is_up = note_between(
            r, track, turns, site, left_s, left_margin, left_rate, s, margin, rate, half_s, is_up, row, place,
            events, used,
        )  # fmt: skip
        for word in range(first // WORD, last // WORD + 1):
            bits = words[EVENT, word]
            while bits != 0:
                k = word * WORD + lowest_bit(bits)
                bits &= bits - 1
                if k < first or k >= last:
                    continue
                left_margin, left_rate, half_s = table_node(r, table, k, site, plane_km, words)
                margin, rate, _ = table_node(r, table, k + 1, site, plane_km, words)
                left_s = begin_s + k * step_s
                used, is_up = note_between(
                    r, track, turns, site, left_s, left_margin, left_rate, left_s + step_s, margin, rate, half_s,
                    is_up, row, place, events, used,
                )  # fmt: skip
        left_margin, left_rate, half_s = table_node(r, table, last, site, plane_km, words)
        left_s = begin_s + last * step_s
    _, sine, rate, _, _, _ = node_state(r, track, duration_s, turns, site)
    used, is_up = note_between(
        r, track, turns, site, left_s, left_margin, left_rate, duration_s, sine - site.sin_mask, rate, half_s, is_up,
        row, place, events, used,
    )  # fmt: skip
    if is_up:
        used = note(events, used, row, place, CUT_END, duration_s)
    return used


@inner
def find_events(r, track, row, site, place, minutes_at_start, duration_s, turns, events, used):
    """All events of one object over one site, appended from `used` on; returns the new count."""
    r_max, fastest_rad_s = reach(r, minutes_at_start, minutes_at_start + duration_s / 60.0)
    mask = site.mask_rad - site.deflection_rad
    ratio = site.radius_km * math.cos(mask) / r_max
    widest_rad = (math.acos(ratio) if ratio < 1.0 else 0.0) - mask

    start = used
    s = 0.0
    has_left = False  # is there a node before this one that brackets it?
    left_s, left_margin, left_rate = 0.0, 0.0, 0.0
    is_up = False
    end_s = duration_s
    ends_failed = False
    last_good = -1.0
    while True:
        status, sine, rate, cos_centre, radius, speed = node_state(r, track, s, turns, site)
        if status != 0:
            if minutes_at_start + s / 60.0 >= 0.0 and last_good >= 0.0:
                end_s = find_failure(r, track, turns, site, last_good, s)
                ends_failed = True
                if end_s <= last_good:
                    if is_up:
                        used = note(events, used, row, place, CUT_END, last_good)
                    used = note(events, used, row, place, FAILED, last_good)
                    break
                s = end_s
                continue
            if minutes_at_start + s / 60.0 >= 0.0:  # failed from the start on
                used = note(events, used, row, place, FAILED, s)
                break
            # before the epoch: what came before this failure is not connected to the elements
            used = note(events, start, row, place, FAILED_UNTIL, s)
            is_up, has_left, last_good = False, False, -1.0
            if s >= duration_s:
                break
            s = min(s + 60.0, duration_s)
            continue
        if last_good < 0.0 and used > start:  # first state after failures before the epoch: find where they end
            s = find_failure(r, track, turns, site, s, max(s - 60.0, 0.0))
            used = note(events, start, row, place, FAILED_UNTIL, s)
            status, sine, rate, cos_centre, radius, speed = node_state(r, track, s, turns, site)
        margin = sine - site.sin_mask
        half_s = _HALF_SPACING_RAD * radius / speed
        if last_good < 0.0:
            if margin >= 0.0:
                used = note(events, used, row, place, CUT_START, s)
                is_up = True
        elif has_left:
            used, is_up = note_between(
                r, track, turns, site, left_s, left_margin, left_rate, s, margin, rate, half_s, is_up, row, place,
                events, used,
            )  # fmt: skip
        last_good = s
        if s >= end_s:
            if is_up:
                used = note(events, used, row, place, CUT_END, s)
            if ends_failed:
                used = note(events, used, row, place, FAILED, s)
            break
        has_left = True
        left_s, left_margin, left_rate = s, margin, rate
        step = _NODE_SPACING_RAD * radius / speed
        if margin < 0.0:
            away = (math.acos(min(max(cos_centre, -1.0), 1.0)) - widest_rad) / fastest_rad_s
            if away > step:
                step = away
                has_left = False
        s = min(s + step, end_s)
    return used


@inner
def write_look(state, site, turns, s, growth, minutes, look):
    """Write azimuth, elevation (deg), range (km), its rate (km/s), one sigma (s), TEME x, y, z (km) of an event.

    `growth` holds the element set's error (km) at epoch and its growth by days and days squared; `minutes` its age.
    """
    _, x, y, z, vx, vy, vz = state
    px, py, wx, wy = turned_with_earth(sidereal_angle(turns, s), x, y, vx, vy)
    dx, dy, dz = px - site.x_km, py - site.y_km, z - site.z_km
    east = dx * site.east_x + dy * site.east_y + dz * site.east_z
    north = dx * site.north_x + dy * site.north_y + dz * site.north_z
    up = dx * site.up_x + dy * site.up_y + dz * site.up_z
    flat = math.sqrt(east * east + north * north)
    distance = math.sqrt(flat * flat + up * up)
    closing = (dx * wx + dy * wy + dz * vz) / distance
    up_rate = wx * site.up_x + wy * site.up_y + vz * site.up_z
    elevation_rate = (up_rate - up * closing / distance) / max(flat, 1.0e-9)
    age = abs(minutes) / 1440.0
    error_km = growth[0] + age * (growth[1] + age * growth[2])
    along_s = error_km / math.sqrt(vx * vx + vy * vy + vz * vz)
    # a position error turns into an angle at the site, and the angle into time by the elevation's rate
    across_s = min(error_km / distance / max(abs(elevation_rate), 1.0e-12), 86400.0)
    azimuth = math.atan2(east, north) * _DEGREES
    look[0] = azimuth + 360.0 if azimuth < 0.0 else azimuth
    look[1] = math.atan2(up, flat) * _DEGREES
    look[2] = distance
    look[3] = closing
    look[4] = max(along_s, across_s)
    look[5], look[6], look[7] = x, y, z


@entry(
    column(record_type(SGP4_RECORD)), column(record_type(SITE_RECORD)), f8, f8, f8, column(f8), column(f8, 2),
    out(f8), out(f8), out(u1), out(f8, 2), out(i8, 2), out(f8, 2), out(f8, 2), out(i8),
)  # fmt: skip
def find_events_kernel(
    records, sites, jd_day, day_fraction, duration_s, turns, growth, scratch, coefficients, good, table, words, events,
    looks, progress,
):  # fmt: skip
    """Events (object row, site row, kind, seconds after the start) of every object over every site.

    `progress` holds the next pair to do and the count of events written; the kernel stops when `events` is full, and
    the caller hands in a larger array. `scratch` (TRACK_SCRATCH,), `coefficients` (SEGMENT_NUMBERS a segment),
    `good` (segments,) and `table` (6, TABLE_STEPS a segment) are work space with any content.
    """
    records, sites, turns, events = borrowed(records), borrowed(sites), borrowed(turns), borrowed(events)
    scratch, coefficients, good, table = borrowed(scratch), borrowed(coefficients), borrowed(good), borrowed(table)
    words, looks, growth = borrowed(words), borrowed(looks), borrowed(growth)
    ready_scratch(scratch)
    pair = progress[0]
    used = 0
    pairs = records.shape[0] * sites.shape[0]
    tracked_row = -1
    minutes_at_start, first_min, length_min, count = 0.0, 0.0, 1.0, 0
    begin_s, step_s, fastest_km_s = 0.0, 1.0, 0.0
    while pair < pairs:
        row = pair // sites.shape[0]
        place = pair - row * sites.shape[0]
        r = records[row]
        if row != tracked_row:
            minutes_at_start = minutes_since_epoch(r, jd_day, day_fraction)
            first_min, length_min, count = lay_track(
                r, minutes_at_start, minutes_at_start + duration_s / 60.0, scratch, coefficients, good, table
            )
            tracked_row = row
            begin_s = (first_min + 0.5 * length_min / TABLE_STEPS - minutes_at_start) * 60.0
            step_s = length_min * 60.0 / TABLE_STEPS
            fastest_km_s = 0.0
            if count > 0:
                if r.is_deep == 1:
                    difference_velocities(table, count * TABLE_STEPS, step_s)
                fastest_km_s = turn_table(table, count * TABLE_STEPS, begin_s, step_s, turns)
                for segment in range(count):
                    if good[segment] == 0:
                        fastest_km_s = 0.0
        track = (coefficients, good, first_min, 1.0 / length_min, count, minutes_at_start)
        site = sites[place]
        if fastest_km_s > 0.0 and site.sin_mask >= 0.0:
            found = find_events_on_table(
                r, track, table, begin_s, step_s, fastest_km_s, row, site, place, duration_s, turns, words, events, used
            )
        else:
            found = find_events(r, track, row, site, place, minutes_at_start, duration_s, turns, events, used)
        if found > events.shape[0]:
            break
        for k in range(used, min(found, looks.shape[0])):
            if events[k, 2] != FAILED and events[k, 2] != FAILED_UNTIL:
                s = events[k, 3]
                write_look(track_at(r, track, s), site, turns, s, growth[row], minutes_at_start + s / 60.0, looks[k])
        used = found
        pair += 1
    progress[0] = pair
    progress[1] = used

"""Find rises, culminations and sets of many objects over many sites, on SGP4 itself.

How no pass is missed, and why it is fast (see `ssa/passes.py` for what is claimed):
- Far from the site, the next node is put where the object could at the earliest stand above the mask: the angle between
  object and site at the Earth's centre cannot shrink faster than `fastest_rad_s`, and above the mask it is below
  `widest_rad`. Nothing can happen in between.
- Near the site, nodes are 0.06 rad of the object's own motion apart, in which elevation has one extremum at most. The
  sign of its rate at both nodes brackets that extremum, so a pass that rises and sets between two nodes is found by its
  peak.
- Peaks are refined with differences of positions, since SGP4's velocity is not the derivative of its position; edges
  by Newton steps inside a bracket.
"""

from __future__ import annotations

import math

import numpy as np

from orbits.constants import EARTH_ROTATION_RAD_S, WGS72_MU_KM3_S2, WGS72_RADIUS_KM
from orbits.jit import column, entry, f8, i8, inner, out, record_type
from orbits.sgp4_core.propagation_kernels import minutes_since_epoch, state_at
from orbits.sgp4_core.record import SGP4_RECORD

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
_PEAK_TOLERANCE_S = 1.0e-4
_FAILURE_TOLERANCE_S = 0.01
_STEPS = 60


@inner
def sidereal_angle(turns, s):
    """The Earth's angle `s` seconds after the start, linear between daily values in `turns`."""
    day = min(int(s / 86400.0), turns.shape[0] - 2) if s > 0.0 else 0
    return turns[day] + (turns[day + 1] - turns[day]) * (s / 86400.0 - day)


@inner
def turned_with_earth(angle, x, y, vx, vy):
    """The equatorial components of position and velocity in axes that turn with the Earth."""
    cosine, sine = math.cos(angle), math.sin(angle)
    px = cosine * x + sine * y
    py = cosine * y - sine * x
    wx = cosine * vx + sine * vy + EARTH_ROTATION_RAD_S * py
    wy = cosine * vy - sine * vx - EARTH_ROTATION_RAD_S * px
    return px, py, wx, wy


@inner
def sky_state(r, minutes_at_start, s, turns, site, atime, xli, xni):
    """Status, sine of elevation, its rate (1/s), cosine of the centre angle, radius (km), speed (km/s); integrator."""
    state, atime, xli, xni = state_at(r, minutes_at_start + s / 60.0, atime, xli, xni)
    status, x, y, z, vx, vy, vz = state
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
    return status, up / distance, rate, cos_centre, radius, speed, atime, xli, xni


@inner
def node_state(r, minutes_at_start, s, turns, site, atime, xli, xni):
    """`sky_state` with a rate whose sign can be trusted.

    SGP4's deep-space velocity is off by up to 1e-3 km/s from the derivative of its position, which would move the
    turning point of a geosynchronous satellite's elevation by 45 minutes: there the rate is a difference of positions.
    """
    status, sine, rate, cos_centre, radius, speed, atime, xli, xni = sky_state(
        r, minutes_at_start, s, turns, site, atime, xli, xni
    )
    if r.is_deep == 1 and status == 0:
        half_s = _HALF_SPACING_RAD * radius / speed
        ahead = sky_state(r, minutes_at_start, s + half_s, turns, site, atime, xli, xni)
        if ahead[0] == 0:
            rate = (ahead[1] - sine) / half_s
    return status, sine, rate, cos_centre, radius, speed, atime, xli, xni


@inner
def sine_of_elevation(r, minutes_at_start, s, turns, site, atime, xli, xni):
    return sky_state(r, minutes_at_start, s, turns, site, atime, xli, xni)[1]


@inner
def find_edge(r, minutes_at_start, turns, site, below, above, atime, xli, xni):
    """The time (s) between `below` and `above`, in either order, at which elevation equals the mask."""
    s = 0.5 * (below + above)
    for _ in range(_STEPS):
        sky = sky_state(r, minutes_at_start, s, turns, site, atime, xli, xni)
        margin = sky[1] - site.sin_mask
        if margin >= 0.0:
            above = s
        else:
            below = s
        step = -margin / sky[2]
        trial = s + step
        inside = min(below, above) < trial < max(below, above)
        if inside and abs(step) < EDGE_TOLERANCE_S:
            return trial
        if abs(above - below) < EDGE_TOLERANCE_S:
            return above
        s = trial if inside else 0.5 * (below + above)
    return above


@inner
def find_extremum(r, minutes_at_start, turns, site, first, last, sign, half_s, atime, xli, xni):
    """Time and sine of elevation of the maximum (sign 1) or minimum (sign -1) between `first` and `last`.

    Bisects and interpolates on the rate from SGP4's velocity, then takes Newton steps on central differences of the
    sine of elevation over `half_s`.
    """
    left, right = first, last
    rate_left = sign * node_state(r, minutes_at_start, left, turns, site, atime, xli, xni)[2]
    rate_right = sign * node_state(r, minutes_at_start, right, turns, site, atime, xli, xni)[2]
    s = 0.5 * (left + right)
    for step in range(_STEPS):
        if right - left < half_s or rate_left <= 0.0 or rate_right >= 0.0:
            break
        s = left + (right - left) * rate_left / (rate_left - rate_right)
        if step % 3 == 2:
            s = 0.5 * (left + right)
        rate = sign * node_state(r, minutes_at_start, s, turns, site, atime, xli, xni)[2]
        if rate > 0.0:
            if s - left < 0.01 * half_s:
                break
            left, rate_left = s, rate
        else:
            if right - s < 0.01 * half_s:
                break
            right, rate_right = s, rate
    value = sine_of_elevation(r, minutes_at_start, s, turns, site, atime, xli, xni)
    for _ in range(6):
        before = sine_of_elevation(r, minutes_at_start, s - half_s, turns, site, atime, xli, xni)
        after = sine_of_elevation(r, minutes_at_start, s + half_s, turns, site, atime, xli, xni)
        curvature = (before - 2.0 * value + after) / (half_s * half_s)
        if not sign * curvature < 0.0:
            break
        step_s = -(after - before) / (2.0 * half_s) / curvature
        step_s = min(max(step_s, -20.0 * half_s), 20.0 * half_s)
        # the bracket is that of SGP4's velocity, or of a forward difference: the true turn may lie just outside
        moved = min(max(s + step_s, first - 20.0 * half_s), last + 20.0 * half_s)
        step_s = moved - s
        s = moved
        value = sine_of_elevation(r, minutes_at_start, s, turns, site, atime, xli, xni)
        if abs(step_s) < _PEAK_TOLERANCE_S:
            break
    return s, value


@inner
def find_failure(r, minutes_at_start, turns, site, good, bad):
    """The last time (s) with a state, between `good` and `bad` in either order, to a hundredth of a second."""
    while abs(bad - good) > _FAILURE_TOLERANCE_S:
        s = 0.5 * (good + bad)
        if sky_state(r, minutes_at_start, s, turns, site, 0.0, 0.0, 0.0)[0] == 0:
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
def find_events(r, row, site, place, jd_day, day_fraction, duration_s, turns, events, used):
    """All events of one object over one site, appended from `used` on; returns the new count."""
    minutes_at_start = minutes_since_epoch(r, jd_day, day_fraction)
    r_max, fastest_rad_s = reach(r, minutes_at_start, minutes_at_start + duration_s / 60.0)
    mask = site.mask_rad - site.deflection_rad
    ratio = site.radius_km * math.cos(mask) / r_max
    widest_rad = (math.acos(ratio) if ratio < 1.0 else 0.0) - mask

    start = used
    atime, xli, xni = 0.0, 0.0, 0.0
    s = 0.0
    has_left = False  # is there a node before this one that brackets it?
    left_s, left_margin, left_rate = 0.0, 0.0, 0.0
    left_atime, left_xli, left_xni = 0.0, 0.0, 0.0
    is_up = False
    end_s = duration_s
    ends_failed = False
    last_good = -1.0
    while True:
        keep_atime, keep_xli, keep_xni = atime, xli, xni
        status, sine, rate, cos_centre, radius, speed, atime, xli, xni = node_state(
            r, minutes_at_start, s, turns, site, atime, xli, xni
        )
        if status != 0:
            if minutes_at_start + s / 60.0 >= 0.0 and last_good >= 0.0:
                end_s = find_failure(r, minutes_at_start, turns, site, last_good, s)
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
            s = find_failure(r, minutes_at_start, turns, site, s, max(s - 60.0, 0.0))
            used = note(events, start, row, place, FAILED_UNTIL, s)
            status, sine, rate, cos_centre, radius, speed, atime, xli, xni = node_state(
                r, minutes_at_start, s, turns, site, 0.0, 0.0, 0.0
            )
        margin = sine - site.sin_mask
        half_s = _HALF_SPACING_RAD * radius / speed
        if last_good < 0.0:
            if margin >= 0.0:
                used = note(events, used, row, place, CUT_START, s)
                is_up = True
        elif has_left:
            if margin < 0.0 and left_margin < 0.0:
                if left_rate > 0.0 and rate < 0.0:
                    peak_s, peak = find_extremum(
                        r, minutes_at_start, turns, site, left_s, s, 1.0, half_s, left_atime, left_xli, left_xni
                    )
                    if peak >= site.sin_mask:
                        # the peak may lie just outside its nodes; there its pass does, too
                        before = min(left_s, peak_s - 25.0 * half_s)
                        after = max(s, peak_s + 25.0 * half_s)
                        rise = find_edge(
                            r, minutes_at_start, turns, site, before, peak_s, left_atime, left_xli, left_xni
                        )
                        sets = find_edge(
                            r, minutes_at_start, turns, site, after, peak_s, left_atime, left_xli, left_xni
                        )
                        used = note(events, used, row, place, RISE, rise)
                        used = note(events, used, row, place, CULMINATION, peak_s)
                        used = note(events, used, row, place, SET, sets)
            else:
                if left_margin < 0.0:
                    rise = find_edge(r, minutes_at_start, turns, site, left_s, s, left_atime, left_xli, left_xni)
                    used = note(events, used, row, place, RISE, rise)
                    is_up = True
                if left_rate > 0.0 and rate <= 0.0:
                    peak_s, peak = find_extremum(
                        r, minutes_at_start, turns, site, left_s, s, 1.0, half_s, left_atime, left_xli, left_xni
                    )
                    if peak >= site.sin_mask:
                        used = note(events, used, row, place, CULMINATION, peak_s)
                if left_rate < 0.0 and rate >= 0.0 and margin >= 0.0 and left_margin >= 0.0:
                    dip_s, dip = find_extremum(
                        r, minutes_at_start, turns, site, left_s, s, -1.0, half_s, left_atime, left_xli, left_xni
                    )
                    if dip < site.sin_mask:
                        sets = find_edge(
                            r, minutes_at_start, turns, site, dip_s, left_s, left_atime, left_xli, left_xni
                        )
                        rise = find_edge(r, minutes_at_start, turns, site, dip_s, s, left_atime, left_xli, left_xni)
                        used = note(events, used, row, place, SET, sets)
                        used = note(events, used, row, place, RISE, rise)
                if margin < 0.0:
                    sets = find_edge(r, minutes_at_start, turns, site, s, left_s, left_atime, left_xli, left_xni)
                    used = note(events, used, row, place, SET, sets)
                    is_up = False
        last_good = s
        if s >= end_s:
            if is_up:
                used = note(events, used, row, place, CUT_END, s)
            if ends_failed:
                used = note(events, used, row, place, FAILED, s)
            break
        has_left = True
        left_s, left_margin, left_rate = s, margin, rate
        left_atime, left_xli, left_xni = keep_atime, keep_xli, keep_xni
        step = _NODE_SPACING_RAD * radius / speed
        if margin < 0.0:
            away = (math.acos(min(max(cos_centre, -1.0), 1.0)) - widest_rad) / fastest_rad_s
            if away > step:
                step = away
                has_left = False
        s = min(s + step, end_s)
    return used


@entry(column(record_type(SGP4_RECORD)), column(record_type(SITE_RECORD)), f8, f8, f8, column(f8), out(f8, 2), out(i8))
def find_events_kernel(records, sites, jd_day, day_fraction, duration_s, turns, events, progress):
    """Events (object row, site row, kind, seconds after the start) of every object over every site.

    `progress` holds the next pair to do and the count of events written; the kernel stops when `events` is full, and
    the caller hands in a larger array.
    """
    pair = progress[0]
    used = 0
    pairs = records.shape[0] * sites.shape[0]
    while pair < pairs:
        row = pair // sites.shape[0]
        place = pair - row * sites.shape[0]
        found = find_events(
            records[row], row, sites[place], place, jd_day, day_fraction, duration_s, turns, events, used
        )
        if found > events.shape[0]:
            break
        used = found
        pair += 1
    progress[0] = pair
    progress[1] = used


@entry(
    column(record_type(SGP4_RECORD)), column(record_type(SITE_RECORD)), f8, f8, column(f8),
    column(i8), column(i8), column(f8), out(f8, 2),
)  # fmt: skip
def look_kernel(records, sites, jd_day, day_fraction, turns, rows, places, seconds, looks):
    """Azimuth, elevation (rad), range (km), range rate (km/s), elevation rate (rad/s), speed (km/s), TEME x, y, z."""
    for k in range(rows.shape[0]):
        r = records[rows[k]]
        site = sites[places[k]]
        minutes = minutes_since_epoch(r, jd_day, day_fraction) + seconds[k] / 60.0
        state, _, _, _ = state_at(r, minutes, 0.0, 0.0, 0.0)
        _, x, y, z, vx, vy, vz = state
        px, py, wx, wy = turned_with_earth(sidereal_angle(turns, seconds[k]), x, y, vx, vy)
        dx, dy, dz = px - site.x_km, py - site.y_km, z - site.z_km
        east = dx * site.east_x + dy * site.east_y + dz * site.east_z
        north = dx * site.north_x + dy * site.north_y + dz * site.north_z
        up = dx * site.up_x + dy * site.up_y + dz * site.up_z
        flat = math.sqrt(east * east + north * north)
        distance = math.sqrt(flat * flat + up * up)
        closing = (dx * wx + dy * wy + dz * vz) / distance
        up_rate = wx * site.up_x + wy * site.up_y + vz * site.up_z
        looks[k, 0] = math.atan2(east, north)
        looks[k, 1] = math.atan2(up, flat)
        looks[k, 2] = distance
        looks[k, 3] = closing
        looks[k, 4] = (up_rate - up * closing / distance) / max(flat, 1.0e-9)
        looks[k, 5] = math.sqrt(vx * vx + vy * vy + vz * vz)
        looks[k, 6], looks[k, 7], looks[k, 8] = x, y, z

"""Cut passes above the lowest point of a horizon into passes above the horizon itself, which varies with azimuth.

Limit: each pass is sampled 256 times. A rise above the mask, or a dip below it, that lasts less than a sample is found
only where the margin has its extremum between two samples; a notch in the mask narrower than that may be missed.
"""

from __future__ import annotations

import math

from orbits.jit import column, entry, f8, i8, inner, out, record_type
from orbits.sgp4_core.propagation_kernels import minutes_since_epoch, state_at
from orbits.sgp4_core.record import SGP4_RECORD
from ssa.passes_kernels import (
    CULMINATION,
    CUT_END,
    CUT_START,
    EDGE_TOLERANCE_S,
    RISE,
    SET,
    SITE_RECORD,
    note,
    sidereal_angle,
    turned_with_earth,
)


@inner
def mask_margin(r, minutes_at_start, s, turns, site, azimuths, elevations):
    """Elevation less the mask at that azimuth (rad); the mask runs straight between its points, round the circle."""
    state, _, _, _ = state_at(r, minutes_at_start + s / 60.0, 0.0, 0.0, 0.0)
    px, py, _, _ = turned_with_earth(sidereal_angle(turns, s), state[1], state[2], state[4], state[5])
    dx = px - site.x_km
    dy = py - site.y_km
    dz = state[3] - site.z_km
    east = dx * site.east_x + dy * site.east_y + dz * site.east_z
    north = dx * site.north_x + dy * site.north_y + dz * site.north_z
    up = dx * site.up_x + dy * site.up_y + dz * site.up_z
    azimuth = math.atan2(east, north)
    if azimuth < 0.0:
        azimuth += 2.0 * math.pi
    count = azimuths.shape[0]
    right = 0
    while right < count and azimuths[right] <= azimuth:
        right += 1
    left = right - 1
    a, b = azimuths[left % count], azimuths[right % count]
    if left < 0:
        a -= 2.0 * math.pi
    if right == count:
        b += 2.0 * math.pi
    share = (azimuth - a) / (b - a) if b > a else 0.0
    lowest = elevations[left % count] + share * (elevations[right % count] - elevations[left % count])
    return math.atan2(up, math.sqrt(east * east + north * north)) - lowest


@inner
def mask_crossing(r, minutes_at_start, turns, site, azimuths, elevations, below, above):
    """The time (s) at which the margin changes sign, by bisection to a microsecond."""
    while abs(above - below) > EDGE_TOLERANCE_S:
        s = 0.5 * (below + above)
        if mask_margin(r, minutes_at_start, s, turns, site, azimuths, elevations) >= 0.0:
            above = s
        else:
            below = s
    return above


@inner
def largest_margin(r, minutes_at_start, turns, site, azimuths, elevations, first, last, sign):
    """Time of the largest (sign 1) or smallest (sign -1) margin between two times, by golden section to 1 ms."""
    golden = 0.6180339887498949
    a = last - golden * (last - first)
    b = first + golden * (last - first)
    at_a = sign * mask_margin(r, minutes_at_start, a, turns, site, azimuths, elevations)
    at_b = sign * mask_margin(r, minutes_at_start, b, turns, site, azimuths, elevations)
    while last - first > 1.0e-3:
        if at_a > at_b:
            last, b, at_b = b, a, at_a
            a = last - golden * (last - first)
            at_a = sign * mask_margin(r, minutes_at_start, a, turns, site, azimuths, elevations)
        else:
            first, a, at_a = a, b, at_b
            b = first + golden * (last - first)
            at_b = sign * mask_margin(r, minutes_at_start, b, turns, site, azimuths, elevations)
    return 0.5 * (first + last)


_MASK_SAMPLES = 256


@entry(
    column(record_type(SGP4_RECORD)), column(record_type(SITE_RECORD)), f8, f8, column(f8), column(f8), column(f8),
    column(f8, 2), out(f8, 2), out(i8),
)  # fmt: skip
def split_by_mask_kernel(records, sites, jd_day, day_fraction, turns, azimuths, elevations, events, split, progress):
    """Cut passes above the lowest point of a mask into those above the mask itself.

    Each pass is sampled 256 times; a local extremum of the margin whose sign differs from its neighbours' is looked
    for between samples by golden section.
    """
    used = 0
    k = 0
    while k < events.shape[0]:
        kind = events[k, 2]
        if kind != RISE and kind != CUT_START:
            used = note(split, used, events[k, 0], events[k, 1], kind, events[k, 3])
            k += 1
            continue
        last = k + 1
        while events[last, 2] != SET and events[last, 2] != CUT_END:
            last += 1
        row, place = events[k, 0], events[k, 1]
        r, site = records[int(row)], sites[int(place)]
        minutes = minutes_since_epoch(r, jd_day, day_fraction)
        begin, end = events[k, 3], events[last, 3]
        step = (end - begin) / _MASK_SAMPLES
        before_s, before = begin, mask_margin(r, minutes, begin, turns, site, azimuths, elevations)
        older = before
        is_up = before >= 0.0 and kind == CUT_START
        if is_up:
            used = note(split, used, row, place, CUT_START, begin)
        peak = k + 1
        for sample in range(1, _MASK_SAMPLES + 1):
            s = begin + sample * step if sample < _MASK_SAMPLES else end
            margin = mask_margin(r, minutes, s, turns, site, azimuths, elevations)
            # between the samples before the last one and this one, an extremum on the other side of zero
            if sample > 1 and (before > older) == (before > margin) and (before >= 0.0) == (margin >= 0.0):
                sign = -1.0 if before >= 0.0 else 1.0
                if sign * (before - older) > 0.0 and (older >= 0.0) == (before >= 0.0):
                    turn = largest_margin(r, minutes, turns, site, azimuths, elevations, before_s - step, s, sign)
                    if sign * mask_margin(r, minutes, turn, turns, site, azimuths, elevations) > 0.0:
                        if sign > 0.0:
                            first = mask_crossing(r, minutes, turns, site, azimuths, elevations, before_s - step, turn)
                            final = mask_crossing(r, minutes, turns, site, azimuths, elevations, s, turn)
                            used = note(split, used, row, place, RISE, first)
                            used = note(split, used, row, place, CULMINATION, turn)
                            used = note(split, used, row, place, SET, final)
                        else:
                            first = mask_crossing(r, minutes, turns, site, azimuths, elevations, turn, before_s - step)
                            final = mask_crossing(r, minutes, turns, site, azimuths, elevations, turn, s)
                            used = note(split, used, row, place, SET, first)
                            used = note(split, used, row, place, RISE, final)
            if not is_up and margin >= 0.0:
                rise = begin
                if before < 0.0:
                    rise = mask_crossing(r, minutes, turns, site, azimuths, elevations, before_s, s)
                used = note(split, used, row, place, RISE, rise)
                is_up = True
            while peak < last and events[peak, 3] <= s:
                if is_up and mask_margin(r, minutes, events[peak, 3], turns, site, azimuths, elevations) >= 0.0:
                    used = note(split, used, row, place, CULMINATION, events[peak, 3])
                peak += 1
            if is_up and margin < 0.0:
                sets = mask_crossing(r, minutes, turns, site, azimuths, elevations, s, before_s)
                used = note(split, used, row, place, SET, sets)
                is_up = False
            older, before, before_s = before, margin, s
        if is_up:
            used = note(split, used, row, place, events[last, 2], end)
        k = last + 1
    progress[0] = used

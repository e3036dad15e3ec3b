"""From events to passes: where the object stands at each, what the Sun does there, and one row a pass."""

from __future__ import annotations

import math

from orbits.constants import WGS84_FLATTENING, WGS84_RADIUS_KM
from orbits.jit import column, entry, f8, i8, inner, out, record_type, u1
from orbits.sgp4_core.propagation_kernels import minutes_since_epoch, state_at
from orbits.sgp4_core.record import SGP4_RECORD
from orbits.sgp4_core.vector_kernels import borrowed
from orbits.sunlight import CIVIL_TWILIGHT_DEG
from ssa.passes_kernels import (
    CULMINATION,
    CUT_END,
    CUT_START,
    RISE,
    SITE_RECORD,
    sidereal_angle,
    turned_with_earth,
    write_look,
)

SUN_STEP_S = 600.0  # of the Sun's table: it bends by 2e-9 rad from a straight line in between
CUT_AT_START, CUT_AT_END, SUNLIT, SITE_IS_DARK, FLAGS = 0, 1, 2, 3, 4
OBJECT, SITE = 0, 1
RISE_S, CULMINATION_S, SET_S, PLUS_MINUS_S, TIMES = 0, 1, 2, 3, 4
_SINE_OF_TWILIGHT = math.sin(math.radians(CIVIL_TWILIGHT_DEG))
_STRETCH = 1.0 / (1.0 - WGS84_FLATTENING)
_ELEVATION, _SIGMA, _X = 1, 4, 5


@entry(
    column(record_type(SGP4_RECORD)), column(record_type(SITE_RECORD)), f8, f8, column(f8), column(f8, 2),
    column(f8, 2), out(f8, 2),
)  # fmt: skip
def look_kernel(records, sites, jd_day, day_fraction, turns, growth, events, looks):
    """Looks (m, LOOK_NUMBERS) at `events` (m, 4) that no track belongs to, by SGP4 itself (see `write_look`)."""
    for k in range(events.shape[0]):
        row = int(events[k, 0])
        r, site = records[row], sites[int(events[k, 1])]
        minutes = minutes_since_epoch(r, jd_day, day_fraction) + events[k, 3] / 60.0
        state, _, _, _ = state_at(r, minutes, 0.0, 0.0, 0.0)
        write_look(state, site, turns, events[k, 3], growth[row], minutes, looks[k])


@inner
def sun_at(sun, s):
    """The Sun's position (km, TEME), straight between the rows of its table."""
    at = s / SUN_STEP_S
    k = min(int(at), sun.shape[0] - 2)
    share = at - k
    return (
        sun[k, 0] + share * (sun[k + 1, 0] - sun[k, 0]),
        sun[k, 1] + share * (sun[k + 1, 1] - sun[k, 1]),
        sun[k, 2] + share * (sun[k + 1, 2] - sun[k, 2]),
    )


@inner
def sun_sees(x, y, z, sx, sy, sz):
    """`orbits.sunlight.is_sunlit` of one position."""
    z, sz = z * _STRETCH, sz * _STRETCH
    dx, dy, dz = sx - x, sy - y, sz - z
    along = (x * dx + y * dy + z * dz) / math.sqrt(dx * dx + dy * dy + dz * dz)
    beside2 = x * x + y * y + z * z - along * along
    return (along >= 0.0 or beside2 > WGS84_RADIUS_KM * WGS84_RADIUS_KM) and math.isfinite(along)


@inner
def is_dark(site, turns, s, sx, sy, sz):
    """Whether the Sun's centre stands lower than civil twilight at a site."""
    px, py, _, _ = turned_with_earth(sidereal_angle(turns, s), sx, sy, 0.0, 0.0)
    dx, dy, dz = px - site.x_km, py - site.y_km, sz - site.z_km
    up = dx * site.up_x + dy * site.up_y + dz * site.up_z
    return up < _SINE_OF_TWILIGHT * math.sqrt(dx * dx + dy * dy + dz * dz)


@entry(
    column(record_type(SITE_RECORD)), column(f8), column(f8, 2), column(f8, 2), column(f8, 2), out(i8, 2), out(f8, 2),
    out(f8, 2), out(u1, 2), out(i8), out(f8, 2), out(i8),
)  # fmt: skip
def passes_of_events_kernel(
    sites, turns, sun, events, looks, rows, times, pass_looks, flags, extra_pass, extras, progress
):
    """One row a pass from `events` (m, 4) and their `looks`, whole pairs of object and site in order.

    Fills `rows` (2, p), `times` (4, p), `pass_looks` (p, 12) and `flags` (4, p), and for lower culminations
    `extra_pass` (x,) and `extras` (x, 5), seconds and look. p and x may be as many as `events`. `progress` holds the
    counts of passes, of lower culminations, and of events of failure, which are left to the caller.
    """
    events, looks, rows, times = borrowed(events), borrowed(looks), borrowed(rows), borrowed(times)
    used, others, failures = 0, 0, 0
    k = 0
    while k < events.shape[0]:
        kind = events[k, 2]
        if kind != RISE and kind != CUT_START:
            failures += 1
            k += 1
            continue
        close = k + 1
        while events[close, 2] == CULMINATION:
            close += 1
        # the highest of the culminations, or of the ends where one of them is higher
        top = close if looks[close, _ELEVATION] >= looks[k, _ELEVATION] else k
        for peak in range(k + 1, close):
            if looks[peak, _ELEVATION] >= looks[top, _ELEVATION]:
                top = peak
        for peak in range(k + 1, close):
            if peak != top:
                extra_pass[others] = used
                extras[others, 0] = events[peak, 3]
                for n in range(4):
                    extras[others, 1 + n] = looks[peak, n]
                others += 1
        rows[OBJECT, used], rows[SITE, used] = int(events[k, 0]), int(events[k, 1])
        times[RISE_S, used], times[CULMINATION_S, used], times[SET_S, used] = (
            events[k, 3],
            events[top, 3],
            events[close, 3],
        )
        times[PLUS_MINUS_S, used] = max(looks[k, _SIGMA], looks[close, _SIGMA])
        for n in range(4):
            pass_looks[used, n] = looks[k, n]
            pass_looks[used, 4 + n] = looks[top, n]
            pass_looks[used, 8 + n] = looks[close, n]
        s = events[top, 3]
        sx, sy, sz = sun_at(sun, s)
        flags[CUT_AT_START, used] = kind == CUT_START
        flags[CUT_AT_END, used] = events[close, 2] == CUT_END
        flags[SUNLIT, used] = sun_sees(looks[top, _X], looks[top, _X + 1], looks[top, _X + 2], sx, sy, sz)
        flags[SITE_IS_DARK, used] = is_dark(sites[int(events[k, 1])], turns, s, sx, sy, sz)
        used += 1
        k = close + 1
    progress[0], progress[1], progress[2] = used, others, failures

"""How an orbit shrinks: drag averaged over one turn, then stepped through days of weather.

Source: King-Hele, Satellite Orbits in an Atmosphere, 1987, chapter 3 (changes by drag in eccentric anomaly, the air
turning with the Earth); radius with the short-period terms of Spacetrack Report No. 3, section 6; drift of perigee by
J2, Vallado 2013, equation 9-41.
"""

from __future__ import annotations

import math

from orbits.constants import EARTH_MU_KM3_S2, EARTH_ROTATION_RAD_S, WGS72_J2, WGS84_FLATTENING, WGS84_RADIUS_KM
from orbits.jit import column, entry, f8, i8, inner, out

_MU = EARTH_MU_KM3_S2
_RADIUS = WGS84_RADIUS_KM
_K2 = 0.5 * WGS72_J2 * WGS84_RADIUS_KM**2
_LOWEST_KM = 80.0  # where the table begins
_STEP_KM = 5.0
_DAY_S = 86400.0
_FALLEN_KM = 90.0  # perigee height at which it counts as down: a turn or less is left
_SLOW_STEP_DAYS = 15.0
FALLEN, FLYING, FAILED = 1, 0, 2


@inner
def axis_place(values, value):
    """The index and share of a value between the marks of an uneven axis, held within its ends."""
    last = len(values) - 1
    if value <= values[0]:
        return 0, 0.0
    if value >= values[last]:
        return last - 1, 1.0
    k = 0
    while values[k + 1] < value:
        k += 1
    return k, (value - values[k]) / (values[k + 1] - values[k])


@inner
def log_density(height_km, sine_latitude, table, fk, fs, ak, as_, season, month, sk, ss):
    """ln of kg/m3 at a height and latitude; `fk, fs, ak, as_, sk, ss` are the weather's places on the axes."""
    count = table.shape[0]
    x = (height_km - _LOWEST_KM) / _STEP_KM
    if x < 0.0:
        x = 0.0
    beyond = 0.0
    if x > count - 1.0:
        beyond = (x - (count - 1.0)) * _STEP_KM / 400.0
        x = count - 1.0
    h = min(int(x), count - 2)
    hs = x - h
    y = (math.asin(max(-1.0, min(1.0, sine_latitude))) * 57.29577951308232 + 90.0) / 30.0
    q = min(int(y), 5)
    qs = y - q
    total = 0.0
    for dh in range(2):
        wh = hs if dh else 1.0 - hs
        for dq in range(2):
            w = wh * (qs if dq else 1.0 - qs)
            v = 0.0
            for df in range(2):
                wf = fs if df else 1.0 - fs
                quiet = table[h + dh, fk + df, ak, q + dq]
                v += wf * (quiet + as_ * (table[h + dh, fk + df, ak + 1, q + dq] - quiet))
            v += (1.0 - ss) * season[h + dh, month, sk, q + dq] + ss * season[h + dh, month, sk + 1, q + dq]
            total += w * v
    return total - beyond


@inner
def mean_rates(a, e, inclination, w, table, f_axis, a_axis, season, s_axis, flux, ap, month):
    """da/dt in km/s and de/dt in 1/s for 1 m2/kg of drag coefficient times area over mass, averaged over a turn."""
    fk, fs = axis_place(f_axis, flux)
    ak, as_ = axis_place(a_axis, ap)
    sk, ss = axis_place(s_axis, flux)
    width = 1.2 * math.sqrt(8.0 / max(a * e, 1e-3))
    points = min(max(16, int(2.0 * math.pi / width) + 1), 400)
    sine_i, cosine_i = math.sin(inclination), math.cos(inclination)
    p = a * (1.0 - e * e)
    flat = -1.5 * _K2 / p * (3.0 * cosine_i * cosine_i - 1.0)
    root = math.sqrt(1.0 - e * e)
    da = 0.0
    de = 0.0
    for k in range(points):
        anomaly = 2.0 * math.pi * (k + 0.5) / points
        c = math.cos(anomaly)
        s = math.sin(anomaly)
        d = 1.0 - e * c
        cosine_true = (c - e) / d
        sine_true = root * s / d
        sine_u = math.sin(w) * cosine_true + math.cos(w) * sine_true
        r = a * d + flat + 0.5 * _K2 / p * sine_i * sine_i * (1.0 - 2.0 * sine_u * sine_u)
        sine_latitude = sine_i * sine_u
        height = r - _RADIUS * (1.0 - WGS84_FLATTENING * sine_latitude * sine_latitude)
        if height > 1.5e3:
            continue
        density = math.exp(log_density(height, sine_latitude, table, fk, fs, ak, as_, season, month, sk, ss)) * 1e3
        speed = math.sqrt(_MU / a * (1.0 + e * c) / d)
        with_air = 1.0 - r * EARTH_ROTATION_RAD_S * cosine_i / speed
        drag = density * speed * with_air * with_air * d  # d turns eccentric into mean anomaly
        da -= drag * speed * speed
        de -= drag * (e + cosine_true)
    # density in kg/m3 times m2/kg is 1/m: a thousand of them in a kilometre
    return a * a / _MU * da / points, de / points


@inner
def fall(a, e, inclination, w, ballistic, begin_day, last_day, cap_days, table, f_axis, a_axis, season, s_axis,
         flux, ap, month):  # fmt: skip
    """Step from `begin_day` (days after the first weather day) until it is down or `last_day`; midpoint rule."""
    t = begin_day
    days = len(flux)
    while t < last_day:
        day = min(max(int(t), 0), days - 1)
        da, de = mean_rates(a, e, inclination, w, table, f_axis, a_axis, season, s_axis, flux[day], ap[day], month[day])
        da *= ballistic
        de *= ballistic
        perigee = a * (1.0 - e) - _RADIUS
        if not (da <= 0.0 and e < 1.0 and a > 0.0):
            return t, a, e, w, FAILED
        if perigee < _FALLEN_KM:
            return t, a, e, w, FALLEN
        scale = 5.5 if perigee < 120.0 else min(5.5 + 0.25 * (perigee - 120.0), 60.0)
        wanted = (0.1 * scale + 0.02 * a * e) / (-da * _DAY_S) if da < 0.0 else 1e9
        slow = wanted > 60.0  # then a day's weather is nothing to it
        step = min(_SLOW_STEP_DAYS if slow else cap_days, wanted)
        if cap_days <= 1.0 and not slow:
            step = min(step, math.floor(t) + 1.0 - t + 1e-9)
        step = min(step, last_day - t)
        p = a * (1.0 - e * e)
        turn = 0.75 * WGS72_J2 * math.sqrt(_MU / a**3) * (_RADIUS / p) ** 2
        dw = turn * (5.0 * math.cos(inclination) ** 2 - 1.0)
        half = 0.5 * step * _DAY_S
        middle = min(max(int(t + 0.5 * step), 0), days - 1)
        da, de = mean_rates(
            a + da * half, max(e + de * half, 1e-7), inclination, w + dw * half, table, f_axis, a_axis, season, s_axis,
            flux[middle], ap[middle], month[middle],
        )  # fmt: skip
        a += ballistic * da * 2.0 * half
        e = max(e + ballistic * de * 2.0 * half, 1e-7)
        w += dw * 2.0 * half
        t += step
    return t, a, e, w, FLYING


@entry(
    i8, i8, column(f8), column(f8), column(f8), column(f8), column(f8), column(f8), f8, f8, column(f8, 4), column(f8),
    column(f8), column(f8, 4), column(f8), column(f8), column(f8), column(i8), out(f8), out(f8), out(f8), out(f8),
    out(i8),
)  # fmt: skip
def fall_rows(first, last, a, e, inclination, w, ballistic, begin_day, last_day, cap_days, table, f_axis, a_axis,
              season, s_axis, flux, ap, month, out_day, out_a, out_e, out_w, out_state):  # fmt: skip
    """Each row's day, orbit and state at its end, for rows `first` to `last`."""
    for k in range(first, last):
        out_day[k], out_a[k], out_e[k], out_w[k], out_state[k] = fall(
            a[k], e[k], inclination[k], w[k], ballistic[k], begin_day[k], last_day, cap_days, table, f_axis, a_axis,
            season, s_axis, flux, ap, month,
        )  # fmt: skip


@entry(
    column(f8), column(f8), column(f8), column(f8), column(f8, 4), column(f8), column(f8), column(f8, 4), column(f8),
    column(f8), column(f8), column(i8), out(f8), out(f8),
)  # fmt: skip
def rate_rows(a, e, inclination, w, table, f_axis, a_axis, season, s_axis, flux, ap, month, out_da, out_de):
    """da/dt (km/s) and de/dt (1/s) of each row for 1 m2/kg, each with its own weather."""
    for k in range(len(a)):
        out_da[k], out_de[k] = mean_rates(
            a[k], e[k], inclination[k], w[k], table, f_axis, a_axis, season, s_axis, flux[k], ap[k], month[k]
        )

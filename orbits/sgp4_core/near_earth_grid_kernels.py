"""SGP4 on uniform grids for near-earth objects: blocks of steps, no branch inside, several states per instruction.

What makes it fast:
- Within a block all that drag and the secular rates do is a short polynomial in the time from the block's middle.
- The fast angle (mean argument of latitude) advances by a fixed rotation: its table of cosines and sines is made once
  per object, by doubling, and serves every block.
- Kepler's equation is solved from the known sine and cosine of that angle: a series of the fourth order in e, then one
  Newton step; square roots and all but one division become series in e squared.
- Short-period corrections are small rotations of known sines and cosines.
- The work is split into five short loops over scratch arrays that stay in the first-level cache. One long loop is twice
  as slow: its chain of dependent operations is longer than the processor can look ahead.

Where a bound does not hold (fast decaying, low, very eccentric) the block is done by the scalar kernel. `path_of_block`
holds the bounds; each keeps what a truncated series leaves out below 1e-11 rad or so, 0.1 mm in low orbit.
"""

from __future__ import annotations

import math

import numpy as np

from orbits.constants import WGS72_J2, WGS72_RADIUS_KM
from orbits.jit import column, entry, f8, i8, inner, out, quick, record_type, u1
from orbits.sgp4_core.near_earth_kernels import VKMPERSEC, failed, near_earth_state
from orbits.sgp4_core.propagation_kernels import minutes_since_epoch
from orbits.sgp4_core.record import SGP4_RECORD

BLOCK = 128  # steps; a scratch row of it is 1 kB, and twenty of them stay in a 32 kB cache
HALF = BLOCK // 2
SCRATCH_ROWS = 20
LONGEST_HALF_BLOCK_MIN = 66.0  # longer, and the polynomials of node and perigee are no longer good enough
SHORTEST_BLOCK = 16  # fewer steps than this in a block are not worth its set-up

CIRCULAR, ECCENTRIC, SCALAR = 0, 1, 2
_CIRCULAR_MAX = 0.05  # eccentricity: the series in e squared end here
_ECCENTRIC_MAX = 0.45
_DRIFT_MAX = 0.012  # rad: what is left of the fast angle beside the table's rotation
_TEMP_MAX = 0.1  # rad: periodic drag on the perigee
_NODE_TURN_MAX = 0.02  # rad in half a block
_TEMPA_TURN_MAX = 1.5e-3
_LOWEST_PERIGEE = 1.012  # Earth radii: clear of the decay test by more than the short periods


@inner
def rotation_table(step_rad, scratch):
    """Rows 0 and 1: cosine and sine of (k - HALF) `step_rad`, by doubling, so that errors grow with log2(BLOCK)."""
    start = -HALF * step_rad
    scratch[0] = math.cos(start)
    scratch[BLOCK] = math.sin(start)
    done = 1
    while done < BLOCK:
        cosine, sine = math.cos(done * step_rad), math.sin(done * step_rad)
        for k in range(done):
            x = scratch[k]
            y = scratch[BLOCK + k]
            scratch[done + k] = x * cosine - y * sine
            scratch[BLOCK + done + k] = y * cosine + x * sine
        done *= 2


@inner
def path_of_block(r, tc, half_min):
    """Which path holds its promises for the record `r`, `half_min` minutes to both sides of `tc`."""
    farthest = abs(tc) + half_min
    t2 = farthest * farthest
    drag = abs(r.bstar)
    full = 1.0 if r.isimp == 0 else 0.0
    e_drift = drag * (abs(r.cc4) * farthest + full * 2.0 * abs(r.cc5))
    e_high = r.ecco + e_drift + 0.002
    shrink = abs(r.cc1) * farthest + full * (abs(r.d2) * t2 + abs(r.d3) * t2 * farthest + abs(r.d4) * t2 * t2)
    a_low = r.a_unkozai * (1.0 - 2.0 * shrink)
    omega = full * abs(r.omgcof) * farthest
    eta = abs(r.eta)
    temp = full * abs(r.xmcof) * eta * (6.0 + 2.0 * eta * eta)  # (1 + eta)^3 - (1 - eta)^3
    turn = abs(r.cc1) + full * farthest * (2.0 * abs(r.d2) + farthest * (3.0 * abs(r.d3) + farthest * 4.0 * abs(r.d4)))
    curve = full * (abs(r.d2) + farthest * (3.0 * abs(r.d3) + farthest * 6.0 * abs(r.d4)))
    n = r.no_unkozai
    bend = n * (abs(r.t2cof) + full * farthest * (3.0 * abs(r.t3cof) + farthest * 6.0 * abs(r.t4cof)
                + farthest * farthest * 10.0 * abs(r.t5cof)))  # fmt: skip
    slope = 2.0 * n * farthest * (abs(r.t2cof) + full * farthest * (1.5 * abs(r.t3cof) + farthest * 2.0 * abs(r.t4cof)
                + farthest * farthest * 2.5 * abs(r.t5cof)))  # fmt: skip
    fourth = full * (abs(r.d4) + n * (abs(r.t4cof) + 5.0 * farthest * abs(r.t5cof)))
    # near 180 deg the J3 term in 1 / (1 + cos i) grows large
    long_period = abs(r.xlcof) * e_high / (a_low * (1.0 - e_high * e_high))
    tame = (
        e_high < _ECCENTRIC_MAX
        and r.ecco - e_drift > -0.0009  # SGP4 fails at -0.001
        and a_low * (1.0 - e_high) > _LOWEST_PERIGEE
        and shrink < 0.1
        and omega * omega * omega * temp * e_high < 1e-11
        and temp < _TEMP_MAX
        and turn * half_min < _TEMPA_TURN_MAX
        and curve * half_min * half_min < 1e-6
        and fourth * half_min * half_min * half_min * half_min < 1e-11
        and half_min * slope + half_min * half_min * bend + long_period < _DRIFT_MAX
        and (abs(r.nodedot) + 2.0 * abs(r.nodecf) * farthest) * half_min < _NODE_TURN_MAX
        and (abs(r.argpdot) + abs(r.omgcof)) * half_min < 2.0 * _NODE_TURN_MAX
        and abs(r.cosio + 1.0) > 1e-6
    )
    if not tame:
        return SCALAR
    return CIRCULAR if e_high < _CIRCULAR_MAX else ECCENTRIC


@quick
def kepler_by_series(w):
    """Kepler's equation below e = 0.05: E = u + x with x = s0 cos x + c0 sin x, to the fourth order, then Newton.

    From rows 2 (axnl), 3 (aynl), 4, 5 (cosine and sine of u) to rows 7 (cos x), 8 (sin x), 9 (x, which is e sin E),
    10 (r / a), 11 (a / r).
    """
    for k in range(BLOCK):
        axnl, aynl, cx, sx = w[2 * BLOCK + k], w[3 * BLOCK + k], w[4 * BLOCK + k], w[5 * BLOCK + k]
        s0 = axnl * sx - aynl * cx
        c0 = axnl * cx + aynl * sx
        x = s0 * (1.0 + c0 * (1.0 + c0 * (1.0 + c0)) - s0 * s0 * (0.5 + c0 * (7.0 / 6.0)))
        square = x * x
        sin_x = x * (1.0 - square * (1.0 / 6.0 - square * (1.0 / 120.0 - square * (1.0 / 5040.0))))
        cos_x = 1.0 - square * (0.5 - square * (1.0 / 24.0 - square * (1.0 / 720.0)))
        a_over_r = 1.0 / (1.0 - c0 * cos_x + s0 * sin_x)
        step = (s0 * cos_x + c0 * sin_x - x) * a_over_r
        cos_e, sin_e = cos_x - step * sin_x, sin_x + step * cos_x
        r_over_a = 1.0 - c0 * cos_e + s0 * sin_e
        w[7 * BLOCK + k] = cos_e
        w[8 * BLOCK + k] = sin_e
        w[9 * BLOCK + k] = x + step
        w[10 * BLOCK + k] = r_over_a
        w[11 * BLOCK + k] = a_over_r * (2.0 - r_over_a * a_over_r)


@quick
def kepler_by_newton(w):
    """The same up to e = 0.45: four Newton steps, each a rotation of the sine and cosine known so far."""
    for k in range(BLOCK):
        axnl, aynl, cx, sx = w[2 * BLOCK + k], w[3 * BLOCK + k], w[4 * BLOCK + k], w[5 * BLOCK + k]
        s0 = axnl * sx - aynl * cx
        c0 = axnl * cx + aynl * sx
        x = s0 / (1.0 - c0 + s0 * s0 * (0.5 + c0))
        cos_x, sin_x = small_rotation(x)
        for _ in range(3):
            step = (s0 * cos_x + c0 * sin_x - x) / (1.0 - c0 * cos_x + s0 * sin_x)
            x += step
            ct, st = small_rotation(step)
            cos_x, sin_x = cos_x * ct - sin_x * st, sin_x * ct + cos_x * st
        a_over_r = 1.0 / (1.0 - c0 * cos_x + s0 * sin_x)
        step = (s0 * cos_x + c0 * sin_x - x) * a_over_r
        cos_e, sin_e = cos_x - step * sin_x, sin_x + step * cos_x
        w[7 * BLOCK + k] = cos_e
        w[8 * BLOCK + k] = sin_e
        w[9 * BLOCK + k] = x + step
        w[10 * BLOCK + k] = 1.0 - c0 * cos_e + s0 * sin_e
        w[11 * BLOCK + k] = 1.0 / (1.0 - c0 * cos_e + s0 * sin_e)


@quick
def small_rotation(x):
    """Cosine and sine by Taylor's series; what is left out is below 1e-14 up to 0.7."""
    y = x * x
    sine = x * (1 - y / 6 * (1 - y / 20 * (1 - y / 42 * (1 - y / 72 * (1 - y / 110 * (1 - y / 156))))))
    cosine = 1 - y / 2 * (1 - y / 12 * (1 - y / 30 * (1 - y / 56 * (1 - y / 90 * (1 - y / 132)))))
    return cosine, sine


@quick
def short_periods(r, step_min, a0, a1, a2, a3, is_eccentric, w):
    """Radius, speeds and small turns: to rows 2 (r km), 3, 4, 5 (turns), 7, 8 (cosine, sine of u), 12, 13 (km/s)."""
    a_mean = r.a_unkozai
    ia_mean = 1.0 / a_mean
    root = math.sqrt(ia_mean)
    con41, x1mth2, x7thm1, sini, cosi = r.con41, r.x1mth2, r.x7thm1, r.sinio, r.cosio
    for k in range(BLOCK):
        axnl, aynl, cx, sx, ib = (
            w[2 * BLOCK + k], w[3 * BLOCK + k], w[4 * BLOCK + k], w[5 * BLOCK + k], w[6 * BLOCK + k],
        )  # fmt: skip
        cos_e, sin_e, esine, r_over_a, a_over_r = (
            w[7 * BLOCK + k], w[8 * BLOCK + k], w[9 * BLOCK + k], w[10 * BLOCK + k], w[11 * BLOCK + k],
        )  # fmt: skip
        sin_big, cos_big = sx * cos_e + cx * sin_e, cx * cos_e - sx * sin_e
        el2 = axnl * axnl + aynl * aynl
        if is_eccentric:
            betal = math.sqrt(1.0 - el2)
            half = 1.0 / (1.0 + betal)
            ip = 1.0 / (1.0 - el2)
        else:
            # 1 / (1 + sqrt(1 - el2)), sqrt(1 - el2) and 1 / (1 - el2)
            half = 0.5 + el2 * (0.125 + el2 * (0.0625 + el2 * (5.0 / 128.0)))
            betal = 1.0 - el2 * half
            ip = 1.0 + el2 * (1.0 + el2 * (1.0 + el2 * (1.0 + el2)))
        temp = esine * half
        sinu = a_over_r * (sin_big - aynl - axnl * temp)
        cosu = a_over_r * (cos_big - axnl + aynl * temp)
        sin2u, cos2u = 2.0 * cosu * sinu, 1.0 - 2.0 * sinu * sinu
        i_am = ib * ib * ia_mean
        ipl = i_am * ip
        temp1 = 0.5 * WGS72_J2 * ipl
        temp2 = temp1 * ipl
        t = (k - HALF) * step_min
        tempa = a0 + t * (a1 + t * (a2 + t * a3))
        am = a_mean * tempa * tempa
        w[2 * BLOCK + k] = (
            am * r_over_a * (1.0 - 1.5 * temp2 * betal * con41) + 0.5 * temp1 * x1mth2 * cos2u
        ) * WGS72_RADIUS_KM
        w[3 * BLOCK + k] = -0.25 * temp2 * x7thm1 * sin2u
        w[4 * BLOCK + k] = 1.5 * temp2 * cosi * sin2u
        w[5 * BLOCK + k] = 1.5 * temp2 * cosi * sini * cos2u
        w[7 * BLOCK + k] = cosu
        w[8 * BLOCK + k] = sinu
        root_am = root * ib
        along = root_am * a_over_r
        short = root_am * root_am * root_am * temp1
        w[12 * BLOCK + k] = (along * esine - short * x1mth2 * sin2u) * VKMPERSEC
        w[13 * BLOCK + k] = (along * betal + short * (x1mth2 * cos2u + 1.5 * con41)) * VKMPERSEC


@quick
def fast_block(r, tc, step_min, is_eccentric, wants_velocity, w):
    """States at tc + (k - HALF) step_min for k in range(BLOCK), into scratch rows 14 to 19 (x, y, z, vx, vy, vz).

    Rows 0 and 1 hold the rotation table. Letters are Vallado's where he has one.
    """
    full = 1.0 if r.isimp == 0 else 0.0
    tc2 = tc * tc
    n = r.no_unkozai
    t2cof, t3cof, t4cof, t5cof = n * r.t2cof, full * n * r.t3cof, full * n * r.t4cof, full * n * r.t5cof
    # mean longitude gained by drag: value at the middle, then a cubic about it
    p0 = tc2 * (t2cof + tc * (t3cof + tc * (t4cof + tc * t5cof)))
    p1 = tc * (2.0 * t2cof + tc * (3.0 * t3cof + tc * (4.0 * t4cof + tc * 5.0 * t5cof)))
    p2 = t2cof + tc * (3.0 * t3cof + tc * (6.0 * t4cof + tc * 10.0 * t5cof))
    p3 = t3cof + tc * (4.0 * t4cof + tc * 10.0 * t5cof)
    omgcof = full * r.omgcof
    u = r.mo + r.argpo + (r.mdot + r.argpdot) * tc
    cos_mean, sin_mean = math.cos(u), math.sin(u)  # without drag: for the mean anomaly in the drag terms
    cos_u, sin_u = math.cos(u + p0), math.sin(u + p0)
    # perigee (with drag's linear part) and node: quartics for cosine and sine
    perigee = r.argpo + (r.argpdot - omgcof) * tc
    g = r.argpdot - omgcof
    cg, sg = math.cos(perigee), math.sin(perigee)
    cg1, cg2, cg3, cg4 = -sg * g, -cg * g * g * 0.5, sg * g * g * g / 6.0, cg * g * g * g * g / 24.0
    sg1, sg2, sg3, sg4 = cg * g, -sg * g * g * 0.5, -cg * g * g * g / 6.0, sg * g * g * g * g / 24.0
    node = r.nodeo + r.nodedot * tc + r.nodecf * tc2
    m = r.nodedot + 2.0 * r.nodecf * tc
    q = r.nodecf
    ch, sh = math.cos(node), math.sin(node)
    m2, m3, m4 = m * m * 0.5, m * m * m / 6.0, m * m * m * m / 24.0 - q * q * 0.5
    ch1, ch2, ch3, ch4 = -sh * m, -ch * m2 - sh * q, sh * m3 - ch * m * q, ch * m4 + sh * m2 * q
    sh1, sh2, sh3, sh4 = ch * m, -sh * m2 + ch * q, -ch * m3 - sh * m * q, sh * m4 - ch * m2 * q
    # tempa and its reciprocal
    d2, d3, d4 = full * r.d2, full * r.d3, full * r.d4
    a0 = 1.0 - tc * (r.cc1 + tc * (d2 + tc * (d3 + tc * d4)))
    a1 = -(r.cc1 + tc * (2.0 * d2 + tc * (3.0 * d3 + tc * 4.0 * d4)))
    a2 = -(d2 + tc * (3.0 * d3 + tc * 6.0 * d4))
    a3 = -(d3 + tc * 4.0 * d4)
    b0 = 1.0 / a0
    x1, x2, x3 = -a1 * b0, -a2 * b0, -a3 * b0
    b1, b2, b3 = b0 * x1, b0 * (x2 + x1 * x1), b0 * (x3 + 2.0 * x1 * x2 + x1 * x1 * x1)
    cc5 = full * r.bstar * r.cc5
    e0 = r.ecco - r.bstar * r.cc4 * tc + cc5 * r.sinmao
    e1 = -r.bstar * r.cc4
    om0, xmcof, eta, delmo = omgcof * tc, full * r.xmcof, r.eta, r.delmo
    ia_mean = 1.0 / r.a_unkozai
    aycof, xlcof = r.aycof, r.xlcof
    sini, cosi = r.sinio, r.cosio

    # 1: drag on eccentricity and perigee -> rows 2 (e), 3 (cos), 4 (sin of the argument of perigee)
    for k in range(BLOCK):
        t = (k - HALF) * step_min
        c, s = w[k], w[BLOCK + k]
        cx, sx = cos_mean * c - sin_mean * s, sin_mean * c + cos_mean * s
        cw = cg + t * (cg1 + t * (cg2 + t * (cg3 + t * cg4)))
        sw = sg + t * (sg1 + t * (sg2 + t * (sg3 + t * sg4)))
        cm, sm = cx * cw + sx * sw, sx * cw - cx * sw  # mean anomaly plus om
        om = om0 + omgcof * t
        turned = 1.0 + eta * (cm * (1.0 - 0.5 * om * om) + om * sm)
        temp = xmcof * (turned * turned * turned - delmo)
        square = temp * temp
        st = temp * (1.0 - square * (1.0 / 6.0 - square * (1.0 / 120.0)))
        ct = 1.0 - square * (0.5 - square * (1.0 / 24.0 - square * (1.0 / 720.0)))
        em = max(e0 + e1 * t - cc5 * (sm * ct + cm * st), 1.0e-6)
        w[2 * BLOCK + k] = em
        w[3 * BLOCK + k] = cw * ct + sw * st
        w[4 * BLOCK + k] = sw * ct - cw * st

    # 2: long periods -> rows 2 (axnl), 3 (aynl), 4 (cos u), 5 (sin u), 6 (1 / tempa)
    for k in range(BLOCK):
        t = (k - HALF) * step_min
        em, ca, sa = w[2 * BLOCK + k], w[3 * BLOCK + k], w[4 * BLOCK + k]
        c, s = w[k], w[BLOCK + k]
        cx, sx = cos_u * c - sin_u * s, sin_u * c + cos_u * s
        ib = b0 + t * (b1 + t * (b2 + t * b3))
        t_long = ib * ib * ia_mean / (1.0 - em * em)
        axnl = em * ca
        drift = t * (p1 + t * (p2 + t * p3)) + xlcof * t_long * axnl
        square = drift * drift
        st, ct = drift * (1.0 - square * (1.0 / 6.0)), 1.0 - square * (0.5 - square * (1.0 / 24.0))
        w[2 * BLOCK + k] = axnl
        w[3 * BLOCK + k] = em * sa + aycof * t_long
        w[4 * BLOCK + k] = cx * ct - sx * st
        w[5 * BLOCK + k] = sx * ct + cx * st
        w[6 * BLOCK + k] = ib

    if is_eccentric:
        kepler_by_newton(w)
        short_periods(r, step_min, a0, a1, a2, a3, True, w)
    else:
        kepler_by_series(w)
        short_periods(r, step_min, a0, a1, a2, a3, False, w)

    # 3: orientation -> rows 14 to 19
    for k in range(BLOCK):
        t = (k - HALF) * step_min
        turn_u, turn_h, turn_i = w[3 * BLOCK + k], w[4 * BLOCK + k], w[5 * BLOCK + k]
        cosu, sinu = w[7 * BLOCK + k], w[8 * BLOCK + k]
        square = turn_u * turn_u
        st, ct = turn_u * (1.0 - square * (1.0 / 6.0)), 1.0 - 0.5 * square
        sin_l, cos_l = sinu * ct + cosu * st, cosu * ct - sinu * st
        square = turn_h * turn_h
        st, ct = turn_h * (1.0 - square * (1.0 / 6.0)), 1.0 - 0.5 * square
        cn = ch + t * (ch1 + t * (ch2 + t * (ch3 + t * ch4)))
        sn = sh + t * (sh1 + t * (sh2 + t * (sh3 + t * sh4)))
        sin_h, cos_h = sn * ct + cn * st, cn * ct - sn * st
        square = turn_i * turn_i
        st, ct = turn_i * (1.0 - square * (1.0 / 6.0)), 1.0 - 0.5 * square
        sin_i, cos_i = sini * ct + cosi * st, cosi * ct - sini * st
        xmx, xmy = -sin_h * cos_i, cos_h * cos_i
        ux, uy, uz = xmx * sin_l + cos_h * cos_l, xmy * sin_l + sin_h * cos_l, sin_i * sin_l
        r_km = w[2 * BLOCK + k]
        w[14 * BLOCK + k] = r_km * ux
        w[15 * BLOCK + k] = r_km * uy
        w[16 * BLOCK + k] = r_km * uz
        if wants_velocity:
            vx, vy, vz = xmx * cos_l - cos_h * sin_l, xmy * cos_l - sin_h * sin_l, sin_i * cos_l
            mvt, rvdot = w[12 * BLOCK + k], w[13 * BLOCK + k]
            w[17 * BLOCK + k] = mvt * ux + rvdot * vx
            w[18 * BLOCK + k] = mvt * uy + rvdot * vy
            w[19 * BLOCK + k] = mvt * uz + rvdot * vz


@entry(
    column(record_type(SGP4_RECORD)), column(i8), f8, f8, f8, i8, out(f8, 3), out(f8, 3), out(u1, 2), out(i8),
)  # fmt: skip
def near_earth_grid_kernel(records, rows, jd_day, day_fraction, step_min, count, position, velocity, status, blocks):
    """States of the near-earth records in `rows` on a uniform grid of `count` times, `step_min` apart.

    Fills positions (n, 3, t), velocities (n, 3, t) or (0, 3, t) and status (n, t) in those rows. `blocks` counts the
    blocks by path: nearly circular, eccentric, scalar.
    """
    wants_velocity = velocity.shape[0] > 0
    w = np.empty(SCRATCH_ROWS * BLOCK)
    steps = BLOCK
    while steps > SHORTEST_BLOCK and 0.5 * steps * step_min > LONGEST_HALF_BLOCK_MIN:
        steps //= 2
    half = 0.5 * steps * step_min
    blocks[:] = 0
    for place in range(rows.shape[0]):
        row = rows[place]
        r = records[row]
        start = minutes_since_epoch(r, jd_day, day_fraction)
        has_table = False
        first = 0
        while first < count:
            last = min(first + steps, count)
            # the fast block is centred on its HALFth step
            tc = start + (first + steps // 2) * step_min
            path = SCALAR
            if r.status == 0 and half <= LONGEST_HALF_BLOCK_MIN:
                path = path_of_block(r, tc, half)
            blocks[path] += 1
            if path != SCALAR:
                if not has_table:
                    rotation_table((r.mdot + r.argpdot) * step_min, w)
                    has_table = True
                fast_block(r, tc, step_min, path == ECCENTRIC, wants_velocity, w)
                shift = HALF - steps // 2 - first
                for axis in range(3):
                    at = (14 + axis) * BLOCK + shift
                    for k in range(first, last):
                        position[row, axis, k] = w[at + k]
                if wants_velocity:
                    for axis in range(3):
                        at = (17 + axis) * BLOCK + shift
                        for k in range(first, last):
                            velocity[row, axis, k] = w[at + k]
                for k in range(first, last):
                    status[row, k] = 0
            else:
                for k in range(first, last):
                    state = failed(r.status) if r.status != 0 else near_earth_state(r, start + k * step_min)
                    status[row, k] = state[0]
                    position[row, 0, k], position[row, 1, k], position[row, 2, k] = state[1], state[2], state[3]
                    if wants_velocity:
                        velocity[row, 0, k], velocity[row, 1, k], velocity[row, 2, k] = state[4], state[5], state[6]
            first = last

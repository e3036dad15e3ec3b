"""States of many (object, time) pairs at once: the common end of SGP4 and SDP4 in vector code.

A block holds `LANES` pairs, each in a lane of its own, in one scratch array `w`: row `ROW`, lane `k` stands at
`w[ROW * LANES + k]`. Every quantity has a row, constants of the object, too, so lanes may belong to different objects.
The work is a chain of short loops over the lanes, without a branch, so that the compiler makes vector code of each;
one long loop was half as fast, since its chain of dependent operations is longer than the processor looks ahead.

Angles are not tabulated: sines come from polynomials, Kepler's equation from a fixed number of Halley steps, each a
rotation of the sine and cosine known so far. Where that is not enough (e above 0.9) a lane asks for the scalar kernel.
Source of the theory: AIAA 2006-6753.
"""

from __future__ import annotations

import math

import numpy as np

from orbits.constants import TAU, WGS72_J2, WGS72_RADIUS_KM
from orbits.jit import inner, quick
from orbits.sgp4_core.near_earth_kernels import VKMPERSEC
from orbits.sgp4_core.status import (
    DECAYED,
    MEAN_ECCENTRICITY,
    NOT_FINITE,
    OK,
    PERTURBED_ECCENTRICITY,
    SEMI_LATUS_RECTUM,
)
from orbits.sgp4_core.vector_kernels import WIDTH, spread

LANES = 64  # eight vectors of AVX-512: enough independent work to hide latency, and all rows stay in the L1 cache

T = 0  # minutes since the epoch
# what both theories hand to the common end
AM, ROOT_AM = 1, 2  # semi-major axis (Earth radii) and its square root
EM_RAW, EM = 3, 4  # mean eccentricity before it is held above 1e-6; the one to be used
CA, SA, CN, SN = 5, 6, 7, 8  # cosine and sine of the argument of perigee and of the node
ML = 9  # mean anomaly plus argument of perigee
CI, SI, AY, XL = 10, 11, 12, 13  # cosine and sine of inclination, long-period coefficients
FAULT = 14  # status raised before the common end, 0 if none
# work
AX, AYNL, CU, SU, IAM = 15, 16, 17, 18, 19
COS_E, SIN_E, ESINE, ROA, AOR = 20, 21, 22, 23, 24
MR, TURN_U, TURN_N, TURN_I, MV, RV = 25, 26, 27, 28, 29, 30
# results: position km, velocity km/s in TEME; status as a float, or `ASK_SCALAR`
PX, PY, PZ, VX, VY, VZ, STATUS = 31, 32, 33, 34, 35, 36, 37
CONSTANTS = 38  # the first row of the theory's own constants

ASK_SCALAR = -1.0
_NEARLY_CIRCULAR = 0.02  # up to here a series and one Newton step
_ALMOST_CIRCULAR = 0.1  # up to here the series and one Halley step
_TWO_STEPS, _THREE_STEPS = 0.8, 0.92  # more Halley steps up to here; above, the scalar kernel

_TURN = 1.0 / TAU


@quick
def less_whole_turns(x):
    """The angle (rad) within half a turn of zero; the error is that of the reference's fmod."""
    return x - TAU * np.floor(x * _TURN + 0.5)


@quick
def sine_cosine(x):
    """Sine and cosine of any angle (rad), without a branch: half angle by polynomials, then doubled.

    Within 6e-15 of the true values for angles of one turn.
    """
    y = less_whole_turns(x)
    z = y * y
    # twice the sine of half the angle, and the cosine of half the angle
    s = y * (0.9999999999999964 + z * (-0.04166666666665614 + z * (0.0005208333333215933
        + z * (-3.1001984061601683e-06 + z * (1.076457581617375e-08 + z * (-2.4464596148588995e-11
        + z * (3.9171011192971886e-14 + z * -4.476019352411727e-17)))))))  # fmt: skip
    c = 0.9999999999999986 + z * (-0.12499999999997805 + z * (0.002604166666616861
        + z * (-2.1701388847212517e-05 + z * (9.688118349791013e-08 + z * (-2.6911074813292095e-10
        + z * (5.092394450870075e-13 + z * -6.719518149791635e-16))))))  # fmt: skip
    return s * c, 1.0 - 0.5 * s * s


@quick
def sine_alone(x):
    """Sine of any angle (rad) within 8e-14, for small terms: half as long as both by `sine_cosine`."""
    y = less_whole_turns(x)
    z = y * y
    return y * (0.99999999999953 + z * (-0.16666666666380855 + z * (0.008333333328225922
        + z * (-0.00019841269426091162 + z * (2.7557300928478512e-06 + z * (-2.5051634227991323e-08
        + z * (1.6051600685285802e-10 + z * (-7.577424108272108e-13 + z * 2.450196220241823e-15))))))))  # fmt: skip


@quick
def cosine_alone(x):
    """Cosine of any angle (rad) within 8e-15, as `sine_alone`."""
    y = less_whole_turns(x)
    z = y * y
    return (0.9999999999999938 + z * (-0.4999999999998709 + z * (0.041666666666240394
        + z * (-0.001388888888340537 + z * (2.4801586941836583e-05 + z * (-2.755730562449207e-07
        + z * (2.0876443123582402e-09 + z * (-1.1466247902161013e-11 + z * (4.7403355924405227e-14
        + z * -1.3712694782020047e-16)))))))))  # fmt: skip


@quick
def tiny_rotation(x, is_below_a_milliradian):
    """Sine and cosine by Taylor's series; what is left out is below 5e-14, up to 1e-3 or up to 0.02 rad."""
    y = x * x
    if is_below_a_milliradian:
        return x - x * y * (1.0 / 6.0), 1.0 - 0.5 * y
    return x * (1.0 - y * (1.0 / 6.0 - y * (1.0 / 120.0))), 1.0 - y * (0.5 - y * (1.0 / 24.0 - y * (1.0 / 720.0)))


@quick
def reciprocal_near_one(y, is_near):
    """1 / (1 - y) without a division, for |y| up to 0.022 (`is_near`: y^8 is left out) or up to 0.12 (y^16)."""
    y2 = y * y
    y4 = y2 * y2
    if is_near:
        return (1.0 + y) * (1.0 + y2) * (1.0 + y4)
    return (1.0 + y) * (1.0 + y2) * ((1.0 + y4) * (1.0 + y4 * y4))


@quick
def small_rotation(x):
    """The same for up to 0.11 rad."""
    y = x * x
    return (
        x * (1.0 - y * (1.0 / 6.0 - y * (1.0 / 120.0 - y * (1.0 / 5040.0 - y * (1.0 / 362880.0))))),
        1.0 - y * (0.5 - y * (1.0 / 24.0 - y * (1.0 / 720.0 - y * (1.0 / 40320.0 - y * (1.0 / 3628800.0))))),
    )


@inner
def fill_row(value, row, w, first, last):
    """Put one value into the lanes first <= k < last of a row; lanes behind, filled later, may get it too."""
    k = first
    while k < last and k + WIDTH <= LANES:
        spread(value, w, row * LANES + k)
        k += WIDTH
    while k < last:
        w[row * LANES + k] = value
        k += 1


@inner
def fill_rows(c, rows, w, first, last):
    """Put c[row] into the lanes first <= k < last of the row CONSTANTS + row, for all `rows`; as `fill_row`."""
    k = first
    while k < last and k + WIDTH <= LANES:
        for row in range(rows):
            spread(c[row], w, (CONSTANTS + row) * LANES + k)
        k += WIDTH
    while k < last:
        for row in range(rows):
            w[(CONSTANTS + row) * LANES + k] = c[row]
        k += 1


@quick
def long_periods(w):
    """From mean elements to axnl, aynl and the sine and cosine of the mean argument of latitude, all with J3."""
    for k in range(LANES):
        em, am = w[EM * LANES + k], w[AM * LANES + k]
        beta2 = 1.0 - em * em
        temp = 1.0 / (am * beta2)
        axnl = em * w[CA * LANES + k]
        w[AX * LANES + k] = axnl
        w[AYNL * LANES + k] = em * w[SA * LANES + k] + temp * w[AY * LANES + k]
        w[IAM * LANES + k] = temp * beta2
        sine, cosine = sine_cosine(w[ML * LANES + k] + temp * w[XL * LANES + k] * axnl)
        w[SU * LANES + k] = sine
        w[CU * LANES + k] = cosine


@quick
def kepler_almost_circular(w, is_nearly_circular):
    """Kepler's equation below e = 0.1: x = E - u from a series of the third order in e, then one Halley step.

    Below e = 0.02, `is_nearly_circular`, the series leaves 2e-7 rad, of which a Newton step leaves 3e-16.
    """
    for k in range(LANES):
        axnl, aynl, cu, su = w[AX * LANES + k], w[AYNL * LANES + k], w[CU * LANES + k], w[SU * LANES + k]
        s0 = axnl * su - aynl * cu
        c0 = axnl * cu + aynl * su
        x = s0 * (1.0 + c0 * (1.0 + c0) - 0.5 * s0 * s0)
        if is_nearly_circular:
            sx, cx = tiny_rotation(x, False)
            step = (s0 * cx + c0 * sx - x) * reciprocal_near_one(c0 * cx - s0 * sx, True)
            cx, sx = cx - sx * step, sx + cx * step
        else:
            sx, cx = small_rotation(x)
            f = s0 * cx + c0 * sx - x
            per_slope = reciprocal_near_one(c0 * cx - s0 * sx, False)
            step = f * per_slope * (1.0 - 0.5 * f * per_slope * per_slope * (s0 * cx + c0 * sx))
            square = step * step
            st, ct = step * (1.0 - square * (1.0 / 6.0)), 1.0 - 0.5 * square
            cx, sx = cx * ct - sx * st, sx * ct + cx * st
        nearer = c0 * cx - s0 * sx
        w[COS_E * LANES + k] = cu * cx - su * sx
        w[SIN_E * LANES + k] = su * cx + cu * sx
        w[ESINE * LANES + k] = x + step
        w[ROA * LANES + k] = 1.0 - nearer
        w[AOR * LANES + k] = reciprocal_near_one(nearer, is_nearly_circular)


@quick
def kepler_eccentric(w, steps):
    """The same up to e = 0.92: two steps are exact to 2e-14 rad up to e = 0.8, three to 4e-12 up to 0.92."""
    for k in range(LANES):
        axnl, aynl, cu, su = w[AX * LANES + k], w[AYNL * LANES + k], w[CU * LANES + k], w[SU * LANES + k]
        s0 = axnl * su - aynl * cu
        c0 = axnl * cu + aynl * su
        x = s0 / math.sqrt(1.0 - 2.0 * c0 + axnl * axnl + aynl * aynl)
        w[ESINE * LANES + k] = x
        # sine and cosine of x, which is below 1
        sine, cosine = sine_cosine(x)
        w[SIN_E * LANES + k] = sine
        w[COS_E * LANES + k] = cosine
        w[ROA * LANES + k] = s0
        w[AOR * LANES + k] = c0
    for _ in range(steps):
        for k in range(LANES):
            x, sx, cx = w[ESINE * LANES + k], w[SIN_E * LANES + k], w[COS_E * LANES + k]
            s0, c0 = w[ROA * LANES + k], w[AOR * LANES + k]
            f = x - s0 * cx - c0 * sx
            slope = 1.0 - c0 * cx + s0 * sx
            step = -f * slope / (slope * slope - 0.5 * f * (s0 * cx + c0 * sx))
            st, ct = small_rotation(step)
            w[ESINE * LANES + k] = x + step
            w[SIN_E * LANES + k] = sx * ct + cx * st
            w[COS_E * LANES + k] = cx * ct - sx * st
    for k in range(LANES):
        sx, cx, s0, c0 = w[SIN_E * LANES + k], w[COS_E * LANES + k], w[ROA * LANES + k], w[AOR * LANES + k]
        cu, su = w[CU * LANES + k], w[SU * LANES + k]
        roa = 1.0 - c0 * cx + s0 * sx
        w[COS_E * LANES + k] = cu * cx - su * sx
        w[SIN_E * LANES + k] = su * cx + cu * sx
        w[ROA * LANES + k] = roa
        w[AOR * LANES + k] = 1.0 / roa


@quick
def short_periods(w, is_almost_circular, wants_velocity):
    """Radius, speeds and the small turns of latitude, node and inclination; cosine and sine of u to CU and SU."""
    for k in range(LANES):
        axnl, aynl, iam = w[AX * LANES + k], w[AYNL * LANES + k], w[IAM * LANES + k]
        cos_e, sin_e, esine = w[COS_E * LANES + k], w[SIN_E * LANES + k], w[ESINE * LANES + k]
        roa, aor = w[ROA * LANES + k], w[AOR * LANES + k]
        cosi, sini = w[CI * LANES + k], w[SI * LANES + k]
        el2 = axnl * axnl + aynl * aynl
        if is_almost_circular:
            # 1 / (1 + sqrt(1 - el2)), sqrt(1 - el2) and 1 / (1 - el2), by series; el2 <= 0.0121
            half = 0.5 + el2 * (0.125 + el2 * (0.0625 + el2 * (5.0 / 128.0 + el2 * (7.0 / 256.0))))
            betal = 1.0 - el2 * half
            ip = (1.0 + el2) * (1.0 + el2 * el2) * (1.0 + el2 * el2 * el2 * el2)
        else:
            betal = math.sqrt(1.0 - el2)
            half = 1.0 / (1.0 + betal)
            ip = 1.0 / (1.0 - el2)
        temp = esine * half
        sinu = aor * (sin_e - aynl - axnl * temp)
        cosu = aor * (cos_e - axnl + aynl * temp)
        sin2u, cos2u = 2.0 * cosu * sinu, 1.0 - 2.0 * sinu * sinu
        ipl = iam * ip
        temp1 = 0.5 * WGS72_J2 * ipl
        temp2 = temp1 * ipl
        cos2i = cosi * cosi
        con41, x1mth2 = 3.0 * cos2i - 1.0, 1.0 - cos2i
        w[MR * LANES + k] = w[AM * LANES + k] * roa * (1.0 - 1.5 * temp2 * betal * con41) + 0.5 * temp1 * x1mth2 * cos2u
        w[TURN_U * LANES + k] = -0.25 * temp2 * (7.0 * cos2i - 1.0) * sin2u
        w[TURN_N * LANES + k] = 1.5 * temp2 * cosi * sin2u
        w[TURN_I * LANES + k] = 1.5 * temp2 * cosi * sini * cos2u
        w[CU * LANES + k] = cosu
        w[SU * LANES + k] = sinu
        if wants_velocity:
            root_iam = w[ROOT_AM * LANES + k] * iam
            along = root_iam * aor
            short = root_iam * root_iam * root_iam * temp1
            w[MV * LANES + k] = (along * esine - short * x1mth2 * sin2u) * VKMPERSEC
            w[RV * LANES + k] = (along * betal + short * (x1mth2 * cos2u + 1.5 * con41)) * VKMPERSEC


@quick
def orientation(w, is_almost_circular, wants_velocity):
    """Small turns applied, then positions and velocities."""
    for k in range(LANES):
        cosu, sinu = w[CU * LANES + k], w[SU * LANES + k]
        st, ct = tiny_rotation(w[TURN_U * LANES + k], is_almost_circular)
        sin_l, cos_l = sinu * ct + cosu * st, cosu * ct - sinu * st
        st, ct = tiny_rotation(w[TURN_N * LANES + k], is_almost_circular)
        sn, cn = w[SN * LANES + k], w[CN * LANES + k]
        sin_h, cos_h = sn * ct + cn * st, cn * ct - sn * st
        st, ct = tiny_rotation(w[TURN_I * LANES + k], is_almost_circular)
        si, ci = w[SI * LANES + k], w[CI * LANES + k]
        sin_i, cos_i = si * ct + ci * st, ci * ct - si * st
        xmx, xmy = -sin_h * cos_i, cos_h * cos_i
        ux, uy, uz = xmx * sin_l + cos_h * cos_l, xmy * sin_l + sin_h * cos_l, sin_i * sin_l
        r_km = w[MR * LANES + k] * WGS72_RADIUS_KM
        w[PX * LANES + k] = r_km * ux
        w[PY * LANES + k] = r_km * uy
        w[PZ * LANES + k] = r_km * uz
        if wants_velocity:
            vx, vy, vz = xmx * cos_l - cos_h * sin_l, xmy * cos_l - sin_h * sin_l, sin_i * cos_l
            mvt, rvdot = w[MV * LANES + k], w[RV * LANES + k]
            w[VX * LANES + k] = mvt * ux + rvdot * vx
            w[VY * LANES + k] = mvt * uy + rvdot * vy
            w[VZ * LANES + k] = mvt * uz + rvdot * vz


@quick
def judge(w, is_deep):
    """Statuses in the reference's order, and how many lanes are not plainly good."""
    bad = 0
    for k in range(LANES):
        axnl, aynl, mr, em_raw, em = (
            w[AX * LANES + k], w[AYNL * LANES + k], w[MR * LANES + k], w[EM_RAW * LANES + k], w[EM * LANES + k],
        )  # fmt: skip
        el2 = axnl * axnl + aynl * aynl
        status = float(OK)
        status = status if abs(mr) < math.inf else float(NOT_FINITE)
        status = float(DECAYED) if mr < 1.0 else status
        status = float(SEMI_LATUS_RECTUM) if w[AM * LANES + k] * (1.0 - el2) < 0.0 else status
        # a lane that Kepler's steps here do not solve: the scalar kernel walks as the paper does
        status = ASK_SCALAR if max(em * em, el2) > _THREE_STEPS * _THREE_STEPS else status
        if is_deep:
            status = float(PERTURBED_ECCENTRICITY) if (em < 0.0 or em > 1.0) else status
        status = float(MEAN_ECCENTRICITY) if (em_raw >= 1.0 or em_raw < -0.001) else status
        status = w[FAULT * LANES + k] if w[FAULT * LANES + k] != 0.0 else status
        w[STATUS * LANES + k] = status
        bad += status != 0.0
    return bad


@quick
def common_end(w, is_deep, wants_velocity):
    """Mean elements that carry all slower terms (rows AM to XL) to states; returns the count of lanes not good."""
    above_nearly_circular = 0
    above_circular = 0
    above_two_steps = 0
    for k in range(LANES):
        em = w[EM * LANES + k]
        above_nearly_circular += em > _NEARLY_CIRCULAR
        above_circular += em > _ALMOST_CIRCULAR
        above_two_steps += em > _TWO_STEPS
    long_periods(w)
    if above_circular == 0:
        if above_nearly_circular == 0:
            kepler_almost_circular(w, True)
        else:
            kepler_almost_circular(w, False)
        if wants_velocity:
            short_periods(w, True, True)
            orientation(w, True, True)
        else:
            short_periods(w, True, False)
            orientation(w, True, False)
    else:
        kepler_eccentric(w, 2 if above_two_steps == 0 else 3)
        short_periods(w, False, wants_velocity)
        orientation(w, False, wants_velocity)
    return judge(w, is_deep)

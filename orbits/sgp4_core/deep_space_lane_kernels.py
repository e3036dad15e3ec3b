"""SDP4 in lanes (see `lane_kernels`): lunisolar terms and resonance for orbits of 225 minutes and longer.

Resonance is integrated by scalar code before the lanes are filled: its steps of 720 minutes are few, and between them
it is a short polynomial. The switch near the equator (0.2 rad) is a choice by lane, with an arc tangent of its own.
"""

from __future__ import annotations

import math

import numpy as np

from orbits.constants import TAU
from orbits.jit import inner, quick
from orbits.sgp4_core.deep_space_initialisation_kernels import RPTIM, ZEL, ZES, ZNL, ZNS
from orbits.sgp4_core.deep_space_kernels import HALF_STEP_SQUARED, LYDDANE_RAD, STEP_MIN, resonance_rates
from orbits.sgp4_core.lane_kernels import (
    AM,
    AY,
    CA,
    CI,
    CN,
    CONSTANTS,
    EM,
    EM_RAW,
    LANES,
    ML,
    PX,
    PY,
    PZ,
    ROOT_AM,
    SA,
    SI,
    SN,
    VX,
    VY,
    XL,
    T,
    common_end,
    fill_rows,
    sine_alone,
    sine_cosine,
)  # fmt: skip
from orbits.sgp4_core.near_earth_initialisation_kernels import J3OJ2, NEARLY_180_DEG, XKE
from orbits.sgp4_core.status import MEAN_MOTION

ARGPO, ARG_RATE, NODEO, NODE_RATE, NODECF, INCLO, DIDT, ECCO, ECC_RATE, CC1, LT2 = (
    38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48,
)  # fmt: skip
ZMOS, SE2, SE3, SI2, SI3, SL2, SL3, SL4, SGH2, SGH3, SGH4, SH2, SH3 = (
    49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61,
)  # fmt: skip
ZMOL, EE2, E3, XI2, XI3, XL2, XL3, XL4, XGH2, XGH3, XGH4, XH2, XH3 = (
    62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74,
)  # fmt: skip
# per lane: mean anomaly before drag and lunisolar periodics, semi-major axis before drag
MM, A_NOW = 75, 76
DEEP_ROWS = 77
DEEP_CONSTANTS = MM - CONSTANTS
# lunisolar corrections, in rows whose own content comes later
PE, PINC, PL, PGH, PH = PX, PY, PZ, VX, VY

_SERIES_END = 1e-3  # relative change of the mean motion up to which its power is a series


@inner
def deep_space_constants(r, c):
    """The constants of the record `r` in the order of the rows, into `c` (DEEP_CONSTANTS,)."""
    for row, value in enumerate((
        r.argpo, r.argpdot + r.domdt, r.nodeo, r.nodedot + r.dnodt, r.nodecf, r.inclo, r.didt,
        r.ecco, r.dedt - r.bstar * r.cc4, r.cc1, r.no_unkozai * r.t2cof,
        r.zmos, r.se2, r.se3, r.si2, r.si3, r.sl2, r.sl3, r.sl4, r.sgh2, r.sgh3, r.sgh4, r.sh2, r.sh3,
        r.zmol, r.ee2, r.e3, r.xi2, r.xi3, r.xl2, r.xl3, r.xl4, r.xgh2, r.xgh3, r.xgh4, r.xh2, r.xh3,
    )):  # fmt: skip
        c[row] = value


@inner
def fill_deep_space(c, w, first, last):
    """Constants of one object (`c` from `deep_space_constants`) into the lanes first <= k < last."""
    fill_rows(c, DEEP_CONSTANTS, w, first, last)


@inner
def start_resonance(r, carry):
    """Set the resonance integrator (6,) to the epoch: time, mean longitude, mean motion, and their rates there."""
    carry[0], carry[1], carry[2] = 0.0, r.xlamo, r.no_unkozai
    carry[3], carry[4], carry[5] = resonance_rates(r, 0.0, r.xlamo, r.no_unkozai)


@inner
def advance_resonance(r, t, carry):
    """Bring the integrator to the last whole step before `t` minutes after the epoch, as `resonance_at` does."""
    if t * carry[0] < 0.0 or abs(t) < abs(carry[0]):
        start_resonance(r, carry)
    delt = STEP_MIN if t > 0.0 else -STEP_MIN
    while abs(t - carry[0]) >= STEP_MIN:
        carry[1] += carry[3] * delt + carry[4] * HALF_STEP_SQUARED
        carry[2] += carry[4] * delt + carry[5] * HALF_STEP_SQUARED
        carry[0] += delt
        carry[3], carry[4], carry[5] = resonance_rates(r, carry[0], carry[1], carry[2])


@inner
def resonance_holds_until(t, carry):
    """The time (min) up to which the integrator, brought to `t`, stays where it is."""
    return carry[0] if t <= -STEP_MIN else carry[0] + STEP_MIN


@inner
def mean_anomalies(r, minutes, carry, is_frozen, anomaly, axis, fault):
    """Mean anomaly (rad) and semi-major axis (Earth radii) before drag and lunisolar periodics, and MEAN_MOTION or 0.

    At `minutes` since the epoch; `carry` is the resonance integrator, which stays where it is when `is_frozen`.
    """
    if r.irez == 0:
        for k in range(minutes.shape[0]):
            anomaly[k] = r.mo + (r.mdot + r.dmdt) * minutes[k]
            axis[k] = r.a_unkozai
            fault[k] = 0.0 if r.no_unkozai > 0.0 else float(MEAN_MOTION)
        return
    for k in range(minutes.shape[0]):
        t = minutes[k]
        if not is_frozen:
            advance_resonance(r, t, carry)
        ft = t - carry[0]
        nm = carry[2] + carry[4] * ft + carry[5] * ft * ft * 0.5
        longitude = carry[1] + carry[3] * ft + carry[4] * ft * ft * 0.5
        node = r.nodeo + t * (r.nodedot + r.dnodt + t * r.nodecf)
        theta = r.gsto + t * RPTIM
        if r.irez == 1:
            anomaly[k] = longitude - node - (r.argpo + (r.argpdot + r.domdt) * t) + theta
        else:
            anomaly[k] = longitude - 2.0 * node + 2.0 * theta
        change = nm / r.no_unkozai - 1.0
        fault[k] = 0.0
        if abs(change) < _SERIES_END:
            rest = 40.0 / 81.0 - change * (110.0 / 243.0)
            axis[k] = r.a_unkozai * (1.0 - change * (2.0 / 3.0 - change * (5.0 / 9.0 - change * rest)))
        elif nm > 0.0:
            axis[k] = (XKE / nm) ** (2.0 / 3.0)
        else:
            axis[k] = 1.0
            fault[k] = float(MEAN_MOTION)


@quick
def arc_tangent(y, x):
    """The angle of (x, y) in -pi to pi, without a branch, within 3e-14 rad."""
    ay, ax = abs(y), abs(x)
    larger, smaller = max(ay, ax), min(ay, ax)
    is_far = smaller > 0.4142135623730950488 * larger
    q = (smaller - larger if is_far else smaller) / ((smaller + larger if is_far else larger) + 1e-300)
    z = q * q
    angle = q * (0.9999999999999732 + z * (-0.3333333333080158 + z * (0.19999999604639704 + z * (-0.14285690410969262
        + z * (0.11110384726094209 + z * (-0.09078387777920731 + z * (0.07563671793605889
        + z * (-0.058743839156979755 + z * 0.030660553362531068))))))))  # fmt: skip
    angle += 0.25 * math.pi if is_far else 0.0
    angle = 0.5 * math.pi - angle if ay > ax else angle
    angle = math.pi - angle if x < 0.0 else angle
    return -angle if y < 0.0 else angle


@quick
def body_terms(zm, eccentricity):
    """f2, f3 and sin f of the Sun or the Moon from its mean anomaly."""
    sinzf, coszf = sine_cosine(zm + 2.0 * eccentricity * sine_alone(zm))
    return 0.5 * sinzf * sinzf - 0.25, -0.5 * sinzf * coszf, sinzf


@quick
def deep_space_lanes(w, wants_velocity):
    """States at the times in row T, minutes since each lane's epoch; returns the count of lanes not plainly good.

    `fill_deep_space` has filled the constants, `mean_anomalies` the rows MM, A_NOW and FAULT.
    """
    for k in range(LANES):
        f2, f3, sinzf = body_terms(w[ZMOS * LANES + k] + ZNS * w[T * LANES + k], ZES)
        w[PE * LANES + k] = w[SE2 * LANES + k] * f2 + w[SE3 * LANES + k] * f3
        w[PINC * LANES + k] = w[SI2 * LANES + k] * f2 + w[SI3 * LANES + k] * f3
        w[PL * LANES + k] = w[SL2 * LANES + k] * f2 + w[SL3 * LANES + k] * f3 + w[SL4 * LANES + k] * sinzf
        w[PGH * LANES + k] = w[SGH2 * LANES + k] * f2 + w[SGH3 * LANES + k] * f3 + w[SGH4 * LANES + k] * sinzf
        w[PH * LANES + k] = w[SH2 * LANES + k] * f2 + w[SH3 * LANES + k] * f3
    for k in range(LANES):
        f2, f3, sinzf = body_terms(w[ZMOL * LANES + k] + ZNL * w[T * LANES + k], ZEL)
        w[PE * LANES + k] += w[EE2 * LANES + k] * f2 + w[E3 * LANES + k] * f3
        w[PINC * LANES + k] += w[XI2 * LANES + k] * f2 + w[XI3 * LANES + k] * f3
        w[PL * LANES + k] += w[XL2 * LANES + k] * f2 + w[XL3 * LANES + k] * f3 + w[XL4 * LANES + k] * sinzf
        w[PGH * LANES + k] += w[XGH2 * LANES + k] * f2 + w[XGH3 * LANES + k] * f3 + w[XGH4 * LANES + k] * sinzf
        w[PH * LANES + k] += w[XH2 * LANES + k] * f2 + w[XH3 * LANES + k] * f3
    for k in range(LANES):
        t = w[T * LANES + k]
        tempa = 1.0 - w[CC1 * LANES + k] * t
        a_now = w[A_NOW * LANES + k]
        w[AM * LANES + k] = a_now * tempa * tempa
        w[ROOT_AM * LANES + k] = math.sqrt(a_now) * abs(tempa)
        raw = w[ECCO * LANES + k] + w[ECC_RATE * LANES + k] * t
        w[EM_RAW * LANES + k] = raw
        w[EM * LANES + k] = max(raw, 1.0e-6) + w[PE * LANES + k]
        inclination = w[INCLO * LANES + k] + w[DIDT * LANES + k] * t + w[PINC * LANES + k]
        sine, cosine = sine_cosine(inclination)
        w[SI * LANES + k] = sine
        w[CI * LANES + k] = cosine
        w[XL * LANES + k] = inclination
    for k in range(LANES):
        t = w[T * LANES + k]
        sinip, cosip, inclination = w[SI * LANES + k], w[CI * LANES + k], w[XL * LANES + k]
        ph, pinc = w[PH * LANES + k], w[PINC * LANES + k]
        node = w[NODEO * LANES + k] + t * (w[NODE_RATE * LANES + k] + t * w[NODECF * LANES + k])
        perigee = w[ARGPO * LANES + k] + w[ARG_RATE * LANES + k] * t + w[PGH * LANES + k]
        # the paper's node is less whole turns here, and keeps its sign: the correction of perigee depends on it
        within = node - TAU * np.trunc(node * (1.0 / TAU))
        is_low = inclination < LYDDANE_RAD
        turn = arc_tangent(ph, sinip + pinc * cosip)
        turn = turn if is_low else ph / sinip
        perigee -= cosip * turn + (pinc * sinip * within if is_low else 0.0)
        w[CN * LANES + k] = node + turn
        w[CA * LANES + k] = perigee
        w[ML * LANES + k] = (
            w[MM * LANES + k] + w[LT2 * LANES + k] * t * t + w[PL * LANES + k] + perigee
            - (math.pi if inclination < 0.0 else 0.0)
        )  # fmt: skip
    for k in range(LANES):
        # an inclination below zero is counted from the other node
        side = -1.0 if w[XL * LANES + k] < 0.0 else 1.0
        sine, cosine = sine_cosine(w[CN * LANES + k])
        w[SN * LANES + k] = side * sine
        w[CN * LANES + k] = side * cosine
        sine, cosine = sine_cosine(w[CA * LANES + k])
        w[SA * LANES + k] = side * sine
        w[CA * LANES + k] = side * cosine
        sinip, cosip = side * w[SI * LANES + k], w[CI * LANES + k]
        below = 1.0 + cosip
        below = NEARLY_180_DEG if abs(below) <= NEARLY_180_DEG else below
        w[SI * LANES + k] = sinip
        w[AY * LANES + k] = -0.5 * J3OJ2 * sinip
        w[XL * LANES + k] = -0.25 * J3OJ2 * sinip * (3.0 + 5.0 * cosip) / below
    return common_end(w, True, wants_velocity)

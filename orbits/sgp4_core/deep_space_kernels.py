"""SDP4 at any time: lunisolar terms and resonance before the common end of both theories.

Source: AIAA 2006-6753, dspace and dpper.

Resonance is integrated from the epoch in steps of 720 minutes, as the paper does; the state of the integrator can be
carried from one time to the next (`resonance_at`), which changes no digit.
"""

from __future__ import annotations

import math

from orbits.constants import TAU
from orbits.jit import inner
from orbits.sgp4_core.angle_kernels import wrapped
from orbits.sgp4_core.deep_space_initialisation_kernels import RPTIM, ZEL, ZES, ZNL, ZNS
from orbits.sgp4_core.near_earth_initialisation_kernels import XKE, long_period_coefficients
from orbits.sgp4_core.near_earth_kernels import failed, state_from_mean, within_one_turn
from orbits.sgp4_core.status import MEAN_ECCENTRICITY, MEAN_MOTION, PERTURBED_ECCENTRICITY

STEP_MIN = 720.0
HALF_STEP_SQUARED = 259200.0
_FASX2, _FASX4, _FASX6 = 0.13130908, 2.8843198, 0.37448087
_G22, _G32, _G44, _G52, _G54 = 5.7686396, 0.95240898, 1.8014998, 1.0508330, 4.4108898
LYDDANE_RAD = 0.2  # below this inclination the periodics are applied to the orbit's pole


@inner
def less(sine, cosine, angle_rad):
    """Sine and cosine of an angle less a constant one (whose own sine and cosine the compiler knows)."""
    s, c = math.sin(angle_rad), math.cos(angle_rad)
    return sine * c - cosine * s, cosine * c + sine * s


@inner
def both_ways(wave, sine, cosine, plus, minus):
    """plus sin(a + b) + minus sin(a - b) and the same of cosines; `wave` is (sin a, cos a), then sin b and cos b."""
    total, difference = plus + minus, plus - minus
    return (
        total * wave[0] * cosine + difference * wave[1] * sine,
        total * wave[1] * cosine - difference * wave[0] * sine,
    )


@inner
def resonance_rates(r, atime, xli, xni):
    """First derivatives of the mean longitude and of the mean motion, and the second of the latter.

    Every argument is a sum of multiples of two angles, so two sines and two cosines serve for all twenty.
    """
    xldot = xni + r.xfact
    s1, c1 = math.sin(xli), math.cos(xli)
    s2, c2 = 2.0 * s1 * c1, 1.0 - 2.0 * s1 * s1
    if r.irez == 1:
        s3, c3 = s2 * c1 + c2 * s1, c2 * c1 - s2 * s1
        once, twice, thrice = less(s1, c1, _FASX2), less(s2, c2, 2.0 * _FASX4), less(s3, c3, 3.0 * _FASX6)
        xndt = r.del1 * once[0] + r.del2 * twice[0] + r.del3 * thrice[0]
        xnddt = r.del1 * once[1] + 2.0 * r.del2 * twice[1] + 3.0 * r.del3 * thrice[1]
        return xldot, xndt, xnddt * xldot
    xomi = r.argpo + r.argpdot * atime
    so, co = math.sin(xomi), math.cos(xomi)
    w22 = less(s1, c1, _G22)
    w44 = less(s2, c2, _G44)
    a2 = both_ways(w22, 2.0 * so * co, 1.0 - 2.0 * so * so, r.d2201, 0.0)
    a3 = both_ways(less(s1, c1, _G32), so, co, r.d3210, r.d3222)
    a4 = both_ways(w44, 2.0 * so * co, 1.0 - 2.0 * so * so, r.d4410, 0.0)
    a5 = both_ways(less(s1, c1, _G52), so, co, r.d5220, r.d5232)
    b5 = both_ways(less(s2, c2, _G54), so, co, r.d5421, r.d5433)
    xndt = a2[0] + r.d2211 * w22[0] + a3[0] + a4[0] + r.d4422 * w44[0] + a5[0] + b5[0]
    xnddt = a2[1] + r.d2211 * w22[1] + a3[1] + a5[1] + 2.0 * (a4[1] + r.d4422 * w44[1] + b5[1])
    return xldot, xndt, xnddt * xldot


@inner
def resonance_at(r, t, atime, xli, xni):
    """Integrate to the last whole step before `t`: the integrator's state, mean longitude and mean motion at `t`.

    `atime`, `xli`, `xni` are the state it was left in; any state on the other side of the epoch or beyond `t` is
    dropped and the epoch's taken, so that the answer never depends on the order of the questions.
    """
    if atime == 0.0 or t * atime <= 0.0 or abs(t) < abs(atime):
        atime, xli, xni = 0.0, r.xlamo, r.no_unkozai
    delt = STEP_MIN if t > 0.0 else -STEP_MIN
    xldot, xndt, xnddt = resonance_rates(r, atime, xli, xni)
    while abs(t - atime) >= STEP_MIN:
        xli += xldot * delt + xndt * HALF_STEP_SQUARED
        xni += xndt * delt + xnddt * HALF_STEP_SQUARED
        atime += delt
        xldot, xndt, xnddt = resonance_rates(r, atime, xli, xni)
    ft = t - atime
    nm = xni + xndt * ft + xnddt * ft * ft * 0.5
    xl = xli + xldot * ft + xndt * ft * ft * 0.5
    return atime, xli, xni, xl, nm


@inner
def lunisolar_periodics(r, t):
    """Long-period lunisolar corrections at `t`: eccentricity, inclination, mean longitude, perigee, node (dpper)."""
    zm = r.zmos + ZNS * t
    zf = zm + 2.0 * ZES * math.sin(zm)
    sinzf = math.sin(zf)
    f2 = 0.5 * sinzf * sinzf - 0.25
    f3 = -0.5 * sinzf * math.cos(zf)
    pe = r.se2 * f2 + r.se3 * f3
    pinc = r.si2 * f2 + r.si3 * f3
    pl = r.sl2 * f2 + r.sl3 * f3 + r.sl4 * sinzf
    pgh = r.sgh2 * f2 + r.sgh3 * f3 + r.sgh4 * sinzf
    ph = r.sh2 * f2 + r.sh3 * f3
    zm = r.zmol + ZNL * t
    zf = zm + 2.0 * ZEL * math.sin(zm)
    sinzf = math.sin(zf)
    f2 = 0.5 * sinzf * sinzf - 0.25
    f3 = -0.5 * sinzf * math.cos(zf)
    return (
        pe + r.ee2 * f2 + r.e3 * f3,
        pinc + r.xi2 * f2 + r.xi3 * f3,
        pl + r.xl2 * f2 + r.xl3 * f3 + r.xl4 * sinzf,
        pgh + r.xgh2 * f2 + r.xgh3 * f3 + r.xgh4 * sinzf,
        ph + r.xh2 * f2 + r.xh3 * f3,
    )


@inner
def deep_space_state(r, t, atime, xli, xni):
    """State of a deep-space record `t` minutes after its epoch, then the integrator's state to hand in next time."""
    argpm = r.argpo + r.argpdot * t + r.domdt * t
    nodem = r.nodeo + r.nodedot * t + r.nodecf * t * t + r.dnodt * t
    mm = r.mo + r.mdot * t + r.dmdt * t
    inclm = r.inclo + r.didt * t
    em = r.ecco + r.dedt * t
    nm = r.no_unkozai
    am = r.a_unkozai
    if r.irez != 0:
        atime, xli, xni, xl, nm = resonance_at(r, t, atime, xli, xni)
        theta = wrapped(r.gsto + t * RPTIM)
        mm = xl - nodem - argpm + theta if r.irez == 1 else xl - 2.0 * nodem + 2.0 * theta
        if nm <= 0.0:
            return failed(MEAN_MOTION), atime, xli, xni
        am = (XKE / nm) ** (2.0 / 3.0)
    elif nm <= 0.0:
        return failed(MEAN_MOTION), atime, xli, xni
    tempa = 1.0 - r.cc1 * t
    am *= tempa * tempa
    nm = XKE / (am * math.sqrt(am))
    em -= r.bstar * r.cc4 * t
    if em >= 1.0 or em < -0.001:
        return failed(MEAN_ECCENTRICITY), atime, xli, xni
    em = max(em, 1.0e-6)
    nodep, argpp, mm = within_one_turn(nodem, argpm, mm + r.no_unkozai * r.t2cof * t * t)

    pe, pinc, pl, pgh, ph = lunisolar_periodics(r, t)
    inclp = inclm + pinc
    ep = em + pe
    sinip, cosip = math.sin(inclp), math.cos(inclp)
    if inclp >= LYDDANE_RAD:
        ph /= sinip
        argpp += pgh - cosip * ph
        nodep += ph
        mp = mm + pl
    else:
        sinop, cosop = math.sin(nodep), math.cos(nodep)
        alfdp = sinip * sinop + ph * cosop + pinc * cosip * sinop
        betdp = sinip * cosop - ph * sinop + pinc * cosip * cosop
        xls = mm + argpp + pl + pgh + (cosip - pinc * sinip) * nodep
        before = nodep
        nodep = math.atan2(alfdp, betdp)
        if abs(before - nodep) > math.pi:
            nodep += TAU if nodep < before else -TAU
        mp = mm + pl
        argpp = xls - mp - cosip * nodep
    if inclp < 0.0:
        inclp = -inclp
        nodep += math.pi
        argpp -= math.pi
        sinip = -sinip
    if ep < 0.0 or ep > 1.0:
        return failed(PERTURBED_ECCENTRICITY), atime, xli, xni
    aycof, xlcof = long_period_coefficients(sinip, cosip)
    cos2 = cosip * cosip
    state = state_from_mean(
        am, nm, ep, nodep, argpp, mp,
        sinip, cosip, aycof, xlcof, 3.0 * cos2 - 1.0, 1.0 - cos2, 7.0 * cos2 - 1.0,
    )  # fmt: skip
    return state, atime, xli, xni

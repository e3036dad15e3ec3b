"""SGP4 at any time: secular gravity and drag, Kepler, short periods (AIAA 2006-6753, sgp4).

`state_from_mean` is the common end of both theories. Status first, then position (km) and velocity (km/s) in TEME;
where the status is not 0 the six numbers are NaN.
"""

from __future__ import annotations

import math

from orbits.constants import WGS72_J2, WGS72_RADIUS_KM
from orbits.jit import inner
from orbits.sgp4_core.angle_kernels import turned, wrapped
from orbits.sgp4_core.near_earth_initialisation_kernels import XKE
from orbits.sgp4_core.status import DECAYED, MEAN_ECCENTRICITY, MEAN_MOTION, NOT_FINITE, OK, SEMI_LATUS_RECTUM

VKMPERSEC = WGS72_RADIUS_KM * XKE / 60.0
_KEPLER_TOLERANCE = 1.0e-12
_KEPLER_STEPS = 10
_KEPLER_LARGEST_STEP = 0.95
NAN = math.nan


@inner
def failed(status):
    """A state that does not exist."""
    return status, NAN, NAN, NAN, NAN, NAN, NAN


@inner
def state_from_mean(am, nm, ep, nodep, argpp, mp, sinip, cosip, aycof, xlcof, con41, x1mth2, x7thm1):
    """Long periods, Kepler's equation and short periods, from mean elements that carry all slower terms."""
    sinarg, cosarg = math.sin(argpp), math.cos(argpp)
    temp = 1.0 / (am * (1.0 - ep * ep))
    axnl = ep * cosarg
    aynl = ep * sinarg + temp * aycof
    u = wrapped(mp + argpp + temp * xlcof * axnl)

    # Newton on Kepler's equation; each step turns the known sine and cosine.
    # Near e = 1 ten steps are not enough: then the paper's last step is computed but not used, and so here.
    eo1 = u
    sineo1, coseo1 = math.sin(eo1), math.cos(eo1)
    for iteration in range(_KEPLER_STEPS):
        step = (u - aynl * coseo1 + axnl * sineo1 - eo1) / (1.0 - coseo1 * axnl - sineo1 * aynl)
        if abs(step) < _KEPLER_TOLERANCE or iteration == _KEPLER_STEPS - 1:
            break
        step = min(max(step, -_KEPLER_LARGEST_STEP), _KEPLER_LARGEST_STEP)
        eo1 += step
        sineo1, coseo1 = turned(sineo1, coseo1, step)

    ecose = axnl * coseo1 + aynl * sineo1
    esine = axnl * sineo1 - aynl * coseo1
    el2 = axnl * axnl + aynl * aynl
    pl = am * (1.0 - el2)
    if pl < 0.0:
        return failed(SEMI_LATUS_RECTUM)
    rl = am * (1.0 - ecose)
    rdotl = math.sqrt(am) * esine / rl
    rvdotl = math.sqrt(pl) / rl
    betal = math.sqrt(1.0 - el2)
    temp = esine / (1.0 + betal)
    sinu = am / rl * (sineo1 - aynl - axnl * temp)
    cosu = am / rl * (coseo1 - axnl + aynl * temp)
    sin2u = (cosu + cosu) * sinu
    cos2u = 1.0 - 2.0 * sinu * sinu
    temp1 = 0.5 * WGS72_J2 / pl
    temp2 = temp1 / pl

    mrt = rl * (1.0 - 1.5 * temp2 * betal * con41) + 0.5 * temp1 * x1mth2 * cos2u
    mvt = rdotl - nm * temp1 * x1mth2 * sin2u / XKE
    rvdot = rvdotl + nm * temp1 * (x1mth2 * cos2u + 1.5 * con41) / XKE
    if mrt < 1.0:
        return failed(DECAYED)
    if not math.isfinite(mrt):
        return failed(NOT_FINITE)

    # short periods of latitude, node and inclination: below 1e-3 rad for every orbit that clears the Earth
    scale = math.sqrt(1.0 / (sinu * sinu + cosu * cosu))
    sinsu, cossu = turned(sinu * scale, cosu * scale, -0.25 * temp2 * x7thm1 * sin2u)
    snod, cnod = turned(math.sin(nodep), math.cos(nodep), 1.5 * temp2 * cosip * sin2u)
    sini, cosi = turned(sinip, cosip, 1.5 * temp2 * cosip * sinip * cos2u)
    xmx = -snod * cosi
    xmy = cnod * cosi
    ux = xmx * sinsu + cnod * cossu
    uy = xmy * sinsu + snod * cossu
    uz = sini * sinsu
    vx = xmx * cossu - cnod * sinsu
    vy = xmy * cossu - snod * sinsu
    vz = sini * cossu
    r_km = mrt * WGS72_RADIUS_KM
    return (
        OK, r_km * ux, r_km * uy, r_km * uz,
        (mvt * ux + rvdot * vx) * VKMPERSEC, (mvt * uy + rvdot * vy) * VKMPERSEC, (mvt * uz + rvdot * vz) * VKMPERSEC,
    )  # fmt: skip


@inner
def within_one_turn(nodem, argpm, mm):
    """Node, argument of perigee and mean anomaly less whole turns, by way of the mean longitude as in the paper.

    Near e = 1 the ten steps of Kepler's equation do not converge, and the turn it starts from shows in the state.
    """
    longitude = wrapped(mm + argpm + nodem)
    nodem = wrapped(nodem)
    argpm = wrapped(argpm)
    return nodem, argpm, wrapped(longitude - argpm - nodem)


@inner
def near_earth_state(r, t):
    """State of a near-earth record `t` minutes after its epoch."""
    xmdf = r.mo + r.mdot * t
    argpm = r.argpo + r.argpdot * t
    t2 = t * t
    nodem = r.nodeo + r.nodedot * t + r.nodecf * t2
    tempa = 1.0 - r.cc1 * t
    tempe = r.bstar * r.cc4 * t
    templ = r.t2cof * t2
    mm = xmdf
    if r.isimp == 0:
        turned = 1.0 + r.eta * math.cos(xmdf)
        temp = r.omgcof * t + r.xmcof * (turned * turned * turned - r.delmo)
        mm = xmdf + temp
        argpm -= temp
        t3 = t2 * t
        t4 = t3 * t
        tempa -= r.d2 * t2 + r.d3 * t3 + r.d4 * t4
        tempe += r.bstar * r.cc5 * (math.sin(mm) - r.sinmao)
        templ += r.t3cof * t3 + t4 * (r.t4cof + t * r.t5cof)
    if r.no_unkozai <= 0.0:
        return failed(MEAN_MOTION)
    am = r.a_unkozai * tempa * tempa
    nm = XKE / (am * math.sqrt(am))
    em = r.ecco - tempe
    if em >= 1.0 or em < -0.001:
        return failed(MEAN_ECCENTRICITY)
    em = max(em, 1.0e-6)
    nodem, argpm, mm = within_one_turn(nodem, argpm, mm + r.no_unkozai * templ)
    return state_from_mean(
        am, nm, em, nodem, argpm, mm,
        r.sinio, r.cosio, r.aycof, r.xlcof, r.con41, r.x1mth2, r.x7thm1,
    )  # fmt: skip

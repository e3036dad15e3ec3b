"""SGP4 initialisation: from mean elements to the constants that every later state needs (AIAA 2006-6753, sgp4init).

Kernels: arrays in, record filled. Angles in radians, mean motion in radians per minute.
"""

from __future__ import annotations

import math

from orbits.constants import (
    SGP4_DEEP_SPACE_PERIOD_MIN,
    TAU,
    WGS72_J2,
    WGS72_J3,
    WGS72_J4,
    WGS72_MU_KM3_S2,
    WGS72_RADIUS_KM,
)
from orbits.jit import column, entry, f8, inner, out, record_type
from orbits.sgp4_core.angle_kernels import wrapped
from orbits.sgp4_core.deep_space_initialisation_kernels import initialise_deep_space
from orbits.sgp4_core.record import SGP4_RECORD
from orbits.sgp4_core.status import NOT_FINITE

XKE = 60.0 / math.sqrt(WGS72_RADIUS_KM**3 / WGS72_MU_KM3_S2)  # 0.0743669161331734 (Earth radii)^1.5 per minute
J3OJ2 = WGS72_J3 / WGS72_J2
_SMALL_ECCENTRICITY = 1.0e-4  # below it the drag terms in 1/e are left out
NEARLY_180_DEG = 1.5e-12  # guards 1 + cos i in the long-period term


@inner
def greenwich_sidereal_angle_rad(jd_ut1):
    """GMST of 1982 (Aoki et al.) in [0, 2 pi) from one UT1 Julian date, as SGP4 itself computes it."""
    centuries = (jd_ut1 - 2451545.0) / 36525.0
    seconds = (
        -6.2e-6 * centuries * centuries * centuries
        + 0.093104 * centuries * centuries
        + (876600.0 * 3600.0 + 8640184.812866) * centuries
        + 67310.54841
    )
    return wrapped(wrapped(seconds * (math.pi / 180.0) / 240.0) + TAU)


@inner
def long_period_coefficients(sini, cosi):
    """The J3 coefficients aycof and xlcof of an inclination."""
    below = 1.0 + cosi
    if abs(below) <= NEARLY_180_DEG:
        below = NEARLY_180_DEG
    return -0.5 * J3OJ2 * sini, -0.25 * J3OJ2 * sini * (3.0 + 5.0 * cosi) / below


@inner
def initialise_object(r, days_1950):
    """Fill the record `r`, whose mean elements (Kozai mean motion in no_unkozai) and epoch are set already."""
    e = r.ecco
    esq = e * e
    omeosq = 1.0 - esq
    rteosq = math.sqrt(omeosq)
    cosio = math.cos(r.inclo)
    sinio = math.sin(r.inclo)
    cosio2 = cosio * cosio

    # Kozai's mean motion, as printed, to Brouwer's
    kozai = r.no_unkozai
    ak = (XKE / kozai) ** (2.0 / 3.0)
    d1 = 0.75 * WGS72_J2 * (3.0 * cosio2 - 1.0) / (rteosq * omeosq)
    delta = d1 / (ak * ak)
    adel = ak * (1.0 - delta * delta - delta * (1.0 / 3.0 + 134.0 * delta * delta / 81.0))
    delta = d1 / (adel * adel)
    n = kozai / (1.0 + delta)
    a = (XKE / n) ** (2.0 / 3.0)
    r.no_unkozai = n
    r.a_unkozai = a
    r.sinio = sinio
    r.cosio = cosio
    con42 = 1.0 - 5.0 * cosio2
    con41 = 3.0 * cosio2 - 1.0
    r.con41 = con41
    r.x1mth2 = 1.0 - cosio2
    r.x7thm1 = 7.0 * cosio2 - 1.0
    r.aycof, r.xlcof = long_period_coefficients(sinio, cosio)
    r.gsto = greenwich_sidereal_angle_rad(days_1950 + 2433281.5)
    p = a * omeosq
    pinvsq = 1.0 / (p * p)
    rp = a * (1.0 - e)
    r.isimp = 1 if rp < 220.0 / WGS72_RADIUS_KM + 1.0 else 0

    # density parameter s and (q0 - s)^4, lowered with the perigee
    perigee_km = (rp - 1.0) * WGS72_RADIUS_KM
    s_km = 78.0
    if perigee_km < 156.0:
        s_km = 20.0 if perigee_km < 98.0 else perigee_km - 78.0
    qzms = (120.0 - s_km) / WGS72_RADIUS_KM
    qzms24 = qzms * qzms * qzms * qzms
    sfour = s_km / WGS72_RADIUS_KM + 1.0

    tsi = 1.0 / (a - sfour)
    eta = a * e * tsi
    etasq = eta * eta
    eeta = e * eta
    psisq = abs(1.0 - etasq)
    coef = qzms24 * tsi**4
    coef1 = coef / psisq**3.5
    cc2 = (
        coef1
        * n
        * (
            a * (1.0 + 1.5 * etasq + eeta * (4.0 + etasq))
            + 0.375 * WGS72_J2 * tsi / psisq * con41 * (8.0 + 3.0 * etasq * (8.0 + etasq))
        )
    )
    cc1 = r.bstar * cc2
    r.cc1 = cc1
    r.eta = eta
    r.cc4 = (
        2.0
        * n
        * coef1
        * a
        * omeosq
        * (
            eta * (2.0 + 0.5 * etasq)
            + e * (0.5 + 2.0 * etasq)
            - WGS72_J2
            * tsi
            / (a * psisq)
            * (
                -3.0 * con41 * (1.0 - 2.0 * eeta + etasq * (1.5 - 0.5 * eeta))
                + 0.75 * r.x1mth2 * (2.0 * etasq - eeta * (1.0 + etasq)) * math.cos(2.0 * r.argpo)
            )
        )
    )
    r.cc5 = 2.0 * coef1 * a * omeosq * (1.0 + 2.75 * (etasq + eeta) + eeta * etasq)

    # secular rates from J2, J2^2 and J4
    cosio4 = cosio2 * cosio2
    temp1 = 1.5 * WGS72_J2 * pinvsq * n
    temp2 = 0.5 * temp1 * WGS72_J2 * pinvsq
    temp3 = -0.46875 * WGS72_J4 * pinvsq * pinvsq * n
    r.mdot = n + 0.5 * temp1 * rteosq * con41 + 0.0625 * temp2 * rteosq * (13.0 - 78.0 * cosio2 + 137.0 * cosio4)
    r.argpdot = (
        -0.5 * temp1 * con42
        + 0.0625 * temp2 * (7.0 - 114.0 * cosio2 + 395.0 * cosio4)
        + temp3 * (3.0 - 36.0 * cosio2 + 49.0 * cosio4)
    )
    xhdot1 = -temp1 * cosio
    r.nodedot = xhdot1 + (0.5 * temp2 * (4.0 - 19.0 * cosio2) + 2.0 * temp3 * (3.0 - 7.0 * cosio2)) * cosio

    r.omgcof = 0.0
    r.xmcof = 0.0
    if e > _SMALL_ECCENTRICITY:
        cc3 = -2.0 * coef * tsi * J3OJ2 * n * sinio / e
        r.omgcof = r.bstar * cc3 * math.cos(r.argpo)
        r.xmcof = -(2.0 / 3.0) * coef * r.bstar / eeta
    r.nodecf = 3.5 * omeosq * xhdot1 * cc1
    r.t2cof = 1.5 * cc1
    r.delmo = (1.0 + eta * math.cos(r.mo)) ** 3
    r.sinmao = math.sin(r.mo)

    r.is_deep = 1 if TAU / n >= SGP4_DEEP_SPACE_PERIOD_MIN else 0
    if r.is_deep == 1:
        r.isimp = 1
        initialise_deep_space(r, days_1950, XKE)
    if r.isimp == 0:
        cc1sq = cc1 * cc1
        r.d2 = 4.0 * a * tsi * cc1sq
        temp = r.d2 * tsi * cc1 / 3.0
        r.d3 = (17.0 * a + sfour) * temp
        r.d4 = 0.5 * temp * a * tsi * (221.0 * a + 31.0 * sfour) * cc1
        r.t3cof = r.d2 + 2.0 * cc1sq
        r.t4cof = 0.25 * (3.0 * r.d3 + cc1 * (12.0 * r.d2 + 10.0 * cc1sq))
        r.t5cof = 0.2 * (3.0 * r.d4 + 12.0 * cc1 * r.d3 + 6.0 * r.d2 * r.d2 + 15.0 * cc1sq * (2.0 * r.d2 + cc1sq))
    if not (math.isfinite(n) and math.isfinite(r.mdot) and math.isfinite(cc1)):
        r.status = NOT_FINITE


@entry(column(f8, 2), out(record_type(SGP4_RECORD)))
def initialise_kernel(elements, records):
    """Fill one record per row of `elements`.

    Columns: epoch day (UTC Julian date), epoch fraction, Kozai mean motion (rad/min), eccentricity, inclination,
    node, argument of perigee, mean anomaly (rad), B* (1/Earth radii). A non-zero `status` is left alone.
    """
    for row in range(elements.shape[0]):
        r = records[row]
        r.epoch_jd_day = elements[row, 0]
        r.epoch_day_fraction = elements[row, 1]
        r.no_unkozai = elements[row, 2]
        r.ecco = elements[row, 3]
        r.inclo = elements[row, 4]
        r.nodeo = elements[row, 5]
        r.argpo = elements[row, 6]
        r.mo = elements[row, 7]
        r.bstar = elements[row, 8]
        if r.status == 0:
            initialise_object(r, elements[row, 0] + elements[row, 1] - 2433281.5)

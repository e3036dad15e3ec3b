"""SDP4 initialisation: lunisolar and resonance constants of orbits of 225 minutes and longer (AIAA 2006-6753).

Sun and Moon go through one function, `third_body`; resonances follow Hujsak's polynomials in the eccentricity.
"""

from __future__ import annotations

import math

from orbits.jit import inner
from orbits.sgp4_core.angle_kernels import wrapped

ZNS, ZES = 1.19459e-5, 0.01675  # Sun: mean motion rad/min, eccentricity
ZNL, ZEL = 1.5835218e-4, 0.05490  # Moon
C1SS, C1L = 2.9864797e-6, 4.7968065e-7  # perturbation coefficients of Sun and Moon
RPTIM = 4.37526908801129966e-3  # rotation of the Earth, rad/min
_THREE_DEG_RAD = 5.2359877e-2  # the node's rate is dropped within 3 deg of the equator
_Q22, _Q31, _Q33 = 1.7891679e-6, 2.1460748e-6, 2.2123015e-7
_ROOT22, _ROOT32, _ROOT44, _ROOT52, _ROOT54 = 1.7891679e-6, 3.7393792e-7, 7.3636953e-9, 1.1428639e-7, 2.1765803e-9


@inner
def third_body(cc, zcosg, zsing, zcosi, zsini, zcosh, zsinh, sini, cosi, sino, coso, e, n):
    """Averaged perturbation of one distant body: s1..s7 and the z coefficients.

    The body is given by its strength `cc` and by sine and cosine of its perigee (g), inclination (i) and node (h,
    relative to the satellite's node); the satellite by inclination, argument of perigee, eccentricity, mean motion.
    """
    esq = e * e
    betasq = 1.0 - esq
    rte = math.sqrt(betasq)
    a1 = zcosg * zcosh + zsing * zcosi * zsinh
    a3 = -zsing * zcosh + zcosg * zcosi * zsinh
    a7 = -zcosg * zsinh + zsing * zcosi * zcosh
    a8 = zsing * zsini
    a9 = zsing * zsinh + zcosg * zcosi * zcosh
    a10 = zcosg * zsini
    a2 = cosi * a7 + sini * a8
    a4 = cosi * a9 + sini * a10
    a5 = -sini * a7 + cosi * a8
    a6 = -sini * a9 + cosi * a10
    x1 = a1 * coso + a2 * sino
    x2 = a3 * coso + a4 * sino
    x3 = -a1 * sino + a2 * coso
    x4 = -a3 * sino + a4 * coso
    x5 = a5 * sino
    x6 = a6 * sino
    x7 = a5 * coso
    x8 = a6 * coso
    z31 = 12.0 * x1 * x1 - 3.0 * x3 * x3
    z32 = 24.0 * x1 * x2 - 6.0 * x3 * x4
    z33 = 12.0 * x2 * x2 - 3.0 * x4 * x4
    z1 = 6.0 * (a1 * a1 + a2 * a2) + (1.0 + esq) * z31
    z2 = 12.0 * (a1 * a3 + a2 * a4) + (1.0 + esq) * z32
    z3 = 6.0 * (a3 * a3 + a4 * a4) + (1.0 + esq) * z33
    z11 = -6.0 * a1 * a5 + esq * (-24.0 * x1 * x7 - 6.0 * x3 * x5)
    z12 = -6.0 * (a1 * a6 + a3 * a5) + esq * (-24.0 * (x2 * x7 + x1 * x8) - 6.0 * (x3 * x6 + x4 * x5))
    z13 = -6.0 * a3 * a6 + esq * (-24.0 * x2 * x8 - 6.0 * x4 * x6)
    z21 = 6.0 * a2 * a5 + esq * (24.0 * x1 * x5 - 6.0 * x3 * x7)
    z22 = 6.0 * (a4 * a5 + a2 * a6) + esq * (24.0 * (x2 * x5 + x1 * x6) - 6.0 * (x4 * x7 + x3 * x8))
    z23 = 6.0 * a4 * a6 + esq * (24.0 * x2 * x6 - 6.0 * x4 * x8)
    s3 = cc / n
    s2 = -0.5 * s3 / rte
    s4 = s3 * rte
    s1 = -15.0 * e * s4
    s5 = x1 * x3 + x2 * x4
    s6 = x2 * x3 + x1 * x4
    s7 = x2 * x4 - x1 * x3
    return s1, s2, s3, s4, s5, s6, s7, z1, z2, z3, z11, z12, z13, z21, z22, z23, z31, z32, z33


@inner
def initialise_deep_space(r, days_1950, xke):
    """Add the deep-space constants to the record `r`, whose near-earth constants are set."""
    e, n = r.ecco, r.no_unkozai
    esq = e * e
    sini, cosi = r.sinio, r.cosio
    snod, cnod = math.sin(r.nodeo), math.cos(r.nodeo)
    sino, coso = math.sin(r.argpo), math.cos(r.argpo)

    # where Sun and Moon are, in days from 1900 January 0.5
    day = days_1950 + 18261.5
    xnodce = wrapped(4.5236020 - 9.2422029e-4 * day)
    stem, ctem = math.sin(xnodce), math.cos(xnodce)
    zcosil = 0.91375164 - 0.03568096 * ctem
    zsinil = math.sqrt(1.0 - zcosil * zcosil)
    zsinhl = 0.089683511 * stem / zsinil
    zcoshl = math.sqrt(1.0 - zsinhl * zsinhl)
    gam = 5.8351514 + 0.0019443680 * day
    zx = gam + math.atan2(0.39785416 * stem / zsinil, zcoshl * ctem + 0.91744867 * zsinhl * stem) - xnodce
    r.zmol = wrapped(4.7199672 + 0.22997150 * day - gam)
    r.zmos = wrapped(6.2565837 + 0.017201977 * day)

    ss1, ss2, ss3, ss4, ss5, ss6, ss7, sz1, sz2, sz3, sz11, sz12, sz13, sz21, sz22, sz23, sz31, sz32, sz33 = third_body(
        C1SS, 0.1945905, -0.98088458, 0.91744867, 0.39785416, cnod, snod, sini, cosi, sino, coso, e, n
    )
    s1, s2, s3, s4, s5, s6, s7, z1, z2, z3, z11, z12, z13, z21, z22, z23, z31, z32, z33 = third_body(
        C1L, math.cos(zx), math.sin(zx), zcosil, zsinil,
        zcoshl * cnod + zsinhl * snod, snod * zcoshl - cnod * zsinhl, sini, cosi, sino, coso, e, n,
    )  # fmt: skip

    # periodic amplitudes
    r.se2, r.se3 = 2.0 * ss1 * ss6, 2.0 * ss1 * ss7
    r.si2, r.si3 = 2.0 * ss2 * sz12, 2.0 * ss2 * (sz13 - sz11)
    r.sl2, r.sl3, r.sl4 = -2.0 * ss3 * sz2, -2.0 * ss3 * (sz3 - sz1), -2.0 * ss3 * (-21.0 - 9.0 * esq) * ZES
    r.sgh2, r.sgh3, r.sgh4 = 2.0 * ss4 * sz32, 2.0 * ss4 * (sz33 - sz31), -18.0 * ss4 * ZES
    r.sh2, r.sh3 = -2.0 * ss2 * sz22, -2.0 * ss2 * (sz23 - sz21)
    r.ee2, r.e3 = 2.0 * s1 * s6, 2.0 * s1 * s7
    r.xi2, r.xi3 = 2.0 * s2 * z12, 2.0 * s2 * (z13 - z11)
    r.xl2, r.xl3, r.xl4 = -2.0 * s3 * z2, -2.0 * s3 * (z3 - z1), -2.0 * s3 * (-21.0 - 9.0 * esq) * ZEL
    r.xgh2, r.xgh3, r.xgh4 = 2.0 * s4 * z32, 2.0 * s4 * (z33 - z31), -18.0 * s4 * ZEL
    r.xh2, r.xh3 = -2.0 * s2 * z22, -2.0 * s2 * (z23 - z21)

    # secular rates
    shs = -ZNS * ss2 * (sz21 + sz23)
    shll = -ZNL * s2 * (z21 + z23)
    if r.inclo < _THREE_DEG_RAD or r.inclo > math.pi - _THREE_DEG_RAD:
        shs = 0.0
        shll = 0.0
    if sini != 0.0:
        shs = shs / sini
        shll = shll / sini
    else:
        shll = 0.0
    r.dedt = ss1 * ZNS * ss5 + s1 * ZNL * s5
    r.didt = ss2 * ZNS * (sz11 + sz13) + s2 * ZNL * (z11 + z13)
    r.dmdt = -ZNS * ss3 * (sz1 + sz3 - 14.0 - 6.0 * esq) - ZNL * s3 * (z1 + z3 - 14.0 - 6.0 * esq)
    r.domdt = ss4 * ZNS * (sz31 + sz33 - 6.0) - cosi * shs + s4 * ZNL * (z31 + z33 - 6.0) - cosi * shll
    r.dnodt = shs + shll

    # resonance
    r.irez = 0
    if 0.0034906585 < n < 0.0052359877:
        r.irez = 1
    if 8.26e-3 <= n <= 9.24e-3 and e >= 0.5:
        r.irez = 2
    theta = wrapped(r.gsto)
    aonv = (n / xke) ** (2.0 / 3.0)
    if r.irez == 1:
        g200 = 1.0 + esq * (-2.5 + 0.8125 * esq)
        g310 = 1.0 + 2.0 * esq
        g300 = 1.0 + esq * (-6.0 + 6.60937 * esq)
        f220 = 0.75 * (1.0 + cosi) * (1.0 + cosi)
        f311 = 0.9375 * sini * sini * (1.0 + 3.0 * cosi) - 0.75 * (1.0 + cosi)
        f330 = 1.875 * (1.0 + cosi) ** 3
        strength = 3.0 * n * n * aonv * aonv
        r.del1 = strength * f311 * g310 * _Q31 * aonv
        r.del2 = 2.0 * strength * f220 * g200 * _Q22
        r.del3 = 3.0 * strength * f330 * g300 * _Q33 * aonv
        r.xlamo = wrapped(r.mo + r.nodeo + r.argpo - theta)
        r.xfact = r.mdot + r.argpdot + r.nodedot - RPTIM + r.dmdt + r.domdt + r.dnodt - n
    elif r.irez == 2:
        half_day_resonance(r, e, sini, cosi, n, aonv)
        r.xlamo = wrapped(r.mo + r.nodeo + r.nodeo - theta - theta)
        r.xfact = r.mdot + r.dmdt + 2.0 * (r.nodedot + r.dnodt - RPTIM) - n


@inner
def half_day_resonance(r, e, sini, cosi, n, aonv):
    """The ten coefficients of half-day resonance, Hujsak's polynomials in the eccentricity."""
    e2 = e * e
    e3 = e * e2
    g201 = -0.306 - (e - 0.64) * 0.440
    if e <= 0.65:
        g211 = 3.616 - 13.2470 * e + 16.2900 * e2
        g310 = -19.302 + 117.3900 * e - 228.4190 * e2 + 156.5910 * e3
        g322 = -18.9068 + 109.7927 * e - 214.6334 * e2 + 146.5816 * e3
        g410 = -41.122 + 242.6940 * e - 471.0940 * e2 + 313.9530 * e3
        g422 = -146.407 + 841.8800 * e - 1629.014 * e2 + 1083.4350 * e3
        g520 = -532.114 + 3017.977 * e - 5740.032 * e2 + 3708.2760 * e3
    else:
        g211 = -72.099 + 331.819 * e - 508.738 * e2 + 266.724 * e3
        g310 = -346.844 + 1582.851 * e - 2415.925 * e2 + 1246.113 * e3
        g322 = -342.585 + 1554.908 * e - 2366.899 * e2 + 1215.972 * e3
        g410 = -1052.797 + 4758.686 * e - 7193.992 * e2 + 3651.957 * e3
        g422 = -3581.690 + 16178.110 * e - 24462.770 * e2 + 12422.520 * e3
        if e > 0.715:
            g520 = -5149.66 + 29936.92 * e - 54087.36 * e2 + 31324.56 * e3
        else:
            g520 = 1464.74 - 4664.75 * e + 3763.64 * e2
    if e < 0.7:
        g533 = -919.22770 + 4988.6100 * e - 9064.7700 * e2 + 5542.21 * e3
        g521 = -822.71072 + 4568.6173 * e - 8491.4146 * e2 + 5337.524 * e3
        g532 = -853.66600 + 4690.2500 * e - 8624.7700 * e2 + 5341.4 * e3
    else:
        g533 = -37995.780 + 161616.52 * e - 229838.20 * e2 + 109377.94 * e3
        g521 = -51752.104 + 218913.95 * e - 309468.16 * e2 + 146349.42 * e3
        g532 = -40023.880 + 170470.89 * e - 242699.48 * e2 + 115605.82 * e3

    cos2 = cosi * cosi
    sin2 = sini * sini
    f220 = 0.75 * (1.0 + 2.0 * cosi + cos2)
    f221 = 1.5 * sin2
    f321 = 1.875 * sini * (1.0 - 2.0 * cosi - 3.0 * cos2)
    f322 = -1.875 * sini * (1.0 + 2.0 * cosi - 3.0 * cos2)
    f441 = 35.0 * sin2 * f220
    f442 = 39.3750 * sin2 * sin2
    f522 = 9.84375 * sini * (sin2 * (1.0 - 2.0 * cosi - 5.0 * cos2) + 0.33333333 * (-2.0 + 4.0 * cosi + 6.0 * cos2))
    f523 = sini * (4.92187512 * sin2 * (-2.0 - 4.0 * cosi + 10.0 * cos2) + 6.56250012 * (1.0 + 2.0 * cosi - 3.0 * cos2))
    f542 = 29.53125 * sini * (2.0 - 8.0 * cosi + cos2 * (-12.0 + 8.0 * cosi + 10.0 * cos2))
    f543 = 29.53125 * sini * (-2.0 - 8.0 * cosi + cos2 * (12.0 + 8.0 * cosi - 10.0 * cos2))

    strength = 3.0 * n * n * aonv * aonv
    r.d2201 = strength * _ROOT22 * f220 * g201
    r.d2211 = strength * _ROOT22 * f221 * g211
    strength *= aonv
    r.d3210 = strength * _ROOT32 * f321 * g310
    r.d3222 = strength * _ROOT32 * f322 * g322
    strength *= aonv
    r.d4410 = 2.0 * strength * _ROOT44 * f441 * g410
    r.d4422 = 2.0 * strength * _ROOT44 * f442 * g422
    strength *= aonv
    r.d5220 = strength * _ROOT52 * f522 * g520
    r.d5232 = strength * _ROOT52 * f523 * g532
    r.d5421 = 2.0 * strength * _ROOT54 * f542 * g521
    r.d5433 = 2.0 * strength * _ROOT54 * f543 * g533

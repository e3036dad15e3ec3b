"""SGP4 for near-earth objects in lanes (see `lane_kernels`): secular gravity and drag, at any time."""

from __future__ import annotations

import numpy as np

from orbits.jit import inner, quick
from orbits.sgp4_core.lane_kernels import (
    AM,
    AY,
    CA,
    CI,
    CN,
    CONSTANTS,
    EM,
    EM_RAW,
    FAULT,
    LANES,
    ML,
    ROOT_AM,
    SA,
    SI,
    SN,
    XL,
    T,
    common_end,
    cosine_alone,
    fill_row,
    fill_rows,
    sine_alone,
    sine_cosine,
)  # fmt: skip

# constants of the object, one row each from CONSTANTS on; n is the Brouwer mean motion
MO, MDOT, ARGPO, ARGPDOT, NODEO, NODEDOT, NODECF = 38, 39, 40, 41, 42, 43, 44
CC1, D2, D3, D4, A_MEAN, ROOT_A = 45, 46, 47, 48, 49, 50
ECCO, ECC_RATE, ECC_WAVE, SINMAO = 51, 52, 53, 54
OMGCOF, XMCOF, ETA, DELMO = 55, 56, 57, 58
LT2, LT3, LT4, LT5 = 59, 60, 61, 62  # n t2cof to n t5cof
NEAR_ROWS = 63
NEAR_CONSTANTS = NEAR_ROWS - CONSTANTS


@inner
def near_earth_constants(r, c):
    """The constants of the record `r` in the order of the rows, into `c` (NEAR_CONSTANTS,).

    Below 220 km of perigee the theory drops most drag terms: then their constants are zero here.
    """
    full = 1.0 if r.isimp == 0 else 0.0
    n = r.no_unkozai
    c[MO - CONSTANTS], c[MDOT - CONSTANTS] = r.mo, r.mdot
    c[ARGPO - CONSTANTS], c[ARGPDOT - CONSTANTS] = r.argpo, r.argpdot
    c[NODEO - CONSTANTS], c[NODEDOT - CONSTANTS], c[NODECF - CONSTANTS] = r.nodeo, r.nodedot, r.nodecf
    c[CC1 - CONSTANTS] = r.cc1
    c[D2 - CONSTANTS], c[D3 - CONSTANTS], c[D4 - CONSTANTS] = full * r.d2, full * r.d3, full * r.d4
    c[A_MEAN - CONSTANTS], c[ROOT_A - CONSTANTS] = r.a_unkozai, np.sqrt(r.a_unkozai)
    c[ECCO - CONSTANTS], c[ECC_RATE - CONSTANTS] = r.ecco, r.bstar * r.cc4
    c[ECC_WAVE - CONSTANTS], c[SINMAO - CONSTANTS] = full * r.bstar * r.cc5, r.sinmao
    c[OMGCOF - CONSTANTS], c[XMCOF - CONSTANTS] = full * r.omgcof, full * r.xmcof
    c[ETA - CONSTANTS], c[DELMO - CONSTANTS] = r.eta, r.delmo
    c[LT2 - CONSTANTS], c[LT3 - CONSTANTS] = n * r.t2cof, full * n * r.t3cof
    c[LT4 - CONSTANTS], c[LT5 - CONSTANTS] = full * n * r.t4cof, full * n * r.t5cof


@inner
def fill_near_earth(r, c, w, first, last):
    """Constants of one object (`c` from `near_earth_constants`) into the lanes first <= k < last."""
    fill_rows(c, NEAR_CONSTANTS, w, first, last)
    fill_row(r.cosio, CI, w, first, last)
    fill_row(r.sinio, SI, w, first, last)
    fill_row(r.aycof, AY, w, first, last)
    fill_row(r.xlcof, XL, w, first, last)
    fill_row(0.0, FAULT, w, first, last)


@quick
def near_earth_lanes(w, wants_velocity):
    """States at the times in row T, minutes since each lane's epoch; returns the count of lanes not plainly good."""
    for k in range(LANES):
        t = w[T * LANES + k]
        xmdf = w[MO * LANES + k] + w[MDOT * LANES + k] * t
        turned = 1.0 + w[ETA * LANES + k] * cosine_alone(xmdf)
        temp = w[OMGCOF * LANES + k] * t + w[XMCOF * LANES + k] * (turned * turned * turned - w[DELMO * LANES + k])
        w[CA * LANES + k] = w[ARGPO * LANES + k] + w[ARGPDOT * LANES + k] * t - temp
        w[SA * LANES + k] = xmdf + temp
    for k in range(LANES):
        t = w[T * LANES + k]
        w[ML * LANES + k] = (w[SA * LANES + k] + w[CA * LANES + k]) + t * t * (
            w[LT2 * LANES + k] + t * (w[LT3 * LANES + k] + t * (w[LT4 * LANES + k] + t * w[LT5 * LANES + k]))
        )
        raw = w[ECCO * LANES + k] - w[ECC_RATE * LANES + k] * t - w[ECC_WAVE * LANES + k] * (
            sine_alone(w[SA * LANES + k]) - w[SINMAO * LANES + k]
        )  # fmt: skip
        w[EM_RAW * LANES + k] = raw
        w[EM * LANES + k] = max(raw, 1.0e-6)
    for k in range(LANES):
        t = w[T * LANES + k]
        tempa = 1.0 - t * (
            w[CC1 * LANES + k] + t * (w[D2 * LANES + k] + t * (w[D3 * LANES + k] + t * w[D4 * LANES + k]))
        )
        w[AM * LANES + k] = w[A_MEAN * LANES + k] * tempa * tempa
        w[ROOT_AM * LANES + k] = w[ROOT_A * LANES + k] * abs(tempa)
        sine, cosine = sine_cosine(w[CA * LANES + k])
        w[SA * LANES + k] = sine
        w[CA * LANES + k] = cosine
    for k in range(LANES):
        t = w[T * LANES + k]
        sine, cosine = sine_cosine(w[NODEO * LANES + k] + t * (w[NODEDOT * LANES + k] + t * w[NODECF * LANES + k]))
        w[SN * LANES + k] = sine
        w[CN * LANES + k] = cosine
    return common_end(w, False, wants_velocity)

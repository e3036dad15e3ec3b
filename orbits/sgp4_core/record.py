"""The constants of one object: everything SGP4 needs at every time, computed once from its element set.

Letters are Vallado's (AIAA 2006-6753), so that the kernels can be read beside the paper. Units: Earth radii, minutes,
radians, unless a line says otherwise.
"""

from __future__ import annotations

import numpy as np

_FIELDS = (
    # identity and time
    ("epoch_jd_day", "f8"),  # UTC Julian date of 0 h of the epoch's day
    ("epoch_day_fraction", "f8"),
    ("is_deep", "i8"),  # 1: period >= 225 min, SDP4
    ("status", "i8"),  # non-zero: no state can be computed at all
    # mean elements at epoch
    ("ecco", "f8"),
    ("inclo", "f8"),
    ("nodeo", "f8"),
    ("argpo", "f8"),
    ("mo", "f8"),
    ("no_unkozai", "f8"),  # Brouwer mean motion, rad/min
    ("bstar", "f8"),
    ("a_unkozai", "f8"),  # (xke / no_unkozai)^(2/3)
    # secular rates
    ("mdot", "f8"),
    ("argpdot", "f8"),
    ("nodedot", "f8"),
    ("nodecf", "f8"),  # drag on the node, t^2
    # drag
    ("isimp", "i8"),  # 1: perigee below 220 km or deep space, fewer drag terms
    ("cc1", "f8"),
    ("cc4", "f8"),
    ("cc5", "f8"),
    ("d2", "f8"),
    ("d3", "f8"),
    ("d4", "f8"),
    ("t2cof", "f8"),
    ("t3cof", "f8"),
    ("t4cof", "f8"),
    ("t5cof", "f8"),
    ("omgcof", "f8"),
    ("xmcof", "f8"),
    ("eta", "f8"),
    ("delmo", "f8"),
    ("sinmao", "f8"),
    # geometry of the inclination
    ("sinio", "f8"),
    ("cosio", "f8"),
    ("con41", "f8"),  # 3 cos^2 i - 1
    ("x1mth2", "f8"),  # 1 - cos^2 i
    ("x7thm1", "f8"),  # 7 cos^2 i - 1
    ("aycof", "f8"),  # long-period J3 terms
    ("xlcof", "f8"),
    # lunisolar secular rates
    ("dedt", "f8"),
    ("didt", "f8"),
    ("dmdt", "f8"),
    ("dnodt", "f8"),
    ("domdt", "f8"),
    # lunisolar periodics: Sun (s..), Moon (e., x..)
    ("zmos", "f8"),
    ("zmol", "f8"),
    ("se2", "f8"),
    ("se3", "f8"),
    ("si2", "f8"),
    ("si3", "f8"),
    ("sl2", "f8"),
    ("sl3", "f8"),
    ("sl4", "f8"),
    ("sgh2", "f8"),
    ("sgh3", "f8"),
    ("sgh4", "f8"),
    ("sh2", "f8"),
    ("sh3", "f8"),
    ("ee2", "f8"),
    ("e3", "f8"),
    ("xi2", "f8"),
    ("xi3", "f8"),
    ("xl2", "f8"),
    ("xl3", "f8"),
    ("xl4", "f8"),
    ("xgh2", "f8"),
    ("xgh3", "f8"),
    ("xgh4", "f8"),
    ("xh2", "f8"),
    ("xh3", "f8"),
    # resonance with the Earth's rotation
    ("irez", "i8"),  # 0 none, 1 one day, 2 half a day
    ("gsto", "f8"),  # Greenwich sidereal angle at epoch
    ("xlamo", "f8"),
    ("xfact", "f8"),
    ("del1", "f8"),
    ("del2", "f8"),
    ("del3", "f8"),
    ("d2201", "f8"),
    ("d2211", "f8"),
    ("d3210", "f8"),
    ("d3222", "f8"),
    ("d4410", "f8"),
    ("d4422", "f8"),
    ("d5220", "f8"),
    ("d5232", "f8"),
    ("d5421", "f8"),
    ("d5433", "f8"),
)

SGP4_RECORD = np.dtype(list(_FIELDS), align=True)

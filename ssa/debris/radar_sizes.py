"""Size from radar cross-section: NASA's size estimation model, a curve through measured pieces of hypervelocity tests.

Small against the wavelength the cross-section falls with the sixth power of size, large it is the area seen, and
between them a table joins both. Of estimates made so, 90 % lie within a factor of 0.59 to 3.1 (Hall and Baars 2023,
J. Spacecraft and Rockets 60(4)). The catalogue's values come from several radars; the wavelength here is that of the
UHF radars of the surveillance network.

Source: Stokely et al., JSC-62815 (2006), table 1 and equations 1 to 3.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from orbits.arrays import Floats
from orbits.constants import SPEED_OF_LIGHT_KM_S

UHF_WAVELENGTH_M = SPEED_OF_LIGHT_KM_S * 1e3 / 435e6
# Size over wavelength, and cross-section over its square.
_X = np.array([
    0.10997, 0.11685, 0.12444, 0.13302, 0.14256, 0.15256, 0.1622, 0.17138, 0.18039, 0.18982, 0.20014, 0.21237,
    0.22902, 0.25574, 0.30537, 0.42028, 0.56287, 0.71108, 0.86714, 1.0529, 1.279, 1.5661, 1.8975,
])  # fmt: skip
_Z = np.array([
    0.00122, 0.001735, 0.002468, 0.003511, 0.004993, 0.007102, 0.0101, 0.01437, 0.02044, 0.02907, 0.04135, 0.05881,
    0.08365, 0.119, 0.1692, 0.2407, 0.3424, 0.487, 0.6927, 0.9852, 1.401, 1.993, 2.835,
])  # fmt: skip


def size_from_radar_m(rcs_m2: npt.ArrayLike, wavelength_m: float = UHF_WAVELENGTH_M) -> Floats:
    """The characteristic length (n,) in metres of objects with these radar cross-sections; NaN where not positive.

    >>> float(size_from_radar_m([0.1])[0].round(4))
    0.2566
    """
    rcs = np.asarray(rcs_m2, dtype=np.float64)
    z = np.where(rcs > 0.0, rcs, np.nan) / wavelength_m**2
    rayleigh = (z / (2.25 * np.pi**5)) ** (1.0 / 6.0)
    optical = np.sqrt(4.0 * z / np.pi)
    between = np.exp(np.interp(np.log(z), np.log(_Z), np.log(_X)))
    return np.asarray(wavelength_m * np.where(z < _Z[0], rayleigh, np.where(z > _Z[-1], optical, between)))

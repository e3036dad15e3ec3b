"""The mass of a piece of debris of known size: area over the middle area-to-mass ratio of NASA's break-up model.

A single piece may be ten times lighter or heavier. The ratios are those of spacecraft fragments, whatever the parent.

Source: Johnson et al. 2001, Adv. Space Res. 28(9), equations 5 to 8. Between 8 and 11 cm, where the paper gives no
formula, both laws are blended along the logarithm of size.
"""

from __future__ import annotations

import numpy as np

from orbits.arrays import Floats

_SMALL_M, _LARGE_M = 0.08, 0.11  # below: pieces of the size of laboratory tests; above: catalogued pieces


def fragment_area_m2(characteristic_length_m: Floats) -> Floats:
    """The mean cross-section (n,) of pieces of these lengths."""
    length = np.asarray(characteristic_length_m, dtype=np.float64)
    return np.where(length < 0.00167, 0.540424 * length**2, 0.556945 * length**2.0047077)


def middle_log_area_to_mass(characteristic_length_m: Floats) -> Floats:
    """The mean of log10 of area over mass in m2/kg (n,) for spacecraft fragments of these lengths.

    >>> float(middle_log_area_to_mass(np.array([0.3]))[0].round(4))
    -1.0636
    """
    log_length = np.log10(np.asarray(characteristic_length_m, dtype=np.float64))
    alpha = np.clip(0.3 + 0.4 * (log_length + 1.2), 0.0, 1.0)
    first = np.clip(-0.6 - 0.318 * (log_length + 1.1), -0.95, -0.6)
    second = np.clip(-1.2 - 1.333 * (log_length + 0.7), -2.0, -1.2)
    small = np.clip(-0.3 - 1.4 * (log_length + 1.75), -1.0, -0.3)
    share = np.clip((log_length - np.log10(_SMALL_M)) / np.log10(_LARGE_M / _SMALL_M), 0.0, 1.0)
    return np.asarray(share * (alpha * first + (1.0 - alpha) * second) + (1.0 - share) * small)


def fragment_mass_kg(characteristic_length_m: Floats) -> Floats:
    """The mass (n,) of pieces of these lengths with the middle area-to-mass ratio."""
    return np.asarray(
        fragment_area_m2(characteristic_length_m) / 10.0 ** middle_log_area_to_mass(characteristic_length_m)
    )

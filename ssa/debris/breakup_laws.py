"""The laws of NASA's Standard Break-up Model: how many pieces, how heavy for their size, how fast.

Good to a factor of 2 to 4 in numbers for one event; fitted to catalogued pieces of a few events and to ground tests of
designs of the 1970s to 1990s. Partial hits and low energies are overstated.

Source: Johnson, Krisko, Liou, Anz-Meador, Adv. Space Res. 28(9), 2001, equations 1 to 12; the mass in the count of a
collision that is not catastrophic as corrected by Krisko, Orbital Debris Quarterly News 15(4), 2011. Area over mass is
a mixture of two normal densities (equation 5): one of the two laws is drawn for each piece, never a sum of both.
Between 8 and 11 cm, where the paper has no formula, a piece follows the law of small or of large ones with a chance
that goes linearly with the logarithm of its size.
"""

from __future__ import annotations

import numpy as np

from orbits.arrays import Booleans, Floats
from ssa.draws import Draws

CATASTROPHIC_J_G = 40.0  # Johnson et al. 2001: equal or greater breaks both bodies entirely
EXPLOSION_POWER, COLLISION_POWER = 1.6, 1.71
SMALL_M, LARGE_M = 0.08, 0.11
LOG_SPEED_SPREAD = 0.4  # equations 11 and 12
_LN10 = float(np.log(10.0))


def specific_energy_j_g(*, heavier_kg: float, lighter_kg: float, relative_speed_km_s: float) -> float:
    """The impact energy per gram of the heavier body."""
    return 0.5 * lighter_kg * (relative_speed_km_s * 1e3) ** 2 / (heavier_kg * 1e3)


def is_catastrophic(*, heavier_kg: float, lighter_kg: float, relative_speed_km_s: float) -> bool:
    """Whether both bodies break up entirely.

    >>> is_catastrophic(heavier_kg=1000, lighter_kg=0.8, relative_speed_km_s=10)
    True
    """
    energy = specific_energy_j_g(heavier_kg=heavier_kg, lighter_kg=lighter_kg, relative_speed_km_s=relative_speed_km_s)
    return energy >= CATASTROPHIC_J_G * (1.0 - 1e-12)


def collision_mass_kg(*, heavier_kg: float, lighter_kg: float, relative_speed_km_s: float) -> float:
    """The mass M of the count law: both masses, or lighter mass times speed squared when not catastrophic."""
    catastrophic = is_catastrophic(
        heavier_kg=heavier_kg, lighter_kg=lighter_kg, relative_speed_km_s=relative_speed_km_s
    )
    return heavier_kg + lighter_kg if catastrophic else lighter_kg * relative_speed_km_s**2


def collision_count(length_m: float, mass_kg: float) -> float:
    """Expected number of pieces of this size and larger, M being `collision_mass_kg`.

    >>> round(collision_count(0.1, 560 + 950), 3)
    1242.318
    """
    return float(0.1 * mass_kg**0.75 * length_m**-COLLISION_POWER)


def explosion_count(length_m: float, scale: float = 1.0) -> float:
    """Expected number of pieces of this size and larger; `scale` is the S of the event's kind, 1 for upper stages."""
    return float(6.0 * scale * length_m**-EXPLOSION_POWER)


def area_m2(length_m: Floats) -> Floats:
    """Mean cross-section (n,) of pieces of these characteristic lengths; equations 8 and 9."""
    length = np.asarray(length_m, dtype=np.float64)
    return np.where(length < 0.00167, 0.540424 * length**2, 0.556945 * length**2.0047077)


def draw_lengths_m(count: int, shortest_m: float, longest_m: float, power: float, draws: Draws) -> Floats:
    """Lengths (n,) of the power law N ~ length^-power between two ends, by its inverse."""
    share = draws.uniform(count) * (1.0 - (longest_m / shortest_m) ** -power)
    return np.asarray(shortest_m * (1.0 - share) ** (-1.0 / power))


def large_piece_laws(length_m: Floats, rocket_body: bool) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Chance of the first normal law of log10 A/M, its mean and spread, mean and spread of the second, each (n,)."""
    size = np.log10(length_m)
    if rocket_body:
        chance = np.where(size <= -1.4, 1.0, np.where(size < 0.0, 1.0 - 0.3571 * (size + 1.4), 0.5))
        first = np.where(size <= -0.5, -0.45, np.where(size < 0.0, -0.45 - 0.9 * (size + 0.5), -0.9))
        second_spread = np.where(size <= -1.0, 0.28, np.where(size < 0.1, 0.28 - 0.1636 * (size + 1.0), 0.1))
        return chance, first, np.full_like(size, 0.55), np.full_like(size, -0.9), second_spread
    chance = np.where(size <= -1.95, 0.0, np.where(size < 0.55, 0.3 + 0.4 * (size + 1.2), 1.0))
    first = np.where(size <= -1.1, -0.6, np.where(size < 0.0, -0.6 - 0.318 * (size + 1.1), -0.95))
    first_spread = np.where(size <= -1.3, 0.1, np.where(size < -0.3, 0.1 + 0.2 * (size + 1.3), 0.3))
    second = np.where(size <= -0.7, -1.2, np.where(size < -0.1, -1.2 - 1.333 * (size + 0.7), -2.0))
    second_spread = np.where(size <= -0.5, 0.5, np.where(size < -0.3, 0.5 - (size + 0.5), 0.3))
    return chance, first, first_spread, second, second_spread


def small_piece_law(length_m: Floats) -> tuple[Floats, Floats]:
    """Mean and spread (n,) of log10 A/M of pieces below 8 cm."""
    size = np.log10(length_m)
    mean = np.where(size <= -1.75, -0.3, np.where(size < -1.25, -0.3 - 1.4 * (size + 1.75), -1.0))
    return mean, np.where(size <= -3.5, 0.2, 0.2 + 0.1333 * (size + 3.5))


def large_share(length_m: Floats) -> Floats:
    """The chance (n,) that a piece follows the law of large ones: 0 to 8 cm, 1 from 11 cm, our bridge between."""
    return np.asarray(np.clip(np.log10(np.asarray(length_m) / SMALL_M) / np.log10(LARGE_M / SMALL_M), 0.0, 1.0))


def draw_log_area_to_mass(length_m: Floats, rocket_body: bool, draws: Draws) -> Floats:
    """log10 of A/M in m2/kg (n,), drawn from the mixture of densities."""
    count = len(length_m)
    which, first_or_second, deviate = draws.uniform(count), draws.uniform(count), draws.normal(count)
    chance, mean_1, spread_1, mean_2, spread_2 = large_piece_laws(length_m, rocket_body)
    mean_small, spread_small = small_piece_law(length_m)
    is_large: Booleans = which < large_share(length_m)
    is_first: Booleans = first_or_second < chance
    mean = np.where(is_large, np.where(is_first, mean_1, mean_2), mean_small)
    spread = np.where(is_large, np.where(is_first, spread_1, spread_2), spread_small)
    return np.asarray(mean + spread * deviate)


def mean_mass_kg(length_m: Floats, rocket_body: bool) -> Floats:
    """The expected mass (n,) of pieces of these lengths: the mean of area over A/M under the mixture."""
    chance, mean_1, spread_1, mean_2, spread_2 = large_piece_laws(length_m, rocket_body)
    mean_small, spread_small = small_piece_law(length_m)
    large = chance * _mean_inverse(mean_1, spread_1) + (1.0 - chance) * _mean_inverse(mean_2, spread_2)
    share = large_share(length_m)
    return np.asarray(area_m2(length_m) * (share * large + (1.0 - share) * _mean_inverse(mean_small, spread_small)))


def _mean_inverse(mean: Floats, spread: Floats) -> Floats:
    """The mean of 10^-x for normal x."""
    return np.asarray(np.exp(-_LN10 * mean + 0.5 * (_LN10 * spread) ** 2))


def middle_log_speed(log_area_to_mass: Floats, collision: bool) -> Floats:
    """log10 of the median ejection speed in m/s (n,); equations 11 (explosion) and 12 (collision)."""
    chi = np.asarray(log_area_to_mass, dtype=np.float64)
    return 0.9 * chi + 2.90 if collision else 0.2 * chi + 1.85

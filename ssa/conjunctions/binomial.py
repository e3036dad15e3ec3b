"""Bounds of a probability from a count: exact (Clopper and Pearson 1934, Biometrika 26, 404-413).

Exact means that the interval holds the true probability at least as often as it says, for few hits and for none.
"""

from __future__ import annotations

import math


def clopper_pearson(hits: int, trials: int, confidence: float = 0.95) -> tuple[float, float]:
    """Lower and upper bound of the probability behind `hits` of `trials`.

    >>> low, high = clopper_pearson(0, 1000)
    >>> low, round(high, 6)  # 1 - 0.025 ** (1 / 1000)
    (0.0, 0.003682)
    """
    outside = 0.5 * (1.0 - confidence)
    low = 0.0 if hits == 0 else _beta_quantile(outside, hits, trials - hits + 1)
    high = 1.0 if hits == trials else _beta_quantile(1.0 - outside, hits + 1, trials - hits)
    return low, high


def beta_mass(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function I_x(a, b), by Lentz's continued fraction (Numerical Recipes, 6.4)."""
    if x <= 0.0 or x >= 1.0:
        return 0.0 if x <= 0.0 else 1.0
    if x > (a + 1.0) / (a + b + 2.0):
        return 1.0 - beta_mass(b, a, 1.0 - x)
    log_front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    c, d = 1.0, 1.0 / _away_from_zero(1.0 - (a + b) * x / (a + 1.0))
    fraction = d
    for m in range(1, 100_000):
        for numerator in (
            m * (b - m) * x / ((a + 2 * m - 1.0) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1.0)),
        ):
            d = 1.0 / _away_from_zero(1.0 + numerator * d)
            c = _away_from_zero(1.0 + numerator / c)
            fraction *= d * c
        if abs(d * c - 1.0) < 1e-14:
            break
    return math.exp(log_front) * fraction / a


def _away_from_zero(value: float) -> float:
    return value if abs(value) > 1e-300 else 1e-300


def _beta_quantile(mass: float, a: float, b: float) -> float:
    low, high = 0.0, 1.0
    for _ in range(200):
        middle = 0.5 * (low + high)
        if beta_mass(a, b, middle) < mass:
            low = middle
        else:
            high = middle
        if high - low < 1e-12 * high:
            break
    return 0.5 * (low + high)

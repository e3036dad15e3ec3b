"""The largest probability that any size of the covariance could give, and the size where it is reached.

Below that size (the dilution threshold) better tracking lowers the probability; above it the probability is small only
because little is known: the region is diluted, and a low value is no all-clear.
Sources: Alfano 2005, Relating position uncertainty to maximum conjunction probability, Journal of the Astronautical
Sciences 53(2), 193-205; SOCRATES Plus (celestrak.org/SOCRATES): ellipse of fixed ratio, wide axis along the miss.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from orbits.arrays import Floats
from orbits.errors import InvalidValue
from ssa.conjunctions.batch import probabilities_in_plane
from ssa.conjunctions.encounter import Encounter, EncounterPlane, encounter_plane, plane_axes
from ssa.conjunctions.probability import CollisionProbability, checked_radius_km, foster1992

SOCRATES_RATIO = 3.0  # 300 m along the track for 100 m across
_GOLDEN = 0.5 * (math.sqrt(5.0) - 1.0)


@dataclass(frozen=True)
class MaximumProbability(CollisionProbability):
    """A maximum over covariances.

    `dilution_scale` is the factor on the given deviations at the maximum, `dilution_sigma_km` the small deviation
    there, `is_diluted` whether the given covariance is larger than that; None where no covariance was given.
    """

    dilution_scale: float | None = None
    dilution_sigma_km: float | None = None
    is_diluted: bool | None = None


def maximum_probability(plane: EncounterPlane, hard_body_radius_m: float) -> MaximumProbability:
    """The maximum of `foster1992` over a common factor on both deviations of the given covariance.

    Never below the probability itself. Inside the hard-body radius it is 1, reached as the covariance vanishes.

    >>> plane = EncounterPlane(1.0, 0.0, 2.0, 0.5)
    >>> found = maximum_probability(plane, 10.0)
    >>> round(found.value / (0.01**2 / (2 * 2.0 * 0.5 * math.e) * 2.0**2 / 0.5), 3), found.is_diluted
    (1.0, True)
    """
    radius = checked_radius_km(hard_body_radius_m)
    small = min(plane.sigma_x_km, plane.sigma_y_km)
    said = ("direction and ratio of the given covariance, its size free",)
    if plane.miss_km <= radius:
        return MaximumProbability("maximum", 1.0, None, None, said, (), 0.0, 0.0, True)

    def at(scale: float) -> float:
        return foster1992(plane.scaled(scale), hard_body_radius_m).value or 0.0

    # for small radii the maximum is where the miss is sqrt(2) deviations
    scale, value = _highest(at, plane.mahalanobis / math.sqrt(2.0))
    given = at(1.0)
    if given > value:
        scale, value = 1.0, given
    return MaximumProbability("maximum", value, None, None, said, (), scale, scale * small, bool(scale < 1.0))


def maximum_at_fixed_ratio(miss_km: float, hard_body_radius_m: float, *, ratio: float = 3.0) -> MaximumProbability:
    """The maximum over the size of an ellipse of fixed axis ratio, its wide axis along the miss: SOCRATES's number.

    Needs no covariance. `dilution_sigma_km` is the small deviation at the maximum. Raises `InvalidValue` for a ratio
    below 1. For radii small against the miss it is `ratio R^2 / (e miss^2)`.

    >>> found = maximum_at_fixed_ratio(1.0, 10.0, ratio=3.0)
    >>> round(found.value, 10), round(found.dilution_sigma_km, 4)
    (0.0001103418, 0.2357)
    """
    radius = checked_radius_km(hard_body_radius_m)
    if not (math.isfinite(miss_km) and miss_km >= 0.0):
        raise InvalidValue("miss_km", miss_km, "must be a distance")
    if not 1.0 <= ratio <= 1e6:
        raise InvalidValue("ratio", ratio, "must be from 1 to 1e6")
    said = (f"no covariance known: ellipse of ratio {ratio:g}, wide axis along the miss, size free",)
    if miss_km <= radius:
        return MaximumProbability("maximum_at_fixed_ratio", 1.0, None, None, said, (), None, 0.0)

    def at(sigma: float) -> float:
        return float(probabilities_in_plane(miss_km, 0.0, sigma * ratio, sigma, hard_body_radius_m, threads=1)[0])

    sigma, value = _highest(at, miss_km / (math.sqrt(2.0) * ratio))
    return MaximumProbability("maximum_at_fixed_ratio", value, None, None, said, (), None, sigma)


def socrates_ratios(relative_velocity_rtn_km_s: Floats) -> Floats:
    """The ratios of axes (n,) that SOCRATES takes, from relative velocities (n, 3) in the primary's RTN.

    Deviations of 100, 300, 100 m along radial, transverse, normal, seen along the relative velocity: the long one is
    shortened by the sine of its angle to the line of sight. The secondary's, seen so, is nearly the same (within 0.003
    in ten published rows), so one object's stands for both. Source: celestrak.org/SOCRATES/socrates-format.php.

    >>> socrates_ratios(np.array([[0.0, -15.0, 0.0], [0.0, 0.0, 10.0]])).tolist()
    [1.0, 3.0]
    """
    speed = np.linalg.norm(relative_velocity_rtn_km_s, axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        along = np.where(speed > 0.0, relative_velocity_rtn_km_s[:, 1] / speed, 0.0)
    return np.asarray(np.sqrt(1.0 + (SOCRATES_RATIO**2 - 1.0) * np.maximum(1.0 - along**2, 0.0)))


def maximum_over_any_covariance(miss_km: float, hard_body_radius_m: float) -> MaximumProbability:
    """The least upper bound over all Gaussians: all uncertainty along the miss, of the worst size. Closed form.

    No covariance, however shaped, gives more: the disk lies in the strip across the miss, whose mass is
    one-dimensional. Source: Frisbee 2015, AAS 15-713 (rank-one covariance); the bound follows from the strip.

    >>> round(maximum_over_any_covariance(1.0, 10.0).value, 6)
    0.004839
    """
    radius = checked_radius_km(hard_body_radius_m)
    said = ("no covariance known: any shape and size",)
    if miss_km <= radius or radius == 0.0:
        value = 1.0 if miss_km <= radius and radius > 0.0 else 0.0
        return MaximumProbability("maximum_over_any_covariance", value, None, None, said, (), None, 0.0)
    low, high = miss_km - radius, miss_km + radius
    sigma = math.sqrt(2.0 * miss_km * radius / math.log(high / low))
    value = 0.5 * (math.erf(high / (math.sqrt(2.0) * sigma)) - math.erf(low / (math.sqrt(2.0) * sigma)))
    return MaximumProbability("maximum_over_any_covariance", value, None, None, said, (), None, sigma)


def frisbee2015(encounter: Encounter, hard_body_radius_m: float, *, known: int) -> CollisionProbability:
    """The maximum where only one object's covariance is known (`known` is 1 or 2) and the other is anything.

    The unknown one is taken along the miss, as large as does most harm: it brings the miss to one deviation.
    Source: Frisbee 2015, An upper bound on high speed satellite collision probability when only one object has position
    uncertainty information, AAS 15-717 (who integrates over a square of equal area; this is the disk).
    """
    radius = checked_radius_km(hard_body_radius_m)
    plane = encounter_plane(encounter, hard_body_radius_m)
    if known not in (1, 2):
        raise InvalidValue("known", known, "must be 1 or 2")
    if plane is None:
        return CollisionProbability.refused("frisbee2015", "the relative speed is 0: there is no encounter plane")
    held = (encounter.primary if known == 1 else encounter.secondary).position_covariance_km2
    axes = plane_axes(encounter.relative_velocity_km_s, encounter.relative_position_km)
    covariance = axes @ held @ axes.T  # the first axis points along the miss
    miss = axes @ encounter.relative_position_km
    distance = float(np.sqrt(miss @ np.linalg.solve(covariance, miss)))
    if distance > 1.0:
        covariance = covariance + np.outer(miss, miss) * (1.0 - 1.0 / distance**2)
    values, vectors = np.linalg.eigh(covariance)
    turned = vectors.T @ miss
    sigma = np.sqrt(np.maximum(values, (1e-4 * radius) ** 2 + 1e-18))
    found = foster1992(EncounterPlane(turned[0], turned[1], sigma[0], sigma[1]), hard_body_radius_m)
    said = f"covariance of object {3 - known} unknown: along the miss, of the worst size"
    return CollisionProbability("frisbee2015", found.value, None, None, (*found.assumptions, said))


def _highest(at: Callable[[float], float], guess: float) -> tuple[float, float]:
    """Place and height of the one maximum of a positive function of a scale, by golden sections of the logarithm."""
    span = math.log(8.0)
    middle = math.log(max(guess, 1e-300))
    grid = [middle + span * (k / 8.0 - 1.0) for k in range(17)]
    heights = [at(math.exp(x)) for x in grid]
    best = int(np.argmax(heights))
    while best in (0, 16) and abs(grid[best]) < 600.0:
        shift = span if best == 16 else -span
        grid = [x + shift for x in grid]
        heights = [at(math.exp(x)) for x in grid]
        best = int(np.argmax(heights))
    low, high = grid[max(best - 1, 0)], grid[min(best + 1, 16)]
    left, right = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
    at_left, at_right = at(math.exp(left)), at(math.exp(right))
    for _ in range(60):
        if at_left >= at_right:
            high, right, at_right = right, left, at_left
            left = high - _GOLDEN * (high - low)
            at_left = at(math.exp(left))
        else:
            low, left, at_left = left, right, at_right
            right = low + _GOLDEN * (high - low)
            at_right = at(math.exp(right))
        if high - low < 1e-9:
            break
    place = 0.5 * (low + high)
    return math.exp(place), at(math.exp(place))

"""Whether the two-dimensional methods apply to an encounter: the test that must stand beside every number.

They assume that the encounter is over before the orbits bend. Three margins say whether it is, each positive where
the assumption holds: the encounter lasts a short part of a period, it happens near the states' time, and the value
agrees with the one that needs no such assumption. The third is the judge; the first two say why. Where no velocity
covariance is given there is no third; then a fourth stands in: how far the orbits bend away from a straight line over
one deviation, or over the miss, in units of the small deviation. Where that is not small the verdict is "cannot be
told". On the 27 published CARA messages the verdicts are CARA's own (docs/probability.md). The limits of the first
two are those in use at NASA CARA (2 % and 1 % of the shorter period).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from orbits.arrays import Booleans, Floats
from ssa.conjunctions.encounter import Encounter, EncounterPlane
from ssa.conjunctions.probability import CollisionProbability
from ssa.conjunctions.three_dimensional import ThreeDimensionalProbability
from ssa.conjunctions.uncertain_orbits import shorter_period_s

MOST_DURATION_OF_PERIOD = 0.02
MOST_OFFSET_OF_PERIOD = 0.01
MOST_RATIO = 1.25  # of the two values, either way
MOST_BEND = 0.1  # small deviations, over one large deviation or over the miss
LEAST_PROBABILITY = 1e-200  # both below: nothing to compare, and nothing to fear
_DEVIATIONS = 5.0  # to each side of the peak: beyond, less than 1e-6 is left


@dataclass(frozen=True)
class UsageTest:
    """The verdict on the two-dimensional methods.

    `applies` is None where it cannot be told. Durations and offsets are parts of the shorter period; `ratio` is the
    three-dimensional value over Foster's, `bend_of_sigma` how far orbits bend over one deviation or the miss.
    `reasons` says what fails, or what could not be tested.
    """

    applies: bool | None
    duration_s: float | None
    duration_of_period: float | None
    offset_of_period: float | None
    ratio: float | None
    bend_of_sigma: float | None
    covariance_repaired: bool
    reasons: tuple[str, ...]

    @property
    def margin(self) -> float | None:
        """The smallest of the margins, positive where the methods apply: 1 is as good as it gets."""
        margins = []
        if self.duration_of_period is not None:
            margins.append(1.0 - self.duration_of_period / MOST_DURATION_OF_PERIOD)
        if self.offset_of_period is not None:
            margins.append(1.0 - self.offset_of_period / MOST_OFFSET_OF_PERIOD)
        if self.ratio is not None:
            off = math.inf if self.ratio <= 0.0 else abs(math.log(self.ratio))
            margins.append(1.0 - off / math.log(MOST_RATIO))
        return min(margins) if margins else None


def straight_duration(encounter: Encounter) -> tuple[float, float] | None:
    """Peak and width (s) of the encounter if all motion were straight; None without relative motion.

    The Mahalanobis distance along the straight line is a parabola in time: its lowest point is the peak, its curvature
    the width. Source: Coppola 2012, Evaluating the short encounter assumption, AAS 12-248 (without his tail bounds).
    """
    joint = encounter.primary.position_covariance_km2 + encounter.secondary.position_covariance_km2
    peak, width = straight_durations(
        encounter.relative_position_km[None], encounter.relative_velocity_km_s[None], joint[None]
    )
    return (float(peak[0]), float(width[0])) if np.isfinite(width[0]) else None


def straight_durations(
    relative_position_km: Floats, relative_velocity_km_s: Floats, joint_covariance_km2: Floats
) -> tuple[Floats, Floats]:
    """Peaks and widths (n,) in seconds of many encounters, as `straight_duration`; NaN without relative motion."""
    values, vectors = np.linalg.eigh(joint_covariance_km2)
    values = np.maximum(values, 1e-12 * np.maximum(values[:, -1:], 1e-300))
    along = np.einsum("nij,ni->nj", vectors, relative_velocity_km_s)
    place = np.einsum("nij,ni->nj", vectors, relative_position_km)
    curvature = (along**2 / values).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        moves = curvature > 0.0
        peak = np.where(moves, -(along * place / values).sum(axis=1) / curvature, np.nan)
        return peak, np.where(moves, 1.0 / np.sqrt(curvature), np.nan)


def are_slow(
    relative_position_km: Floats, relative_velocity_km_s: Floats, joint_covariance_km2: Floats, period_s: Floats
) -> Booleans:
    """Which encounters (n,) the first two margins of the test refuse, all motion taken as straight.

    Most are told at once: a width is at most the largest deviation over the speed, and the peak lies at most as many
    widths away as the miss has small deviations.
    """
    pace = np.linalg.norm(relative_velocity_km_s, axis=1)
    slow = ~(pace > 0.0)
    total = np.einsum("nii->n", joint_covariance_km2)
    with np.errstate(divide="ignore", invalid="ignore"):
        widest = np.sqrt(total) / pace
        small = np.sqrt(np.maximum(np.linalg.det(joint_covariance_km2), 0.0)) / (total / 2.0)  # or less than it
        deviations = np.linalg.norm(relative_position_km, axis=1) / small
        maybe = 2.0 * _DEVIATIONS * widest > MOST_DURATION_OF_PERIOD * period_s
        maybe |= ~(deviations * widest <= MOST_OFFSET_OF_PERIOD * period_s)
    looked = np.flatnonzero(~slow & maybe)
    peak, width = straight_durations(
        relative_position_km[looked], relative_velocity_km_s[looked], joint_covariance_km2[looked]
    )
    slow[looked] = ~(
        (2.0 * _DEVIATIONS * width <= MOST_DURATION_OF_PERIOD * period_s[looked])
        & (np.abs(peak) <= MOST_OFFSET_OF_PERIOD * period_s[looked])
    )
    return np.asarray(slow, dtype=bool)


def bend_of_sigma(encounter: Encounter, plane: EncounterPlane) -> float:
    """The sagitta of the orbits over their largest deviation, or over the miss, in small deviations of the plane."""
    bends = [encounter.miss_distance_km**2 / (2.0 * float(np.linalg.norm(encounter.primary.position_km)))]
    for state in (encounter.primary, encounter.secondary):
        largest = max(float(np.linalg.eigvalsh(state.position_covariance_km2)[-1]), 0.0)
        bends.append(largest / (2.0 * float(np.linalg.norm(state.position_km))))
    return max(bends) / min(plane.sigma_x_km, plane.sigma_y_km)


def usage_of_plane(
    encounter: Encounter,
    plane: EncounterPlane | None,
    foster: CollisionProbability,
    curved: ThreeDimensionalProbability,
) -> UsageTest:
    """The test, from the encounter and the two values."""
    if plane is None or foster.value is None:
        return UsageTest(
            False, None, None, None, None, None, False, ("the relative speed is 0: there is no encounter plane",)
        )
    reasons: list[str] = []
    period = shorter_period_s(encounter)
    peak_width = straight_duration(encounter)
    if curved.peak_s is not None and curved.width_s:
        peak_width = curved.peak_s, curved.width_s
    duration = offset = None
    if peak_width is not None and period is not None:
        duration, offset = 2.0 * _DEVIATIONS * peak_width[1] / period, abs(peak_width[0]) / period
        if duration > MOST_DURATION_OF_PERIOD:
            reasons.append(f"the encounter lasts {duration:.1%} of a period: the orbits bend during it")
        if offset > MOST_OFFSET_OF_PERIOD:
            reasons.append(f"contact is likeliest {peak_width[0]:.0f} s away from the states' time")
    ratio = None
    if curved.value is None:
        reasons += [f"not compared with the three-dimensional value: {reason}" for reason in curved.reasons]
    elif max(curved.value, foster.value) > LEAST_PROBABILITY:
        ratio = curved.value / foster.value if foster.value > 0.0 else math.inf
        if not 1.0 / MOST_RATIO <= ratio <= MOST_RATIO:
            reasons.append(f"the three-dimensional value is {ratio:.3g} times the two-dimensional one: use it")
    failed = (
        (duration is not None and duration > MOST_DURATION_OF_PERIOD)
        or (offset is not None and offset > MOST_OFFSET_OF_PERIOD)
        or (ratio is not None and not 1.0 / MOST_RATIO <= ratio <= MOST_RATIO)
    )
    applies: bool | None = not failed
    if not failed and (period is None or duration is None):
        applies = None
        reasons.append("an orbit is not elliptic: how long the encounter lasts against it cannot be told")
    bend = bend_of_sigma(encounter, plane)
    if not failed and ratio is None and bend > MOST_BEND:
        applies = None
        reasons.append(f"orbits bend by {bend:.3g} small deviations where it counts: only a 3-D value could tell")
    if plane.repair is not None:
        reasons.append(plane.repair)
    seconds = 2.0 * _DEVIATIONS * peak_width[1] if peak_width is not None else None
    return UsageTest(applies, seconds, duration, offset, ratio, bend, plane.repair is not None, tuple(reasons))

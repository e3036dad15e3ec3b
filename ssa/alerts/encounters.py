"""Columns of encounters with their probabilities: what a policy grades.

Each row is two objects at their closest approach. States of both come from SGP4 at that moment; covariances are assumed
by kind of orbit and age unless others are given; the joint one gives Foster's probability in the encounter plane, and
the largest that any size of it would give. A covariance larger than that size is diluted: the probability is small
because little is known. Encounters that last long against the orbit (slow ones, by the usage test's own limits) are
marked: straight relative motion, on which Foster's probability rests, does not hold there. `with_curved_orbits` gives
them the three-dimensional one.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from orbits import ElementSets, Instants
from orbits.arrays import Booleans, Floats, Integers, Texts
from orbits.errors import InvalidValue
from orbits.frames import rtn_axes
from orbits.own_times import states_at_own_times
from ssa.conjunctions.batch import planes_of, probabilities_in_plane
from ssa.conjunctions.covariance import CovarianceColumns, assumed_covariance
from ssa.conjunctions.usage import are_slow

_SMALL_RADIUS = 0.1


@dataclass(frozen=True, eq=False)
class Encounters:
    """Columns (n,) or (n, 3); rows are rows of `elements`, the miss is secondary less primary in the primary's RTN.

    `probability` is by `method`, `straight_probability` always Foster's.
    """

    elements: ElementSets
    primary_row: Integers
    secondary_row: Integers
    tca: Instants
    primary_age_days: Floats
    secondary_age_days: Floats
    miss_rtn_km: Floats
    relative_velocity_rtn_km_s: Floats
    joint_sigma_rtn_km: Floats
    hard_body_radius_m: Floats
    probability: Floats
    maximum_probability: Floats
    is_diluted: Booleans
    is_slow: Booleans
    method: Texts
    straight_probability: Floats
    primary_basis: Texts
    secondary_basis: Texts

    def __len__(self) -> int:
        return len(self.primary_row)

    def __getitem__(self, chosen: Integers | Booleans) -> Encounters:
        """The chosen encounters: a mask or indices."""
        columns = {
            field.name: getattr(self, field.name)[chosen]
            for field in fields(self)
            if field.name not in ("elements", "tca")
        }
        times = Instants(self.tca.jd_day[chosen], self.tca.day_fraction[chosen])
        return Encounters(elements=self.elements, tca=times, **columns)

    @property
    def miss_distance_km(self) -> Floats:
        """The distance at closest approach (n,)."""
        return np.asarray(np.linalg.norm(self.miss_rtn_km, axis=1))

    @property
    def relative_speed_km_s(self) -> Floats:
        """The speed of one past the other (n,)."""
        return np.asarray(np.linalg.norm(self.relative_velocity_rtn_km_s, axis=1))

    def hours_from(self, jd: float) -> Floats:
        """Hours (n,) from a Julian date to closest approach."""
        return (self.tca.jd_day - jd + self.tca.day_fraction) * 24.0


def assess_encounters(
    elements: ElementSets,
    primary_row: Integers,
    secondary_row: Integers,
    tca: Instants,
    *,
    radius_m: Floats,
    covariances: tuple[CovarianceColumns, CovarianceColumns] | None = None,
) -> Encounters:
    """Every encounter with its probabilities; `radius_m` are those of all objects of `elements`.

    `covariances` are those of the primaries and the secondaries, row by row (default: `assumed_covariance`).
    Probabilities are NaN where the relative speed is 0. Raises `InvalidValue` where SGP4 gives one of the two no state.
    """
    first, second = np.asarray(primary_row, dtype=np.int64), np.asarray(secondary_row, dtype=np.int64)
    position, velocity, status = states_at_own_times(elements, first, tca)
    other, other_velocity, other_status = states_at_own_times(elements, second, tca)
    failed = np.flatnonzero((status != 0) | (other_status != 0))
    if len(failed):
        pair = elements.norad_id[[first[failed[0]], second[failed[0]]]].tolist()
        raise InvalidValue(
            "tca", tca[int(failed[0])].isoformat(), f"SGP4 gives no state of {pair[0]} or {pair[1]} then"
        )
    ages = [
        (tca.jd_day - elements.epoch_jd_day[row]) + (tca.day_fraction - elements.epoch_day_fraction[row])
        for row in (first, second)
    ]
    mine, theirs = covariances or (
        assumed_covariance(elements, first, ages[0]), assumed_covariance(elements, second, ages[1])
    )  # fmt: skip
    axes = rtn_axes(position, velocity)
    joint = mine.turned(axes) + theirs.turned(rtn_axes(other, other_velocity))
    relative, speed = other - position, other_velocity - velocity
    radius = np.asarray(radius_m)[first] + np.asarray(radius_m)[second]
    x, y, sigma_x, sigma_y = planes_of(relative, speed, joint, radius)
    probability = probabilities_in_plane(x, y, sigma_x, sigma_y, radius)
    largest, diluted = largest_over_size(x, y, sigma_x, sigma_y, radius)
    period_s = 60.0 * np.minimum(elements.period_min[first], elements.period_min[second])
    in_rtn = np.einsum("mij,mjk,mlk->mil", axes, joint, axes)
    return Encounters(
        elements, first, second, tca, ages[0], ages[1],
        np.einsum("mij,mj->mi", axes, relative), np.einsum("mij,mj->mi", axes, speed),
        np.sqrt(np.diagonal(in_rtn, axis1=1, axis2=2)), radius, probability, np.fmax(probability, largest), diluted,
        are_slow(relative, speed, joint, period_s), np.full(len(first), "foster1992", dtype=object), probability,
        mine.covariance_basis, theirs.covariance_basis,
    )  # fmt: skip


def largest_over_size(
    x_km: Floats, y_km: Floats, sigma_x_km: Floats, sigma_y_km: Floats, radius_m: Floats
) -> tuple[Floats, Booleans]:
    """The largest probability (n,) over a common factor on both deviations, and whether the given ones are larger.

    At the size where the miss is the square root of two deviations, which is exact for radii small against the miss;
    1 where the miss is inside the radius. Source: Alfano 2005 (see `maximum_probability`). Where the radius is below a
    tenth of the small deviation there, density times area stands for the integral (within 0.2 %).
    """
    inside = np.hypot(x_km, y_km) <= radius_m / 1e3
    distance = np.hypot(x_km / sigma_x_km, y_km / sigma_y_km)
    scale = np.where(inside, 1.0, distance / np.sqrt(2.0))
    wide, narrow = sigma_x_km * scale, sigma_y_km * scale
    with np.errstate(divide="ignore", invalid="ignore"):
        value = (radius_m / 1e3) ** 2 / (2.0 * np.e * wide * narrow)
    large = ~inside & ~(radius_m / 1e3 <= _SMALL_RADIUS * np.minimum(wide, narrow))
    value[large] = probabilities_in_plane(x_km[large], y_km[large], wide[large], narrow[large], radius_m[large])
    return np.where(inside, 1.0, value), np.asarray(inside | (scale < 1.0))

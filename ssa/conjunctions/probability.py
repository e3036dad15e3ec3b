"""The probability of collision in the encounter plane, one function for each published method.

All answer the same question, the mass of a Gaussian inside a disk, under the assumptions of a short encounter; they
differ in how well they integrate. `foster1992` is right to 1e-9 or better for any radius and any needle; `patera2001`
agrees with it; `alfano2005` is good to four digits; `chan1997` is an approximation that can be wrong by hundreds of
orders of magnitude where the radius is larger than the small deviation, and is here because others quote it. None of
them says whether a short encounter may be assumed: `usage` does.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from orbits.arrays import Floats
from orbits.errors import InvalidValue
from ssa.conjunctions.encounter import EncounterPlane
from ssa.conjunctions.probability_kernels import alfano_kernel, chan_kernel, foster_kernel, patera_kernel

MOST_SECTIONS = 20_000  # of Alfano's rule; the paper's own bound of 50 is too few for needles
MAX_RADIUS_M = 1e6
_SHORT = (
    "straight relative motion and constant covariance during the encounter",
    "velocities known exactly",
    "errors of the two objects Gaussian and independent",
    "both objects inside one sphere of the combined hard-body radius",
)


@dataclass(frozen=True)
class CollisionProbability:
    """A probability of collision: by which method, between which bounds, assuming what.

    `value` is None where the method does not apply, and `reasons` says why. `lower` and `upper` bound the error of the
    numbers (integration, or chance in Monte Carlo), not of the assumptions; None where the method has no bound.
    """

    method: str
    value: float | None
    lower: float | None
    upper: float | None
    assumptions: tuple[str, ...]
    reasons: tuple[str, ...] = ()

    @classmethod
    def refused(cls, method: str, *reasons: str) -> CollisionProbability:
        """No value, for these reasons."""
        return cls(method, None, None, None, (), reasons)


def checked_radius_km(hard_body_radius_m: float) -> float:
    """The radius in km. Raises `InvalidValue` outside 0 to 1,000 km."""
    radius = float(hard_body_radius_m)
    if not 0.0 <= radius <= MAX_RADIUS_M:
        raise InvalidValue("hard_body_radius_m", hard_body_radius_m, f"must be from 0 to {MAX_RADIUS_M:,.0f}")
    return radius / 1e3


def _columns(plane: EncounterPlane, radius_km: float) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    x, y, sx, sy, r = np.array(
        [[plane.miss_x_km], [plane.miss_y_km], [plane.sigma_x_km], [plane.sigma_y_km], [radius_km]]
    )
    return x, y, sx, sy, r


def _assumptions(plane: EncounterPlane, *more: str) -> tuple[str, ...]:
    return (*_SHORT, *more, *([plane.repair] if plane.repair else []))


def foster1992(plane: EncounterPlane, hard_body_radius_m: float) -> CollisionProbability:
    """The two-dimensional integral, by adaptive Gauss-Kronrod over strips whose mass is known in closed form.

    Relative error below 1e-9 for any radius, miss and needle, far tails included; `lower` and `upper` are the rule's
    own bounds. Source: Foster and Estes 1992, NASA/JSC-25898 (the integral; they sum it over rings).

    >>> plane = EncounterPlane(0.0, 0.0, 0.1, 0.1)
    >>> round(foster1992(plane, 20.0).value, 12)  # 1 - exp(-R^2 / 2 sigma^2)
    0.019801326693
    """
    radius = checked_radius_km(hard_body_radius_m)
    mass, error = np.empty(1), np.empty(1)
    foster_kernel(*_columns(plane, radius), 0, 1, mass, error)
    value, bound = float(mass[0]), float(error[0])
    return CollisionProbability(
        "foster1992", value, max(value - bound, 0.0), min(value + bound, 1.0), _assumptions(plane)
    )


def alfano2005(plane: EncounterPlane, hard_body_radius_m: float) -> CollisionProbability:
    """Simpson's rule over strips, with the paper's count of sections; the count is not cut off for needles.

    About 1e-5 relative, up to 1e-4 for needles. Source: Alfano 2005, A numerical implementation of spherical object
    collision probability, Journal of the Astronautical Sciences 53(1), 103-109.
    """
    radius = checked_radius_km(hard_body_radius_m)
    mass = np.empty(1)
    alfano_kernel(*_columns(plane, radius), MOST_SECTIONS, 0, 1, mass)
    return CollisionProbability("alfano2005", float(mass[0]), None, None, _assumptions(plane))


def chan1997(plane: EncounterPlane, hard_body_radius_m: float) -> CollisionProbability:
    """Chan's series, all of its terms, for a disk that stands for an ellipse of equal area in the scaled plane.

    Good while the radius is small against the small deviation; the assumption names the ratio. Source: Chan 1997,
    Collision probability analyses for Earth-orbiting satellites, Advances in the Astronautical Sciences 96, 1033-1048.
    """
    radius = checked_radius_km(hard_body_radius_m)
    mass = np.empty(1)
    chan_kernel(*_columns(plane, radius), 0, 1, mass)
    ratio = radius / min(plane.sigma_x_km, plane.sigma_y_km)
    said = f"an ellipse taken as a disk of equal area; radius {ratio:.3g} times the small deviation"
    if ratio > 0.1:
        said += ": not small, do not use this value"
    return CollisionProbability("chan1997", float(mass[0]), None, None, _assumptions(plane, said))


def patera2001(plane: EncounterPlane, hard_body_radius_m: float) -> CollisionProbability:
    """The same mass as an integral once round the disk's edge.

    Source: Patera 2001, General method for calculating satellite collision probability, JGCD 24(4), 716-722.
    """
    radius = checked_radius_km(hard_body_radius_m)
    mass = np.empty(1)
    patera_kernel(*_columns(plane, radius), 0, 1, mass)
    return CollisionProbability("patera2001", float(mass[0]), None, None, _assumptions(plane))


def constant_density1999(plane: EncounterPlane, hard_body_radius_m: float) -> CollisionProbability:
    """Density at the centre times the disk's area: right only while the disk is small against the deviations.

    Source: Alfriend et al. 1999, Probability of collision error analysis, Space Debris 1(1), 21-35.
    """
    radius = checked_radius_km(hard_body_radius_m)
    value = radius**2 / (2.0 * plane.sigma_x_km * plane.sigma_y_km) * math.exp(-0.5 * plane.mahalanobis**2)
    return CollisionProbability(
        "constant_density1999", min(value, 1.0), None, None, _assumptions(plane, "one density over the whole disk")
    )

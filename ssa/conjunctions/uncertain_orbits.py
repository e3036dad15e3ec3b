"""Both objects of an encounter as Gaussians in equinoctial elements, in axes chosen so that no element is singular."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from orbits.arrays import Floats
from ssa.conjunctions.covariance_repair import repaired_state_covariance
from ssa.conjunctions.encounter import Encounter
from ssa.conjunctions.equinoctial_kernels import elements_kernel, partials_kernel
from ssa.conjunctions.states import ObjectState


@dataclass(frozen=True, eq=False)
class UncertainOrbit:
    """Mean elements (6,) and their covariance (6, 6); what was repaired, if anything."""

    elements: Floats
    covariance: Floats
    repair: str | None

    @property
    def period_s(self) -> float:
        """The period of the mean orbit."""
        return 2.0 * math.pi / float(self.elements[0])


def orbits_of(encounter: Encounter) -> tuple[UncertainOrbit, UncertainOrbit] | str:
    """The two orbits, or why there are none: an orbit that is not elliptic, or a missing velocity covariance."""
    if not encounter.has_velocity_covariance:
        return "a velocity covariance is missing: give 6x6 covariances of both objects"
    axes = _common_axes(encounter)
    found = [_orbit(state.turned(axes)) for state in (encounter.primary, encounter.secondary)]
    if found[0] is None or found[1] is None:
        which = "the primary" if found[0] is None else "the secondary"
        return f"{which} is not on an ellipse about the Earth"
    return found[0], found[1]


def shorter_period_s(encounter: Encounter) -> float | None:
    """The shorter of the two periods; None where an orbit is not elliptic."""
    periods = []
    axes = _common_axes(encounter)
    for state in (encounter.primary, encounter.secondary):
        elements = np.empty(6)
        if elements_kernel(_six(state.turned(axes)), elements) != 0.0:
            return None
        periods.append(2.0 * math.pi / float(elements[0]))
    return min(periods)


def _common_axes(encounter: Encounter) -> Floats:
    """Axes whose z lies between the two orbits' normals, so that neither orbit runs backwards about it.

    They come from the two states alone, so that the answer does not depend on the axes the states are given in.
    """
    normals = []
    for state in (encounter.primary, encounter.secondary):
        momentum = np.cross(state.position_km, state.velocity_km_s)
        size = float(np.linalg.norm(momentum))
        normals.append(momentum / size if size > 0.0 else np.array([0.0, 0.0, 1.0]))
    z = normals[0] + normals[1]
    if np.linalg.norm(z) < 0.1:  # against each other: across both
        z = encounter.primary.position_km + encounter.secondary.position_km
    z = z / np.linalg.norm(z)
    candidates = (encounter.primary.position_km, encounter.primary.velocity_km_s, np.array([1.0, 0.0, 0.0]), np.ones(3))
    for one in candidates:
        x = one - (one @ z) * z
        if np.linalg.norm(x) > 0.05 * np.linalg.norm(one):
            break
    x = x / np.linalg.norm(x)
    return np.stack([x, np.cross(z, x), z])


def _six(state: ObjectState) -> Floats:
    return np.concatenate([state.position_km, state.velocity_km_s])


def _orbit(state: ObjectState) -> UncertainOrbit | None:
    elements, again, partials = np.empty(6), np.empty(6), np.empty((6, 6))
    if elements_kernel(_six(state), elements) != 0.0:
        return None
    partials_kernel(elements, 0.0, again, partials)
    cartesian, repair = repaired_state_covariance(state.covariance_km2)
    inverse = np.linalg.inv(partials)
    covariance = inverse @ cartesian @ inverse.T
    return UncertainOrbit(elements, np.ascontiguousarray(0.5 * (covariance + covariance.T)), repair)

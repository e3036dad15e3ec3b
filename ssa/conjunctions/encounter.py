"""Two objects at their encounter, and the encounter plane: across the relative velocity, through the primary.

In the plane the uncertainty of both objects together is one two-dimensional Gaussian about the miss, and the sphere
of the combined hard-body radius is a disk. This stands as long as the encounter is short: straight relative motion,
constant covariance, known velocities (see `usage`). Source: Foster and Estes 1992, NASA/JSC-25898; Akella and
Alfriend 2000, JGCD 23(5), 769-772.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orbits.arrays import Floats
from orbits.errors import InvalidValue
from ssa.conjunctions.covariance_repair import FLOOR_OF_RADIUS, repaired_plane_covariance
from ssa.conjunctions.states import ObjectState

LEAST_RELATIVE_SPEED_KM_S = 1e-12  # slower than this there is no direction to lay a plane across


@dataclass(frozen=True, eq=False)
class Encounter:
    """Primary and secondary in common axes at (or near) their closest approach."""

    primary: ObjectState
    secondary: ObjectState

    @property
    def relative_position_km(self) -> Floats:
        """Secondary less primary, (3,)."""
        return self.secondary.position_km - self.primary.position_km

    @property
    def relative_velocity_km_s(self) -> Floats:
        """Secondary less primary, (3,)."""
        return self.secondary.velocity_km_s - self.primary.velocity_km_s

    @property
    def miss_distance_km(self) -> float:
        """The distance as the states stand."""
        return float(np.linalg.norm(self.relative_position_km))

    @property
    def relative_speed_km_s(self) -> float:
        """The speed of one past the other."""
        return float(np.linalg.norm(self.relative_velocity_km_s))

    @property
    def has_velocity_covariance(self) -> bool:
        """Whether both objects have it."""
        return self.primary.has_velocity_covariance and self.secondary.has_velocity_covariance

    def swapped(self) -> Encounter:
        """The same encounter seen from the other object."""
        return Encounter(self.secondary, self.primary)

    def turned(self, axes: Floats) -> Encounter:
        """The same encounter in other axes, (3, 3), unit vectors as rows."""
        return Encounter(self.primary.turned(axes), self.secondary.turned(axes))


@dataclass(frozen=True)
class EncounterPlane:
    """The encounter in the plane, in the principal axes of the joint covariance.

    `repair` says what was done to a covariance that was not positive definite (None: nothing).
    """

    miss_x_km: float
    miss_y_km: float
    sigma_x_km: float
    sigma_y_km: float
    repair: str | None = None

    def __post_init__(self) -> None:
        for name in ("miss_x_km", "miss_y_km", "sigma_x_km", "sigma_y_km"):
            value = float(getattr(self, name))
            if not np.isfinite(value):
                raise InvalidValue(name, value, "must be finite")
            if name.startswith("sigma") and not value > 0.0:
                raise InvalidValue(name, value, "must be more than 0")
            object.__setattr__(self, name, value)

    @property
    def miss_km(self) -> float:
        """The miss in the plane."""
        return float(np.hypot(self.miss_x_km, self.miss_y_km))

    @property
    def mahalanobis(self) -> float:
        """The miss in standard deviations."""
        return float(np.hypot(self.miss_x_km / self.sigma_x_km, self.miss_y_km / self.sigma_y_km))

    def scaled(self, factor: float) -> EncounterPlane:
        """The same miss with both deviations multiplied."""
        return EncounterPlane(
            self.miss_x_km, self.miss_y_km, self.sigma_x_km * factor, self.sigma_y_km * factor, self.repair
        )


def plane_axes(relative_velocity_km_s: Floats, relative_position_km: Floats) -> Floats:
    """Two unit vectors (2, 3) across the relative velocity; the first towards the miss, where there is one."""
    along = relative_velocity_km_s / np.linalg.norm(relative_velocity_km_s)
    miss = relative_position_km - (relative_position_km @ along) * along
    if np.linalg.norm(miss) <= 1e-12 * max(float(np.linalg.norm(relative_position_km)), 1e-9):
        miss = np.cross(along, np.eye(3)[np.argmin(np.abs(along))])
    first = miss / np.linalg.norm(miss)
    return np.stack([first, np.cross(along, first)])


def encounter_plane(encounter: Encounter, hard_body_radius_m: float = 0.0) -> EncounterPlane | None:
    """The encounter in its plane; None where the relative speed is 0 and there is no plane.

    The miss is projected on the plane, which moves states that are not exactly at closest approach there along
    straight lines. A projected covariance that is not positive definite is repaired (floor from the hard-body radius)
    and says so.
    """
    velocity, position = encounter.relative_velocity_km_s, encounter.relative_position_km
    if not np.linalg.norm(velocity) > LEAST_RELATIVE_SPEED_KM_S:
        return None
    axes = plane_axes(velocity, position)
    joint = encounter.primary.position_covariance_km2 + encounter.secondary.position_covariance_km2
    floor = max(FLOOR_OF_RADIUS * hard_body_radius_m / 1e3, 1e-9)
    covariance, repair = repaired_plane_covariance(axes @ joint @ axes.T, floor)
    values, vectors = np.linalg.eigh(covariance)
    miss = vectors.T @ (axes @ position)
    sigma = np.sqrt(np.maximum(values, floor**2))
    return EncounterPlane(float(miss[0]), float(miss[1]), float(sigma[0]), float(sigma[1]), repair)

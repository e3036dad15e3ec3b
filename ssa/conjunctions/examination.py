"""`examine`: one conjunction in full, from the element sets of its two objects and its time.

States of both are SGP4's at the closest approach, which is looked for within a millisecond of the time given: times in
lists are rounded to that. Where the distance has no minimum there (an approach that a window cuts, or no approach at
all) the time given stands, and `is_closest` says so. Covariances are assumed by kind of orbit and age, hard-body radii
taken from the catalogue; each with its basis in words. Probabilities: `ssa.conjunctions.assessment`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orbits import ElementSets, Instant, TimeSpan
from orbits.arrays import Floats, Integers
from orbits.errors import InvalidValue
from orbits.frames import rtn_axes
from orbits.own_times import states_at_own_times
from orbits.times import Instants
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.conjunctions.assessment import CollisionAssessment, collision_probability
from ssa.conjunctions.covariance import CovarianceColumns, assumed_covariance
from ssa.conjunctions.encounter import LEAST_RELATIVE_SPEED_KM_S, Encounter
from ssa.conjunctions.hard_bodies import hard_body_radii
from ssa.conjunctions.screening import MAX_MISS_KM, Screening, Stays
from ssa.conjunctions.states import ObjectState

ROUNDED_S = 1e-3  # how far a time that was read from a list may be from the closest approach
_AROUND_S = 60.0
_SAME_KM = 1e-5
AXES_NOTE = (
    "Across the relative velocity, through the primary, km: y is up (radial of the primary), x completes them so that "
    "the secondary's velocity relative to the primary points out of the picture, at who looks."
)


@dataclass(frozen=True, eq=False)
class UprightPlane:
    """The encounter plane with the primary's radial direction up: `axes_rtn` (2, 3) are x and y in its RTN.

    `miss_km` (2,) is the secondary's place, `covariance_km2` (2, 2) that of both objects together.
    """

    axes_rtn: Floats
    miss_km: Floats
    covariance_km2: Floats


@dataclass(frozen=True, eq=False)
class Examination:
    """One conjunction: `found` holds it as the one row of a screening, `encounter` as two uncertain states (TEME).

    `snapshot` holds the two objects alone; rows are its rows. `covariances` (primary, secondary) and `radius_m`,
    `radius_basis` (2,) say what the probabilities rest on.
    """

    snapshot: CatalogueSnapshot
    found: Screening
    tca: Instant
    is_closest: bool
    encounter: Encounter
    covariances: CovarianceColumns
    radius_m: Floats
    radius_basis: tuple[str, str]
    assessment: CollisionAssessment

    @property
    def rows(self) -> tuple[int, int]:
        """The two objects' rows, primary first."""
        return int(self.found.primary_row[0]), int(self.found.secondary_row[0])

    def seen_from(self, side: int) -> tuple[Floats, Floats]:
        """Place (3,) km and velocity (3,) km/s of the other object in the RTN axes of one (0: primary)."""
        own = (self.encounter.primary, self.encounter.secondary)[side]
        axes, sign = rtn_axes(own.position_km, own.velocity_km_s), 1.0 if side == 0 else -1.0
        return sign * axes @ self.encounter.relative_position_km, sign * axes @ self.encounter.relative_velocity_km_s

    def upright_plane(self) -> UprightPlane | None:
        """The encounter plane for a picture; None without relative speed."""
        velocity = self.encounter.relative_velocity_km_s
        if not np.linalg.norm(velocity) > LEAST_RELATIVE_SPEED_KM_S:
            return None
        own = self.encounter.primary
        rtn = rtn_axes(own.position_km, own.velocity_km_s)
        along = velocity / np.linalg.norm(velocity)
        ups = rtn - np.outer(rtn @ along, along)
        up = ups[0] if np.linalg.norm(ups[0]) > 0.1 else ups[2]  # a radial passage has no up: normal instead
        y = up / np.linalg.norm(up)
        axes = np.stack([np.cross(y, along), y])
        joint = own.position_covariance_km2 + self.encounter.secondary.position_covariance_km2
        return UprightPlane(axes @ rtn.T, axes @ self.encounter.relative_position_km, axes @ joint @ axes.T)


def examine(snapshot: CatalogueSnapshot, primary_id: int, secondary_id: int, near: Instant) -> Examination:
    """The conjunction of two objects at a time, with its probabilities.

    Raises `InvalidValue` for an object that is not in the catalogue, for a time at which SGP4 has no state of one of
    them, and where they are farther apart than a screening looks (200 km).
    """
    rows, missing = snapshot.rows_of([primary_id, secondary_id])
    if missing or primary_id == secondary_id:
        one = missing[0] if missing else secondary_id
        reason = f"is not in the catalogue of {snapshot.as_of.isoformat(0)}" if missing else "is the primary itself"
        raise InvalidValue("norad_id", one, reason)
    pair = snapshot[np.sort(rows)]
    rows = np.array([0, 1] if primary_id < secondary_id else [1, 0])
    elements = pair.elements
    moved_s, is_closest = _closest(elements, rows, near)
    start = near.plus_s(-_AROUND_S)
    times = Instants.after(start, np.full(2, _AROUND_S + moved_s))
    tca = times[0]
    position, velocity = _states(elements, rows, times)
    ages = np.array([tca.days_since(elements.epoch(int(row))) for row in rows])
    covariances = assumed_covariance(elements, rows, ages)
    states = [
        ObjectState.from_rtn(
            position[side], velocity[side], covariances.state_rtn_km2[side],
            covariance_basis=str(covariances.covariance_basis[side]),
        )
        for side in (0, 1)
    ]  # fmt: skip
    encounter = Encounter(*states)
    if encounter.miss_distance_km > MAX_MISS_KM:
        raise InvalidValue(
            "time", near.isoformat(3),
            f"{primary_id} and {secondary_id} are {encounter.miss_distance_km:,.0f} km apart then: no conjunction",
        )  # fmt: skip
    radii = hard_body_radii(pair)
    radius = radii.radius_m[rows]
    return Examination(
        pair, _one_row(elements, rows, start, _AROUND_S + moved_s, encounter), tca, is_closest, encounter,
        covariances, radius, (str(radii.basis[rows[0]]), str(radii.basis[rows[1]])),
        collision_probability(encounter, hard_body_radius_m=float(radius.sum())),
    )  # fmt: skip


def _states(elements: ElementSets, rows: Integers, times: Instants) -> tuple[Floats, Floats]:
    position, velocity, status = states_at_own_times(elements, rows, times)
    if status.any():
        number = int(elements.norad_id[rows[int(np.flatnonzero(status)[0])]])
        raise InvalidValue("time", times[0].isoformat(3), f"SGP4 has no state of {number} then")
    return position, velocity


def _closest(elements: ElementSets, rows: Integers, near: Instant) -> tuple[float, bool]:
    """Seconds from `near` to the least distance of SGP4's positions there, and whether it is one."""
    _, velocity = _states(elements, rows, Instants.after(near, np.zeros(2)))
    tau = min(0.5, 2.0 / max(float(np.linalg.norm(velocity[1] - velocity[0])), 1e-6))
    seconds = np.repeat([-tau, 0.0, tau], 2)
    position, _ = _states(elements, np.tile(rows, 3), Instants.after(near, seconds))
    apart = position[1::2] - position[0::2]
    before, now, after = np.einsum("ij,ij->i", apart, apart).tolist()
    curvature = before - 2.0 * now + after
    slope = 0.5 * (before - after)
    if not curvature > 0.0:
        return 0.0, bool(abs(slope) < 1e-12)
    least = max(now - 0.5 * slope**2 / curvature, 0.0)
    move = tau * slope / curvature
    if abs(move) <= ROUNDED_S:
        return move, True
    return 0.0, bool(np.sqrt(now) - np.sqrt(least) <= _SAME_KM)


def _one_row(elements: ElementSets, rows: Integers, start: Instant, tca_s: float, encounter: Encounter) -> Screening:
    """The conjunction as a screening of a minute to either side would list it."""
    own = encounter.primary
    axes = rtn_axes(own.position_km, own.velocity_km_s)
    none_at_all = np.empty(0)
    no_rows, no_flags = np.empty(0, dtype=np.int64), np.empty(0, dtype=bool)
    return Screening(
        elements=elements, span=TimeSpan(start, start.plus_s(2.0 * _AROUND_S)), miss_km=MAX_MISS_KM,
        primary_row=rows[:1], secondary_row=rows[1:], tca_s=np.array([tca_s]),
        miss_distance_km=np.array([encounter.miss_distance_km]),
        miss_rtn_km=(axes @ encounter.relative_position_km)[None],
        relative_speed_km_s=np.array([encounter.relative_speed_km_s]),
        relative_velocity_rtn_km_s=(axes @ encounter.relative_velocity_km_s)[None],
        position_teme_km=own.position_km[None], within_s=np.array([np.nan]),
        cut_at_start=np.zeros(1, dtype=bool), cut_at_end=np.zeros(1, dtype=bool),
        stays=Stays(no_rows, no_rows, none_at_all, none_at_all, none_at_all, none_at_all, no_flags, no_flags),
        skipped=(), counts={}, caveats=(),
    )  # fmt: skip

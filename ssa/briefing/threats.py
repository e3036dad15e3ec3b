"""Conjunctions of a fleet within a window: what comes near by element sets alone, and what a policy makes of it.

Limits: an element set is good to about a kilometre at epoch and worse with age, so a miss below that says only that the
two come near. Graded conjunctions are those of `ssa.alerts`: probabilities rest on covariances that are assumed, and
nothing here supports a manoeuvre decision. Pairs that stay together longer than a quarter of a revolution (docked,
formations) are counted apart. Objects that SATCAT calls decayed are left
out and counted. What is screened and what is skipped: `ssa.conjunctions.screening`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from orbits.arrays import Floats, Integers, read_only
from orbits.errors import InvalidValue
from orbits.times import TimeSpan
from ssa.alerts.check import AlertCheck, graded
from ssa.alerts.grading import grade_number
from ssa.alerts.policies import Policy
from ssa.candidates import Candidates
from ssa.conjunctions.screening import Screening, screen
from ssa.conjunctions.volumes import Box
from ssa.sensor_fleets import SensorFleet

LARGEST_MISS_KM = 50.0
DEFAULT_MISS_KM = 5.0


@dataclass(frozen=True, eq=False)
class CloseApproaches:
    """Columns (a,), the nearest first: `own_row` and `other_row` are rows of the fleet's snapshot.

    `tca_s` counts from the window's start; `miss_rtn_km` (a, 3) is the other object in the own one's frame. Of two
    objects of the fleet the one with the lower number is the own one. `stays` counts pairs that stay together,
    `skipped` objects that were not screened or not for the whole window, `fleet_skipped` those of them that are the
    fleet's, `decayed` those left out.
    """

    within_km: float
    own_row: Integers
    other_row: Integers
    tca_s: Floats
    miss_distance_km: Floats
    miss_rtn_km: Floats
    relative_speed_km_s: Floats
    stays: int
    searched: int
    skipped: int
    fleet_skipped: int
    decayed: int

    def __post_init__(self) -> None:
        for name in ("own_row", "other_row", "tca_s", "miss_distance_km", "miss_rtn_km", "relative_speed_km_s"):
            values = getattr(self, name)
            object.__setattr__(self, name, read_only(values, values.dtype))

    def __len__(self) -> int:
        return len(self.tca_s)


@dataclass(frozen=True, eq=False)
class GradedConjunctions:
    """The alerts of a policy among the conjunctions of the fleet; those of `grade` or graver are told one by one."""

    check: AlertCheck
    grade: str
    fleet_skipped: int


def close_approaches(
    fleet: SensorFleet, span: TimeSpan, within_km: float = DEFAULT_MISS_KM, *, threads: int | None = None,
    report: Callable[[float], None] = lambda share: None,
) -> CloseApproaches:  # fmt: skip
    """Every approach of any object of the catalogue to the fleet's within `within_km`.

    Raises `InvalidValue` for a distance that is not above 0 and at most 50 km.
    """
    return _nearest(fleet, _screened(fleet, span, _checked_km(within_km), None, threads, report), within_km)


def threats_to(
    fleet: SensorFleet, span: TimeSpan, *, within_km: float | None, policy: Policy | None, grade: str,
    threads: int | None = None, report: Callable[[float], None] = lambda share: None,
) -> tuple[CloseApproaches | None, GradedConjunctions | None]:  # fmt: skip
    """Close approaches and graded conjunctions, each where it is asked for; screened once where one distance does.

    Raises `InvalidValue` as `close_approaches`, and `UnknownName` for a grade that is none.
    """
    grade_number(grade)
    if within_km is None and policy is None:
        return None, None
    box = None if policy is None or policy.box_rtn_km is None else Box(*policy.box_rtn_km)
    shared = policy is None or (box is None and within_km in (None, policy.screening_reach_km))
    share = 1.0 if shared else 0.5
    first = None
    if within_km is not None:
        first = _screened(fleet, span, _checked_km(within_km), None, threads, lambda done: report(share * done))
    near = None if within_km is None or first is None else _nearest(fleet, first, within_km)
    if policy is None:
        return near, None
    found = first if shared and first is not None else _screened(
        fleet, span, policy.screening_reach_km, box, threads, lambda done: report(1.0 - share + share * done)
    )  # fmt: skip
    watched = Candidates(fleet.snapshot, _in_orbit(fleet, span)[0], fleet.asked, fleet.left_out, fleet.not_in_catalogue)
    return near, GradedConjunctions(graded(watched, found, policy), grade, not_screened(fleet, found))


def not_screened(fleet: SensorFleet, found: Screening) -> int:
    """How many of the fleet's objects were not screened, or not for the whole window."""
    numbers = [skipped.norad_id for skipped in found.skipped]
    return int(np.isin(fleet.objects.elements.norad_id, numbers).sum())


def _checked_km(within_km: float) -> float:
    if not 0.0 < within_km <= LARGEST_MISS_KM:
        raise InvalidValue("miss_km", within_km, f"give a distance above 0 and at most {LARGEST_MISS_KM:g} km")
    return within_km


def _in_orbit(fleet: SensorFleet, span: TimeSpan) -> tuple[Integers, Integers]:
    """Rows of the fleet, and of all the catalogue, that SATCAT does not call decayed."""
    there = ~fleet.snapshot.decayed(span.start)
    return fleet.rows[there[fleet.rows]], np.flatnonzero(there)


def _screened(
    fleet: SensorFleet, span: TimeSpan, reach_km: float, box: Box | None, threads: int | None,
    report: Callable[[float], None],
) -> Screening:  # fmt: skip
    own, every = _in_orbit(fleet, span)
    return screen(
        fleet.snapshot.elements, span, miss_km=reach_km, volume=box, primaries=own, secondaries=every, threads=threads,
        report=report,
    )  # fmt: skip


def _nearest(fleet: SensorFleet, found: Screening, within_km: float) -> CloseApproaches:
    near = np.lexsort((found.secondary_row, found.primary_row, found.tca_s, found.miss_distance_km))
    searched = len(_in_orbit(fleet, found.span)[1])
    return CloseApproaches(
        within_km=within_km, own_row=found.primary_row[near], other_row=found.secondary_row[near],
        tca_s=found.tca_s[near], miss_distance_km=found.miss_distance_km[near], miss_rtn_km=found.miss_rtn_km[near],
        relative_speed_km_s=found.relative_speed_km_s[near],
        stays=len(set(zip(found.stays.primary_row.tolist(), found.stays.secondary_row.tolist(), strict=True))),
        searched=searched, skipped=len(found.skipped),
        fleet_skipped=not_screened(fleet, found), decayed=len(fleet.snapshot) - searched,
    )  # fmt: skip

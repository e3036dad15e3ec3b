"""The question of a watch: which conjunctions of these objects, in this window, need somebody's attention, and why.

Approaches come from screening as columns. Those that one operator settles itself (inside a constellation), those inside
one group that flies together, and all but one of an encounter with such a group are left out and counted; the rest is
graded. Stays (docked modules, formations) are listed and never alerts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from orbits import Instants, TimeSpan
from orbits.arrays import Floats, Integers
from ssa.alerts.encounters import assess_encounters
from ssa.alerts.grading import Alerts, Stakes, grade_encounters
from ssa.alerts.policies import Policy
from ssa.alerts.sentences import named, reasons
from ssa.alerts.slow import MOST_CURVED, with_curved_orbits
from ssa.alerts.together import (
    STATUS_UNKNOWN,
    companions,
    families,
    first_of_each,
    inside_one_family,
    knows_status,
)
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.conjunctions.covariance import NO_MANOEUVRE_DECISION
from ssa.conjunctions.hard_bodies import HardBodyRadii, hard_body_radii

FAMILY = "both of one operator's constellation, which keeps its own apart"
TOGETHER = "both of one group that flies together"
STANDS_FOR = "the same encounter with another member of a group that flies together"
_MOST_NAMED = 3


@dataclass(frozen=True, eq=False)
class WatchReport:
    """Graded encounters of what is watched; `stands_for` (n,) counts the encounters that each one is told for.

    `companions_of` gives the rows that fly with a row; `left_out` counts encounters by reason.
    """

    snapshot: CatalogueSnapshot
    span: TimeSpan
    alerts: Alerts
    radii: HardBodyRadii
    stands_for: Integers
    companions_of: Mapping[int, tuple[int, ...]]
    left_out: Mapping[str, int]
    caveats: tuple[str, ...]

    def reasons(self, place: int) -> tuple[str, ...]:
        """The sentences of one alert, the group that it stands for among them."""
        said = list(reasons(self.alerts, place, self.radii))
        if self.stands_for[place] > 1:
            found = self.alerts.encounters
            for row in (int(found.primary_row[place]), int(found.secondary_row[place])):
                others = self.companions_of.get(row, ())
                if others:
                    names = ", ".join(named(self.alerts, other) for other in others[:_MOST_NAMED])
                    more = f" and {len(others) - _MOST_NAMED} more" if len(others) > _MOST_NAMED else ""
                    said.insert(2, f"{named(self.alerts, row)} flies with {names}{more}: this is for all of them.")
        return tuple(said)


def grade_watch(
    snapshot: CatalogueSnapshot,
    span: TimeSpan,
    policy: Policy,
    *,
    primary_row: Integers,
    secondary_row: Integers,
    tca_s: Floats,
    together: Iterable[tuple[int, int]] = (),
    same_family: bool = False,
    stakes: Stakes | None = None,
    threads: int | None = None,
) -> WatchReport:
    """Grade approaches (n,) of a screening of `snapshot`: rows of both objects, seconds from the span's start.

    `together` are pairs of rows that stay near one another over the window. `same_family` keeps pairs inside one
    operator's constellation. `threads` defaults to all cores.
    """
    group = companions(len(snapshot), together)
    first, second = np.asarray(primary_row, dtype=np.int64), np.asarray(secondary_row, dtype=np.int64)
    inside = group[first] == group[second]
    family = np.zeros(len(first), dtype=bool) if same_family else inside_one_family(families(snapshot), first, second)
    kept = np.flatnonzero(~inside & ~family)
    radii = hard_body_radii(snapshot)
    found = assess_encounters(
        snapshot.elements, first[kept], second[kept], Instants.after(span.start, np.asarray(tca_s)[kept]),
        radius_m=radii.radius_m,
    )  # fmt: skip
    # of an encounter with a group, the likeliest collision is told, and of like ones the nearest
    rank = -np.nan_to_num(found.probability) + 1e-12 * found.miss_distance_km
    chosen, held = first_of_each(group, first[kept], second[kept], np.asarray(tca_s)[kept], rank)
    order = np.argsort(chosen)
    told, without = with_curved_orbits(found[chosen[order]], threads=threads)
    left_out = {
        FAMILY: int(np.count_nonzero(family & ~inside)), TOGETHER: int(np.count_nonzero(inside)),
        STANDS_FOR: len(kept) - len(chosen),
    }  # fmt: skip
    return WatchReport(
        snapshot, span, grade_encounters(told, policy, start=span.start, stakes=stakes), radii,
        np.array([len(held[place]) for place in order.tolist()], dtype=np.int64), _by_row(group),
        {reason: number for reason, number in left_out.items() if number},
        (*_caveats(policy, without), *(() if same_family or knows_status(snapshot) else (STATUS_UNKNOWN,))),
    )  # fmt: skip


def _by_row(group: Integers) -> dict[int, tuple[int, ...]]:
    members: dict[int, list[int]] = {}
    for row in np.flatnonzero(np.bincount(group, minlength=len(group))[group] > 1).tolist():
        members.setdefault(int(group[row]), []).append(row)
    return {row: tuple(other for other in rows if other != row) for rows in members.values() for row in rows}


def _caveats(policy: Policy, without_curved: int) -> tuple[str, ...]:
    slow = (
        f"{without_curved:,} slow encounters have the probability of a straight pass, which does not apply to them: "
        f"the three-dimensional one is worked out for the nearest {MOST_CURVED}, and cannot be for all."
    )
    return (
        *((slow,) if without_curved else ()),
        NO_MANOEUVRE_DECISION,
        "Covariances are assumed by kind of orbit and age (docs/element-accuracy.md) and hold no manoeuvres but those "
        "of Starlink and station-kept satellites; real errors beyond three sigma are more frequent than normal.",
        f"Policy {policy.name}: {policy.source} ({policy.standing}).",
    )

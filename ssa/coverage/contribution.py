"""Who adds what: the part of each group, or of each object, in what a fleet achieves over a region.

Three answers, each for any measure of `coalitions.BETTER`: alone (only this group flies), marginal (what the whole has
beyond the whole without it: what would be lost), and the Shapley value (its fair part of the whole; all parts sum to
it). For gaps a negative number is good: so many seconds less.

Limits: it tells what the geometry of the stored accesses gives, not who would share data with whom. Exact for covered
and seen fractions and for the mean fold with any number of groups, as each second (each cell, each object) is shared
equally among those who have it; for gaps exact up to 12 groups, and sampled beyond, with a standard error.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orbits.arrays import Booleans, Floats, read_only
from orbits.errors import InvalidValue
from ssa.coverage.coalitions import Objective, coalition_values, object_folds, objective_of, shared_fractions
from ssa.coverage.groups import Groups
from ssa.coverage.intervals import AccessIntervals
from ssa.coverage.shapley import all_subsets, sampled_shapley, shapley_of_subsets

EXACT_GROUPS = 12  # 4,096 subsets
DEFAULT_ORDERS = 200


@dataclass(frozen=True, eq=False)
class Contribution:
    """Columns (g,) for the groups `names`: `alone`, `marginal`, `shapley` and its `standard_error` (0 where exact).

    `whole` is what all groups achieve together and `nothing` what no object at all does, so that `shapley` sums to
    `whole - nothing`. `shapley` and its error are None when they were not asked for. `method` says how it was found.
    """

    names: tuple[str, ...]
    objective: Objective
    whole: float
    nothing: float
    alone: Floats
    marginal: Floats
    shapley: Floats | None
    standard_error: Floats | None
    method: str
    ungrouped: int

    def __post_init__(self) -> None:
        for name in ("alone", "marginal", "shapley", "standard_error"):
            if getattr(self, name) is not None:
                object.__setattr__(self, name, read_only(getattr(self, name), np.float64))

    def rows(self) -> list[dict[str, object]]:
        """One mapping for each group: its name as `owner`, and every number with the measure's unit in its key."""
        unit = "s" if self.objective.measure.endswith("_s") else "fraction"
        unit = "fold" if self.objective.measure == "mean_fold" else unit
        columns = {"alone": self.alone, "marginal": self.marginal, "shapley": self.shapley,
                   "shapley_standard_error": self.standard_error}  # fmt: skip
        return [
            {"owner": name}
            | {f"{key}_{unit}": None if column is None else float(column[row]) for key, column in columns.items()}
            for row, name in enumerate(self.names)
        ]


def contribution_of(
    intervals: AccessIntervals,
    groups: Groups,
    measure: str | Objective = "covered_fraction",
    *,
    limit_s: float | None = None,
    shapley: bool = True,
    orders: int = DEFAULT_ORDERS,
    seed: int = 0,
    threads: int | None = None,
) -> Contribution:
    """The part of each group in `measure`; `limit_s` is the gap required, for `satisfied_fraction`.

    `orders` random orders with `seed` are drawn where Shapley values cannot be exact: the same seed gives the same
    answer. Raises `InvalidValue` for an unknown measure, fewer than two orders, and groups of another fleet.

    >>> from orbits.times import TimeSpan
    >>> hour = TimeSpan.of("2026-03-10T00:00:00Z", hours=1)
    >>> seen = AccessIntervals.of([(0, 0, 0, 900), (1, 0, 450, 1800)], span=hour, objects=2, cell_area_km2=[1])
    >>> part = contribution_of(seen, Groups.by_label(["FR", "US"]))
    >>> part.alone, part.marginal, part.shapley, part.whole
    (array([0.25 , 0.375]), array([0.125, 0.25 ]), array([0.1875, 0.3125]), 0.5)
    """
    objective = objective_of(measure, limit_s)
    if orders < 2:
        raise InvalidValue("orders", orders, "give two or more random orders")
    groups.require_of(intervals)
    count = len(groups)

    def values_of(inside: Booleans) -> Floats:
        flying = groups.member.T.astype(np.int64) @ inside.astype(np.int64) > 0
        return coalition_values(intervals, flying, objective, threads=threads)

    asked = np.eye(count, dtype=bool)
    ends = np.zeros((count, 2), dtype=bool)
    ends[:, 1] = True
    values = values_of(np.concatenate([ends, asked, ~asked], axis=1))
    nothing, whole = float(values[0]), float(values[1])
    found: Floats | None = None
    error: Floats | None = None
    method = "Shapley values were not asked for"
    if shapley:
        found = _shared_equally(intervals, groups, objective, threads)
        error, method = np.zeros(count), "exact: each part is shared equally among those who have it"
        if found is None and count <= EXACT_GROUPS:
            found, method = shapley_of_subsets(values_of(all_subsets(count))), f"exact: all {1 << count} subsets"
        elif found is None:
            found, error = sampled_shapley(values_of, count, orders=orders, seed=seed)
            method = f"sampled: {orders} random orders, seed {seed}"
    return Contribution(
        names=groups.names,
        objective=objective,
        whole=whole,
        nothing=nothing,
        alone=values[2 : 2 + count],
        marginal=whole - values[2 + count :],
        shapley=found,
        standard_error=error,
        method=method,
        ungrouped=groups.ungrouped,
    )


def _shared_equally(
    intervals: AccessIntervals, groups: Groups, objective: Objective, threads: int | None
) -> Floats | None:
    """Shapley values of measures that are sums of things which any one player suffices to have; None for others."""
    if objective.measure == "mean_fold":
        return np.asarray((groups.member / np.maximum(groups.member.sum(axis=0), 1)) @ object_folds(intervals))
    if objective.measure not in ("covered_fraction", "seen_fraction"):
        return None
    whose = np.where(groups.member.any(axis=0), groups.member.argmax(axis=0), -1)
    if (groups.member.sum(axis=0) > 1).any():  # an object of several groups is an access of each
        intervals, whose = groups.as_objects(intervals), np.arange(len(groups))
    if objective.measure == "covered_fraction":
        return shared_fractions(intervals, whose, len(groups), threads=threads)
    by_access = whose[intervals.object_row]
    pairs = np.unique((intervals.cell_row.astype(np.int64) * len(groups) + by_access)[by_access >= 0])
    cell, player = np.divmod(pairs, len(groups))
    shares = intervals.weights[cell] / np.bincount(cell, minlength=intervals.cells)[cell]
    return np.bincount(player, weights=shares, minlength=len(groups)).astype(np.float64)

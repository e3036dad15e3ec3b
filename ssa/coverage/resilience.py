"""What remains when satellites are lost: the worst single loss, the worst few, and how gracefully a fleet degrades.

All from stored access: losing an object costs one merge, no geometry. Which losses are worst is exact while the
combinations are few enough to try them all, and greedy beyond (the worst single loss, then the worst after it): greedy
losses are never worse for the fleet than the true worst, and the answer says which of the two it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np

from orbits.arrays import Booleans, Floats, Integers, read_only
from orbits.errors import InvalidValue
from ssa.coverage.coalitions import Objective, coalition_values, objective_of
from ssa.coverage.intervals import AccessIntervals

EXACT_WORK = 400_000_000  # accesses x combinations that are tried, about half a second
EXACT_TRIES = 20_000  # and how many combinations at most, for the memory that they take


@dataclass(frozen=True)
class WorstLoss:
    """Losing `lost` takes the measure from `before` to `after`; object rows, in order of their loss where greedy."""

    lost: tuple[int, ...]
    objective: Objective
    before: float
    after: float
    method: str


@dataclass(frozen=True, eq=False)
class Degradation:
    """The measure after 0, 1, ... k losses (k + 1,): the worst found, one by one, and the mean of random losses.

    `lost` (k,) is the order of the worst; `random_standard_error` (k + 1,) that of `random_mean`.
    """

    objective: Objective
    lost: Integers
    worst: Floats
    random_mean: Floats
    random_standard_error: Floats
    method: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "lost", read_only(self.lost, np.int64))
        for name in ("worst", "random_mean", "random_standard_error"):
            object.__setattr__(self, name, read_only(getattr(self, name), np.float64))


def single_losses(intervals: AccessIntervals, measure: str | Objective, *, limit_s: float | None = None) -> Floats:
    """The measure (n,) after the loss of each object, one at a time.

    >>> from orbits.times import TimeSpan
    >>> hour = TimeSpan.of("2026-03-10T00:00:00Z", hours=1)
    >>> seen = AccessIntervals.of([(0, 0, 0, 900), (1, 0, 900, 3600)], span=hour, objects=2, cell_area_km2=[1])
    >>> single_losses(seen, "covered_fraction")
    array([0.75, 0.25])
    """
    return coalition_values(intervals, ~np.eye(intervals.objects, dtype=bool), objective_of(measure, limit_s))


def worst_loss(
    intervals: AccessIntervals, losses: int, measure: str | Objective, *, limit_s: float | None = None
) -> WorstLoss:
    """The `losses` objects whose loss together hurts the measure most; the lowest rows where several are equal.

    Raises `InvalidValue` for fewer losses than one or more than there are objects.
    """
    objective = objective_of(measure, limit_s)
    _checked(losses, intervals)
    before = float(coalition_values(intervals, np.ones((intervals.objects, 1), dtype=bool), objective)[0])
    tries = comb(intervals.objects, losses)
    if losses > 1 and (tries > EXACT_TRIES or tries * len(intervals) > EXACT_WORK):
        lost, values = _greedy(intervals, losses, objective)
        return WorstLoss(tuple(lost), objective, before, values[-1], "greedy: the worst single loss, again and again")
    rows = np.array(list(combinations(range(intervals.objects), losses)), dtype=np.int64)
    inside = np.ones((intervals.objects, tries), dtype=bool)
    inside[rows.T, np.arange(tries)] = False
    after = coalition_values(intervals, inside, objective)
    worst = _worst_of(after, objective)
    return WorstLoss(
        tuple(rows[worst].tolist()), objective, before, float(after[worst]), f"exact: all {tries} losses tried"
    )


def degradation(
    intervals: AccessIntervals,
    losses: int,
    measure: str | Objective,
    *,
    limit_s: float | None = None,
    orders: int = 50,
    seed: int = 0,
) -> Degradation:
    """How the measure falls with 1 to `losses` losses: the greedy worst, and the mean over `orders` random orders.

    Raises `InvalidValue` for losses as in `worst_loss`, and for fewer than two orders.
    """
    objective = objective_of(measure, limit_s)
    _checked(losses, intervals)
    if orders < 2:
        raise InvalidValue("orders", orders, "give two or more random orders")
    lost, worst = _greedy(intervals, losses, objective)
    draw = np.random.default_rng(seed)
    ranks = [np.argsort(draw.permutation(intervals.objects)) for _ in range(orders)]
    inside = np.concatenate([rank[:, None] >= np.arange(losses + 1)[None, :] for rank in ranks], axis=1)
    values = coalition_values(intervals, inside, objective).reshape(orders, losses + 1)
    return Degradation(
        objective,
        np.array(lost),
        np.array([values[0, 0], *worst]),
        values.mean(axis=0),
        values.std(axis=0, ddof=1) / np.sqrt(orders),
        f"worst: greedy, one loss at a time; random: {orders} orders, seed {seed}",
    )


def _greedy(intervals: AccessIntervals, losses: int, objective: Objective) -> tuple[list[int], list[float]]:
    lost: list[int] = []
    values: list[float] = []
    for _ in range(losses):
        left = np.array([row for row in range(intervals.objects) if row not in lost])
        inside: Booleans = np.ones((intervals.objects, len(left)), dtype=bool)
        inside[lost] = False
        inside[left, np.arange(len(left))] = False
        after = coalition_values(intervals, inside, objective)
        worst = _worst_of(after, objective)
        lost.append(int(left[worst]))
        values.append(float(after[worst]))
    return lost, values


def _worst_of(values: Floats, objective: Objective) -> int:
    return int(np.argmin(values * objective.better))


def _checked(losses: int, intervals: AccessIntervals) -> None:
    if not 1 <= losses <= intervals.objects:
        raise InvalidValue("losses", losses, f"give 1 to {intervals.objects}, the objects there are")

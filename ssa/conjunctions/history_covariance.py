"""Covariances estimated from an object's own element history, by holding its sets against later ones.

The differences of an object's sets, divided by the growth that the table gives its kind of orbit at their lags, have a
typical size (scaled median) along each axis: the factor by which this object is better or worse than its kind. The
covariance is the table's with its growth multiplied by that factor. The error at epoch stays the table's, because sets
that share observations share it, and differences do not show it. Pairs with an event between them (`find_events`) are
left out; an object that thrusts in most gaps keeps its thrust in its factor. Source of the idea: Osweiler 2006 (AFIT);
Geul, Mooij and Noomen 2017 (ASR 59) for robustness.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orbits import ElementSets
from orbits.arrays import Floats, Integers
from orbits.constants import TAU
from ssa.conjunctions.covariance import CovarianceColumns, assumed_covariance
from ssa.element_error import epoch_sigma_rtn_km, growth_rtn_km
from ssa.history.differences import differences_of, pairs_of_sets
from ssa.history.events import HistoryEvents, find_events

LEAST_LAG_DAYS, MOST_LAG_DAYS = 0.5, 7.0
FEWEST_SETS = 6
FACTORS = (0.1, 30.0)  # a factor beyond these says that the sets are of something else
_MOST_APART = 24  # sets: enough for a week of three a day
_SCALED_MEDIAN = 1.4826  # of a normal distribution's absolute value


@dataclass(frozen=True, eq=False)
class HistoryFactors:
    """For each object with enough sets (k,): its number, the factors (k, 3) on growth, and the sets and pairs used.

    `left_out` counts pairs with an event between them.
    """

    norad_id: Integers
    growth_factor_rtn: Floats
    sets_used: Integers
    pairs_used: Integers
    left_out: int


def factors_from_history(history: ElementSets, events: HistoryEvents | None = None) -> HistoryFactors:
    """Factors on the table's growth for every object of a history in order (`in_history_order`)."""
    found = find_events(history) if events is None else events
    earlier, later = pairs_of_sets(history, most_days=MOST_LAG_DAYS, steps=_MOST_APART)
    pairs = differences_of(history, earlier, later)
    usable = (pairs.lag_days >= LEAST_LAG_DAYS) & np.isfinite(pairs.position_rtn_km).all(axis=1)
    quiet = ~found.between(earlier, later)
    kept = pairs[usable & quiet]
    ratio = np.abs(kept.position_rtn_km) / growth_rtn_km(history, kept.predicting_row, kept.lag_days)
    number = history.norad_id[kept.predicting_row]
    order = np.argsort(number, kind="stable")
    objects, starts, counts = np.unique(number[order], return_index=True, return_counts=True)
    rows, factors, sets, used = [], [], [], []
    for place, (start, count) in enumerate(zip(starts.tolist(), counts.tolist(), strict=True)):
        mine = order[start : start + count]
        with_others = len(np.union1d(kept.predicting_row[mine], kept.target_row[mine]))
        if with_others < FEWEST_SETS:
            continue
        rows.append(objects[place])
        factors.append(np.clip(_SCALED_MEDIAN * np.median(ratio[mine], axis=0), *FACTORS))
        sets.append(with_others)
        used.append(count)
    return HistoryFactors(
        np.array(rows, dtype=np.int64), np.array(factors, dtype=np.float64).reshape(-1, 3),
        np.array(sets, dtype=np.int64), np.array(used, dtype=np.int64), int(np.count_nonzero(usable & ~quiet)),
    )  # fmt: skip


def covariance_with_history(
    elements: ElementSets, rows: Integers, age_days: Floats, factors: HistoryFactors
) -> CovarianceColumns:
    """Covariances (m,) of the sets in `rows` at `age_days`: by the object's history where it has one, else assumed."""
    rows = np.asarray(rows, dtype=np.int64)
    assumed = assumed_covariance(elements, rows, age_days)
    number = elements.norad_id[rows]
    place = np.searchsorted(factors.norad_id, number)
    place = np.minimum(place, max(len(factors.norad_id) - 1, 0))
    known = factors.norad_id[place] == number if len(factors.norad_id) else np.zeros(len(rows), dtype=bool)
    scale = np.ones((len(rows), 3))
    scale[known] = factors.growth_factor_rtn[place[known]]
    growth = growth_rtn_km(elements, rows, age_days) * scale
    sigma = np.where(known[:, None], np.hypot(epoch_sigma_rtn_km(elements)[rows], growth), assumed.sigma_rtn_km)
    words = assumed.covariance_basis.copy()
    for row in np.flatnonzero(known).tolist():
        radial, along, across = factors.growth_factor_rtn[place[row]]
        words[row] = (
            f"estimated from {factors.sets_used[place[row]]} element sets of the object over up to 7 days: growth is "
            f"{radial:.2g} / {along:.2g} / {across:.2g} times that of its kind of orbit (radial, along, across)"
        )
    return CovarianceColumns(sigma, elements.mean_motion_rev_day[rows] * TAU / 86400.0, words)

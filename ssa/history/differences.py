"""Element sets of one object held against one another: what their predictions miss, in the object's own axes.

The set at one epoch is propagated to the epoch of another set of the same object and subtracted from it there. The
difference holds the errors of both sets, a manoeuvre in between, and nothing of what both have in common: sets whose
observations overlap share errors, so differences at short lags understate them. Source of the idea: Osweiler 2006
(AFIT), and Geul, Mooij and Noomen 2017 (ASR 59) for the robust form.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orbits import ElementSets, Instants
from orbits.arrays import Booleans, Floats, Integers
from orbits.frames import rtn_axes
from orbits.own_times import states_at_own_times

SAME_EPOCH_DAYS = 1e-6  # sets less than 0.1 s apart are one set, issued twice


@dataclass(frozen=True, eq=False)
class SetDifferences:
    """Predicted less found, columns of m pairs; rows are rows of `elements`.

    `lag_days` is the target's epoch less that of the predicting set: negative where a set is propagated backwards.
    `position_rtn_km` and `velocity_rtn_km_s` (m, 3) are in the axes of the target; NaN where SGP4 gives no state.
    """

    elements: ElementSets
    predicting_row: Integers
    target_row: Integers
    lag_days: Floats
    position_rtn_km: Floats
    velocity_rtn_km_s: Floats

    def __len__(self) -> int:
        return len(self.lag_days)

    def __getitem__(self, chosen: Booleans | Integers) -> SetDifferences:
        """The chosen pairs: a mask or indices."""
        return SetDifferences(
            self.elements, self.predicting_row[chosen], self.target_row[chosen], self.lag_days[chosen],
            self.position_rtn_km[chosen], self.velocity_rtn_km_s[chosen],
        )  # fmt: skip


def in_history_order(elements: ElementSets) -> ElementSets:
    """The sets by catalogue number and epoch, each epoch once: the last of those less than 0.1 s apart."""
    order = np.lexsort((elements.epoch_day_fraction, elements.epoch_jd_day, elements.norad_id))
    norad, epoch = elements.norad_id[order], (elements.epoch_jd_day + elements.epoch_day_fraction)[order]
    again = (np.diff(norad) == 0) & (np.diff(epoch) < SAME_EPOCH_DAYS)
    return elements[order[np.append(~again, True)]] if len(order) else elements


def pairs_of_sets(elements: ElementSets, *, most_days: float, steps: int | None = None) -> tuple[Integers, Integers]:
    """Rows (m,), (m,) of every two sets of one object, earlier first, no more than `most_days` apart.

    `elements` must be `in_history_order`. `steps` limits how many sets apart the two may stand: 1 gives neighbours.
    """
    epoch = elements.epoch_jd_day + elements.epoch_day_fraction
    earlier, later = [], []
    apart = 1
    while apart < len(elements) and (steps is None or apart <= steps):
        first = np.flatnonzero(
            (elements.norad_id[apart:] == elements.norad_id[:-apart]) & (epoch[apart:] - epoch[:-apart] <= most_days)
        )
        if not len(first):
            break
        earlier.append(first)
        later.append(first + apart)
        apart += 1
    none = np.empty(0, dtype=np.int64)
    return np.concatenate([none, *earlier]), np.concatenate([none, *later])


def differences_of(elements: ElementSets, predicting_row: Integers, target_row: Integers) -> SetDifferences:
    """What each predicting set (m,) says at the epoch of its target set (m,), less what the target says."""
    times = Instants(elements.epoch_jd_day[target_row], elements.epoch_day_fraction[target_row])
    predicted, predicted_velocity, _ = states_at_own_times(elements, predicting_row, times)
    found, found_velocity, _ = states_at_own_times(elements, target_row, times)
    axes = rtn_axes(found, found_velocity)
    lag = (elements.epoch_jd_day[target_row] - elements.epoch_jd_day[predicting_row]) + (
        elements.epoch_day_fraction[target_row] - elements.epoch_day_fraction[predicting_row]
    )
    return SetDifferences(
        elements, predicting_row, target_row, lag,
        np.einsum("mij,mj->mi", axes, predicted - found),
        np.einsum("mij,mj->mi", axes, predicted_velocity - found_velocity),
    )  # fmt: skip
